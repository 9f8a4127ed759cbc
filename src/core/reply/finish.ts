// Finds the date on which the whole project is to be finished; dates of parts and of other events are left alone.
import { type Claims, claim, doubt } from './claims.ts'
import type { DateToken } from './date.ts'
import { isLongAhead } from './date-parts.ts'
import { type Doc, datesIn, wordsOf } from './document.ts'
import type { Piece } from './flow.ts'
import { JOB } from './tokens.ts'
import { oneOf, runEnd, wordsAtEnd } from './words.ts'

const WHOLE =
  '整[条座栋站](?:[路桥楼线河渠])?|整个|整体|全部|全面|全线|项目|工程|总工期|工期|建设|主要|工作|任务'
const OF_WHOLE = new RegExp(`${WHOLE}|${JOB}`)
const MODAL =
  '预计|预期|恐怕|怕是?|计划|准备|打算|力争|争取|确保|保证|估计|大概|应该|估摸着?|可能|肯定|一定|指定|铁定|绝对|准|能够?|可以|可|将|会|要|得|拟|就|才|也|都|均|基本|顺利|正式|暂|初步|最迟|最晚|最快|大约|约|左右'
const EVENT_TIME = '(?:预计|计划)?(?:完工|竣工|建成|投产|交付|完成)(?:时间|日期|时限|节点|日子)'
const MOVED = '推(?!迟)|往后[推延拖挪]|延期|推迟|延后|延长|延迟|延|提前|调整|顺延|拖|改|调|挪|定'
// 完工要到明年底: the event before its day.
const EVENT_FIRST =
  '(?:完工|竣工|建成|交付|投产|通车|全部(?:做|干|搞|弄|修)?完)(?:时间|日期)?(?:可能|估计|预计|大概|应该|恐怕|怕是?|只能|只好)*(?:要|得|会|还|都|就|也)*(?:等|拖|推|延|推迟|延期|延后|延迟|顺延|往后[推延拖]|挪|放|排|得|在|是)?(?:到|至|等|得|在|(?=\uE003))'
// 竣工要往后拖半个月: from a day that was not said.
const EVENT_MOVED =
  '(?:完工|竣工|建成|交付|投产|通车)(?:要|得|会|可能|恐怕|怕)*(?:往后)?(?:拖|推迟?|延[后迟]?|挪)'
const SUBJECT = `${EVENT_TIME}|${EVENT_FIRST}|${EVENT_MOVED}|${WHOLE}|${JOB}`
const BEFORE = oneOf(
  `${SUBJECT}|${MODAL}|${MOVED}|时间|日期|目标|节点|在|于|到|至|为|是|[:= ]|现在?看?|看来|看样子|目前看?|已|我们|这边|(?:\uE004+|[俩两仨])个?(?=[都均全]|项目|工程)|了|的|放|再|还|有|需|用|差不多`,
)
const DONE =
  '完工|完得?[成了得]工|竣工(?!验收|结算|资料)|建成(?:投产|投用|投运|通车|运营)?|干完|做完|搞完|弄完|修完|建完|修好|建好|投产|投用|投入使用|投入运营|交付(?:使用)?|通车|通水|收尾|收工|交工|结束'
const AFTER = oneOf(`[\\u4e00-\\u9fff]{2,4}并|${SUBJECT}|${MODAL}|之?前|以前|期间|份|[ ，,]`)
const FINISHED = new RegExp(
  `(?:(?:${DONE})|完成(?:建设|施工|全部(?:工程|建设|施工)?(?:内容|任务|工作)?|工程|项目|整个(?:工程|项目)?|${JOB}{1,40}|)?(?=$|[了吧，,])|完(?=$|[了吧，,]))(?:时间)?(?:了|吧|的)?`,
  'y',
)
const IS_EXPECTED = /预计|计划|预期|力争|争取|确保|估计/
const REASON = /^(?:因为?|由于|受|雨|[\u4e00-\u9fff，, ]*(?:影响|原因|变更|问题|了|完|好))/

function finishWords(after: string): string | undefined {
  FINISHED.lastIndex = runEnd(AFTER, after, 0)
  const found = FINISHED.exec(after)
  return found ? after.slice(0, FINISHED.lastIndex) : undefined
}

const HAS_EVENT = new RegExp(`${EVENT_TIME}|${EVENT_FIRST}|工期`)

// 原定9月底的得拖到…: the day before the new one.
const NO_LONGER = /原(?:定|计划|来|先)?(?:说|是|为|在)?\uE003+$/

type Match = { start: number; end: number; isFinish: boolean; isDone: boolean }

