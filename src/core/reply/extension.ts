// 申请延期到月底: more time for what the bot waits for, until when, and why.
import type { CivilDate } from '../calendar/civil.ts'
import type { Clause } from './clause.ts'
import { daysLater } from './date-parts.ts'
import { type Doc, datesIn, wordsOf } from './document.ts'
import type { Found } from './types.ts'
import { oneOf, runEnd, trimEdges } from './words.ts'

const MORE_TIME =
  /(?:报|交|给|发|填)不(?:了|上|出)|宽到|延期|延(?:到|至|长|后|缓|迟|(?=\uE003))|放宽|推迟|宽限|缓(?:我们?|个)?(?:到|至|几|[一二两三\d\uE003]|一下|缓)|(?:能|申请|想|请|可以|得|要|只能)[^，。]{0,6}(?:拖|放|推|挪|改|晚)(?:到|至) ?\uE003|(?:再|多)给(?:我们?|点|个)? ?(?:\uE003|\uE004|几|点?时间)|缓[报交]|顺延|往后(?:推|延|拖|放)|过完年再|放一放|来不及|赶不(?:上|出)|[晚迟](?:个)?(?:几|两|一|\d|点|些|\uE003|\uE004)+(?:天|日|周)?(?:[^，。]{0,4}(?:报|交|给|发|填|行|可)|$)|时间.{0,3}(?:不够|太紧|有点紧)|过(?:几天|两天|段时间|一?阵子?|些天|些日子|几日)再|\uE003+(?:之?前)?(?:再|才能?)(?:报|交|给|发|填)(?!照片|图片)|容我|多.{0,2}时间/
const STILL_NEEDS = /(?:还|再)(?:得|要|需要?|有)(?:大概|再)?\uE003/
const BY_THEN = /\uE003/
const HAND_IN = /报|交|给|发|填|弄好|提供|整改完|整改好|整改到位|改完|改好/
const FINISHES = /才能?|(?:改|弄|搞|做|处理|报|交|填)(?:完|好|得?出来?|齐)|到位/
const ASKS_LEAVE =
  /可不可以|得不得行|要得不|行不|行吗|行么|(?:可以|行|成)吧|可以(?:吗|不|么)|可否|好吗|\uE003不$|能不能|能否|成不|成吗|好不好|[?]|中不/
const PROJECT_DATE =
  /完工|完.{1,2}工|能完(?!善|成.)|竣工|工期|建成|通车|投产|并网|交付|开工|招标|开标|会议?(?!计)|到货|进场/
const OWN_DUTY = /整改|报表|填报|报送|上报|数据|的事|这个表|材料/
const REQUEST_WORD = oneOf(
  '那个|允许|延长|(?:整改)?[期时]限|请|麻烦|恳请|能不能|能否|可否|可不可以|我们?|这边|想|申请|要求|请求|需要|可能|得|要|再|多|给|宽限|延期|延|到|至|后|缓|推迟|来不及了?|报|交|发|您|你|行不行|行不|行吗|可以吗|吗|吧|一下|时间|领导|您好|不好意思|抱歉|收到|好的|整改|的事|的|批准|同意|给予|[?\\s，,。]',
)
// A cause and what cannot be in one clause are longer than this.
const LONG_CAUSE = 14
const LEAD =
  /^(?:因为|由于|因|主要是|那个|原因(?:是|为|:)|实在|来不及了?(?:呀|啊)?|领导|不好意思|抱歉|您好|[，,\s])+/

export type Extension = {
  until: Found<CivilDate> | null
  reason: string | null
  askUntil: boolean
  clauses: ReadonlySet<Clause>
}

function wantsTime(doc: Doc, clause: Clause, hasLeave: boolean, isVague = false): boolean {
  const text = doc.marked.slice(clause.start, clause.end)
  if (PROJECT_DATE.test(text) && !OWN_DUTY.test(text)) return false
  if (MORE_TIME.test(text)) return !isOfProject(doc, clause)
  if (STILL_NEEDS.test(text)) return doc.context.pending === 'rectification' || HAND_IN.test(text)
  const hasDay = datesIn(doc, clause.start, clause.end).some(({ date }) => date !== undefined)
  if (hasLeave && /[推延缓拖放挪]到 ?\uE003/.test(text)) return true
  return hasLeave && (isVague ? BY_THEN.test(text) : hasDay) && HAND_IN.test(text)
}

