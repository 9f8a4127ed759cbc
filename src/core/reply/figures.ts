// Takes amounts and percentages out of a span, with the words that belong to them; what is left over is text.
import type { Amount } from './amount.ts'
import { type Claims, claim, doubt } from './claims.ts'
import type { DateToken } from './date.ts'
import { type Doc, datesIn, tokensIn, withDates, wordsOf } from './document.ts'
import type { Flow, Piece } from './flow.ts'
import {
  headLength,
  isDebtOrPlan,
  isOnlyLabel,
  isOtherFigure,
  isTargetOfYear,
  type Label,
  labelOf,
  periodOf,
} from './labels.ts'
import { claimAmount, isSum, turnOf } from './money.ts'
import type { Percent } from './percent.ts'
import { isStep, readPercentPhrase } from './progress.ts'
import type { Span } from './sections.ts'

const ANNOUNCES =
  /本月|这个?月|当月|今年|年初|年度|累计|总共|共计|开工以来|截[至止]|投资|资金|到位|到账|支付|付|支出|进度|\uE003/
const TAIL =
  /^(?:了|吧|左右|上下|以上|多|余|出头|整(?![体个])|的?样子|之间|(?:的?投资(?:额|量)?)|(?:都|全部)?(?:已经?|新|刚刚?|又)?(?:到位|到账|支付|付(?:了|出去|掉)?|拨付(?:到位)?|给(?:了)?(?:施工|承包|供应|中标)(?:单位|方|队|商|企业)|花(?:了|掉|出去)|用(?:了|掉))(?=了(?!\uE001)|$|[，,。；;)]|\s(?!\uE001)|(?<=(?:已经?|全部|都|新|刚|又)[\u4e00-\u9fff]{2,4}|[了掉去])\s))+/

function tailOf(doc: Doc, end: number, limit: number): string {
  return TAIL.exec(doc.marked.slice(end, limit))?.[0] ?? ''
}

// 1-6月…，其中征拆费…，本月完成…: a period of its own ends the parts.
const OWN_PERIOD = /^(?:项目|工程)?(?:本月|这个?月|当月|今年|累计|自?开工|资金)/

/** `ours`: to be recorded; `text`: a debt or a plan, which its clause tells in words; `noise`: neither. */
function fateOf(flow: Flow, span: Span, before: string, after: string): 'ours' | 'text' | 'noise' {
  if (isTargetOfYear(before)) flow.yearTarget = true
  if (before.includes('其中')) flow.parts = span.clause.sentence
  else if (flow.parts === span.clause.sentence && OWN_PERIOD.test(before)) flow.parts = undefined
  if (UNPAID.test(after) && !/到位|到账/.test(before)) return 'text'
  const isAhead = /下个?月|明年/.test(before) && isDebtOrPlan(before)
  if (flow.parts === span.clause.sentence && !isAhead) return 'noise'
  if (!isOtherFigure(before)) return 'ours'
  return isDebtOrPlan(before) && !isTargetOfYear(before) ? 'text' : 'noise'
}

const UNPAID = /^的?(?:[\u4e00-\u9fff]{0,6})(?:缺口|没到位|未到位|没付|未付|没支付|未支付|欠款)/

// Words further back than this do not say what a figure is.
const LOOK_BACK = 80

type Cut = { cursor: number; pieces: Piece[] }

// 本月抢进度完成190万: the period may stand apart from the verb, but not the period of a thing without one.
function withPeriodOf(label: Label, before: string, rest: string, doc: Doc, dates: DateToken[]): Label {
  const isVerb = label.money === undefined && rest.length <= 5 && /[了有出]$/.test(before)
  if (label.period || !(label.money === 'invested' || isVerb) || rest.length > 16) return label
  const period = periodOf(before, { report: doc.reportMonth, dates })
  return period ? { ...label, period } : label
}

