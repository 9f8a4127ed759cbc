// Pieces that dates are made of: numbers, years, the next such day.
import type { CivilDate } from '../calendar/civil.ts'
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

/** A date read at a place, and where it ends. */
export type DateRead = Omit<DateToken, 'kind' | 'start'>
/** Reads at `at`, counting from `today`. */
export type DateReader = (text: string, at: number, today: CivilDate) => DateRead | undefined

const pad = (value: number): string => String(value).padStart(2, '0')

/** A small number in digits or Chinese numerals. */
export function small(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  return /^\d+$/.test(text) ? Number(text) : readNumeral(text, 0)?.value
}

// Dates are made by the thousand here: plain numbers do, and what does not exist is undefined.
const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** The date, or undefined when the calendar has none (6月31日). */
export function dayOf(year: number, month: number, day: number): CivilDate | undefined {
  const exists =
    month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && year > 1999 && year < 2100
  return exists ? `${year}-${pad(month)}-${pad(day)}` : undefined
}

/** The last day of a month. */
export const endOfMonth = (year: number, month: number): CivilDate | undefined =>
  dayOf(year, month, daysIn(year, month))

/** Days later (or earlier). */
export function daysLater(date: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

const LONG_AHEAD_DAYS = 270

/** True for a day without a year that comes again only next year: said of what is over, it was this year's. */
export const isLongAhead = (date: CivilDate, today: CivilDate): boolean =>
  date > daysLater(today, LONG_AHEAD_DAYS)

/** Months later (or earlier); a day that the month does not have becomes its last. */
export function monthsLater(date: CivilDate, months: number): CivilDate {
  const count = yearOf(date) * 12 + monthOf(date) - 1 + months
  const [year, month] = [Math.floor(count / 12), (count % 12) + 1]
  const day = Math.min(Number(date.slice(8)), daysIn(year, month))
  return `${year}-${pad(month)}-${pad(day)}`
}

/** The year of a date. */
export const yearOf = (date: CivilDate): number => Number(date.slice(0, 4))
/** The month of a date, 1–12. */
export const monthOf = (date: CivilDate): number => Number(date.slice(5, 7))

/** The year that 明年 or 2026年 names. */
export function statedYear(
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

/** The next such day when no year is said, today included. */
export function next(today: CivilDate, make: (year: number) => CivilDate | undefined): CivilDate | undefined {
  const date = make(yearOf(today))
  if (date === undefined || date >= today) return date
  return make(yearOf(today) + 1)
}

/** A day or part of a month: 上旬 the 10th, 中旬 the 20th, else the last day; 月初 is vague. */
export function inMonth(year: number, month: number, day: string | undefined, part: string | undefined) {
  if (day !== undefined) return dayOf(year, month, small(day) ?? 0)
  if (part === '上旬') return dayOf(year, month, 10)
  if (part === '中旬') return dayOf(year, month, 20)
  if (part !== undefined && /初|月中/.test(part)) return undefined
  return endOfMonth(year, month)
}

/** Runs a sticky pattern at a place. */
export function match(regexp: RegExp, text: string, at: number): RegExpExecArray | undefined {
  regexp.lastIndex = at
  return regexp.exec(text) ?? undefined
}