function around(doc: Doc, piece: Piece, at: number, end: number, isVague: boolean): Match {
  const before = doc.marked.slice(Math.max(piece.start, at - LOOK_AROUND), at)
  const head = before.slice(before.length - wordsAtEnd(BEFORE, before))
  const said = before.slice(0, before.length - head.length)
  const outdated = NO_LONGER.exec(said)?.[0].length ?? 0
  const rest = said.slice(0, said.length - outdated).trim()
  const after = doc.marked.slice(end, Math.min(piece.end, end + LOOK_AROUND))
  const tail = finishWords(after)
  const hasSubject = HAS_EVENT.test(head)
  const isMoved = /到|延|推|拖/.test(head) && /完工|竣工|工期/.test(doc.norm)
  const isWhole =
    rest === '' || ((hasSubject || isMoved) && REASON.test(rest)) || /[了完好中过毕层米]$/.test(rest)
  const isTopic = IS_EXPECTED.test(head) || isMoved
  const nothingElse =
    (rest === '' || isMoved) && /^(?:之?前|左右|吧|了|才|能|行|可以)*$/.test(after.trim()) && isTopic
  const isFinish =
    isWhole &&
    (tail !== undefined ||
      (hasSubject && (isVague || /^(?:之?前|左右|吧|了|去|\s|$)/.test(after))) ||
      nothingElse)
  const isDone = tail !== undefined && /已|^于/.test(head + rest) && !IS_EXPECTED.test(head)
  const restUsed = /^(?:因为|由于)?$/.test(rest) ? rest.length : 0
  return {
    start: at - head.length - outdated - restUsed,
    end: end + (tail?.length ?? nothingElseLength(after)),
    isFinish,
    isDone,
  }
}

// A stretch with more dates, or with its words further off, is no sentence about a finish.
const MOST_DATES = 4
const LOOK_AROUND = 60

const UNDECIDED = new RegExp(`(?:${EVENT_TIME}|工期).{0,4}(?:待定|未定|没定|不确定|定不下来|说不准)`)

// 元旦前建成完工: the second word of one finish states no stage.
const BARE_EVENT = /^[\s，,]*(?:完工|竣工|建成|交付|投产|通车)[\s，,]*$/

const nothingElseLength = (after: string): number => /^(?:之?前|左右|吧|了)*/.exec(after)?.[0].length ?? 0

// 由10月底推迟到12月底: the day that no longer holds.
const isOutdated = (before: string): boolean =>
  /(?:原计划|原定|原来|本来|由|从|不是|上次报的?|之前报的?|原)(?:是|为|说|计划|定|预计)*$/.test(before)

// 计划工期18个月: how long it takes says nothing about when it ends, unless it is a rest or a delay.
const isDuration = ({ delay }: DateToken, before: string): boolean =>
  delay !== undefined && /工期/.test(before) && !/延|推|拖|晚|滞后|还|再|增/.test(before)

// 8月20号就完工了, said in August, and no word of expecting it.
const wasLastYear = (doc: Doc, { date }: DateToken, said: string): boolean =>
  date !== undefined &&
  isLongAhead(date, doc.today) &&
  /了$/.test(said) &&
  !IS_EXPECTED.test(said) &&
  !/[明后]年|20\d\d|能|可|会|要|将|再|还/.test(said)

// 完成 and 做完 may be said of a part; 完工 is of the whole.
const WEAK = /(?:完成|[^交]完)(?:了|吧|的)?$/

/**
 * Claims the finish named in a piece; returns what is left of the piece. `afterPart`: works of a part were told
 * just before, so that a weak word ends those.
 */
export function readFinish(doc: Doc, claims: Claims, piece: Piece, afterPart: boolean): Piece[] {
  const { span } = piece
  if (UNDECIDED.test(doc.norm.slice(piece.start, piece.end))) {
    doubt(claims, span.target, ['expectedFinish'], wordsOf(doc, piece.start, piece.end))
    return []
  }
  for (const token of datesIn(doc, piece.start, piece.end).slice(0, MOST_DATES)) {
    const found = around(doc, piece, token.start, token.end, token.date === undefined)
    if (isOutdated(doc.norm.slice(Math.max(piece.start, token.start - 6), token.start))) {
      // 原来说国庆前完工的: nobody's record any more.
      if (found.end === piece.end) return []
      continue
    }
    const said = doc.marked.slice(found.start, found.end)
    const isOfPart = afterPart && WEAK.test(said) && !OF_WHOLE.test(said)
    const isPast = wasLastYear(doc, token, said)
    const isLength = isDuration(token, doc.norm.slice(piece.start, token.start))
    if (!found.isFinish || found.isDone || isOfPart || isLength || isPast) continue
    const isPastDone =
      /完工了|竣工了/.test(doc.norm.slice(token.end, found.end)) &&
      !IS_EXPECTED.test(doc.norm.slice(found.start, found.end))
    if (isPastDone && !/能|可|会|要|将|就|再|还/.test(doc.norm.slice(found.start, found.end))) continue
    const source = wordsOf(doc, found.start, found.end)
    if (token.date === undefined || token.date < doc.today || token.delay)
      doubt(claims, span.target, ['expectedFinish'], source)
    else claim(claims, span.target, 'expectedFinish', token.date, source)
    return [
      { ...piece, end: Math.max(piece.start, found.start) },
      { ...piece, start: Math.min(found.end, piece.end) },
    ].filter(({ start, end }) => end > start && !BARE_EVENT.test(doc.norm.slice(start, end)))
  }
  return [piece]
}
