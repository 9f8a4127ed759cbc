// Dates counted from today: 周五, 后天, 国庆前, 再给10天; and the vague ones that must be asked.
import { type CivilDate, weekdayOf } from '../calendar/civil.ts'
import { type DateReader, daysLater, match, monthsLater, small } from './date-parts.ts'
import { holidayBefore } from './holidays.ts'

const WEEKDAY = /(下下|下|这|本|上)?个?(?:周|星期|礼拜)([一二三四五六日天末])/y
const NEAR_DAY = /(今天|今晚|今日|今儿|明天|明日|明早|明晚|明儿|后天|后儿|大后天)/y
const VAGUE =
  /(?:春节|国庆|元旦|五一|中秋|节)后|过(?:几|两|两三|些)天|(?:这|近)(?:几|两)天|(?<!再[缓给要有]|宽限|再宽限)[几两]天(?!后?[1-9])|几个?(?:周|月|星期)|两三(?:天|个?月|周|个星期)|年前|年后|过(?:完)?年|开春|(?:明年)?(?:春天|夏天|秋天|冬天)|开年|(?:明年|今年)?(?:汛期?前|雨季前|入冬前|上冻前)|近期|下周(?!一|二|三|四|五|六|日|天|末)|一段时间|一些时间|(?:下|明)年(?!年|汛|雨|入|上冻|底|末|\s?\d|[一二三四五六七八九十上下内的第春国元中端清])/y
const LENGTH =
  /(\d{1,3}|[一二三四五六七八九十两]{1,3}|半)(个工作日|工作日|个?星期|个?礼拜|周|天|日|个半月|个月|月)(?:的?时间|工夫)?/y

/** 周五 is the next one; 下周三 lies in the week after, which begins on Monday. */
export const readWeekday: DateReader = (text, at, today) => {
  const found = match(WEEKDAY, text, at)
  if (!found) return undefined
  const [all, which, name = ''] = found
  const end = at + all.length
  if (which === '上') return { end, date: undefined }
  const day = name === '末' ? 7 : '一二三四五六'.indexOf(name) + 1 || 7
  const monday = daysLater(today, 1 - weekdayOf(today))
  if (which === '下' || which === '下下')
    return { end, date: daysLater(monday, (which.length === 2 ? 14 : 7) + day - 1) }
  const here = daysLater(monday, day - 1)
  return { end, date: here >= today ? here : which === undefined ? daysLater(here, 7) : undefined }
}

/** 今天, 明天, 后天, 大后天. */
export const readNearDay: DateReader = (text, at, today) => {
  const found = match(NEAR_DAY, text, at)
  if (!found) return undefined
  const shift = found[0].startsWith('今')
    ? 0
    : found[0].startsWith('明')
      ? 1
      : found[0].startsWith('后')
        ? 2
        : 3
  return { end: at + found[0].length, date: daysLater(today, shift) }
}

/** 国庆前: the day before. */
export const readHoliday: DateReader = (text, at, today) => {
  const found = holidayBefore(text, at, today)
  return found && { end: found.end, date: found.date }
}

/** 年前, 过几天, 开春: nobody could be held to it. */
export const readVague: DateReader = (text, at) => {
  const found = match(VAGUE, text, at)
  return found && { end: at + found[0].length, date: undefined }
}

const AFTERWARDS = /^ ?(?:以?后|之后|以?内|之内)/
const FROM_NOW =
  /(?:再(?:给|缓|要|有|宽限|需要?|用|等|等上|多给|来|花|过)?(?:我们?|点|个)?|还(?:得|要|需要?|差|有|用)|给(?:我们?|点)?|最多|最快|过|得要?|需要?)(?:大概|约|个|最多|大约)? ?$/

/** 再给10天 counts from today; 延期7天 has no first day and stays a delay. */
export const readLength: DateReader = (text, at, today) => {
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
    if (count === 0.5) return daysLater(today, 15)
    return count > 240 ? undefined : monthsLater(today, count)
  }
  return count < 1 ? undefined : daysLater(today, unit === 'week' ? count * 7 : count)
}
