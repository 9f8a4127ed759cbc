// 更正：累计应为495万: which recorded value is corrected, and to what. Old values only name the field.
import type { Amount } from './amount.ts'
import { type Claims, claim, doubt } from './claims.ts'
import { correctedText } from './correction-text.ts'
import type { DateToken } from './date.ts'
import { type Doc, datesIn, tokensIn, wordsOf } from './document.ts'
import { headLength, type Label, labelOf } from './labels.ts'
import { amountValue } from './money.ts'
import type { Percent } from './percent.ts'
import type { Span, Target } from './sections.ts'
import { readStage } from './stage.ts'
import { AMOUNT_KEYS, type AmountKey, type FieldKey, INVESTED_KEYS } from './types.ts'

const CUE =
  /(?:报|写|填)[早晚迟]了(?=[，,\s]*(?:应|得|要|其实|实际|该))|[再添加](?:添|加)?一条|^\s*(?:啊|哦|噢|等下|唉)?不对|手误|笔误|口误|手[滑抖]|[看抄][串岔花混]|更正|纠正|订正|勘误|(?:报|写|填|打|搞|弄|输|录|登|算(?<!打算)|看|说|点|记|选|统计)(?:错(?!字|别|了?[群人])|反|岔|串|混|重)了?|[放发摆]反|对调|调换|换过来|(?:报|填|写)(?:得|的)?不对|(?:数据?|数字|累计|本月|进度|投资)(?:报的)?(?:有误|不对|有错|错了)|改成|改为|改一下|改下|修改(?:为|成)|应该?是?为?(?=[\d一二三四五六七八九百千\uE001\uE002])|应为|应是|多报了?|少报了?|多填了?|少填了?|多算了?|少算了?|漏(?:了|报|算|填|加|记)(?!了?(?:\d{1,2}月|上个?月))|[少多漏](?:打|写|输|填|敲|按|发)了?(?:(?:一?个|一)?(?:0|零)|(?:一|两)位|(?:大概|约)?[\d一二三四五六七八九十百千])|填的是元|填成了?元|按元(?:为单位)?(?:来|去)?(?:填|报|写|算|录|登)|折[成合]万元|(?:状态|阶段|数据?|数字)[^，。]{0,6}改过来|单位(?:搞|弄|填|写)错|(?:报|填|写|弄|搞)[反颠]|颠倒了?|补(?:充|报)?(?:一|两|几|1|2)?(?:条|个(?!人|小|月))|加一条|(?:报|填|写|算|数|数据|额)[多少高低]了|[高低虚]报了?|[\d%万亿](?:是)?(?:错了|错啦|错的|不对|有误)|串行|(?:报|填|算(?<!打算)|统计|计)重(?!新)了?|删(?:掉|了|除|去)|作废|为准|重新?报|(?:写|报|填|打|输|发|选)成(?![不吗么])了?|改(?<=(?:[\d万%亿]|[那这]个)改)(?=\d)|不是.{1,12}[，, ]?(?:是|应)|前面(?:那个)?(?:错了|不算)|撤回(?=[^，。]{0,6}(?:报|数|填))|以这个为准/
// Said of a message or a place, too (发错群了): only beside a figure do these correct one.
const WITH_FIGURE =
  /发错|正确的是|(?:刚刚?|刚才|之前|昨天|上午)报的.{0,4}[多少]了|(?:刚刚?|刚才|上午|早上|昨天|之前|上面|前面|上次)(?:报|填|发|写|说)?的?(?:那个|这个)?数?.{0,12}(?:不对|错了|有误|是上个?月的)/
const OLD_BEFORE =
  /(?:发成|写成|报成|填成|打成|输成|录成|弄成|搞成|而不是|不是|并非|非|原来(?:是|报的?|的)?|原(?:报|填)?|之前(?:报|填)?的?|刚才?报的?|上午报的?|昨天报的?|误报(?:为|成)?|误填(?:为|成)?|由|从|把|将|那个)(?:了|是|为)?$/
const NEW_BEFORE =
  /(?:应该?是?为?|应是|应为|实际上?(?:是|为)?|实为|改成|改为|改|更正为|修改为|调整为|换成(?:万元)?是?|正确的?(?:是|为)|其实是|才是|以|改到|变成|是|为)(?:约|万元是)?[:， ,]?$/
