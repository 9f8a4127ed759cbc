// Dates in replies: 10月底, 明年3月20号, 下周三, 国庆前, 再给10天; vague and impossible ones are told apart, never guessed.
import { addDays, addMonths, type CivilDate, weekdayOf } from '../calendar/civil.ts'
import { holidayBefore } from './holidays.ts'
import { readNumeral } from './numerals.ts'

/**
 * `date` is undefined for a vague (过几天) or impossible (6月31号) one. `month` marks a bare month name (10月份) and
 * `months` a stretch of them (1-10月): beside an amount they name the period. `delay` is a length of time without its
 * first day (延期7天); with a first day of its own (再给10天) it is a date.
 */
export type DateToken = {
  kind: 'date'
  start: number
  end: number
  date: CivilDate | undefined
  month?: { year: number; month: number }
  months?: { from: number; to: number }
  delay?: { unit: 'day' | 'week' | 'month'; count: number }
}

type Read = Omit<DateToken, 'kind' | 'start'>
type Reader = (text: string, at: number, today: CivilDate) => Read | undefined

const NUM = '(?:\\d{1,2}|[一二三四五六七八九十]{1,3})'
const YEAR =
  '(?:(今年|本年|明年|后年|去年|次年)|((?:20)?\\d{2}|二[〇零][二三][一二三四五六七八九〇零])年)的? ?'
const MONTH = new RegExp(
  `(?:${YEAR})?(?:(${NUM})月(?:份)?|(下下个?月|下个?月|次月|上个?月|这个月|本月|当月)(?:份)?)(?:(?:的)? ?(${NUM})(?:日|号)|(上旬|中旬|下旬|月?底|月?末|月?初|月中)|)`,
  'y',
)
const ISO = /(20\d{2})[-/.](\d{1,2})(?:[-/.](\d{1,2})[日号]?)?(?![\d万亿元%])/y
const SHORT = /(\d{1,2})[./](\d{1,2})(?=(?:日|号|之?前|以?前)?(?:完工|竣工|建成|报|完成|交|前))/y
const DAY_ONLY = new RegExp(
  `(?<![\\d月])(${NUM})[号日](?!楼|线|桥|栋|标|井|机|门|厂|路|墩|坝|洞|常|均|产|处)`,
  'y',
)
const MONTHS = new RegExp(
  `(?:(?:今年|本年) ?)?(${NUM})(?:月份?)? ?(?:-|~|—|–|至|到) ?(${NUM})月份?(?!底|末|中|初|上旬|下旬)`,
  'y',
)
const QUARTER = /(?:(今年|本年|明年|后年|(20\d{2})年) ?)?(?:第?([一二三四1-4])季度|(上|下)半年)(?:末|底)?/y
const YEAR_END =
  /(?<![\d一二两三四五半几十])(?:(今|本|明|后|去|(20\d{2})年?)年?)?年(?:底|末|终|内(?=[^，,。]{0,5}(?:完工|竣工|建成|干完|投[产用]|全部|完(?!成))))/y
const MONTH_END = /月(?:底|末)(?!板)/y
const WEEKDAY = /(下下|下|这|本|上)?个?(?:周|星期|礼拜)([一二三四五六日天末])/y
const NEAR_DAY = /(今天|今晚|今日|今儿|明天|明日|明早|明晚|明儿|后天|后儿|大后天)/y
const VAGUE =
  /(?:春节|国庆|元旦|五一|中秋|节)后|过(?:几|两|两三|些)天|(?:这|近)(?:几|两)天|[几两]天(?!后?[1-9])|几个?(?:周|月|星期)|两三(?:天|个?月|周|个星期)|年前|年后|过(?:完)?年|开春|(?:明年)?(?:春天|夏天|秋天|冬天)|开年|近期|下周(?!一|二|三|四|五|六|日|天|末)|一段时间|一些时间|(?:下|明)年(?!年|底|末|\s?\d|[一二三四五六七八九十上下内的第春国元中端清])/y
const LENGTH =
  /(\d{1,3}|[一二三四五六七八九十两]{1,3}|半)(个工作日|工作日|个?星期|个?礼拜|周|天|日|个半月|个月|月)(?:的?时间|工夫)?/y

const pad = (value: number): string => String(value).padStart(2, '0')

function small(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  return /^\d+$/.test(text) ? Number(text) : readNumeral(text, 0)?.value
}

// Dates are made by the thousand here: plain numbers do, and what does not exist is undefined.
const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

function dayOf(year: number, month: number, day: number): CivilDate | undefined {
  const exists =
    month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && year > 1999 && year < 2100
  return exists ? `${year}-${pad(month)}-${pad(day)}` : undefined
}

const endOfMonth = (year: number, month: number): CivilDate | undefined =>
  dayOf(year, month, daysIn(year, month))

const yearOf = (date: CivilDate): number => Number(date.slice(0, 4))
const monthOf = (date: CivilDate): number => Number(date.slice(5, 7))

