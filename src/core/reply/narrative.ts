// Reads the words between the figures: finish dates, stages, labelled and unlabelled texts, 同上月.

import { type Claims, claim } from './claims.ts'
import { daysLater } from './date-parts.ts'
import { type Doc, datesIn, wordsOf } from './document.ts'
import { readFinish } from './finish.ts'
import type { Piece } from './flow.ts'
import { goingOn, isNextTo, LEAD, type Told } from './going-on.ts'
import { readHalf } from './half.ts'
import { isNoChange } from './no-change.ts'
import { sameTarget, type Target } from './sections.ts'
import { splitAtLabels } from './split-labels.ts'
import { claimStages, readStagePiece, type StageSaid } from './stage-said.ts'
import { isAside, isNone, kindOf, readLabel, saysNoHelp, saysNoProblem, type TextKind } from './texts.ts'
import { readZero } from './zero.ts'

/** What the narrative carries from piece to piece. */
export type Tale = {
  mode: { kind: TextKind; sentence: number; line: number; isOpen: boolean; target: Target } | undefined
  texts: Told[]
  stages: StageSaid[]
}

/** The state before the first piece. */
export const startTale = (): Tale => ({ mode: undefined, texts: [], stages: [] })

const IDLE_END = /(?:目前|现在|然后|主要|另外|还有|但是|不过|所以|[，,\s])+$/
// The next line of a form, not another item under the label.
const FORM_LINE =
  /^\s*(?:(?:预计|计划)?(?:完工|竣工|建成|投产)(?:时间|日期)|(?:本月|累计|今年|年度|资金|到位|支付|项目名称|填报|联系)[^，。]{0,10}[:])/

/** The label that governs a place: its own sentence, or the list that it opened. */
function modeAt(doc: Doc, tale: Tale, piece: Piece): TextKind | undefined {
  const { mode } = tale
  if (!mode) return undefined
  const { clause } = piece.span
  if (clause.sentence === mode.sentence) return mode.kind
  if (FORM_LINE.test(doc.norm.slice(piece.start, piece.end))) return undefined
  if (!mode.isOpen && !sameTarget(mode.target, piece.span.target)) return undefined
  const isListed = clause.item && (mode.isOpen || clause.line <= mode.line + 1)
  if (!isListed && !(mode.isOpen && clause.line === mode.line + 1)) return undefined
  tale.mode = { ...mode, sentence: clause.sentence, line: clause.line }
  return mode.kind
}

/** True while a label like 存在问题： governs the place, so that figures there belong to its text. */
export function isUnderLabel(doc: Doc, tale: Tale, piece: Piece): boolean {
  const text = doc.marked.slice(piece.start, piece.end)
  const own = readLabel(text)
  if (own) return own.kind !== 'physicalProgress' && text.length > own.length
  const kind = modeAt(doc, tale, piece)
  return kind !== undefined && kind !== 'physicalProgress'
}

function noteText(doc: Doc, tale: Tale, kind: TextKind, piece: Piece, start: number, end: number): void {
  const skip = LEAD.exec(doc.norm.slice(start, end))?.[0].length ?? 0
  const idle = IDLE_END.exec(doc.norm.slice(start + skip, end))?.[0].length ?? 0
  const least = kind === 'physicalProgress' ? 3 : 2
  const words = doc.norm.slice(start + skip, end - idle).trim()
  if (words.length < least || /[:：] *(?:无|没有|暂无|\/|-)$/.test(words)) return
  tale.texts.push({ kind, start: start + skip, end: end - idle, piece })
}

function claimNone(doc: Doc, claims: Claims, kind: TextKind, piece: Piece, source: string): void {
  if (kind === 'problems' || kind === 'measures' || kind === 'helpNeeded') {
    claim(claims, piece.span.target, kind, [], source || doc.clean.slice(piece.start, piece.end))
  }
}

/** 没问题 and 不用协调 say none, whatever else the clause has. */
function readNothing(doc: Doc, claims: Claims, piece: Piece, text: string): boolean {
  const words = wordsOf(doc, piece.start, piece.end)
  const noHelp = saysNoHelp(text)
  const noProblem = saysNoProblem(text)
  if (noProblem) claimNone(doc, claims, 'problems', piece, words)
  if (noHelp) claimNone(doc, claims, 'helpNeeded', piece, words)
  return noProblem || noHelp
}

function readLabelled(doc: Doc, tale: Tale, claims: Claims, piece: Piece, text: string): boolean {
  const skip = /^\s*/.exec(text)?.[0].length ?? 0
  const label = readLabel(text.slice(skip))
  if (!label) return false
  const { clause } = piece.span
  const from = piece.start + skip + label.length
  const rest = doc.norm.slice(from, piece.end).trim()
  // 四、下一步措施。组织…: a numbered heading may end in a full stop.
  const isHeading = clause.sep === 'end' || clause.sep === 'item' || (clause.sep === 'stop' && clause.item)
  const isOpen = rest === '' && isHeading
  const sentence = clause.sentence + (isOpen ? 1 : 0)
  tale.mode = { kind: label.kind, sentence, line: clause.line, isOpen, target: piece.span.target }
  if (rest === '') return true
  if (isNone(rest) || (label.kind === 'helpNeeded' && saysNoHelp(rest))) {
    claimNone(doc, claims, label.kind, piece, wordsOf(doc, piece.start, piece.end))
    tale.mode = undefined
  } else noteText(doc, tale, label.kind, piece, from, piece.end)
  return true
}

// 下个月接电调试, 明年3月打坝: works with a day ahead of them are a next step.
const STILL_AHEAD_DAYS = 330

