// Dates and times as the page writes them, in Asia/Shanghai.
import type { Instant } from '../../page/wire.ts'

// The product's own calendar brings a library that older browsers can't read; the page needs only these two.
const OFFSET_MS = 8 * 3_600_000
const dateOf = (at: Instant): string => new Date(at + OFFSET_MS).toISOString().slice(0, 10)
const timeOf = (at: Instant): string => new Date(at + OFFSET_MS).toISOString().slice(11, 19)

const WEEKDAYS = '日一二三四五六'

/** 2021年4月12日 */
export function longDate(at: Instant): string {
  const [year, month, day] = partsOf(at)
  return `${year}年${month}月${day}日`
}

/** 星期一 */
export function weekday(at: Instant): string {
  return `星期${WEEKDAYS[new Date(`${dateOf(at)}T00:00:00Z`).getUTCDay()]}`
}

/** 08:30 */
export const clockTime = (at: Instant): string => timeOf(at).slice(0, 5)

/** 4月12日, with the year when it isn't the one of `now`. */
export function shortDate(at: Instant, now: Instant): string {
  const [year, month, day] = partsOf(at)
  return partsOf(now)[0] === year ? `${month}月${day}日` : `${year}年${month}月${day}日`
}

/** A moment in few characters: only the time for today, only the date for other days. */
export function briefMoment(at: Instant, now: Instant): string {
  return dateOf(at) === dateOf(now) ? clockTime(at) : shortDate(at, now)
}

/** 4月12日 08:30, with the year when it isn't the one of `now`. */
export const moment = (at: Instant, now: Instant): string => `${shortDate(at, now)} ${clockTime(at)}`

/** A due time: without an hour when it is the end of its day. */
export function dueText(at: Instant, now: Instant): string {
  return timeOf(at) === '23:59:59' ? shortDate(at, now) : moment(at, now)
}

/** The day after `at`, `YYYY-MM-DD`: the earliest that the clock can be sent to. */
export const nextDay = (at: Instant): string => dateOf(at + 24 * 3_600_000)

function partsOf(at: Instant): [number, number, number] {
  const [year = 0, month = 0, day = 0] = dateOf(at).split('-').map(Number)
  return [year, month, day]
}
