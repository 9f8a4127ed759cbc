// 报送时效 (C2, K6): each report's points with their reason, added up by unit and month.
import { type CivilDate, dateOf, dayNumber, type Instant } from '../calendar/civil.ts'
import { groupBy } from '../group-by.ts'

/** A report that was due. `dueAt` counts: the first due time, or the extended one. */
export type ReportDue = {
  readonly unit: string
  readonly project?: string
  readonly title: string
  readonly period?: string
  readonly dueAt: Instant
  readonly firstDueAt: Instant
  /** Who granted the last extension, by name. */
  readonly extendedBy?: string
  /** When it first came; a correction changes nothing. */
  readonly handedInAt?: Instant
}

export type Punctuality = 'on-time' | 'late' | 'missing'

/** Points for each report, by how it came. */
export type PunctualityRule = {
  readonly name: string
  readonly points: Readonly<Record<Punctuality, number>>
}

/** The standard rule; a plan can bring its own. Nothing is won by being on time: points are only lost. */
export const standardPunctuality: PunctualityRule = {
  name: '标准时效规则',
  points: { 'on-time': 0, late: -1, missing: -2 },
}

/** One report with its points and why. `month`: the month of its due date, `2021-05`. */
export type PunctualityLine = ReportDue & {
  readonly month: string
  readonly outcome: Punctuality
  readonly points: number
  readonly reason: string
}

export type UnitScore = {
  readonly unit: string
  readonly points: number
  readonly counts: Readonly<Record<Punctuality, number>>
  readonly months: readonly { readonly month: string; readonly points: number }[]
  readonly lines: readonly PunctualityLine[]
}

/** Judges every report that was due; units in the order in which they come, months in order. */
export function punctuality(
  reports: readonly ReportDue[],
  rule: PunctualityRule = standardPunctuality,
): UnitScore[] {
  const byUnit = groupBy(
    reports.map((report) => judge(report, rule)),
    ({ unit }) => unit,
  )
  return [...byUnit].map(([unit, lines]) => {
    const months = [...groupBy(lines, ({ month }) => month)]
      .map(([month, ofMonth]) => ({ month, points: sum(ofMonth) }))
      .sort((a, b) => (a.month < b.month ? -1 : 1))
    return { unit, points: sum(lines), counts: countsOf(lines), months, lines }
  })
}

function judge(report: ReportDue, { points }: PunctualityRule): PunctualityLine {
  const outcome = outcomeOf(report)
  return {
    ...report,
    month: dateOf(report.dueAt).slice(0, 7),
    outcome,
    points: points[outcome],
    reason: `${reasonOf(report, outcome)}，${pointsText(points[outcome])}`,
  }
}

function outcomeOf({ handedInAt, dueAt }: ReportDue): Punctuality {
  if (handedInAt === undefined) return 'missing'
  return handedInAt > dueAt ? 'late' : 'on-time'
}

function reasonOf({ handedInAt, dueAt, firstDueAt, extendedBy }: ReportDue, outcome: Punctuality): string {
  const due = dateOf(dueAt)
  const granted = extendedBy === undefined ? '' : `，首次${dateOf(firstDueAt)}，${extendedBy}批准`
  const limit = dueAt > firstDueAt ? `${due}（已延期${granted}）` : due
  if (handedInAt === undefined) return `应于${limit}报送，未报送`
  if (outcome === 'on-time') return `应于${limit}报送，按时报送`
  return `应于${limit}报送，逾期${lateText(due, dateOf(handedInAt))}报送`
}

/** Calendar days; within the day itself it was the hour that passed. */
function lateText(due: CivilDate, handedIn: CivilDate): string {
  const days = dayNumber(handedIn) - dayNumber(due)
  return days === 0 ? '不足1天' : `${days}天`
}

/** `不扣分`, `扣1分`, `加2分`. */
function pointsText(points: number): string {
  if (points === 0) return '不扣分'
  return points < 0 ? `扣${-points}分` : `加${points}分`
}

const sum = (lines: readonly PunctualityLine[]): number =>
  lines.reduce((total, { points }) => total + points, 0)

function countsOf(lines: readonly PunctualityLine[]): Record<Punctuality, number> {
  const count = (outcome: Punctuality): number => lines.filter((line) => line.outcome === outcome).length
  return { 'on-time': count('on-time'), late: count('late'), missing: count('missing') }
}
