// `duban ledger NAME`: a table of the records, as CSV for Excel or in the terminal.
import { writeFile } from 'node:fs/promises'
import type { Log } from '../app/ports.ts'
import type { Snapshot } from '../app/store-port.ts'
import type { Config } from '../config.ts'
import { type CivilDate, dateOf, formatInstant, type Instant, instantOf } from '../core/calendar/civil.ts'
import { projectByKey, unitByKey } from '../core/people/lookup.ts'
import {
  type Punctuality,
  type PunctualityLine,
  punctuality,
  standardPunctuality,
  type UnitScore,
} from '../core/report/punctuality.ts'
import { type Cell, csvOf } from '../documents/csv.ts'
import { createStore } from '../store/store.ts'
import { runningClock } from './clocks.ts'
import { UsageError } from './explain.ts'
import { openProductDatabase } from './product.ts'

/** `asOf`: what was known at the end of that day; without it, now. */
export type LedgerOptions = { readonly out?: string; readonly asOf?: CivilDate }

/** The ledgers that can be asked for. */
export const LEDGERS: Readonly<Record<string, string>> = { punctuality: '报送时效' }

/** Writes the file, or prints a table without one. Throws UsageError before it touches anything. */
export async function runLedger(
  config: Config,
  log: Log,
  name: string,
  options: LedgerOptions,
): Promise<void> {
  if (!Object.hasOwn(LEDGERS, name))
    throw new UsageError(`没有“${name}”这个台账，目前有：${Object.keys(LEDGERS).join('、')}。`)
  if (options.out !== undefined && !options.out.toLowerCase().endsWith('.csv'))
    throw new UsageError('--out 目前只能写 .csv 文件（Excel 可以直接打开），如 --out 报送时效.csv。')
  const now = runningClock(config.startAt).now()
  const asOf = options.asOf === undefined ? now : Math.min(now, instantOf(options.asOf))
  const database = await openProductDatabase(config, log)
  try {
    const store = createStore(database)
    const scores = punctuality(await store.reportsDue(asOf))
    const office = await store.office()
    if (options.out === undefined) process.stdout.write(tableText(scores, office, asOf))
    else {
      await writeFile(options.out, csvOf(punctualityRows(scores, office)))
      process.stdout.write(`已写入 ${options.out}：${scores.length}个单位，截至${dateOf(asOf)}\n`)
    }
  } finally {
    await database.close()
  }
}

const OUTCOMES: Readonly<Record<Punctuality, string>> = {
  'on-time': '按时',
  late: '逾期报送',
  missing: '未报送',
}

const HEADINGS = ['单位', '月份', '任务', '项目', '所属期', '截止时间', '首次报送', '结果', '得分', '理由']

/** A row a report, each unit's months added up below it. */
export function punctualityRows(scores: readonly UnitScore[], office: Snapshot): Cell[][] {
  return [HEADINGS, ...scores.flatMap((score) => rowsOf(score, office))]
}

function rowsOf(score: UnitScore, office: Snapshot): Cell[][] {
  const unit = unitName(office, score.unit)
  const blank = ['', '', '', '', '', '']
  return [
    ...score.lines.map((line) => [unit, ...cellsOf(line, office)]),
    ...score.months.map(({ month, points }) => [unit, month, ...blank, points, '本月小计']),
    [unit, '合计', ...blank, score.points, countsText(score)],
  ]
}

function cellsOf(line: PunctualityLine, { directory }: Snapshot): Cell[] {
  const project = line.project === undefined ? undefined : projectByKey(directory, line.project)
  return [
    line.month,
    line.title,
    project?.name ?? line.project ?? '',
    line.period ?? '',
    minuteText(line.dueAt),
    line.handedInAt === undefined ? '' : minuteText(line.handedInAt),
    OUTCOMES[line.outcome],
    line.points,
    line.reason,
  ]
}

/** For the terminal: the totals, and below each unit the points that it lost. */
function tableText(scores: readonly UnitScore[], office: Snapshot, asOf: Instant): string {
  const lines = scores.flatMap((score) => [
    `${unitName(office, score.unit)}  ${score.points}分  ${countsText(score)}`,
    ...score.lines
      .filter(({ points }) => points !== 0)
      .map((line) => `    ${line.month}  ${line.points}  ${line.title}：${line.reason}`),
  ])
  const { name, points } = standardPunctuality
  const rule = `${name}：按时${points['on-time']}，逾期报送${points.late}，未报送${points.missing}`
  return `${lines.join('\n')}${lines.length > 0 ? '\n' : ''}共${scores.length}个单位，截至${minuteText(asOf)}（${rule}）\n`
}

const countsText = ({ counts }: UnitScore): string =>
  `按时${counts['on-time']}、逾期${counts.late}、未报${counts.missing}`

const unitName = ({ directory }: Snapshot, unit: string): string => unitByKey(directory, unit)?.name ?? unit

const minuteText = (at: Instant): string => formatInstant(at).slice(0, 16).replace('T', ' ')