const OLD_AFTER =
  /^[，,]?(?:等下|我|刚)?[看说打写报填搞弄记](?:错|岔|串)|^(?:这个|那个)?数?(?:据|字)?(?:是)?[，,]?(?:(?:是)?(?:我|手|财务|文员)?(?:[看抄录填写打][\u4e00-\u9fff]{0,2}(?:串|岔|花|混|漏|掉|快)了?[\u4e00-\u9fff]?[\u4e00-\u9fff]?(?=[，,。\s]|$)|手[误滑抖]|笔误|口误)|[多少](?:写|打|输|填)|(?:报|写|填|打|算)[多少高低]了|写错|报错|填错|打错|弄错|搞错|输错|错了|错啦|串行了?|错的|不对|有误|有问题|改成|改为|改(?=\d)|应为|应该|应是|作废|是上个?月|是(?=[\d一二三四五六七八九])|，?(?:写错|报错|填错|打错)了)/
// 早上报的进度是91%: what was said then, unless it goes on with what it should have been.
const SAID_BEFORE =
  /(?:刚刚?|刚才|昨[天晚]|前天|今早|[早晚]上|[上中下]午|之前|先前|上次|前面)我?(?:报|填|发|写|说|录)(?:过|了)?的?(?:(?!应|实际|改|正确|才是|其实)[\u4e00-\u9fff]){0,8}$/
const RIGHT_AFTER = /^(?:写|打|填|报|输|录)成/
const MORE =
  /(?:([多少漏高低虚])(?:报|填|写|算|记|加|统计|计)?了?|(?:报|填|写|算|数|数据|额)(?:的|得)?([多少高低])了|([减扣加])(?:去|除|掉|上))(?:大概|约)?$/
const NO_ZERO = /(?:打|写|输|填|敲|少|多|漏|按)了?(?:一?个|一)?$/

/** True when a message corrects an earlier one; `slips` are put right within the message itself. */
export const looksLikeCorrection = (doc: Doc): boolean =>
  CUE.test(doc.norm) || (doc.figures > 0 && WITH_FIGURE.test(doc.norm))

type Value = Amount | Percent | DateToken
type Role = 'old' | 'new' | 'more' | 'less' | 'plain'

function roleOf(doc: Doc, token: Value): Role | 'none' {
  const before = doc.norm.slice(Math.max(0, token.start - 18), token.start).trimEnd()
  const after = doc.norm.slice(token.end, token.end + 8).trimStart()
  if (token.kind === 'amount' && token.value === 0 && NO_ZERO.test(before) && !/[是为]$/.test(before))
    return 'none'
  const more = MORE.exec(before)
  if (more) return /[多高虚减扣]/.test(more[1] ?? more[2] ?? more[3] ?? '') ? 'more' : 'less'
  if (RIGHT_AFTER.test(after) || /不是[^是]{1,12}是$/.test(before)) return 'new'
  if (OLD_BEFORE.test(before) || SAID_BEFORE.test(before)) return 'old'
  if (OLD_AFTER.test(after)) return NEW_BEFORE.test(before) && !/[把是]$/.test(before) ? 'new' : 'old'
  return NEW_BEFORE.test(before) ? 'new' : 'plain'
}

type Sketch = { token: Value; role: Role; label: Label; span: Span; progress: boolean }

function sketch(doc: Doc, span: Span): Sketch[] {
  const out: Sketch[] = []
  let from = span.start
  for (const token of tokensIn(doc, span.start, span.end)) {
    if (token.kind === 'count') continue
    const role = roleOf(doc, token)
    const before = doc.marked.slice(from, token.start)
    const head = before.slice(before.length - Math.max(headLength(before), Math.min(before.length, 12)))
    const label = labelOf(head, {
      report: doc.reportMonth,
      dates: datesIn(doc, token.start - head.length, token.start),
    })
    if (role !== 'none') out.push({ token, role, label, span, progress: /进度|进展/.test(head) })
    from = token.end
  }
  return out
}

