// Reads one chat message: what it wants, what it reports of which project, and what must be asked back.
import { isAck } from './ack.ts'
import { type Claims, noClaims, type Settled, settle } from './claims.ts'
import type { Clause } from './clause.ts'
import { looksLikeCorrection, readCorrection } from './correction.ts'
import { isOurQuestion, listen, type Voice } from './cues.ts'
import { type Delegation, readDelegate } from './delegate.ts'
import { type Doc, openDoc } from './document.ts'
import { type Extension, readExtension } from './extension.ts'
import { readFigures } from './figures.ts'
import { type Piece, startFlow } from './flow.ts'
import { endTale, isUnderLabel, startTale, tell } from './narrative.ts'
import { type Rectified, readRectified } from './rectified.ts'
import type { Span } from './sections.ts'
import { findSlips } from './slip.ts'
import { ownSpans } from './stranger.ts'
import { readTable } from './table.ts'
import type { AskKey, Intent, Reading, ReplyContext } from './types.ts'

const NOTHING: Reading = { intent: 'other', reports: [], ambiguous: [], doubts: [] }
const BARE_NONE = /^(?:无|没有?|没得|暂无)(?:了|哈|呢)?$/

type Duties = {
  extension?: Extension
  rectified?: Rectified
  delegate?: Delegation
  used: ReadonlySet<Clause>
}

function readDuties(doc: Doc, voice: Voice): Duties {
  const speaking = doc.clauses.filter(({ start, end }) => !hasFigure(doc, start, end))
  const heard = speaking.filter(({ index }) => !voice.silenced.has(index))
  const extension = readExtension(doc, speaking)
  const rectified = extension ? undefined : readRectified(doc, heard)
  const delegate = voice.questions.size > 0 ? undefined : readDelegate(doc)
  const used = new Set<Clause>(extension?.clauses ?? rectified?.clauses ?? [])
  if (delegate) {
    for (const clause of doc.clauses) {
      if (clause.start <= delegate.end && clause.end >= delegate.start) used.add(clause)
    }
  }
  const duties: Duties = { used }
  if (extension) duties.extension = extension
  if (rectified) duties.rectified = rectified
  if (delegate) duties.delegate = delegate
  return duties
}

const hasFigure = (doc: Doc, start: number, end: number): boolean =>
  doc.tokens.some(
    (token) =>
      (token.kind === 'amount' || token.kind === 'percent') && token.start >= start && token.end <= end,
  )

function readSpans(doc: Doc, claims: Claims, spans: readonly Span[]): void {
  const slips = findSlips(doc)
  const flow = startFlow(slips.taken, slips.heads)
  const tale = startTale()
  for (const span of spans) {
    const whole: Piece = { start: span.start, end: span.end, span }
    const isText = isUnderLabel(doc, tale, whole)
    const pieces = isText ? [whole] : readFigures(doc, flow, claims, span)
    for (const piece of pieces) tell(doc, tale, claims, piece)
  }
  endTale(doc, tale, claims)
}

function readReport(doc: Doc, voice: Voice, duties: Duties): Claims {
  const claims = noClaims()
  const table = readTable(doc, claims)
  const spans = doc.spans.filter(({ clause, start, end }) => {
    const isTable = table && start >= table.start && end <= table.end
    return !isTable && !voice.silenced.has(clause.index) && !duties.used.has(clause)
  })
  readSpans(doc, claims, ownSpans(doc, spans, claims))
  return isTalkOnly(doc, claims, duties) ? { ...claims, claims: [] } : claims
}

const TEXTS: ReadonlySet<string> = new Set([
  'physicalProgress',
  'demolition',
  'problems',
  'measures',
  'helpNeeded',
])

// 没问题 without a figure is a yes, not a report of no problems.
function isAssent(doc: Doc, claims: Claims['claims']): boolean {
  const isOnlyThat = claims.every(({ key }) => key === 'problems')
  return doc.figures === 0 && isOnlyThat && /^没(?:啥|什么|有)?问题/.test(doc.norm.trim())
}

// Loose words are a report only where one was asked for: 水泥涨价了 in a group is talk, and so is 还在整改.
function isTalkOnly(doc: Doc, { claims, doubts, same }: Claims, duties: Duties): boolean {
  if (doubts.length === 0 && isAssent(doc, claims)) return true
  if (
    (doc.context.pending === 'monthly-progress' && !duties.delegate) ||
    doubts.length > 0 ||
    same.length > 0
  )
    return false
  const isLabelled = /存在(?:的)?问题|下一?步|需要?协调|形象进度[:]|进展情况/.test(doc.norm)
  return !isLabelled && claims.every(({ key }) => TEXTS.has(key))
}

