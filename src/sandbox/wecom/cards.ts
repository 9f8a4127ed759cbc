// The platform's checks of a template card and how a phone draws one (documented: 模板卡片类型).
import { z } from 'zod'
import type { ShownButton, ShownCard } from '../world.ts'

const words = z.string().optional()
const whole = z.number().int().optional()
const link = { type: whole, url: words, appid: words, pagepath: words }
const choice = z.object({
  question_key: words,
  title: words,
  selected_id: words,
  option_list: z.array(z.object({ id: words, text: words })).default([]),
})

// Values of the wrong type are refused (one report), so the types are part of the check.
const WireCard = z.object({
  card_type: z.string().default(''),
  task_id: words,
  source: z.object({ icon_url: words, desc: words, desc_color: whole }).optional(),
  action_menu: z
    .object({ desc: words, action_list: z.array(z.object({ text: words, key: words })).default([]) })
    .optional(),
  main_title: z.object({ title: words, desc: words }).optional(),
  quote_area: z.object({ ...link, title: words, quote_text: words }).optional(),
  emphasis_content: z.object({ title: words, desc: words }).optional(),
  sub_title_text: words,
  horizontal_content_list: z
    .array(z.object({ type: whole, keyname: words, value: words, url: words, userid: words }))
    .default([]),
  jump_list: z.array(z.object({ ...link, title: words, question: words })).default([]),
  card_action: z.object(link).optional(),
  button_selection: choice.optional(),
  button_list: z.array(z.object({ text: words, style: whole, key: words })).default([]),
  replace_text: words,
})
export type WireCard = z.infer<typeof WireCard>

type Rule = readonly [code: number, broken: (card: WireCard) => boolean]

const KEY_BYTES = 1024
const bytes = (text: string): number => Buffer.byteLength(text)
const empty = (text: string | undefined): boolean => !text
const badKey = (key: string | undefined): boolean => !key || bytes(key) > KEY_BYTES
const repeated = (keys: readonly unknown[]): boolean => new Set(keys).size < keys.length
const outside = (value: number | undefined, allowed: readonly number[]): boolean =>
  value !== undefined && !allowed.includes(value)

function menuBroken({ action_menu: menu }: WireCard): boolean {
  if (!menu) return false
  const list = menu.action_list
  return list.length < 1 || list.length > 3 || list.some((one) => empty(one.text) || badKey(one.key))
}

// Links of any block: type 1 needs an address, type 2 a mini-program.
function links(
  card: WireCard,
): { type?: number | undefined; url?: string | undefined; appid?: string | undefined }[] {
  return [card.card_action, card.quote_area, ...card.horizontal_content_list, ...card.jump_list].flatMap(
    (one) => (one ? [one] : []),
  )
}

// Codes of the official table where it names the block; 40058 (bad parameter) where it names none. In the order of checking.
const COMMON: readonly Rule[] = [
  [42014, (c) => c.task_id !== undefined && !/^[0-9A-Za-z_\-@]{1,128}$/.test(c.task_id)],
  [42014, (c) => c.action_menu !== undefined && c.task_id === undefined],
  [40058, (c) => outside(c.source?.desc_color, [0, 1, 2, 3]) || menuBroken(c)],
  [42051, (c) => repeated(c.action_menu?.action_list.map((one) => one.key) ?? [])],
  [42035, (c) => c.horizontal_content_list.length > 6],
  [42027, (c) => c.horizontal_content_list.some((row) => empty(row.keyname))],
  [40058, (c) => c.horizontal_content_list.some((row) => outside(row.type, [0, 1, 3]))],
  [42050, (c) => c.horizontal_content_list.some((row) => row.type === 3 && empty(row.userid))],
  [42028, (c) => links(c).some((one) => one.type === 1 && empty(one.url))],
  [42030, (c) => links(c).some((one) => one.type === 2 && empty(one.appid))],
  [40058, (c) => outside(c.quote_area?.type, [0, 1, 2])],
]

