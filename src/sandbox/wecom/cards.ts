// The platform's checks of a template card and how a phone draws one (documented: 模板卡片类型).
import { z } from 'zod'
import type { ShownButton, ShownCard } from '../world.ts'
import { brokenRule, type Dialect } from './card-rules.ts'

const words = z.string().optional()
const whole = z.number().int().optional()
const link = { type: whole, url: words, appid: words, pagepath: words }
const options = z.array(z.object({ id: words, text: words })).default([])
const choice = z.object({ question_key: words, title: words, selected_id: words, option_list: options })

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
    .array(
      z.object({ type: whole, keyname: words, value: words, url: words, media_id: words, userid: words }),
    )
    .default([]),
  vertical_content_list: z.array(z.object({ title: words, desc: words })).default([]),
  jump_list: z.array(z.object({ ...link, title: words, question: words })).default([]),
  card_action: z.object(link).optional(),
  image_text_area: z.object({ ...link, title: words, desc: words, image_url: words }).optional(),
  card_image: z.object({ url: words, aspect_ratio: z.number().optional() }).optional(),
  button_selection: choice.optional(),
  button_list: z
    .array(z.object({ type: whole, text: words, style: whole, key: words, url: words }))
    .default([]),
  checkbox: z.object({ question_key: words, mode: whole, option_list: options }).optional(),
  select_list: z.array(choice).default([]),
  submit_button: z.object({ text: words, key: words }).optional(),
  replace_text: words,
})
export type WireCard = z.infer<typeof WireCard>

/** The card if the platform would take it from this kind of sender, else the errcode it answers. Uniqueness of task_id is the caller's check. */
export function checkCard(
  raw: unknown,
  dialect: Dialect = 'aibot',
): { card: WireCard } | { errcode: number } {
  const parsed = WireCard.safeParse(raw)
  if (!parsed.success) return { errcode: 40058 }
  const errcode = brokenRule(parsed.data, dialect)
  return errcode === undefined ? { card: parsed.data } : { errcode }
}

/** The card as the phone shows it. */
export function drawCard(card: WireCard, id: string): ShownCard {
  // (documented) A row of type 1 is drawn as a link.
  const link = card.horizontal_content_list.find((row) => row.type === 1)
  return {
    id,
    title: card.main_title?.title ?? '',
    ...(card.main_title?.desc ? { subtitle: card.main_title.desc } : {}),
    fields: [
      ...card.horizontal_content_list
        .filter((row) => row !== link)
        .map((row) => ({ label: row.keyname ?? '', value: row.value ?? '' })),
      ...card.vertical_content_list.map((row) => ({ label: row.title ?? '', value: row.desc ?? '' })),
      ...questionsOf(card),
    ],
    ...(card.sub_title_text ? { text: card.sub_title_text } : {}),
    buttons: drawButtons(card),
    ...(link?.url ? { link: { text: link.value ?? '', url: link.url } } : {}),
  }
}

/** What may be chosen: a vote's boxes, the lists of a multiple or of a card with buttons. */
export const choicesOf = (card: WireCard) => [
  ...(card.button_selection ? [card.button_selection] : []),
  ...(card.checkbox ? [{ ...card.checkbox, title: undefined }] : []),
  ...card.select_list,
]

const questionsOf = (card: WireCard) =>
  choicesOf(card).map(({ title, question_key, option_list }) => ({
    label: title || question_key || '',
    value: option_list.map((one) => one.text).join('、'),
  }))

// (documented: 更新模版卡片消息) replace_text turns the buttons into one grey one that cannot be pressed.
function drawButtons(card: WireCard): ShownButton[] {
  const buttons = pressable(card).map((one) => ({
    key: one.key ?? '',
    text: one.text ?? '',
    style: STYLES[one.style ?? 1] ?? 'primary',
  }))
  const text = card.replace_text
  return text ? buttons.slice(0, 1).map((one) => ({ ...one, text, disabled: true })) : buttons
}

/** Buttons that call back: a button of type 1 opens a page. */
function pressable(
  card: WireCard,
): readonly { key?: string | undefined; text?: string | undefined; style?: number | undefined }[] {
  if (card.card_type === 'button_interaction') return card.button_list.filter((one) => one.type !== 1)
  return card.submit_button ? [card.submit_button] : []
}

// (recalled) 1 filled blue, 2 blue, 3 red, 4 black; anything else is drawn as 1 (documented).
const STYLES: Readonly<Record<number, ShownButton['style']>> = {
  1: 'primary',
  2: 'default',
  3: 'danger',
  4: 'default',
}
