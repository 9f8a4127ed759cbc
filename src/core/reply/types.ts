// What a reply is read into: an intent, values with the words they came from, and the keys that must be asked.
import type { CivilDate, Instant } from '../calendar/civil.ts'

export type AmountKey =
  | 'investedThisMonth'
  | 'investedThisYear'
  | 'investedTotal'
  | 'fundsInPlace'
  | 'fundsSpent'
export type TextKey = 'physicalProgress' | 'demolition'
export type ListKey = 'problems' | 'measures' | 'helpNeeded'
export type Stage =
  | 'not-started'
  | 'about-to-start'
  | 'under-construction'
  | 'suspended'
  | 'completed'
  | 'accepted'

/** Values by field key: amounts in 万元, percent 0–100, dates civil; an empty list means "explicitly none". */
export type FieldValues = Record<AmountKey, number> & { percentComplete: number } & Record<TextKey, string> &
  Record<ListKey, string[]> & { expectedFinish: CivilDate; stage: Stage }
export type FieldKey = keyof FieldValues

/** A value and the piece of the message it was read from. */
export type Found<T> = { value: T; source: string }

/** What one message says about one project; `project: null` is the sender's only one, or one yet to be asked for. */
export type Entry = {
  project: string | null
  noChange?: string
  fields: { [K in FieldKey]?: Found<FieldValues[K]> }
}

export type Intent =
  | 'report'
  | 'no-change'
  | 'correction'
  | 'question'
  | 'extension'
  | 'rectified'
  | 'ack'
  | 'delegate'
  | 'other'

/** What the bot must ask back. */
export type AskKey = FieldKey | 'project' | 'until' | 'to' | 'intent'

/** The last recorded values of the sender's project; keys as in FieldValues, anything missing is unknown. */
export type Previous = Partial<FieldValues>

export type ReplyContext = {
  sentAt: Instant
  projects: readonly string[]
  pending: 'monthly-progress' | 'rectification' | null
  previous: Previous | null
}

/**
 * Why field keys are asked, so that the question can offer what was understood.
 * `field`: `value` is certain (万元, percent), its field one of `keys`. `value`: the field is the one in `keys`, what
 * was said of it cannot be recorded (a range, two figures, a sum over projects); with several `keys` neither is known.
 * `below-previous`: both are certain, but a cumulative figure fell: it may be recorded once somebody says why.
 */
export type Doubt = {
  kind: 'field' | 'value' | 'below-previous'
  /** As in `Entry`. */
  project: string | null
  keys: readonly FieldKey[]
  value?: number
  source: string
}

export type Reading = {
  intent: Intent
  reports: Entry[]
  extension?: { until: Found<CivilDate> | null; reason: string | null }
  rectified?: { summary: string }
  delegate?: { to: string | null }
  ambiguous: AskKey[]
  /** One for each figure or phrase that put a field key among `ambiguous`. */
  doubts: Doubt[]
}

/** The fields that hold money, in 万元. */
export const AMOUNT_KEYS: readonly AmountKey[] = [
  'investedThisMonth',
  'investedThisYear',
  'investedTotal',
  'fundsInPlace',
  'fundsSpent',
]
/** The three that a bare 完成投资 may mean. */
export const INVESTED_KEYS: readonly AmountKey[] = ['investedThisMonth', 'investedThisYear', 'investedTotal']
