// Dates in requests: the reader of replies finds them, and what has just passed is not taken for next year.
import { addDays, type CivilDate, dayNumber, lastDayOfMonth, weekdayOf } from '../calendar/civil.ts'
import { type DateToken, readDate } from '../reply/date.ts'
import { dayOf, small } from '../reply/date-parts.ts'

/** Nobody asks for nine months more without naming the year: 4月20日, said in May, is over. */
const MOST_DAYS_AHEAD = 270

/** The day that was meant; `source` are the words it was read from. */
export function meantDay(date: CivilDate, source: string, today: CivilDate): CivilDate {
  const isFar = dayNumber(date) - dayNumber(today) > MOST_DAYS_AHEAD
  if (!isFar || /年/.test(source) || /\d{4}/.test(source)) return date
  return dayOf(Number(date.slice(0, 4)) - 1, Number(date.slice(5, 7)), Number(date.slice(8))) ?? date
}

/** Every date of a text in its order, vague ones (`date: undefined`) included. */
export function datesOf(text: string, today: CivilDate): DateToken[] {
  const found: DateToken[] = []
  for (let at = 0; at < text.length; ) {
    const token = readDate(text, at, today)
    if (token) found.push(token)
    at = token ? Math.max(token.end, at + 1) : at + 1
  }
  return found
}

/** The answer to "which day": 5月20日, 5.20, 下周五. Undefined when there is none or it is vague. */
export function answeredDay(text: string, today: CivilDate): CivilDate | undefined {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/^(\d{1,2})[./-](\d{1,2})$/, '$1月$2日')
  const token = datesOf(plain, today).find(({ date }) => date !== undefined)
  return token?.date === undefined
    ? undefined
    : meantDay(token.date, plain.slice(token.start, token.end), today)
}

export type Period = { readonly from?: CivilDate; readonly until?: CivilDate }

const SAME_MONTH =
  /(\d{1,2})月(\d{1,2})[日号]?\s*(?:-|~|—|–|至|到)\s*(\d{1,2})[日号]|(\d{1,2})[./](\d{1,2})\s*(?:-|~|—|–|至|到)\s*(\d{1,2})[./](\d{1,2})/
const WEEK = /(这|本|下)个?(?:周|星期|礼拜)(?![一二三四五六日天末])/
const THIS_MONTH = /(?:这个|本|当)月(?![底末初中上下\d])/
const DAYS = /(\d{1,2}|[一二两三四五六七八九十]{1,2})(?:个?工作)?天/

/** From which day to which: 7月1日到7月5日, 7月1日至5日, 这周, 明天起3天; a lone day is one day, 起 leaves the end open. */
export function periodOf(text: string, today: CivilDate): Period {
  const plain = spelledOut(text.normalize('NFKC'))
  const week = WEEK.exec(plain)
  if (week) return weekOf(today, week[1] === '下')
  if (THIS_MONTH.test(plain)) return { from: today, until: lastDayOfMonth(today) }
  const tokens = datesOf(plain, today).filter(({ date }) => date !== undefined)
  const [first, second] = tokens
  if (first?.date === undefined) return {}
  const from = meantDay(first.date, plain.slice(first.start, first.end), today)
  if (second) {
    // Counted from the first day: 12月30日到1月3日 ends in the next year.
    const later = readDate(plain, second.start, from)?.date
    if (later === undefined) return { from }
    return { from, until: meantDay(later, plain.slice(second.start, second.end), from) }
  }
  if (/(?:到|至|截止)\s*$/.test(plain.slice(0, first.start))) return { from: today, until: from }
  const days = small(DAYS.exec(plain.slice(first.end))?.[1])
  if (days !== undefined && days > 0) return { from, until: addDays(from, days - 1) }
  return /^\s*(?:起|开始|以后|之后)/.test(plain.slice(first.end)) ? { from } : { from, until: from }
}

/** 7月1日至5日 and 7.1-7.5, as two whole dates. */
function spelledOut(text: string): string {
  return text.replace(SAME_MONTH, (all, ...parts: (string | undefined)[]) => {
    const [month, first, last, month1, day1, month2, day2] = parts
    if (month) return `${month}月${first}日到${month}月${last}日`
    return month1 ? `${month1}月${day1}日到${month2}月${day2}日` : all
  })
}

function weekOf(today: CivilDate, isNext: boolean): Period {
  const monday = addDays(today, 1 - weekdayOf(today))
  return isNext
    ? { from: addDays(monday, 7), until: addDays(monday, 13) }
    : { from: today, until: addDays(monday, 6) }
}
