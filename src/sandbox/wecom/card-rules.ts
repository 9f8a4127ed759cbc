// What the platform refuses in a template card: a list of rules for each of the five types, with the code it answers (documented: 模板卡片类型).
import type { WireCard } from './cards.ts'

/** Cards of a bot and of a self-built app differ in a few places (documented: 智能机器人 模板卡片类型). */
export type Dialect = 'aibot' | 'app'

type Rule = readonly [code: number, broken: (card: WireCard, dialect: Dialect) => boolean]
type Choice = { question_key?: string | undefined; option_list: Options }
type Options = readonly { id?: string | undefined; text?: string | undefined }[]

const KEY_BYTES = 1024
const bytes = (text: string): number => Buffer.byteLength(text)
const empty = (text: string | undefined): boolean => !text
const badKey = (key: string | undefined): boolean => !key || bytes(key) > KEY_BYTES
const repeated = (keys: readonly unknown[]): boolean => new Set(keys).size < keys.length
const outside = (value: number | undefined, allowed: readonly number[]): boolean =>
  value !== undefined && !allowed.includes(value)
const outsideLength = (list: readonly unknown[], most: number): boolean =>
  list.length < 1 || list.length > most
const badOptionIds = (list: Options): boolean =>
  list.some((one) => !one.id || bytes(one.id) > 128) || repeated(list.map((one) => one.id))
const badOptionTexts = (list: Options): boolean => list.some((one) => empty(one.text))

function menuBroken({ action_menu: menu }: WireCard): boolean {
  if (!menu) return false
  const list = menu.action_list
  return list.length < 1 || list.length > 3 || list.some((one) => empty(one.text) || badKey(one.key))
}

// Links of any block: type 1 needs an address, type 2 a mini-program; a row of type 2 is an attachment instead.
function links(
  card: WireCard,
): { type?: number | undefined; url?: string | undefined; appid?: string | undefined }[] {
  const rows = card.horizontal_content_list.filter((row) => row.type !== 2)
  return [card.card_action, card.quote_area, card.image_text_area, ...rows, ...card.jump_list].flatMap(
    (one) => (one ? [one] : []),
  )
}

const rowTypes = (dialect: Dialect): readonly number[] => (dialect === 'app' ? [0, 1, 2, 3] : [0, 1, 3])
const jumpTypes = (dialect: Dialect): readonly number[] => (dialect === 'app' ? [0, 1, 2] : [0, 1, 2, 3])

// Codes of the official table where it names the block; 40058 (bad parameter) where it names none. In the order of checking.
const COMMON: readonly Rule[] = [
  [42014, (c) => c.task_id !== undefined && !/^[0-9A-Za-z_\-@]{1,128}$/.test(c.task_id)],
  [42014, (c) => c.action_menu !== undefined && c.task_id === undefined],
  [40058, (c) => outside(c.source?.desc_color, [0, 1, 2, 3]) || menuBroken(c)],
  [42051, (c) => repeated(c.action_menu?.action_list.map((one) => one.key) ?? [])],
  [42035, (c) => c.horizontal_content_list.length > 6],
  [42027, (c) => c.horizontal_content_list.some((row) => empty(row.keyname))],
  [40058, (c, d) => c.horizontal_content_list.some((row) => outside(row.type, rowTypes(d)))],
  [42029, (c) => c.horizontal_content_list.some((row) => row.type === 2 && empty(row.media_id))],
  [42050, (c) => c.horizontal_content_list.some((row) => row.type === 3 && empty(row.userid))],
  [42028, (c) => links(c).some((one) => one.type === 1 && empty(one.url))],
  [42030, (c) => links(c).some((one) => one.type === 2 && empty(one.appid))],
  [40058, (c) => outside(c.quote_area?.type, [0, 1, 2])],
]

const NOTICE: readonly Rule[] = [
  [42045, (c) => c.card_action?.type !== 1 && c.card_action?.type !== 2],
  [42042, (c) => c.jump_list.length > 3],
  [42033, (c) => c.jump_list.some((one) => empty(one.title))],
  [40058, (c, d) => c.jump_list.some((one) => outside(one.type, jumpTypes(d)))],
  [40058, (c) => c.jump_list.some((one) => one.type === 3 && (!one.question || bytes(one.question) > 200))],
]

