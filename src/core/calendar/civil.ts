// Civil dates and instants in Asia/Shanghai: the only place where the two meet.
import { Temporal } from 'temporal-polyfill'

/** A date on the wall calendar of Asia/Shanghai, `YYYY-MM-DD`. Two dates compare as strings. */
export type CivilDate = string

/** A point in time: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

/** Wall-clock time `HH:MM` or `HH:MM:SS` in Asia/Shanghai. */
export type CivilTime = string

// China keeps one zone and has had no summer time since 1991; every date that this product handles is later.
const OFFSET_MS = 8 * 3_600_000
export const DAY_MS = 86_400_000
export const HOUR_MS = 3_600_000

/** A due date without an hour ends here (domain §4). */
export const END_OF_DAY: CivilTime = '23:59:59'

const plain = (date: CivilDate): Temporal.PlainDate => Temporal.PlainDate.from(date, { overflow: 'reject' })

/** True for a date that exists, written `YYYY-MM-DD`. */
export function isCivilDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    plain(text)
    return true
  } catch {
    return false
  }
}

/** The date in Asia/Shanghai at this instant. */
export function dateOf(at: Instant): CivilDate {
  return new Date(at + OFFSET_MS).toISOString().slice(0, 10)
}

/** The wall-clock time in Asia/Shanghai at this instant, `HH:MM:SS`. */
export function timeOf(at: Instant): CivilTime {
  return new Date(at + OFFSET_MS).toISOString().slice(11, 19)
}

/** The instant of a wall-clock time in Asia/Shanghai; without a time, the last second of the day. */
export function instantOf(date: CivilDate, time: CivilTime = END_OF_DAY): Instant {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  return dayNumber(date) * DAY_MS + ((hours * 60 + minutes) * 60 + seconds) * 1000 - OFFSET_MS
}

/** Days since 1970-01-01: differences of day numbers are differences in days. Throws RangeError for a date that does not exist. */
export function dayNumber(date: CivilDate): number {
  return plainDayNumber(date) ?? plain(date).since('1970-01-01', { largestUnit: 'days' }).days
}

// Temporal takes 5 µs for a date, which every decision would pay several times; the usual form is read by hand,
// and whatever is unusual or wrong is left for Temporal to judge.
function plainDayNumber(date: CivilDate): number | undefined {
  if (date.length !== 10 || date[4] !== '-' || date[7] !== '-') return undefined
  const year = digits(date, 0, 4)
  const month = digits(date, 5, 7)
  const day = digits(date, 8, 10)
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  if (!(year >= 100 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)))
    return undefined
  return Date.UTC(year, month - 1, day) / DAY_MS
}

// NaN when one of the characters is no digit.
function digits(text: string, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

export const addDays = (date: CivilDate, days: number): CivilDate => plain(date).add({ days }).toString()

/** Months later (or earlier); a day that the month does not have becomes its last: 31 January + 1 month = 28 or 29 February. */
export const addMonths = (date: CivilDate, months: number): CivilDate =>
  plain(date).add({ months }).toString()

export const addYears = (date: CivilDate, years: number): CivilDate => plain(date).add({ years }).toString()

/** The last day of the month that holds `date`. */
export const lastDayOfMonth = (date: CivilDate): CivilDate =>
  plain(date)
    .with({ day: plain(date).daysInMonth })
    .toString()

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(date: CivilDate): number {
  // Day 0 was a Thursday; the detour over 10 keeps earlier dates above zero.
  return (((dayNumber(date) % 7) + 10) % 7) + 1
}

/** Reads ISO 8601 with an offset or Z; undefined when it is anything else. */
export function parseInstant(text: string): Instant | undefined {
  try {
    return Temporal.Instant.from(text).epochMilliseconds
  } catch {
    return undefined
  }
}

/** ISO 8601 with the offset of Asia/Shanghai, to the second: `2021-04-12T08:30:00+08:00`. */
export const formatInstant = (at: Instant): string => `${dateOf(at)}T${timeOf(at)}+08:00`
