// One message with everything that was marked in it: what the readers of fields share.
import { type CivilDate, dateOf } from '../calendar/civil.ts'
import { type Clause, splitClauses } from './clause.ts'
import type { DateToken } from './date.ts'
import { monthOf, yearOf } from './date-parts.ts'
import { type Prepared, prepare } from './prepare.ts'
import { findMentions, indexNames, type Mention } from './project-name.ts'
import { cutSections, type Span } from './sections.ts'
import { DAY, scan, type Token } from './tokens.ts'
import type { ReplyContext } from './types.ts'
import { trimEdges } from './words.ts'

export type Doc = Prepared & {
  context: ReplyContext
  marked: string
  tokens: readonly Token[]
  mentioned: readonly Mention[]
  clauses: readonly Clause[]
  spans: readonly Span[]
  /** How many amounts and percentages stand in the message. */
  figures: number
  today: CivilDate
  /** The month that a reply sent today reports on: up to the 10th the last month by name. */
  reportMonth: { year: number; month: number }
  /** What a number without a unit counts, in 万元; undefined when the message does not say. */
  bareUnit: number | undefined
}

const LAST_MONTH_UNTIL_DAY = 10

function reportMonth(today: CivilDate): { year: number; month: number } {
  const isEarly = Number(today.slice(8)) <= LAST_MONTH_UNTIL_DAY
  const [year, month] = [yearOf(today), monthOf(today) - (isEarly ? 1 : 0)]
  return month === 0 ? { year: year - 1, month: 12 } : { year, month }
}

function bareUnit(norm: string): number | undefined {
  const stated = /单位[:为是]? ?(万元|亿元|元)/.exec(norm)?.[1]
  if (stated === undefined) return undefined
  return stated === '元' ? 1 / 10_000 : stated === '万元' ? 1 : 10_000
}

/** Marks a message; everything after this reads the marks. */
export function openDoc(text: string, context: ReplyContext): Doc {
  const { clean, norm, mentions, stickers, hasReceipt } = prepare(text)
  const today = dateOf(context.sentAt)
  const mentioned = findMentions(norm, indexNames(context.projects))
  const { marked, tokens } = scan(norm, mentioned, today)
  const clauses = splitClauses(marked)
  return {
    clean,
    norm,
    mentions,
    stickers,
    hasReceipt,
    context,
    marked,
    tokens,
    mentioned,
    clauses,
    spans: cutSections(clauses, mentioned, context.projects, norm),
    figures: tokens.filter(({ kind }) => kind === 'amount' || kind === 'percent').length,
    today,
    reportMonth: reportMonth(today),
    bareUnit: bareUnit(norm),
  }
}

/** Tokens that lie wholly between two places. */
export function tokensIn(doc: Doc, start: number, end: number): Token[] {
  const { tokens } = doc
  let low = 0
  for (let high = tokens.length; low < high; ) {
    const middle = (low + high) >> 1
    if ((tokens[middle]?.start ?? 0) < start) low = middle + 1
    else high = middle
  }
  let next = low
  while ((tokens[next]?.end ?? Number.POSITIVE_INFINITY) <= end) next++
  return tokens.slice(low, next)
}

/** Date tokens that lie wholly between two places. */
export const datesIn = (doc: Doc, start: number, end: number): DateToken[] =>
  tokensIn(doc, start, end).filter((token) => token.kind === 'date')

/** The marked text between two places with its dates spelled out, so that 下月 and 去年 can be seen. */
export function withDates(doc: Doc, start: number, end: number): string {
  const marked = doc.marked.slice(start, end)
  if (!marked.includes(DAY)) return marked
  return [...marked].map((char, i) => (char === DAY ? doc.norm.charAt(start + i) : char)).join('')
}

/** What people wrote between two places, without the ends' punctuation. */
export const wordsOf = (doc: Doc, start: number, end: number): string =>
  trimEdges(doc.clean.slice(start, end))
