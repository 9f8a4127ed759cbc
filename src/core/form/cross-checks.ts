// What must hold between a report's figures, last period's and the plan (domain §5): pure, exact, asked about in Chinese.
import { addMonths } from '../calendar/civil.ts'
import { amountText, fenOf, type Yuan, yuanFromFen, yuanFromText } from '../fund/money.ts'
import { FIELD_LABELS } from '../reply/fields-labels.ts'
import type { StoredFields } from '../reply/stored.ts'
import type { FieldKey } from '../reply/types.ts'
import type { KnownCheck } from './types.ts'

/** What the figures are compared with. */
export type CheckContext = {
  /** The month or day that the report is about: `2021-04`. */
  readonly period?: string
  /** What was recorded last, and for which period. */
  readonly previous?: { readonly fields: StoredFields; readonly period?: string }
  /** The project's planned investment in 万元, an exact decimal. */
  readonly planned?: string
}

type Question = (fields: StoredFields, context: CheckContext) => string | undefined

/** What the question is asked about, and what may be wrong: `field` is where a form shows it, `involves` all whose values it doubts. */
export type Check = {
  readonly field: string
  readonly involves: readonly string[]
  /** The question about a breach, or undefined while the check holds or can't be made. */
  readonly question: Question
  /** The usual explanations, short enough for a button. */
  readonly reasons: readonly string[]
}

export const CHECKS: Readonly<Record<KnownCheck, Check>> = {
  'total-not-below-last': notBelowLast('investedTotal', ['上期多报了', '结算核减']),
  'percent-not-below-last': notBelowLast('percentComplete', ['上期多报了', '工程量调整']),
  'in-place-not-below-last': notBelowLast('fundsInPlace', ['上期多报了', '资金收回']),
  'spent-not-below-last': notBelowLast('fundsSpent', ['上期多报了', '资金退回']),
  'month-adds-up': {
    field: 'investedTotal',
    involves: ['investedTotal', 'investedThisMonth'],
    question: notAddingUp,
    reasons: ['含以前月份补报', '上期数有误'],
  },
  'total-within-plan': {
    field: 'investedTotal',
    involves: ['investedTotal'],
    question: overPlan,
    reasons: ['概算已调整', '超概算建设'],
  },
}

function notBelowLast(field: FieldKey, reasons: readonly string[]): Check {
  const { label, unit } = FIELD_LABELS[field]
  const question: Question = (fields, { previous }) => {
    const [value, last] = [fields[field], previous?.fields[field]]
    if (value === undefined || last === undefined || !isBelow(value, last)) return undefined
    const shown = (one: unknown): string => (typeof one === 'string' ? amountText(one) : `${one}${unit}`)
    return `${label}${shown(value)}，比上期的${shown(last)}少。`
  }
  return { field, involves: [field], question, reasons }
}

/** Two stored values of one field: amounts in yuan as text, percents as numbers. */
function isBelow(value: unknown, last: unknown): boolean {
  if (typeof value === 'string' && typeof last === 'string') return fenOf(value) < fenOf(last)
  return Number(value) < Number(last)
}

function notAddingUp(fields: StoredFields, context: CheckContext): string | undefined {
  const total = amount(fields, 'investedTotal')
  const month = amount(fields, 'investedThisMonth')
  const last = lastMonthsTotal(context)
  if (total === undefined || month === undefined || last === undefined) return undefined
  const sum = fenOf(last) + fenOf(month)
  if (sum === fenOf(total)) return undefined
  return `上期累计${amountText(last)}，加本月${amountText(month)}，应是${amountText(yuanFromFen(sum))}，与填的累计${amountText(total)}不一致。`
}

/** The cumulative amount to which this month's is added; undefined unless the last report was about the month before. */
export function lastMonthsTotal({ period, previous }: CheckContext): Yuan | undefined {
  if (!previous || !isMonth(period) || !isMonth(previous.period)) return undefined
  const follows = addMonths(`${previous.period}-01`, 1).slice(0, 7) === period
  return follows ? amount(previous.fields, 'investedTotal') : undefined
}

function overPlan(fields: StoredFields, { planned }: CheckContext): string | undefined {
  const total = amount(fields, 'investedTotal')
  const limit = planned === undefined ? undefined : yuanFromText(planned)
  if (total === undefined || limit === undefined || fenOf(total) <= fenOf(limit)) return undefined
  return `累计${amountText(total)}，超过了计划总投资${amountText(limit)}。`
}

const isMonth = (period: string | undefined): boolean => period !== undefined && /^\d{4}-\d{2}$/.test(period)

function amount(fields: StoredFields, key: string): Yuan | undefined {
  const value = fields[key]
  return typeof value === 'string' ? value : undefined
}