function statedYear(
  word: string | undefined,
  digits: string | undefined,
  today: CivilDate,
): number | undefined {
  const shift = { 今年: 0, 本年: 0, 明年: 1, 次年: 1, 后年: 2, 去年: -1 }[word ?? '']
  if (shift !== undefined) return yearOf(today) + shift
  if (digits === undefined) return undefined
  const year = /^\d+$/.test(digits)
    ? Number(digits)
    : Number([...digits].map((char) => small(char) ?? 0).join(''))
  return year < 100 ? 2000 + year : year
}

// No year: the next such day, today included.
function next(today: CivilDate, make: (year: number) => CivilDate | undefined): CivilDate | undefined {
  const date = make(yearOf(today))
  if (date === undefined || date >= today) return date
  return make(yearOf(today) + 1)
}

function inMonth(year: number, month: number, day: string | undefined, part: string | undefined) {
  if (day !== undefined) return dayOf(year, month, small(day) ?? 0)
  if (part === '上旬') return dayOf(year, month, 10)
  if (part === '中旬') return dayOf(year, month, 20)
  if (part !== undefined && /初|月中/.test(part)) return undefined
  return endOfMonth(year, month)
}

function match(regexp: RegExp, text: string, at: number): RegExpExecArray | undefined {
  regexp.lastIndex = at
  return regexp.exec(text) ?? undefined
}

const MONTH_SHIFT: Record<string, number> = { 本月: 0, 这个月: 0, 当月: 0, 次月: 1, 上月: -1, 上个月: -1 }

