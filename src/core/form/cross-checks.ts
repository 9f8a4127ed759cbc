// What must hold between a report's figures, last period's and the plan (domain §5): pure, exact, asked about in Chinese.
import { addMonths } from '../calendar/civil.ts'
import { amountText, fenOf, type Yuan, yuanFromFen, yuanFromText } from '../fund/money.ts'
import type { StoredFields } from '../reply/stored.ts'
import type { CheckName } from './types.ts'

/** What the figures are compared with. */
export type CheckContext = {
  /** The month or day that the report is about: `2021-04`. */
  readonly period?: string
  /** What was recorded last, and for which period. */
  readonly previous?: { readonly fields: StoredFields; readonly period?: string }
  /** The project's planned investment in 万元, an exact decimal. */
  readonly planned?: string
}

/** The question about a breach, or undefined while the check holds or can't be made. */
export type Check = {
  readonly field: string
  readonly question: (fields: StoredFields, context: CheckContext) => string | undefined
}

export const CHECKS: Readonly<Record<CheckName, Check>> = {
  'total-not-below-last': { field: 'investedTotal', question: belowLast },
  'month-adds-up': { field: 'investedTotal', question: notAddingUp },
  'total-within-plan': { field: 'investedTotal', question: overPlan },
}

function belowLast(fields: StoredFields, { previous }: CheckContext): string | undefined {
  const total = amount(fields, 'investedTotal')
  const last = previous && amount(previous.fields, 'investedTotal')
  if (total === undefined || last === undefined || fenOf(total) >= fenOf(last)) return undefined
  return `累计${amountText(total)}，比上期的${amountText(last)}少。`
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