// 5月10号前打完: when a part will be done is neither a step nor a state.
const ENDS_PART = /^\uE003+(?:之?前|左右|就|能|可以|可)*[\u4e00-\u9fff]{1,3}完(?:成)?(?:了|吧)?$/

function isPlanned(doc: Doc, piece: Piece, words: string): boolean {
  const [first] = datesIn(doc, piece.start, piece.end)
  if (first?.date === undefined || first.delay || first.start - piece.start > 4) return false
  const isAhead = first.date > doc.today && first.date < daysLater(doc.today, STILL_AHEAD_DAYS)
  return isAhead && !/[了的过]|已/.test(words)
}

// 问题是进尺慢，准备增加两台泵: what is to be done about it, though the label still stands.
const BEGINS_REMEDY =
  /^(?:我们?|已经?|正在?|现在)*(?:准备|打算|已派|派人|计划|拟|已(?:经)?(?:换|从|约|调|请|委托|安排|增加|加派|租|借|催|联系|协调|申请)|(?<=正在?)(?:从[^，。]{1,4})?(?:加(?!固)|找|联系|协调|申请|想办法|调))/

function readText(doc: Doc, tale: Tale, claims: Claims, piece: Piece): void {
  const text = doc.marked.slice(piece.start, piece.end)
  // 本月完成投资：/ leaves a place of the form empty.
  if (text.trim() === '' || /: *(?:\/|-+|—+)$/.test(text.trim())) return
  if (readLabelled(doc, tale, claims, piece, text)) return
  const governed = modeAt(doc, tale, piece)
  if (governed === undefined && isNoChange(text)) {
    claims.same.push({ target: piece.span.target, source: wordsOf(doc, piece.start, piece.end) })
    return
  }
  if (governed === undefined && (readZero(doc, claims, piece) || readHalf(doc, claims, piece))) return
  if (readNothing(doc, claims, piece, text)) return
  if (governed !== undefined && isNone(text.trim())) {
    claimNone(doc, claims, governed, piece, wordsOf(doc, piece.start, piece.end))
    return
  }
  const words = text.replace(LEAD, '')
  const said = kindOf(words, doc.figures + doc.mentioned.length + tale.stages.length > 0)
  const own = said === 'physicalProgress' && isPlanned(doc, piece, words) ? 'measures' : said
  const isRemedy = governed === 'problems' && own === 'measures' && BEGINS_REMEDY.test(words)
  const last = tale.texts.at(-1)
  // 恳请供电公司支持，尽快安排停电: what is asked for goes on, whatever label stands above.
  const isStillAsking =
    last?.kind === 'helpNeeded' &&
    /^\s*(?:尽快|早日|及时|抓紧|加快|并|帮|给|把)/.test(text) &&
    isNextTo(doc, last, piece)
  const kind = isStillAsking
    ? 'helpNeeded'
    : governed === undefined || own === 'helpNeeded' || isRemedy
      ? goingOn(doc, last, piece, text, own)
      : governed
  if (governed !== undefined && isAside(words)) return
  if (governed === undefined && ENDS_PART.test(words.trim())) return
  if (kind) noteText(doc, tale, kind, piece, piece.start, piece.end)
}

// 下一步装实验台，整个项目明年3月底完工: the finish of the whole is no step.
const FINISH_OF_ALL = /^(?:整个|全部|整体|本)?(?:项目|工程)[^，。]{0,4}\uE003[^，。]*(?:完工|竣工|建成)/

/** Reads one left-over piece. */
export function tell(doc: Doc, tale: Tale, claims: Claims, whole: Piece): void {
  for (const piece of splitAtLabels(doc, whole)) {
    const text = doc.marked.slice(piece.start, piece.end).trim()
    const isTextOnly =
      (modeAt(doc, tale, piece) !== undefined && !FINISH_OF_ALL.test(text)) ||
      (readLabel(text)?.kind ?? 'physicalProgress') !== 'physicalProgress'
    if (isTextOnly) {
      readText(doc, tale, claims, piece)
      continue
    }
    const last = tale.texts.at(-1)
    const isAfterPart = last?.kind === 'physicalProgress' && isNextTo(doc, last, piece)
    for (const rest of readFinish(doc, claims, piece, isAfterPart)) {
      for (const words of readStagePiece(doc, tale.stages, rest)) readText(doc, tale, claims, words)
    }
  }
}

function isJoined(doc: Doc, last: Told, next: Told): boolean {
  if (last.kind !== next.kind || !sameTarget(last.piece.span.target, next.piece.span.target)) return false
  const between = doc.marked.slice(last.end, next.start)
  const isTight =
    /^[\s，,、。；;了的也又还目前现在但是不过另外然后主要]*$/.test(between) && !between.includes('\n')
  if (last.kind === 'physicalProgress' || last.kind === 'demolition') return isTight
  return isTight && !/[。；;]/.test(between)
}

/** Turns gathered texts and stages into claims. */
export function endTale(doc: Doc, tale: Tale, claims: Claims): void {
  const joined: Told[] = []
  for (const text of tale.texts) {
    const last = joined.at(-1)
    if (last && isJoined(doc, last, text)) joined[joined.length - 1] = { ...last, end: text.end }
    else joined.push(text)
  }
  for (const { kind, start, end, piece } of joined) {
    const words = wordsOf(doc, start, end)
    if (kind === 'physicalProgress' || kind === 'demolition')
      claim(claims, piece.span.target, kind, words, words)
    else claim(claims, piece.span.target, kind, [words], words)
  }
  claimStages(tale.stages, claims)
}