const TEXT_NOTICE: readonly Rule[] = [
  [40058, (c) => empty(c.main_title?.title) && empty(c.sub_title_text)],
  [42045, (c) => c.card_action?.type !== 1 && c.card_action?.type !== 2],
  [42042, (c) => c.jump_list.length > 3],
  [42033, (c) => c.jump_list.some((one) => empty(one.title))],
  [40058, (c) => c.jump_list.some((one) => outside(one.type, [0, 1, 2, 3]))],
  [40058, (c) => c.jump_list.some((one) => one.type === 3 && (!one.question || bytes(one.question) > 200))],
]

const BUTTON_INTERACTION: readonly Rule[] = [
  [42014, (c) => c.task_id === undefined],
  [40058, (c) => empty(c.main_title?.title)],
  [42045, (c) => outside(c.card_action?.type, [0, 1, 2])],
  [40016, (c) => c.button_list.length < 1 || c.button_list.length > 6],
  [42038, (c) => c.button_list.some((one) => empty(one.text))],
  [
    42039,
    (c) => c.button_list.some((one) => badKey(one.key)) || repeated(c.button_list.map((one) => one.key)),
  ],
  [42043, (c) => c.button_selection !== undefined && badKey(c.button_selection.question_key)],
  [42037, (c) => c.button_selection !== undefined && outsideLength(c.button_selection.option_list, 10)],
  [42040, (c) => badOptionIds(c.button_selection?.option_list ?? [])],
  [42041, (c) => (c.button_selection?.option_list ?? []).some((one) => empty(one.text))],
]

const outsideLength = (list: readonly unknown[], most: number): boolean =>
  list.length < 1 || list.length > most
const badOptionIds = (list: readonly { id?: string | undefined }[]): boolean =>
  list.some((one) => !one.id || bytes(one.id) > 128) || repeated(list.map((one) => one.id))

// The bot may send five types; this issue of the imitation knows the two that the product uses.
const RULES: Readonly<Record<string, readonly Rule[]>> = {
  text_notice: [...COMMON, ...TEXT_NOTICE],
  button_interaction: [...COMMON, ...BUTTON_INTERACTION],
}

/** The card if the platform would take it, else the errcode it answers. Uniqueness of task_id is the caller's check. */
export function checkCard(raw: unknown): { card: WireCard } | { errcode: number } {
  const parsed = WireCard.safeParse(raw)
  if (!parsed.success) return { errcode: 40058 }
  const rules = RULES[parsed.data.card_type]
  if (!rules) return { errcode: 42031 }
  const broken = rules.find(([, isBroken]) => isBroken(parsed.data))
  return broken ? { errcode: broken[0] } : { card: parsed.data }
}

/** The card as the phone shows it. */
export function drawCard(card: WireCard, id: string): ShownCard {
  // (documented) A row of type 1 is drawn as a link.
  const link = card.horizontal_content_list.find((row) => row.type === 1)
  return {
    id,
    title: card.main_title?.title ?? '',
    ...(card.main_title?.desc ? { subtitle: card.main_title.desc } : {}),
    fields: card.horizontal_content_list
      .filter((row) => row !== link)
      .map((row) => ({ label: row.keyname ?? '', value: row.value ?? '' })),
    ...(card.sub_title_text ? { text: card.sub_title_text } : {}),
    buttons: card.card_type === 'button_interaction' ? drawButtons(card) : [],
    ...(link?.url ? { link: { text: link.value ?? '', url: link.url } } : {}),
  }
}

// (documented: 更新模版卡片消息) replace_text turns the buttons into one grey one that cannot be pressed.
function drawButtons(card: WireCard): ShownButton[] {
  const buttons = card.button_list.map((one) => ({
    key: one.key ?? '',
    text: one.text ?? '',
    style: STYLES[one.style ?? 1] ?? 'primary',
  }))
  const text = card.replace_text
  return text ? buttons.slice(0, 1).map((one) => ({ ...one, text, disabled: true })) : buttons
}

// (recalled) 1 filled blue, 2 blue, 3 red, 4 black; anything else is drawn as 1 (documented).
const STYLES: Readonly<Record<number, ShownButton['style']>> = {
  1: 'primary',
  2: 'default',
  3: 'danger',
  4: 'default',
}