// Where something is given in 亿, the figures that were written small and without a unit.
function smallOnes(doc: Doc, { claims }: Claims): ReadonlySet<string> {
  const hasYi = doc.tokens.some((token) => token.kind === 'amount' && token.unit === 'yi')
  const small = hasYi
    ? claims.filter(({ source }) => /(?:^|[^\d.])\d(?:\.\d+)?$/.test(source.normalize('NFKC')))
    : []
  return new Set(small.map(({ source }) => source))
}

function settleFor(doc: Doc, claims: Claims, correcting: boolean): Settled {
  const { projects, previous } = doc.context
  return settle(claims, { projects, previous, correcting, small: smallOnes(doc, claims) })
}

function intentOf(doc: Doc, voice: Voice, duties: Duties, settled: Settled): Intent {
  const { reports, asks } = settled
  if (duties.extension) return 'extension'
  if (duties.rectified) return 'rectified'
  const isReport =
    reports.some(({ fields }) => Object.keys(fields).length > 0) || asks.some((key) => key !== 'project')
  if (isReport || (asks.length > 0 && reports.length === 0)) return 'report'
  if (reports.length > 0) return 'no-change'
  if (duties.delegate) return 'delegate'
  if (isOurQuestion(doc, voice)) return 'question'
  return voice.questions.size === 0 &&
    (doc.norm.trim() === '1' || doc.hasReceipt || isAck(doc.marked.trim(), doc.stickers))
    ? 'ack'
    : 'other'
}

function compose(intent: Intent, settled: Settled, duties: Duties): Reading {
  const asks = new Set<AskKey>(settled.asks)
  const { extension, rectified, delegate } = duties
  if (extension?.askUntil) asks.add('until')
  if (delegate && delegate.to === null) asks.add('to')
  const { reports, doubts } = settled
  const reading: Reading = { intent, reports, ambiguous: [...asks], doubts }
  if (extension) reading.extension = { until: extension.until, reason: extension.reason }
  if (rectified) reading.rectified = { summary: rectified.summary }
  if (delegate) reading.delegate = { to: delegate.to }
  return reading
}

function isSlipOnly(doc: Doc): boolean {
  const { taken } = findSlips(doc)
  return taken.size > 0 && !/^[\s]*(?:更正|纠正)/.test(doc.norm)
}

// …改为3150万。另外整改能不能缓到下周五: a wish of its own beside the correction.
function moreTime(doc: Doc): { extension?: Extension } {
  const others = doc.clauses.filter(({ start, end }) => !hasFigure(doc, start, end))
  const wish = others.find(({ start, end }) => ASKS_MORE_TIME.test(doc.norm.slice(start, end)))
  const near = others.filter(({ sentence }) => sentence === wish?.sentence)
  const extension = wish && doc.clauses.length > 1 ? readExtension(doc, near) : undefined
  return extension ? { extension } : {}
}

const ASKS_MORE_TIME =
  /(?:整改|报表|材料)[^，。]{0,8}(?:缓|延|推迟|宽限|晚|再给)|(?:申请|请求)(?:延期|宽限|缓)/

// 现已改为每日一测，整改完成: what was changed is the site.
const isRemedied = (doc: Doc): boolean =>
  doc.context.pending === 'rectification' &&
  doc.figures === 0 &&
  readRectified(doc, doc.clauses) !== undefined

// 联系人换一下，改成赵主任: a person is changed, and no value.
const isNewContact = (doc: Doc): boolean =>
  doc.figures === 0 && /联系人|联络员|负责人|对接人|经办人/.test(doc.norm) && !!readDelegate(doc)?.to

function readCorrected(doc: Doc): Reading {
  const claims = noClaims()
  readCorrection(doc, claims)
  return compose('correction', settleFor(doc, claims, true), { used: new Set(), ...moreTime(doc) })
}

/**
 * Reads a reply. Pure: the same text and context always give the same reading. Never throws; of a very long text
 * only the head is read. Rules: the fields, periods and doubts of the reply format.
 */
export function read(text: string, context: ReplyContext): Reading {
  const doc = openDoc(text, context)
  const words = doc.norm.replace(/^[\s，,]+|[\s，,]+$/g, '')
  if (BARE_NONE.test(words.replace(/[。.!！~]+$/, '')))
    return { intent: 'no-change', reports: [], ambiguous: ['intent'], doubts: [] }
  if (/^1[。.!！~]*$/.test(words)) return { ...NOTHING, intent: 'ack' }
  const voice = listen(doc)
  if (voice.isForeign) return NOTHING
  const isQuestion = voice.questions.size > 0 && voice.silenced.size === doc.clauses.length
  const isCorrection = looksLikeCorrection(doc) && !isSlipOnly(doc) && !isNewContact(doc) && !isRemedied(doc)
  if (isCorrection && !isQuestion) return readCorrected(doc)
  const duties = readDuties(doc, voice)
  const settled = settleFor(doc, readReport(doc, voice, duties), false)
  return compose(intentOf(doc, voice, duties, settled), settled, duties)
}