const readMonth: Reader = (text, at, today) => {
  const found = match(MONTH, text, at)
  if (!found) return undefined
  const [all, word, digits, number, relative, day, part] = found
  const end = at + all.length
  if (relative !== undefined) {
    if (day === undefined && part === undefined && !relative.startsWith('下') && relative !== '次月')
      return undefined
    const shift = MONTH_SHIFT[relative] ?? (relative.startsWith('下下') ? 2 : 1)
    const base = addMonths(`${today.slice(0, 7)}-01`, shift)
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

const readIso: Reader = (text, at) => {
  const found = match(ISO, text, at)
  if (!found) return undefined
  const [all, year, month, day] = found
  const date =
    day === undefined
      ? endOfMonth(Number(year), Number(month))
      : dayOf(Number(year), Number(month), Number(day))
  return { end: at + all.length, date }
}

const readShort: Reader = (text, at, today) => {
  const found = match(SHORT, text, at)
  if (!found) return undefined
  return { end: at + found[0].length, date: next(today, (y) => dayOf(y, Number(found[1]), Number(found[2]))) }
}

const readDayOnly: Reader = (text, at, today) => {
  const found = match(DAY_ONLY, text, at)
  const day = small(found?.[1])
  if (!found || day === undefined) return undefined
  const here = dayOf(yearOf(today), monthOf(today), day)
  if (here !== undefined && here >= today) return { end: at + found[0].length, date: here }
  const later = addMonths(`${today.slice(0, 7)}-01`, 1)
  return { end: at + found[0].length, date: dayOf(yearOf(later), monthOf(later), day) }
}

const readMonths: Reader = (text, at) => {
  const found = match(MONTHS, text, at)
  const from = small(found?.[1])
  const to = small(found?.[2])
  if (!found || from === undefined || to === undefined || to > 12) return undefined
  return { end: at + found[0].length, date: undefined, months: { from, to } }
}

const readQuarter: Reader = (text, at, today) => {
  const found = match(QUARTER, text, at)
  if (!found) return undefined
  const [all, word, digits, quarter, half] = found
  const month = half === undefined ? (small(quarter) ?? 0) * 3 : half === '上' ? 6 : 12
  const year = statedYear(word, digits, today)
  const date = year === undefined ? next(today, (y) => endOfMonth(y, month)) : endOfMonth(year, month)
  return { end: at + all.length, date }
}

const readYearEnd: Reader = (text, at, today) => {
  const found = match(YEAR_END, text, at)
  if (!found) return undefined
  const [all, word, digits] = found
  const shift = { 明: 1, 后: 2, 去: -1 }[word ?? ''] ?? 0
  return { end: at + all.length, date: dayOf(digits ? Number(digits) : yearOf(today) + shift, 12, 31) }
}

const readMonthEnd: Reader = (text, at, today) =>
  match(MONTH_END, text, at) && { end: at + 2, date: endOfMonth(yearOf(today), monthOf(today)) }

// 周五 is the next one; 下周三 lies in the week after, which begins on Monday.
const readWeekday: Reader = (text, at, today) => {
  const found = match(WEEKDAY, text, at)
  if (!found) return undefined
  const [all, which, name = ''] = found
  const end = at + all.length
  if (which === '上') return { end, date: undefined }
  const day = name === '末' ? 7 : '一二三四五六'.indexOf(name) + 1 || 7
  const monday = addDays(today, 1 - weekdayOf(today))
  if (which === '下' || which === '下下')
    return { end, date: addDays(monday, (which.length === 2 ? 14 : 7) + day - 1) }
  const here = addDays(monday, day - 1)
  return { end, date: here >= today ? here : which === undefined ? addDays(here, 7) : undefined }
}

const readNearDay: Reader = (text, at, today) => {
  const found = match(NEAR_DAY, text, at)
  if (!found) return undefined
  const shift = found[0].startsWith('今')
    ? 0
    : found[0].startsWith('明')
      ? 1
      : found[0].startsWith('后')
        ? 2
        : 3
  return { end: at + found[0].length, date: addDays(today, shift) }
}

const readHoliday: Reader = (text, at, today) => {
  const found = holidayBefore(text, at, today)
  return found && { end: found.end, date: found.date }
}

const readVague: Reader = (text, at) => {
  const found = match(VAGUE, text, at)
  return found && { end: at + found[0].length, date: undefined }
}

const AFTERWARDS = /^ ?(?:以?后|之后|以?内|之内)/
const FROM_NOW =
  /(?:再(?:给|缓|要|有|宽限|需要?|用|等|等上|多给|来|花|过)?(?:我们?|点|个)?|还(?:得|要|需要?|差|有|用)|给(?:我们?|点)?|最多|最快|过|得要?|需要?)(?:大概|约|个|最多|大约)? ?$/

const readLength: Reader = (text, at, today) => {
  const found = match(LENGTH, text, at)
  if (!found) return undefined
  const [all, number = '', unit = ''] = found
  let end = at + all.length
  const after = AFTERWARDS.exec(text.slice(end, end + 3))
  const count = number === '半' ? 0.5 : (small(number) ?? 0)
  const kind = /工作日|个半月/.test(unit)
    ? undefined
    : /月/.test(unit)
      ? 'month'
      : /[周期拜]/.test(unit)
        ? 'week'
        : 'day'
  const isPlain =
    kind !== undefined && (unit !== '月' || number === '半') && (unit !== '日' || after !== null)
  if (unit === '月' && number !== '半') return undefined
  if (!isPlain) return /工作日|个半月/.test(unit) ? { end, date: undefined } : undefined
  const before = text.slice(Math.max(0, at - 8), at)
  if (after) end += after[0].length
  if (!after && !FROM_NOW.test(before)) return { end, date: undefined, delay: { unit: kind, count } }
  return { end, date: later(today, kind, count) }
}

function later(today: CivilDate, unit: 'day' | 'week' | 'month', count: number): CivilDate | undefined {
  if (unit === 'month') {
    if (count === 0.5) return addDays(today, 15)
    return count > 240 ? undefined : addMonths(today, count)
  }
  return count < 1 ? undefined : addDays(today, unit === 'week' ? count * 7 : count)
}

const NUMBER = '0123456789一二三四五六七八九十'
// Readers in order of trial, each with the characters it may begin with.
const READERS: readonly [string, Reader][] = [
  ['春国元五中节过这近几两年开明夏秋冬下一', readVague],
  ['国十元五劳七八春除清端中', readHoliday],
  [`今本${NUMBER}`, readMonths],
  ['2', readIso],
  [`今本明后去次下上这当${NUMBER}`, readMonth],
  [`今本明后2第上下${NUMBER}`, readQuarter],
  ['今本明后去2年', readYearEnd],
  ['月', readMonthEnd],
  ['下这本上个周星礼', readWeekday],
  ['今明后大', readNearDay],
  ['0123456789', readShort],
  [`两半${NUMBER}`, readLength],
  [NUMBER, readDayOnly],
]
// Most numbers are no dates: without such a sign near by none of the readers need try.
const TIME_WORD = /[年月日号天周期拜季旦节春庆夕明午一冬秋夏末晚早今后儿/.-]/
const LOOK_AHEAD = 10
const BY_FIRST = new Map<string, Reader[]>()
for (const [firsts, reader] of READERS) {
  for (const first of new Set(firsts)) BY_FIRST.set(first, [...(BY_FIRST.get(first) ?? []), reader])
}

/** Reads a date at `at`, counted from `today` (Asia/Shanghai). */
export function readDate(text: string, at: number, today: CivilDate): DateToken | undefined {
  const readers = BY_FIRST.get(text[at] ?? '')
  if (!readers || !TIME_WORD.test(text.slice(at, at + LOOK_AHEAD))) return undefined
  for (const reader of readers) {
    const read = reader(text, at, today)
    if (!read) continue
    const before = /^ ?(?:之前|以前|前|止)(?!期|后|景|沿|往|端|面|门|来)/.exec(
      text.slice(read.end, read.end + 4),
    )
    return { kind: 'date', start: at, ...read, end: read.end + (before ? before[0].length : 0) }
  }
  return undefined
}
