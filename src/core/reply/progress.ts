// Decides what a percentage measures: the project, a part of it, a share of a plan, or money.
import type { Doc } from './document.ts'
import { moneyOf, periodOf } from './labels.ts'
import type { Percent } from './percent.ts'
import type { Span } from './sections.ts'
import { DAY, JOB } from './tokens.ts'
import { type FieldKey, INVESTED_KEYS } from './types.ts'
import { oneOf, wordsAtEnd } from './words.ts'

/** `ignored`: a share or a rate that is not recorded; a single 'percentComplete' is the project's progress. */
export type PercentPhrase = { start: number; end: number; meaning: 'ignored' | readonly FieldKey[] }

const SHARE =
  /(?:已经?|(?:完成)?投资|完成|实现|达到?|了)*(?:占|总投资|比例|年度|年计划|计划|任务|目标|同比|环比|增长|增速|增幅|下降|支付率|到位率|完成率|合格率|支付进度|投资进度|序时|比去年|利率|税率|折|中标|结算|预付|质保)/
const HEAD = oneOf(
  `个[\\u4e00-\\u9fff]{0,4}?(?:项目|工程|学校|医院|安置点|厂|站|园)|形象进度|工程进度|总体进度|整体进度|总进度|施工进度|建设进度|实物进度|项目进度|综合进度|目前进度|进度条?|总体|整体|总的|全部|整个|活儿?|总工程量|工程总量|总量|工作量|建设任务|项目|工程量?|另外|其余|其他|剩下|\uE004|本月|这个?月|当月|今年|累计|总共|共|目前|现在|今天|` +
    `完成(?:了|到|至|率)?|[干做]完了?|已|已经|干到?|干了|做了|做到|达到?|到了?|推进到?|进展到?|(?:卡|停|停留|维持|保持)?在|不到|不足|有|是|为|约|大概|大约|差不多|接近|近|快|才|只|刚|刚刚|也|就|都|均|各|分别|依次|的话|的|了|个|超过?|估计|左右|提高|提升|推进|多了?|高了?|快了?|增加|上升|加|涨|[比较](?=\uE003)|[比较]上(?:个?月|[次期回])(?:报的?)?|又|再|还|仍|依然|维持|保持|[:=~—>→ ]|我们?|这边|这块|嘛|呢|${JOB}|${DAY}`,
)
const SUBJECT = /进度|总体|整体|整个|项目|工程|总量/
const MONEY_HEAD = oneOf(
  '本月|这个?月|当月|今年|累计|目前|总共|实际|完成|投资额?|资金|经费|钱|到位|到账|支付|付款|支出|拨付|花|付|款|大概|大约|约|差不多|近|只|才|已经|已|到|了|为|是|约|[: ]',
)
const MONEY = /投资|资金|经费|钱|到位|到账|支付|付款|支出|拨付|花|付|款/
const ENDS_CLAUSE = /[了完束好毕中过米层户栋座个台套吨亩方]$/
const TAIL = /^(?:左右|上下|多|以上|了|吧|的样子|的?(?:工程量|工程|进度|总量|任务|工作量|建设任务))+/
const OF_PART = /^的?(?!工程|进度|总量|任务|工作量|建设|左右|样子)[\u4e00-\u9fff]/

// 由45%提高到52%: only where it got to counts, as if the rest were not there.
const FROM = /(?:由|从)[^，。\uE002]{0,6}$/
const GOES_TO = /^的?[^，。\uE002]{0,8}[到至]\uE002/
const FROM_VALUE = /(?:由|从)[^，。\uE002]{0,6}\uE002{1,8}的?[^，。\uE002]{0,6}(?=[到至])/
// 比上月多3%, 提高了5%: a step, though the sign is that of a state.
const STEP = /(?:提高|提升|增加|推进|上升|(?<!差不)多|高|快|涨|加)(?:了|出)?(?:大?约|近)?$/

/** True when a percentage says by how much it grew. */
export const isStep = (doc: Doc, token: Percent): boolean =>
  token.points || STEP.test(doc.marked.slice(Math.max(0, token.start - 6), token.start).trimEnd())

function moneyAsk(text: string, doc: Doc): readonly FieldKey[] | undefined {
  const money = moneyOf(text)
  if (money === undefined) return undefined
  if (money === 'inPlace' || money === 'funds') return ['fundsInPlace']
  if (money === 'spent') return ['fundsSpent']
  if (money === 'moved') return ['fundsInPlace', 'fundsSpent']
  const period = periodOf(text, { report: doc.reportMonth, dates: [] })
  if (period === 'month') return ['investedThisMonth']
  if (period === 'year') return ['investedThisYear']
  return period === 'total' ? ['investedTotal'] : INVESTED_KEYS
}

/** Reads the percentage at `token`; undefined when it belongs to a part of the works, and so to the text. */
export function readPercentPhrase(
  doc: Doc,
  cursor: number,
  token: Percent,
  pending: string,
  span: Span,
): PercentPhrase | undefined {
  const after = doc.marked.slice(token.end, Math.min(span.end, token.end + 20))
  const said = doc.marked.slice(Math.max(cursor, token.start - 40), token.start)
  if (FROM.test(said) && GOES_TO.test(after)) return undefined
  const before = said.replace(FROM_VALUE, (all) => '的'.repeat(all.length))
  const tail = TAIL.exec(after)?.[0] ?? ''
  const end = token.end + tail.length
  const share = before.search(SHARE)
  if (share >= 0) return { start: token.start - before.length + share, end, meaning: 'ignored' }
  // 占总投资8.5亿的73%: the share goes on behind an amount.
  if (/占[^，。；]{0,30}的?$/.test(doc.norm.slice(span.clause.start, token.start)))
    return { start: cursor, end, meaning: 'ignored' }
  const moneyHead = before.slice(before.length - wordsAtEnd(MONEY_HEAD, before))
  const moneyKeys = MONEY.test(moneyHead) && !/进度/.test(before) ? moneyAsk(moneyHead, doc) : undefined
  if (moneyKeys) return { start: token.start - moneyHead.length, end, meaning: moneyKeys }
  const head = before.slice(before.length - wordsAtEnd(HEAD, before))
  const rest = before.slice(0, before.length - head.length).trim()
  const start = token.start - head.length
  if (isMonthShare(doc, head)) return { start, end, meaning: 'ignored' }
  const isOfPart = /^的/.test(after) && OF_PART.test(after) && tail === ''
  if (isOfPart) return undefined
  if (rest !== '' && !(SUBJECT.test(head) && ENDS_CLAUSE.test(rest)) && !isFiller(rest)) return undefined
  if (token.points || `${pending}${head}`.trim() !== '' || span.named)
    return { start, end, meaning: ['percentComplete'] }
  // A percentage alone says nothing unless other figures stand around it.
  const isAlone = doc.figures < 2
  return { start, end, meaning: isAlone && doc.context.pending === null ? 'ignored' : ['percentComplete'] }
}

// 本月完成5%，累计62%: the month's share beside the state.
const isMonthShare = (doc: Doc, head: string): boolean =>
  /本月|这个?月|当月/.test(head) && !head.includes('累计') && /累计[^，。；]{0,8}\uE002/.test(doc.marked)

const isFiller = (text: string): boolean =>
  /^(?:领导|您好|你好|嗯|好的|收到|汇报|报告|报一?下|我们?|这边|咱们?|大家好|各位|那个|就是|因为|但是?|不过|另外|还有|[，,: ])+$/.test(
    text,
  )
