// The words that stand before a figure and say which one it is.
import type { DateToken } from './date.ts'
import { DAY, JOB } from './tokens.ts'
import { oneOf, wordsAtEnd } from './words.ts'

/** Which stretch of time a figure covers; `last`: a period that is not asked for; `both`: two readings. */
export type Period = 'month' | 'year' | 'total' | 'last' | 'monthOrTotal'
/** What was done with the money; `funds` and `moved`: money without saying whether it came in or went out. */
export type Money = 'invested' | 'inPlace' | 'spent' | 'moved' | 'funds'
export type Label = {
  period: Period | undefined
  money: Money | undefined
  added: boolean
  compared: boolean
}

const PERIOD_WORDS =
  `上个?月(?:报|填)(?:完|了|过)?(?:以?后|之后)|本[月期]份?|这个?月份?|当月|今年以?来?|头(?=\uE003)|本年度?|当年|年初以?来?|全年|年内|年度|年累计?|开累|从?开工算起|开工累计|自?开工(?:以来|至今|到现在|到目前)(?:为止)?|自开工|累计|` +
  `总共|共计|合计|一共|总计|总的|总(?![包监工经])|共|截[至止]|目前|今天|为止|至今|迄今|现在|如今|以来|从`
const MONEY_WORDS =
  `投资(?:完成)?额?|[投砸](?:了)?(?:进去|下去)|投入|投了?|[干做搞弄整]了|完成(?:了)?|实现|产值|资金|经费|专款|钱|款项?|到位|到账|到帐|下[拨达]|拨付|拨款|拨了?|` +
  `(?:支付|支出|拨付|付了?|给)[\\u4e00-\\u9fff]{1,5}?(?:款项?|费用?|钱)|支付|付款|付出去|付了?|支出|花出去|花掉|花费|花了?|用了|用掉|使用|已用|工程款|进度款|项目|固定资产|财政|上级|给?施工(?:方|单位|队)|收到|专项债券?|债券|(?:中央|省级|州级|市级|县级|上级)(?:预算内|专项|补助|财政)*(?:资金|投资)?|配套资金|上级补助|补助`
const COMPARED = '(?:比|较|与|跟|和|同)上个?月(?:相比)?|比上次|在?上个?月(?:的)?基础上'
const CHANGE_WORDS = `${COMPARED}|比\uE003|增加|增长|新增|又|新|再|增|多|提高|提升|加了|涨了?`
const FILL_WORDS =
  `个[\\u4e00-\\u9fff]{0,4}?(?:项目|工程|学校|医院|安置点|厂|站|园)|形象进度|形象|工程进度|快|施工进度|进度|总体|整体|和|及|的话|的|了|已经|已|是|为|有|达到?|到|约|大约|大概|差不多|大致|近|将近|接近|超过|超|不到|不足|至少|也|就|才|只|还|在|个|[:=~—>→+]|` +
  `这块|这边|那边|方面|情况|数据?|额|金额|嘛|呢|么|吧|啊|哈|估计|左右|各|都|均|分别|我们?|咱们?|报|上报|填|加起来|合起来|拢共|人民币|全部|实际|建安|(?:工程|工作|实物)量|我这边|另外|其余|其他|剩下|\uE004|${JOB}|${DAY}|[ \\t]`
const COMPARISON = new RegExp(COMPARED, 'g')
const HEAD = oneOf(`${PERIOD_WORDS}|${MONEY_WORDS}|${CHANGE_WORDS}|${FILL_WORDS}`)
// A head is a few words: looking no further back keeps endless text cheap.
const LOOK_BACK = 36

/** How many characters at the end of `before` belong to the figure that follows. */
export function headLength(before: string): number {
  return wordsAtEnd(HEAD, before.slice(-LOOK_BACK))
}

/** True when the text is nothing but words that announce a figure (本月完成投资：). */
export const isOnlyLabel = (text: string): boolean =>
  text.length <= LOOK_BACK && headLength(text) === text.length

export type Months = { report: { year: number; month: number }; dates: readonly DateToken[] }

function namedMonths(dates: readonly DateToken[], report: Months['report']): Period | undefined {
  for (const { month, months } of dates) {
    if (months) return months.from === 1 ? 'year' : 'last'
    if (month) return month.month === report.month && month.year === report.year ? 'month' : 'last'
  }
  return undefined
}

