// From what was read to what is kept, and back: money in exact yuan, lines for the read-back card.
import { amountText, fenOf, wanOf, type Yuan, yuanFromFen, yuanFromWan } from '../fund/money.ts'
import { FIELD_LABELS } from './fields-labels.ts'
import { AMOUNT_KEYS, type AmountKey, type Entry, type FieldKey, type Previous, type Stage } from './types.ts'

/** Field values as they are stored: amounts in yuan with two decimals, everything else as read. */
export type StoredFields = Readonly<Record<string, unknown>>

const isAmount = (key: string): key is AmountKey => (AMOUNT_KEYS as readonly string[]).includes(key)

export function toStored(fields: Entry['fields']): StoredFields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, found]) => [
      key,
      isAmount(key) ? yuanFromWan(Number(found.value)) : found.value,
    ]),
  )
}

/** What the reader may compare with: amounts in 万元 again. */
export function toPrevious(stored: StoredFields): Previous {
  const known = Object.keys(FIELD_LABELS) as FieldKey[]
  return Object.fromEntries(
    known
      .filter((key) => stored[key] !== undefined)
      .map((key) => [key, isAmount(key) ? wanOf(stored[key] as Yuan) : stored[key]]),
  ) as Previous
}

/** What "no change" repeats: the last values and why they are right, without the month's own amount, which nobody stated. */
export function repeated(stored: StoredFields): StoredFields {
  const { investedThisMonth: _, ...rest } = stored
  return { ...rest, noChange: true }
}

/** The stages of a project as people call them. */
export const STAGES: Readonly<Record<Stage, string>> = {
  'not-started': '未开工',
  'about-to-start': '即将开工',
  'under-construction': '在建',
  suspended: '停工',
  completed: '完工',
  accepted: '已验收',
}

/** One line a field, with last time's value beside an amount that changed: `累计完成投资：1.5亿元（上期1.2亿元）`. */
export function valueLines(stored: StoredFields, previous: StoredFields = {}): string[] {
  const keys = Object.keys(FIELD_LABELS) as FieldKey[]
  const lines = keys.flatMap((key) =>
    stored[key] === undefined ? [] : [`${FIELD_LABELS[key].label}：${shown(key, stored, previous)}`],
  )
  return [
    ...(stored.noChange === true ? ['与上期相同'] : []),
    ...lines,
    ...Object.entries(TEXT_LABELS).flatMap(([key, label]) => {
      const text = stored[key]
      return typeof text === 'string' ? [`${label}：${text}`] : []
    }),
    ...Object.values(stored.explanations ?? {}).map((why) => `说明：${String(why)}`),
  ]
}

/** What other forms ask for in words, under the keys of core/form. */
const TEXT_LABELS: Readonly<Record<string, string>> = {
  statement: '办理情况',
  liaisonName: '联络员',
  liaisonPost: '职务',
  liaisonPhone: '联系电话',
}

function shown(key: FieldKey, stored: StoredFields, previous: StoredFields): string {
  const value = stored[key]
  if (isAmount(key)) return `${amountText(value as Yuan)}${amountChange(key, value as Yuan, previous[key])}`
  if (key === 'stage') return STAGES[value as Stage]
  if (Array.isArray(value)) return value.length > 0 ? value.join('；') : '无'
  const before = previous[key]
  const isMoved = key === 'percentComplete' && typeof before === 'number' && before !== value
  return `${String(value)}${FIELD_LABELS[key].unit}${isMoved ? `（上期${before}%）` : ''}`
}

/** `（上期1.2亿元，增3000万元）`; nothing for what belongs to one month alone. */
function amountChange(key: AmountKey, value: Yuan, before: unknown): string {
  if (key === 'investedThisMonth' || typeof before !== 'string' || before === value) return ''
  const change = fenOf(value) - fenOf(before)
  const size = amountText(yuanFromFen(change < 0n ? -change : change))
  return `（上期${amountText(before)}，${change < 0n ? '减' : '增'}${size}）`
}