function keysOf(label: Label, doc: Doc): readonly AmountKey[] {
  const { money, period } = label
  if (money === 'inPlace') return ['fundsInPlace']
  if (money === 'spent') return ['fundsSpent']
  if (period === 'month') return ['investedThisMonth']
  if (period === 'year') return ['investedThisYear']
  if (period === 'total') return ['investedTotal']
  const known = money === 'invested' ? INVESTED_KEYS : AMOUNT_KEYS
  const recorded = known.filter((key) => doc.context.previous?.[key] !== undefined)
  return recorded.length > 0 ? recorded : INVESTED_KEYS
}

/** The field whose recorded value is the old one named in the message. */
function keyByOldValue(doc: Doc, olds: readonly Sketch[]): AmountKey | undefined {
  const previous = doc.context.previous
  if (!previous) return undefined
  const hits = AMOUNT_KEYS.filter((key) =>
    olds.some(({ token }) => token.kind === 'amount' && token.value === previous[key]),
  )
  return hits.length === 1 ? hits[0] : undefined
}

// 到位资金没错: said of what stays as it is.
const STAYS = /没错|没问题|不用改|不用动|是?对的/

function wholeLabel(doc: Doc): Label {
  const said = doc.clauses.map(({ start, end }) => doc.norm.slice(start, end))
  const text = said.filter((words) => !STAYS.test(words)).join('，')
  const own = text.replace(/(?:上个?月|昨天|刚才?|上午)报的?|看花/g, '')
  return labelOf(own, { report: doc.reportMonth, dates: [] })
}

function correctAmount(
  doc: Doc,
  claims: Claims,
  item: Sketch & { token: Amount },
  olds: readonly Sketch[],
): void {
  const { token, span, role } = item
  const source = wordsOf(doc, span.start, token.end)
  const hasOwn =
    item.label.period !== undefined || item.label.money === 'inPlace' || item.label.money === 'spent'
  const byOld = keyByOldValue(doc, olds)
  const label = hasOwn ? item.label : wholeLabel(doc)
  const keys = !hasOwn && byOld ? [byOld] : keysOf(label, doc)
  const value = amountValue(token, doc.bareUnit)
  const [key] = keys
  if (key === undefined) return
  const sign = role === 'more' ? -1 : 1
  const isStep = role === 'more' || role === 'less'
  if (value === undefined || (keys.length > 1 && isStep)) doubt(claims, span.target, keys, source)
  else if (!hasOwn && byOld && isAlsoPercent(doc, olds))
    doubt(claims, span.target, [byOld, 'percentComplete'], source, value)
  else if (keys.length > 1) doubt(claims, span.target, keys, source, value)
  else claim(claims, span.target, key, sign * value, source, isStep)
}

function correctDate(doc: Doc, claims: Claims, { token, span }: Sketch & { token: DateToken }): void {
  const source = wordsOf(doc, span.start, token.end)
  if (token.date === undefined) doubt(claims, span.target, ['expectedFinish'], source)
  else claim(claims, span.target, 'expectedFinish', token.date, source)
}

const FINISH = /完工|竣工|工期|建成|投产|完成时间|交付|通车/

function speaksOfFinish(doc: Doc): boolean {
  return (
    FINISH.test(doc.norm) ||
    (/时间|日期/.test(doc.norm) && doc.context.previous?.expectedFinish !== undefined)
  )
}

function correctOne(doc: Doc, claims: Claims, item: Sketch, olds: readonly Sketch[]): void {
  const { token } = item
  if (token.kind === 'date') {
    if (speaksOfFinish(doc)) correctDate(doc, claims, { ...item, token })
    return
  }
  if (token.kind === 'amount' && !isBareProgress(doc, item, token, olds))
    correctAmount(doc, claims, { ...item, token }, olds)
  else correctPercent(doc, claims, item, token)
}

function correctPercent(doc: Doc, claims: Claims, { span, role }: Sketch, token: Amount | Percent): void {
  const source = wordsOf(doc, span.start, token.end)
  const isStep = token.kind === 'percent' && token.points
  const sign = isStep && role === 'more' ? -1 : 1
  if (token.vague || token.value > 100) doubt(claims, span.target, ['percentComplete'], source)
  else claim(claims, span.target, 'percentComplete', sign * token.value, source, isStep)
}