/** The period that a head names; `dates` are the date tokens inside it. */
export function periodOf(head: string, { report, dates }: Months): Period | undefined {
  const isUntil = /截[至止]|到目前|为止|至今|迄今/.test(head)
  const isTotal =
    isUntil ||
    /累计|开累|开工|总共|共计|合计|一共|总计|总的|总(?![包监工经])|(?<!一)共|目前|到现在/.test(head)
  if (/今年|本年|当年|年初|全年|年内|年度|年累/.test(head)) return 'year'
  if (isUntil) return 'total'
  const named = namedMonths(dates, report)
  if (named === 'year') return 'year'
  // 两个月一共400万 is neither the month nor all of it.
  if (dates.some(({ delay }) => delay?.unit === 'month')) return 'monthOrTotal'
  const isMonth = named === 'month' || /本[月期]|这个?月|当月/.test(head)
  if (isMonth && /累计/.test(head)) return 'monthOrTotal'
  if (isMonth) return 'month'
  if (isTotal) return 'total'
  return named
}

const MOVED = /拨付|拨款|下[拨达]|拨了?/g
const LAST_MONEY = /到位|到账|到帐|收到|拨付(?!给|到)|拨款|下[拨达]|拨了|支付|付|支出|花|用了|用掉|使用|已用/g

/** What a head says was done with the money. */
export function moneyOf(head: string): Money | undefined {
  const word = head.match(LAST_MONEY)?.at(-1)
  if (word === undefined) {
    if (/投|砸|产值|[干做搞弄整]了|完成|实现/.test(head)) return 'invested'
    return /资金|经费|钱|款/.test(head) ? 'funds' : undefined
  }
  if (/到|收/.test(word)) return 'inPlace'
  if (MOVED.test(word) || /^[拨下]/.test(word)) {
    MOVED.lastIndex = 0
    if (/给?施工|工程款|进度款|给/.test(head)) return 'spent'
    return /上级/.test(head) ? 'inPlace' : 'moved'
  }
  return 'spent'
}

/** Everything a head says. */
export function labelOf(head: string, months: Months): Label {
  return {
    period: periodOf(head.replace(COMPARISON, ''), months),
    money: moneyOf(head),
    added: /增加|新增|增长|加了|又|新(?!的)|再|涨|上个?月(?:.{0,3})多/.test(head),
    compared: head.search(COMPARISON) >= 0,
  }
}

// What is near a figure that is not to be recorded: targets, parts, debts, plans, other months, prices.
const OTHER_FIGURE =
  /(?:[今本]年|全年|年内|本月|这个?月)(?:要|得|需要?|应)(?:完成|干|投|做|搞)|总投(?!入)|概算|预算(?!内)|估算|合同|中标|计划|目标|任务|欠|缺|差(?!不多)|上个?月|上次|上年|去年|下个?月|下步|明年|打算|准备|争取|力争|预计|拟|保证金|罚|单价|每|工资|申请|需要|需|贷款(?!.{0,4}到)|剩|结余|余额|没付|未付|没支付|未支付|未到位|没到位|补偿|质保|审计|结算|控制价|造价|限额|批复|如果|要是|假如|授信|额度|押金/

/** True when the words before a figure say that it is not one to record. */
export function isOtherFigure(before: string): boolean {
  const own = before
    .replace(COMPARISON, '')
    .replace(/上个?月(?:报|填)(?:完|了|过)?(?:以?后|之后)/g, '')
    .replace(/(?:支付|付了?|发放?了?)[^，。]{0,4}工资/g, '')
    .replace(/(?:累计|本月|今年).{0,4}总投资|差\uE004+|差一?点/g, '')
  return OTHER_FIGURE.test(own)
}

/** True for debts, gaps and plans, which are worth telling in words. */
export const isDebtOrPlan = (before: string): boolean =>
  !/总投|概算|合同|中标|年计划|其中/.test(before) &&
  /欠|缺|差(?!不多)|没付|未付|没支付|未支付|未到位|没到位|下个?月|下步|明年|打算|准备|争取|力争|拟|计划|预计|需要|需|申请/.test(
    before,
  )

/** True where this year's target is named. */
export const isTargetOfYear = (before: string): boolean =>
  /(?:[今本]年|全年|年内)[^，。]{0,3}(?:要|得|需要?|应)(?:完成|干|投|做|搞)|(?:今年|年度|本年|全年|年).{0,8}(?:计划|目标|任务)|(?:计划|目标|任务).{0,4}(?:今年|年度|全年)/.test(
    before,
  )
