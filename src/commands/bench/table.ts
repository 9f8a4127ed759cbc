// Figures as a table for a terminal: median and spread of the product, the same of its floor, how far apart, and the goal.
import { type Bench, median, type Row, type Unit } from './measure.ts'

const HEAD = ['', 'product', 'floor', 'product ÷ floor', 'goal']

/** A block for one bench: its floor in words, then a line a figure. */
export function table({ name, floor }: Pick<Bench, 'name' | 'floor'>, rows: readonly Row[]): string {
  const cells = [HEAD, ...rows.map(cellsOf)]
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const lines = cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  return [`${name}   (floor: ${floor})`, ...lines.map((line) => `  ${line.trimEnd()}`)].join('\n')
}

function cellsOf({ what, unit, product, floor, goal }: Row): string[] {
  const ratio = median(product) / median(floor)
  return [
    what,
    spread(product, unit),
    spread(floor, unit),
    `× ${figure(ratio)}`,
    verdict(product, unit, goal),
  ]
}

const spread = (sample: readonly number[], unit: Unit): string =>
  `${figure(median(sample))} ${unit} (${figure(Math.min(...sample))} – ${figure(Math.max(...sample))})`

function verdict(sample: readonly number[], unit: Unit, goal: number | undefined): string {
  if (goal === undefined) return ''
  const isRate = unit === '/s'
  const met = isRate ? median(sample) >= goal : median(sample) < goal
  return `${isRate ? '≥' : '<'} ${figure(goal)} ${unit} ${met ? 'met' : 'MISSED'}`
}

/** Three digits that matter. */
function figure(value: number): string {
  if (!Number.isFinite(value)) return 'n/a'
  if (Math.abs(value) >= 100) return Math.round(value).toString()
  return value.toPrecision(3)
}