const isAlsoPercent = (doc: Doc, olds: readonly Sketch[]): boolean =>
  olds.some(
    ({ token }) =>
      token.kind === 'amount' &&
      token.unit === 'bare' &&
      token.value === doc.context.previous?.percentComplete,
  )

/** 72报错了: the old value is the recorded percentage, and no amount. */
const wasPercent = (doc: Doc, olds: readonly Sketch[]): boolean =>
  keyByOldValue(doc, olds) === undefined && isAlsoPercent(doc, olds)

// A bare number is a percentage when the message speaks of progress, or corrects one.
function isBareProgress(doc: Doc, item: Sketch, token: Amount, olds: readonly Sketch[]): boolean {
  if (token.unit !== 'bare') return false
  if (!item.label.period && !item.label.money && wasPercent(doc, olds)) return true
  if (item.progress || /进度/.test(doc.norm)) return !item.label.period || item.progress
  const previous = doc.context.previous
  return previous?.percentComplete !== undefined && AMOUNT_KEYS.every((key) => previous[key] === undefined)
}

const SWAP = /(?:报|填|写|弄|搞|放|发|摆)[反颠]|颠倒|互换|对调|调换|换过来|换一下/

/** 本月和累计报反了, with no new figures: the two recorded values change places. */
function swap(doc: Doc, claims: Claims): void {
  const keys: AmountKey[] = []
  const parts = doc.norm.split(/和|跟|与|、|及/)
  for (const part of parts) {
    const label = labelOf(part, { report: doc.reportMonth, dates: [] })
    const found =
      label.period || label.money === 'inPlace' || label.money === 'spent' ? keysOf(label, doc) : []
    if (found.length === 1 && found[0] && !keys.includes(found[0])) keys.push(found[0])
  }
  const [a, b] = keys
  const target: Target = doc.spans[0]?.target ?? { projects: [], tie: false, each: true }
  const one = a && doc.context.previous?.[a]
  const two = b && doc.context.previous?.[b]
  if (a && b && typeof one === 'number' && typeof two === 'number') {
    claim(claims, target, a, two, doc.clean.trim())
    claim(claims, target, b, one, doc.clean.trim())
  } else doubt(claims, target, keys.length > 0 ? keys : INVESTED_KEYS, doc.clean.trim())
}

/** Reads a correction into claims. */
export function readCorrection(doc: Doc, claims: Claims): void {
  const items = doc.spans.flatMap((span) => sketch(doc, span))
  const olds = items.filter(({ role }) => role === 'old')
  const isMarked = items.some(({ role }) => role === 'new')
  const news = items.filter(
    ({ role, token }) =>
      role !== 'old' && !(role === 'plain' && isMarked && token.kind !== 'date' && repeatsOld(doc, token)),
  )
  const isAllOld = news.every(({ token }) => token.kind === 'amount' && repeatsOld(doc, token))
  if (isAllOld && SWAP.test(doc.norm)) {
    swap(doc, claims)
    return
  }
  for (const item of news) correctOne(doc, claims, item, olds)
  for (const span of doc.spans) {
    const found = readStage(doc.marked, span.start, span.end)
    if (found && !/不是|并非|[写报填选发]成|原来/.test(doc.norm.slice(span.start, found.end))) {
      claim(claims, span.target, 'stage', found.stage, wordsOf(doc, span.start, found.end))
    }
  }
  if (claims.claims.length === 0 && claims.doubts.length === 0) correctedText(doc, claims)
  if (claims.claims.length === 0 && claims.doubts.length === 0) noValue(doc, claims)
}

const repeatsOld = (doc: Doc, token: Amount | Percent): boolean =>
  Object.values(doc.context.previous ?? {}).some((value) => value === token.value)

// Something was wrong, but not what is right: ask for what was named, or for all that is recorded.
function noValue(doc: Doc, claims: Claims): void {
  const label = wholeLabel(doc)
  const target: Target = doc.spans.find(({ named }) => named)?.target ??
    doc.spans[0]?.target ?? { projects: [], tie: false, each: true }
  const keys: readonly FieldKey[] = /进度/.test(doc.norm)
    ? ['percentComplete']
    : speaksOfFinish(doc)
      ? ['expectedFinish']
      : keysOf(label, doc)
  doubt(claims, target, keys, doc.clean.trim())
}
