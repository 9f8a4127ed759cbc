// What of the ledger is shown: filters, order and the counts above it.
import type { LedgerLine } from '../../page/wire.ts'

export type LedgerFilter = {
  readonly plan: string
  readonly unit: string
  readonly state: string
  readonly words: string
  readonly overdueOnly: boolean
  readonly order: 'recent' | 'due'
}

export const NO_FILTER: LedgerFilter = {
  plan: '',
  unit: '',
  state: '',
  words: '',
  overdueOnly: false,
  order: 'recent',
}

/** The rows that pass the filter; words must all occur, in any column. */
export function filterLedger(lines: readonly LedgerLine[], filter: LedgerFilter): LedgerLine[] {
  const words = filter.words.split(/\s+/).filter((word) => word !== '')
  const passing = lines.filter(
    (line) =>
      (filter.plan === '' || line.plan === filter.plan) &&
      (filter.unit === '' || line.unit === filter.unit) &&
      (filter.state === '' || line.state === filter.state) &&
      (!filter.overdueOnly || line.overdue) &&
      words.every((word) => textOf(line).includes(word)),
  )
  return passing.sort(filter.order === 'due' ? byDue : byRecent)
}

/** Different values of a column with their numbers of rows, in the order of their first row. */
export function countBy(
  lines: readonly LedgerLine[],
  column: 'plan' | 'unit' | 'state',
): { readonly value: string; readonly count: number }[] {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line[column], (counts.get(line[column]) ?? 0) + 1)
  return [...counts].map(([value, count]) => ({ value, count }))
}

const textOf = (line: LedgerLine): string =>
  [line.plan, line.title, line.unit, line.project, line.state, line.lastEvent].join('\n')

const byDue = (a: LedgerLine, b: LedgerLine): number => a.due - b.due
// Rows where nothing has happened yet come last, the next due first.
const byRecent = (a: LedgerLine, b: LedgerLine): number =>
  (b.lastEventAt ?? 0) - (a.lastEventAt ?? 0) || byDue(a, b)
