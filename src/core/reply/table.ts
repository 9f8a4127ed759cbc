// Tables pasted as text: a head row that names fields, rows that begin with projects, units by column.
import { readAmount } from './amount.ts'
import { type Claims, claim, doubt } from './claims.ts'
import { type DateToken, readDate } from './date.ts'
import type { Doc } from './document.ts'
import { isOnlyLabel, labelOf } from './labels.ts'
import { amountValue } from './money.ts'
import { readPercent } from './percent.ts'
import { findMentions, indexNames } from './project-name.ts'
import type { Target } from './sections.ts'
import { readStage } from './stage.ts'
import { isNone } from './texts.ts'
import type { AmountKey, FieldKey } from './types.ts'

type Column = { key: FieldKey | 'project' | 'number' | 'unknown'; unit: number | undefined }
type Row = { cells: string[]; start: number; end: number }

const EMPTY = /^(?:-+|—+|\/|\\|)$/

function unitOf(head: string): number | undefined {
  if (/亿元?/.test(head)) return 10_000
  if (/万/.test(head)) return 1
  return /元/.test(head) ? 1 / 10_000 : undefined
}

const TEXT_COLUMNS: readonly [RegExp, FieldKey][] = [
  [/问题|困难/, 'problems'],
  [/下一?步|措施|打算/, 'measures'],
  [/协调|帮助/, 'helpNeeded'],
  [/征地|拆迁|征拆/, 'demolition'],
  [/(?:完工|竣工|建成).{0,2}(?:时间|日期)?/, 'expectedFinish'],
  [/进度|百分比|比例|%/, 'percentComplete'],
  [/进展|备注|建设内容|情况|说明/, 'physicalProgress'],
  [/阶段|状态|开工情况/, 'stage'],
]

// 1-9月完成投资, 9月投资: the period that a head names by its months.
function monthsIn(head: string, doc: Doc): DateToken[] {
  const at = head.search(/\d/)
  const token = at < 0 ? undefined : readDate(head, at, doc.today)
  return token ? [token] : []
}