// 10月计划完成300万，实际完成260万: the plan is dropped, but its period goes on to what was done.
function setAside(
  doc: Doc,
  flow: Flow,
  span: Span,
  token: Amount,
  { fate, before, near }: { fate: 'text' | 'noise'; before: string; near: DateToken[] },
  cut: Cut,
): void {
  const isOwnPlan =
    /计划|目标|任务/.test(before) && periodOf(before, { report: doc.reportMonth, dates: near }) === 'month'
  if (fate === 'noise' || isOwnPlan) cut.cursor = token.end
  if (isOwnPlan)
    flow.pending = {
      head: '本月',
      start: Math.max(span.start, token.start - before.length),
      line: span.clause.line,
    }
}

// 本月因停电耽误4天，完成65万: the month at the head of the sentence holds for its first figure.
function withMonthOf(label: Label, flow: Flow, span: Span, doc: Doc): Label {
  if (label.period || label.money !== 'invested' || label.compared || label.added || flow.last) return label
  const first = doc.clauses.find(({ sentence }) => sentence === span.clause.sentence)
  const lead = first && doc.norm.slice(first.start, span.start)
  const isMonth = lead && /^(?:我们?|咱们?|项目|\s)*(?:本月|这个?月|当月)(?!计划|\d)/.test(lead)
  const isElse = lead && /累计|今年|上个?月|下个?月|截[至止]|开工以来|计划|总投资|合同/.test(lead)
  return isMonth && !isElse ? { ...label, period: 'month' } : label
}

type Words = {
  before: string
  rest: string
  headStart: number
  head: string
  tail: string
  found: Label
  start: number
}

/** The words around an amount: its head, what stands before that, what follows it, and what they say. */
function wordsAround(doc: Doc, flow: Flow, span: Span, token: Amount, cut: Cut): Words {
  const before = doc.marked.slice(Math.max(cut.cursor, token.start - LOOK_BACK), token.start)
  const headStart = token.start - headLength(before)
  const rest = before.slice(0, before.length - (token.start - headStart))
  const tail = tailOf(doc, token.end, span.end)
  const own = doc.marked.slice(headStart, token.start)
  // 85w 本月的 总共1920w: a period of its own owes nothing to the words before.
  const hasPeriod = periodOf(own, { report: doc.reportMonth, dates: datesIn(doc, headStart, token.start) })
  const mayJoin = rest.trim() === '' && cut.cursor === span.start && !hasPeriod
  const joined = mayJoin ? flow.pending : undefined
  const head = `${flow.inheritedHeads.get(token) ?? ''}${joined?.head ?? ''}${own}`
  const earlier = joined ? datesIn(doc, joined.start, cut.cursor) : []
  const dates = [...earlier, ...datesIn(doc, headStart, token.start)]
  const saying = `${head}${/到位|到账|付|给|花|用|投资/.test(tail) ? tail : ''}`
  const found = labelOf(saying, { report: doc.reportMonth, dates })
  return {
    before: `${joined?.head ?? ''}${before}`,
    rest,
    headStart,
    head,
    tail,
    found,
    start: joined?.start ?? headStart,
  }
}

// 设备采购费花了25万: what the money was for goes with it.
const NAMES_MONEY = /^[\u4e00-\u9fff]{1,6}(?:费用?|款项?|资金)$/

function takeAmount(doc: Doc, flow: Flow, claims: Claims, span: Span, token: Amount, cut: Cut): void {
  const { before, rest, headStart, head, tail, found, start } = wordsAround(doc, flow, span, token, cut)
  const near = datesIn(doc, Math.max(cut.cursor, token.start - LOOK_BACK), token.start)
  const said = withDates(doc, Math.max(cut.cursor, token.start - LOOK_BACK), token.start)
  const fate = fateOf(flow, span, said, doc.marked.slice(token.end, token.end + 12))
  if (fate !== 'ours') {
    setAside(doc, flow, span, token, { fate, before, near }, cut)
    return
  }
  const label = withMonthOf(withPeriodOf(found, before, rest, doc, near), flow, span, doc)
  const isPart = rest.trim() !== '' && !label.period && !label.money
  const source = wordsOf(doc, start, token.end + tail.length)
  if (!claimAmount(doc, flow, claims, span, { token, label, head, isPart, source })) return
  if (rest.trim() !== '' && !NAMES_MONEY.test(rest.trim()))
    cut.pieces.push({ start: cut.cursor, end: headStart, span })
  cut.cursor = token.end + tail.length
  flow.pending = undefined
}

