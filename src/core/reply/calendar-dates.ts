// Dates by the calendar: 10月底, 明年3月20号, 2026.6.30, 四季度, 年底.
import {
  type DateReader,
  dayOf,
  endOfMonth,
  inMonth,
  match,
  monthOf,
  monthsLater,
  next,
  small,
  statedYear,
  yearOf,
} from './date-parts.ts'

const NUM = '(?:\\d{1,2}|[一二三四五六七八九十]{1,3})'
const YEAR =
  '(?:(今年|本年|明年|后年|去年|次年)|((?:20)?\\d{2}|二[〇零][二三][一二三四五六七八九〇零])年)的? ?'
const MONTH = new RegExp(
  `(?:${YEAR})?(?:(${NUM})月(?:份)?|(下下个?月|下个?月|次月|上个?月|这个月|本月|当月)(?:份)?)(?:(?:的)? ?(${NUM})(?:日|号)|(上旬|中旬|下旬|月?底|月?末|月?初|月中)|)`,
  'y',
)
const ISO = /(20\d{2})[-/.](\d{1,2})(?:[-/.](\d{1,2})[日号]?)?(?![\d万亿元%])/y
const SHORT = /(\d{1,2})[./](\d{1,2})(?=(?:日|号|之?前|以?前)?(?:完工|竣工|建成|报|完成|交|前))/y
// 20号前, 5号交; but 3号车间 and 2号牛舍 are places: what may follow a day is told, not what may follow a number.
const AFTER_DAY =
  '(?=$|[\\s，,。；;、！!？?)）:：~-]|[之以]?前|[之以]?后(?!面)|左右|完(?!小)|竣|建成|交(?![通换流])|报|进场|复工|动工|开(?![关发闭])|到(?!货)|' +
  '才|能|可|就|要|起(?!重)|[早晚]上|[上中下]午|给|发(?!电)|再|填|整改|验收|通[车水]|投产|封顶|吊装|的|吧|行|[来回]|全部|正式|预计|由|至|和|跟|与|或|[那这]天|' +
  '会(?!议)|应|必|肯|估|差|大概|约|召开|组织|停工|恢复|启动|试|收|送|签|拿|过(?!滤)|办|结束|去|没|已|了|均|都|也|还|因|本|改|延|推|提|定|申|准备|计划|争|力|确|保|务|吗|么|呢|啊|哈|嘛|补|弄|做|上[报传交]|\uE003)'
const DAY_ONLY = new RegExp(`(?<![\\d月])(${NUM})(?:号${AFTER_DAY}|日(?![常均产处]))`, 'y')
const MONTHS = new RegExp(
  `(?:(?:今年|本年) ?)?(${NUM})(?:月份?)? ?(?:-|~|—|–|至|到) ?(${NUM})月份?(?!底|末|中|初|上旬|下旬)`,
  'y',
)
const QUARTER = /(?:(今年|本年|明年|后年|(20\d{2})年) ?)?(?:第?([一二三四1-4])季度|(上|下)半年)(?:末|底)?/y
const YEAR_END =
  /(?<![\d一二两三四五半几十])(?:(今|本|明|后|去|(20\d{2})年?)年?)?年(?:底|末|终|内(?=[^，,。]{0,5}(?:完工|竣工|建成|干完|投[产用]|全部|完(?!成))))/y
const MONTH_END = /月(?:底|末)(?!板)/y
const MONTH_SHIFT: Record<string, number> = { 本月: 0, 这个月: 0, 当月: 0, 次月: 1, 上月: -1, 上个月: -1 }

/** 10月底, 明年3月20号, 下月15号; a bare month is its last day. */
export const readMonth: DateReader = (text, at, today) => {
  const found = match(MONTH, text, at)
  if (!found) return undefined
  const [all, word, digits, number, relative, day, part] = found
  const end = at + all.length
  if (relative) {
    if (day === undefined && part === undefined && !relative.startsWith('下') && relative !== '次月')
      return undefined
    const shift = MONTH_SHIFT[relative] ?? (relative.startsWith('下下') ? 2 : 1)
    const base = monthsLater(`${today.slice(0, 7)}-01`, shift)
    return { end, date: inMonth(yearOf(base), monthOf(base), day, part) }
  }
  const month = small(number) ?? 0
  if (month < 1 || month > 12) return { end, date: undefined }
  const year = statedYear(word, digits, today)
  const date =
    year === undefined ? next(today, (y) => inMonth(y, month, day, part)) : inMonth(year, month, day, part)
  const isBare = day === undefined && part === undefined
  const named = year ?? (month > monthOf(today) ? yearOf(today) - 1 : yearOf(today))
  return { end, date, ...(isBare ? { month: { year: named, month } } : {}) }
}

/** 2026-06-30, 2026.6 */
export const readIso: DateReader = (text, at) => {
  const found = match(ISO, text, at)
  if (!found) return undefined
  const [all, year, month, day] = found
  const date =
    day === undefined
      ? endOfMonth(Number(year), Number(month))
      : dayOf(Number(year), Number(month), Number(day))
  return { end: at + all.length, date }
}

/** 12.10完工: only where a finish or a hand-in follows. */
export const readShort: DateReader = (text, at, today) => {
  const found = match(SHORT, text, at)
  if (!found) return undefined
  return { end: at + found[0].length, date: next(today, (y) => dayOf(y, Number(found[1]), Number(found[2]))) }
}

/** 20号: this month, or the next when it is over. */
export const readDayOnly: DateReader = (text, at, today) => {
  const found = match(DAY_ONLY, text, at)
  const day = small(found?.[1])
  if (!found || day === undefined) return undefined
  const here = dayOf(yearOf(today), monthOf(today), day)
  if (here !== undefined && here >= today) return { end: at + found[0].length, date: here }
  const later = monthsLater(`${today.slice(0, 7)}-01`, 1)
  return { end: at + found[0].length, date: dayOf(yearOf(later), monthOf(later), day) }
}

/** 1-10月: a stretch, no day. */
export const readMonths: DateReader = (text, at) => {
  const found = match(MONTHS, text, at)
  const from = small(found?.[1])
  const to = small(found?.[2])
  if (!found || from === undefined || to === undefined || to > 12) return undefined
  return { end: at + found[0].length, date: undefined, months: { from, to } }
}

/** 四季度, 上半年: the last day. */
export const readQuarter: DateReader = (text, at, today) => {
  const found = match(QUARTER, text, at)
  if (!found) return undefined
  const [all, word, digits, quarter, half] = found
  const month = !half ? (small(quarter) ?? 0) * 3 : half === '上' ? 6 : 12
  const year = statedYear(word, digits, today)
  const date = year === undefined ? next(today, (y) => endOfMonth(y, month)) : endOfMonth(year, month)
  return { end: at + all.length, date }
}

/** 年底, 明年底, 年内完工. */
export const readYearEnd: DateReader = (text, at, today) => {
  const found = match(YEAR_END, text, at)
  if (!found) return undefined
  const [all, word, digits] = found
  const shift = { 明: 1, 后: 2, 去: -1 }[word ?? ''] ?? 0
  return { end: at + all.length, date: dayOf(digits ? Number(digits) : yearOf(today) + shift, 12, 31) }
}

/** 月底: of this month. */
export const readMonthEnd: DateReader = (text, at, today) =>
  match(MONTH_END, text, at) && { end: at + 2, date: endOfMonth(yearOf(today), monthOf(today)) }