function amountColumn(head: string, doc: Doc): AmountKey | 'unknown' | undefined {
  if (/计划|目标|任务|总投资|概算|合同|上月|占|率|下月/.test(head)) return 'unknown'
  const label = labelOf(head, { report: doc.reportMonth, dates: monthsIn(head, doc) })
  if (label.money === 'inPlace') return 'fundsInPlace'
  if (label.money === 'spent') return 'fundsSpent'
  // 本月 and 累计 alone head columns of investment.
  const isShort =
    label.money === undefined && label.period !== undefined && isOnlyLabel(head.replace(/\(.*$/, ''))
  if (label.money !== 'invested' && !isShort) return undefined
  if (label.period === 'month') return 'investedThisMonth'
  if (label.period === 'year') return 'investedThisYear'
  return label.period === 'total' ? 'investedTotal' : 'unknown'
}

function columnOf(head: string, doc: Doc): Column {
  const unit = unitOf(head)
  if (/^(?:序号|编号|no\.?)$/i.test(head)) return { key: 'number', unit }
  if (/项目(?:名称)?$|^名称$|^工程(?:名称)?$/.test(head)) return { key: 'project', unit }
  if (/进度/.test(head) && !/投资/.test(head)) return { key: 'percentComplete', unit }
  const amount = amountColumn(head, doc)
  if (amount !== undefined) return { key: amount, unit }
  return { key: TEXT_COLUMNS.find(([words]) => words.test(head))?.[1] ?? 'unknown', unit }
}

function splitRows(doc: Doc): Row[] {
  const rows: Row[] = []
  let at = 0
  for (const line of doc.norm.split('\n')) {
    const cells = /\t/.test(line) ? line.split('\t') : line.split(/\s*\|\s*|\s{2,}/)
    const filled = /[\t|]| {2}/.test(line) ? cells : line.trim().split(/\s+/)
    const isFramed = line.trim().startsWith('|')
    rows.push({
      cells: (isFramed ? filled.slice(1) : filled).map((cell) => cell.trim()),
      start: at,
      end: at + line.length,
    })
    at += line.length + 1
  }
  return rows
}

// A number in an amount column: 150万 under 万元 is 150.
function readCellAmount(cell: string, unit: number | undefined, doc: Doc): number | 'unclear' | undefined {
  if (EMPTY.test(cell)) return undefined
  const amount = readAmount(cell, 0)
  if (amount?.kind !== 'amount' || amount.end !== cell.length) return 'unclear'
  return amountValue(amount, unit ?? doc.bareUnit) ?? 'unclear'
}

function readProgressCell(claims: Claims, target: Target, cell: string): void {
  const percent = readPercent(cell, 0)
  const isPercent = percent !== undefined && percent.end === cell.length && !percent.points
  const bare = /^\d+(?:\.\d+)?$/.test(cell) ? Number(cell) : undefined
  if (isPercent && percent.vague) doubt(claims, target, ['percentComplete'], cell)
  else if (isPercent) claim(claims, target, 'percentComplete', percent.value, cell)
  else if (bare !== undefined) claim(claims, target, 'percentComplete', bare, cell)
  else claim(claims, target, 'physicalProgress', cell, cell)
}

function readCell(doc: Doc, claims: Claims, target: Target, column: Column, cell: string): void {
  const { key } = column
  if (key === 'project' || key === 'number' || key === 'unknown' || EMPTY.test(cell)) return
  if (key === 'problems' || key === 'measures' || key === 'helpNeeded') {
    claim(claims, target, key, isNone(cell) ? [] : [cell], cell)
  } else if (key === 'percentComplete') readProgressCell(claims, target, cell)
  else if (key === 'demolition' || key === 'physicalProgress') {
    if (!isNone(cell)) claim(claims, target, key, cell, cell)
  } else if (key === 'expectedFinish') {
    const date = readDate(cell, 0, doc.today)?.date
    if (date === undefined) doubt(claims, target, [key], cell)
    else claim(claims, target, key, date, cell)
  } else if (key === 'stage') readStageCell(claims, target, cell)
  else {
    const value = readCellAmount(cell, column.unit, doc)
    if (value === 'unclear') doubt(claims, target, [key], cell)
    else if (value !== undefined) claim(claims, target, key, value, cell)
  }
}

function readStageCell(claims: Claims, target: Target, cell: string): void {
  const found = readStage(cell, 0, cell.length)
  if (found) claim(claims, target, 'stage', found.stage, cell)
}

function targetOf(doc: Doc, row: Row, columns: readonly Column[]): Target | undefined {
  const { projects } = doc.context
  const cell = row.cells[columns.findIndex(({ key }) => key === 'project')]
  if (cell === undefined)
    return projects.length === 1
      ? { projects: [0], tie: false, each: true }
      : { projects: [], tie: false, each: true }
  if (/合计|小计|总计/.test(cell)) return undefined
  const found = findMentions(cell, indexNames(projects))[0]
  if (found) return { projects: found.projects, tie: found.projects.length > 1, each: true }
  return { projects: [-1], tie: false, each: true }
}

/** Reads a table if the message holds one; returns where it stands, so that nothing else reads it. */
export function readTable(doc: Doc, claims: Claims): { start: number; end: number } | undefined {
  if (!doc.norm.includes('\n')) return undefined
  const rows = splitRows(doc)
  const headAt = rows.findIndex(({ cells }) => cells.length >= 2 && isHead(cells, doc))
  const head = rows[headAt]
  if (!head) return undefined
  const columns = head.cells.map((cell) => columnOf(cell, doc))
  let end = head.end
  for (const row of rows.slice(headAt + 1)) {
    if (row.cells.length < 2 || row.cells.length > columns.length + 1) {
      if (/^[\s|:-]*$/.test(doc.norm.slice(row.start, row.end))) continue
      break
    }
    end = row.end
    if (row.cells.every((cell) => /^[-:]*$/.test(cell))) continue
    const target = targetOf(doc, row, columns)
    if (target?.projects[0] === -1) claims.asks.push('project')
    else if (target) {
      for (const [i, cell] of row.cells.entries()) {
        const column = columns[i]
        if (column) readCell(doc, claims, target, column, cell)
      }
    }
  }
  return end === head.end ? undefined : { start: head.start, end }
}

// A head names two columns or more and holds no figures of its own, alone or behind its words (支付1350).
const HAS_FIGURE = /^[\d,.]+%?$|\d%|[，。；]|[\u4e00-\u9fff][\d,.]+[万亿]?元?$/

function isHead(cells: readonly string[], doc: Doc): boolean {
  const known = cells.filter((cell) => columnOf(cell, doc).key !== 'unknown')
  return known.length >= 2 && cells.every((cell) => !HAS_FIGURE.test(cell) && cell.length <= 20)
}