const FIRST_PLANNED = /原(?:定|计划|来|先)|本来/

// 原计划10月底完工，现在推迟到12月: it is the project that is late, unless more time is asked for.
function isOfProject(doc: Doc, { sentence, start, end }: Clause): boolean {
  if (
    OWN_DUTY.test(doc.norm.slice(start, end)) ||
    /申请|请|宽限|能否|能不能|可否/.test(doc.norm.slice(start, end))
  )
    return false
  const same = doc.clauses.filter(
    (other) =>
      other.start < start &&
      (other.sentence === sentence ||
        (other.sentence === sentence - 1 && FIRST_PLANNED.test(doc.norm.slice(other.start, other.end)))),
  )
  const before = same.map((other) => doc.norm.slice(other.start, other.end)).join('，')
  return /完工|竣工|工期|建成|通车|投产|(?<![核算对审填])完(?=$|，)/.test(before) && !OWN_DUTY.test(before)
}

// 通知要求本月底完成: the day that was set, not the one that is asked for.
const IMPOSED = /(?:要求|规定|通知|[上下]达|原本|本来|原来|(?<!宽)限期?)(?:是|在|我们|于|的|期限)*$/

function untilOf(doc: Doc, clauses: readonly Clause[], least: CivilDate): Found<CivilDate> | null {
  for (const { start, end } of clauses) {
    for (const token of datesIn(doc, start, end)) {
      const before = doc.norm.slice(Math.max(start, token.start - 4), token.start)
      const after = doc.norm.slice(token.end, token.end + 4)
      if (/由|从|原定|原|不是/.test(before) || /^[^，。]{0,2}[报交给发]不/.test(after) || token.delay)
        continue
      if (IMPOSED.test(doc.norm.slice(start, token.start))) continue
      const isGood = token.date !== undefined && token.date >= least
      if (isGood && token.date !== undefined)
        return { value: token.date, source: wordsOf(doc, token.start, token.end) }
    }
  }
  return null
}

// In one clause: 隐患整改因为资金没落实申请延期到年底.
function reasonWithin(doc: Doc, clause: Clause): string | undefined {
  const text = doc.marked.slice(clause.start, clause.end)
  const inner = /(?:因为|由于|因)(.+?)(?=，|,|所以|想|申请|要求|请求|需要?|延期|推迟|延[到至]|来不及|$)/.exec(
    text,
  )
  if (!inner?.[1]) return undefined
  const start = clause.start + inner.index + inner[0].length - inner[1].length
  return wordsOf(doc, start, start + inner[1].length)
}

// 整改要推迟 repeats the wish; 时间不够 gives a reason for it.
function isBareRequest(doc: Doc, { start, end }: Clause): boolean {
  const text = doc.marked.slice(start, end)
  return text.length < 10 && MORE_TIME.test(text) && !/不够|紧|因|来不及|.{3}(?:报|交|给|发)不/.test(text)
}

// 15号前改不完: that it cannot be says nothing about why, where something else does.
const CANNOT = /(?:改|弄|做|搞|处理|干|报|交)不(?:完|好|了|出来?|及)(?:了|啊|呀)?$/

function saysWhy(doc: Doc, clause: Clause): { start: number; end: number } | undefined {
  const skip = LEAD.exec(doc.norm.slice(clause.start, clause.end))?.[0].length ?? 0
  const start = clause.start + skip
  const text = doc.norm.slice(start, clause.end)
  const isRequest = runEnd(REQUEST_WORD, text, 0) === text.length
  const isPolite = /^(?:谢谢|辛苦|收到|好的|望批准|请批准|可以吗)/.test(text)
  const isSet = /要求|规定/.test(text) && datesIn(doc, start, clause.end).length > 0
  return isRequest || isPolite || isSet ? undefined : { start, end: clause.end }
}

