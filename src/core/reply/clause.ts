// Splits a marked message into clauses, and clauses into spans that each speak of one target.
import { AMT, DAY, ITEM, PCT } from './tokens.ts'

/** A stretch between separators. `item`: begins a list item. `sep`: what ends it, the strongest of a run. */
export type Clause = {
  /** Its place among the clauses of the message. */
  index: number
  start: number
  end: number
  sep: Separator
  sentence: number
  line: number
  item: boolean
}
export type Separator = 'end' | 'item' | 'stop' | 'half' | 'comma' | 'pause' | 'space'

const RANK: Separator[] = ['space', 'pause', 'comma', 'half', 'stop', 'item', 'end']

const SEPARATORS = new Map<string, Separator>([
  [ITEM, 'item'],
  ['\n', 'end'],
  ['、', 'pause'],
])
for (const char of '。！!？?') SEPARATORS.set(char, 'stop')
for (const char of '；;') SEPARATORS.set(char, 'half')
for (const char of '，,…()') SEPARATORS.set(char, 'comma')
for (const char of ' \t|\r\f\v') SEPARATORS.set(char, 'space')

const separatorOf = (char: string): Separator | undefined => SEPARATORS.get(char)

const stronger = (a: Separator, b: Separator): Separator => (RANK.indexOf(b) > RANK.indexOf(a) ? b : a)
const endsSentence = (sep: Separator): boolean => RANK.indexOf(sep) >= RANK.indexOf('half')

/** Clauses in order; empty ones are left out. */
export function splitClauses(marked: string): Clause[] {
  const clauses: Clause[] = []
  let sentence = 0
  let line = 0
  let item = false
  for (let at = 0; at < marked.length; ) {
    let end = at
    while (end < marked.length && (separatorOf(marked[end] ?? '') === undefined || isGap(marked, end))) end++
    const gap = readGap(marked, end)
    if (end > at) clauses.push({ index: clauses.length, start: at, end, sep: gap.sep, sentence, line, item })
    if (end > at || gap.isItem) item = gap.isItem
    if (endsSentence(gap.sep)) sentence++
    line += gap.lines
    at = gap.end
  }
  return clauses
}

// 本月完成投资 200万, 多报了 40万: the blank before a figure that stands alone, or was announced, parts nothing.
const ANNOUNCED =
  /(?:投资|进度|累计|完成|到位|支付|支出|资金|本月|这个月|今年|[报付花投干完多少到改拨]了|[^达推]到|分别|[为是约至达报各均在由])$/
const ANNOUNCED_DAY = /(?:[到至由从自于在给缓]|预计|计划)$/
const LABEL_LENGTH = 4
const ALONE = new RegExp(`^ (?:${AMT}+|${PCT}+)(?:左右|上下|多|吧|了)*(?:[\\s，,、。；;)]|$)`)
const FIGURE_TAIL = 24
// 2026年5月 完工 is expected; 完工 alone has happened.
const ENDS_WORK = /^ (?:之?前|左右)?(?:完工|竣工|建成|交付|投产|通车)/

function isGap(marked: string, at: number): boolean {
  if (marked[at] !== ' ') return false
  const label = marked.slice(Math.max(0, at - LABEL_LENGTH), at)
  const next = marked[at + 1]
  if (next === DAY) return ANNOUNCED_DAY.test(label)
  if (marked[at - 1] === DAY && ENDS_WORK.test(marked.slice(at, at + FIGURE_TAIL))) return true
  if (next !== AMT && next !== PCT) return false
  const isAfterWords = /[\u4e00-\u9fff]$/.test(label)
  return ANNOUNCED.test(label) || (isAfterWords && ALONE.test(marked.slice(at, at + FIGURE_TAIL)))
}

function readGap(
  marked: string,
  at: number,
): { sep: Separator; end: number; isItem: boolean; lines: number } {
  let sep: Separator = 'space'
  let end = at
  let isItem = false
  let lines = 0
  for (; end < marked.length; end++) {
    const here = separatorOf(marked[end] ?? '')
    if (here === undefined) break
    sep = stronger(sep, here)
    isItem ||= here === 'item'
    if (marked[end] === '\n') lines++
  }
  return { sep: end >= marked.length ? 'end' : sep, end, isItem, lines }
}