// 进度超过100%; 年度计划3000万，完成80%: of the plan, or of the works?
function isOverdone(doc: Doc, flow: Flow, token: Percent, start: number): boolean {
  const head = doc.norm.slice(start, token.start)
  const isOver = token.value >= 100 && /超/.test(head)
  return isOver || (flow.yearTarget && !/进度|形象|总体|整体|工程|干|做/.test(head))
}

function takePercent(doc: Doc, flow: Flow, claims: Claims, span: Span, token: Percent, cut: Cut): void {
  const pending = cut.cursor === span.start ? flow.pending : undefined
  const phrase = readPercentPhrase(
    doc,
    cut.cursor,
    token,
    flow.inheritedHeads.get(token) ?? pending?.head ?? '',
    span,
  )
  if (!phrase) return
  const source = wordsOf(doc, pending?.start ?? phrase.start, phrase.end)
  if (phrase.meaning === 'ignored') {
    if (phrase.start > cut.cursor) cut.pieces.push({ start: cut.cursor, end: phrase.start, span })
    cut.cursor = phrase.end
    return
  }
  const turn = turnOf(doc, flow, span)
  const target = turn === undefined || turn === 'unclear' ? span.target : turn
  const isNobodys = turn === 'unclear' || (turn === undefined && isSum(doc, span))
  const unclear = token.vague || isNobodys || isOverdone(doc, flow, token, phrase.start)
  if (phrase.meaning.length > 1 || phrase.meaning[0] !== 'percentComplete' || unclear) {
    doubt(claims, target, phrase.meaning, source)
  } else claim(claims, target, 'percentComplete', token.value, source, isStep(doc, token))
  if (phrase.start > cut.cursor) cut.pieces.push({ start: cut.cursor, end: phrase.start, span })
  cut.cursor = phrase.end
  flow.pending = undefined
}

function keepLabel(doc: Doc, flow: Flow, span: Span, start: number): boolean {
  const text = doc.marked.slice(start, span.end)
  const isLabel = isOnlyLabel(text) && ANNOUNCES.test(text)
  const isTarget = isTargetOfYear(text)
  if (isTarget) flow.yearTarget = true
  if (isLabel) flow.pending = { head: text, start, line: span.clause.line }
  return isLabel
}

/** Reads the figures of one span into claims and returns the stretches that are left. */
export function readFigures(doc: Doc, flow: Flow, claims: Claims, span: Span): Piece[] {
  const cut: Cut = { cursor: span.start, pieces: [] }
  if (flow.pending && span.clause.line > flow.pending.line + 1) flow.pending = undefined
  for (const token of tokensIn(doc, span.start, span.end)) {
    if (flow.skip.has(token)) {
      cut.cursor = token.end
      continue
    }
    // 60%不对是66%: what stands before the second figure only takes the first back.
    if (flow.inheritedHeads.has(token)) cut.cursor = token.start
    if (token.kind === 'amount') takeAmount(doc, flow, claims, span, token, cut)
    else if (token.kind === 'percent') takePercent(doc, flow, claims, span, token, cut)
  }
  if (cut.cursor < span.end) {
    const isLabel = keepLabel(doc, flow, span, cut.cursor)
    if (!isLabel) {
      flow.pending = undefined
      cut.pieces.push({ start: cut.cursor, end: span.end, span })
    }
  }
  return cut.pieces
}