function reasonAmong(doc: Doc, clauses: readonly Clause[], used: ReadonlySet<Clause>): string | null {
  const parts = clauses
    .filter((clause) => !used.has(clause) && !isBareRequest(doc, clause))
    .flatMap((clause) => saysWhy(doc, clause) ?? [])
  const causes = parts.filter(
    ({ start, end }) => !CANNOT.test(doc.norm.slice(start, end)) || end - start > LONG_CAUSE,
  )
  const told = causes.length > 0 ? causes : parts
  const first = told[0]
  const last = told.at(-1)
  return first && last ? wordsOf(doc, first.start, last.end) : null
}

function reasonBefore(doc: Doc, asked: readonly Clause[]): string | null {
  for (const clause of asked) {
    const within = reasonWithin(doc, clause)
    if (within) return within
    const text = doc.marked.slice(clause.start, clause.end)
    const cut =
      /(?:申请|想|请求|要求|能不能|能否|可否|所以|恳请|需要?再?)?(?:延期|推迟|宽限|再给|延[到至后]|缓|顺延|\uE003)/.exec(
        text,
      )
    const lead = trimEdges(doc.clean.slice(clause.start, clause.start + (cut?.index ?? 0)).replace(LEAD, ''))
    if (
      lead.length >= 4 &&
      runEnd(REQUEST_WORD, lead, 0) < lead.length &&
      !/^(?:.{0,6}(?:整改|的事|那个|数据|报表)(?:的事)?(?:能不能|能否|可否|可不可以|[期时]限|放?宽到|[请能可还要再有得需晚缓])*)$/.test(
        lead,
      )
    )
      return lead
  }
  return null
}

// 因连续降雨无法作业，特申请…: the formal way puts the cause first, in a clause of its own.
function causeGiven(doc: Doc, clauses: readonly Clause[]): string | undefined {
  const at = clauses.findIndex(({ start, end }) => /^(?:因|由于)/.test(doc.norm.slice(start, end)))
  const [first, second] = at < 0 ? [] : clauses.slice(at)
  if (!first || !second) return undefined
  if (
    !/^(?:现|特|故|拟|特此|现特|为此)*(?:申请|请(?!假)|恳请)/.test(doc.norm.slice(second.start, second.end))
  )
    return undefined
  return reasonWithin(doc, first)
}

/** Reads a request for more time; undefined when none is made. `clauses`: those that still speak (no figures). */
export function readExtension(doc: Doc, clauses: readonly Clause[]): Extension | undefined {
  const hasLeave = ASKS_LEAVE.test(doc.norm)
  const exact = clauses.filter((clause) => wantsTime(doc, clause, hasLeave))
  const asking = exact.length > 0 ? exact : clauses.filter((clause) => wantsTime(doc, clause, hasLeave, true))
  if (asking.length === 0) return undefined
  if (doc.context.pending === null && !/申请延|宽限|延期/.test(doc.norm)) return undefined
  const sentences = new Set(asking.map(({ sentence }) => sentence))
  const near = clauses.filter((clause) => sentences.has(clause.sentence))
  const tomorrow = daysLater(doc.today, 1)
  const until =
    untilOf(doc, asking, tomorrow) ?? untilOf(doc, asking, doc.today) ?? untilOf(doc, near, tomorrow)
  const dated = asking.filter((clause) => datesIn(doc, clause.start, clause.end).length > 0)
  const able = dated.filter(({ start, end }) => !/[报交给发]不/.test(doc.norm.slice(start, end)))
  // 这几天停电报不了，周一给你: the clause that says what cannot be is the reason.
  const main = able.length > 0 ? able : dated
  // 五一前才能弄好，请求延期: the day may stand in a clause beside the wish.
  const beside = near.filter(
    ({ start, end }) => datesIn(doc, start, end).length > 0 && FINISHES.test(doc.norm.slice(start, end)),
  )
  const used = new Set(main.length > 0 ? main : [...asking.slice(0, 1), ...beside])
  if (
    main.length > 0 &&
    until &&
    !main.some(({ start, end }) => datesIn(doc, start, end).some(({ date }) => date === until.value))
  ) {
    for (const clause of near) if (datesIn(doc, clause.start, clause.end).length > 0) used.add(clause)
  }
  const reason = causeGiven(doc, near) ?? reasonAmong(doc, clauses, used) ?? reasonBefore(doc, [...used])
  return { until, reason: reason || null, askUntil: until === null, clauses: new Set(clauses) }
}