const TEXT_NOTICE: readonly Rule[] = [
  [40058, (c) => empty(c.main_title?.title) && empty(c.sub_title_text)],
  ...NOTICE,
]

const NEWS_NOTICE: readonly Rule[] = [
  [40058, (c) => empty(c.main_title?.title)],
  ...NOTICE,
  [42036, (c) => c.vertical_content_list.length > 4],
  [42033, (c) => c.vertical_content_list.some((one) => empty(one.title))],
  [40058, (c) => c.card_image === undefined && c.image_text_area === undefined],
  [42044, (c) => c.card_image !== undefined && empty(c.card_image.url)],
  [40058, (c) => c.image_text_area !== undefined && empty(c.image_text_area.image_url)],
  [40058, (c) => badRatio(c.card_image?.aspect_ratio)],
]

/** (documented) Above 1.3 and below 2.25, 1.3 being the default. */
const badRatio = (ratio: number | undefined): boolean => ratio !== undefined && (ratio < 1.3 || ratio >= 2.25)

const INTERACTIVE: readonly Rule[] = [
  [42014, (c) => c.task_id === undefined],
  [40058, (c) => empty(c.main_title?.title)],
]

const BUTTON_INTERACTION: readonly Rule[] = [
  ...INTERACTIVE,
  [42045, (c) => outside(c.card_action?.type, [0, 1, 2])],
  [40016, (c) => c.button_list.length < 1 || c.button_list.length > 6],
  [42038, (c) => c.button_list.some((one) => empty(one.text))],
  [42028, (c, d) => d === 'app' && c.button_list.some((one) => one.type === 1 && empty(one.url))],
  [42039, (c, d) => badButtonKeys(c, d)],
  ...choiceRules((c) => (c.button_selection ? [c.button_selection] : []), 10),
]

// A bot's buttons have no type: they always call back.
function badButtonKeys({ button_list: list }: WireCard, dialect: Dialect): boolean {
  const calling = list.filter((one) => dialect === 'aibot' || one.type !== 1)
  return calling.some((one) => badKey(one.key)) || repeated(calling.map((one) => one.key))
}

const SUBMIT: readonly Rule[] = [
  [42049, (c) => empty(c.submit_button?.text)],
  [42046, (c) => badKey(c.submit_button?.key)],
]

const VOTE_INTERACTION: readonly Rule[] = [
  ...INTERACTIVE,
  [42043, (c) => c.checkbox === undefined],
  [40058, (c) => outside(c.checkbox?.mode, [0, 1])],
  ...choiceRules((c) => (c.checkbox ? [c.checkbox] : []), 20),
  ...SUBMIT,
]

const MULTIPLE_INTERACTION: readonly Rule[] = [
  ...INTERACTIVE,
  [42047, (c) => outsideLength(c.select_list, 3)],
  [42043, (c) => repeated(c.select_list.map((one) => one.question_key))],
  ...choiceRules((c) => c.select_list, 10),
  ...SUBMIT,
]

function choiceRules(of: (card: WireCard) => readonly Choice[], most: number): Rule[] {
  return [
    [42043, (c) => of(c).some((one) => badKey(one.question_key))],
    [42037, (c) => of(c).some((one) => outsideLength(one.option_list, most))],
    [42040, (c) => of(c).some((one) => badOptionIds(one.option_list))],
    [42041, (c) => of(c).some((one) => badOptionTexts(one.option_list))],
  ]
}

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  text_notice: TEXT_NOTICE,
  news_notice: NEWS_NOTICE,
  button_interaction: BUTTON_INTERACTION,
  vote_interaction: VOTE_INTERACTION,
  multiple_interaction: MULTIPLE_INTERACTION,
}

/** The errcode for the first thing that is wrong with the card, if any. */
export function brokenRule(card: WireCard, dialect: Dialect): number | undefined {
  const rules = RULES[card.card_type]
  if (!rules) return 42031
  return [...COMMON, ...rules].find(([, isBroken]) => isBroken(card, dialect))?.[0]
}
