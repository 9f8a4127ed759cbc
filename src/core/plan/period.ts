// The period that a report is about, as a short text that sorts and never repeats within a rule.
import { addDays, addMonths, type CivilDate, lastDayOfMonth, weekdayOf } from '../calendar/civil.ts'
import { type Calendar, lastWorkdayBefore } from '../calendar/workdays.ts'
import type { CadenceUnit } from './types.ts'

/**
 * The period that holds `due`, or the one before it (C2: due 2021-05-08 → `2021-04`). Month `2021-04`, quarter `2021-Q1`,
 * half-year `2021-H1`, year `2021`; a day is itself, a week its Monday, ten days their last day. Throws UnknownYearError
 * only for the workday before.
 */
export function periodOf(
  every: CadenceUnit,
  due: CivilDate,
  about: 'same-period' | 'previous-period',
  calendar: Calendar,
): string {
  const previous = about === 'previous-period'
  if (every === 'day') return previous ? lastWorkdayBefore(calendar, due) : due
  if (every === 'week') return addDays(due, 1 - weekdayOf(due) - (previous ? 7 : 0))
  if (every === 'ten-days') return tenDays(due, previous)
  return months(every, previous ? addMonths(`${due.slice(0, 7)}-01`, -monthsIn[every]) : due)
}

/** Length of a cadence's period in months. */
export const monthsIn = { month: 1, quarter: 3, 'half-year': 6, year: 12 } as const

function months(every: keyof typeof monthsIn, date: CivilDate): string {
  const year = date.slice(0, 4)
  if (every === 'month') return date.slice(0, 7)
  if (every === 'year') return year
  const number = Math.ceil(Number(date.slice(5, 7)) / monthsIn[every])
  return `${year}-${every === 'quarter' ? 'Q' : 'H'}${number}`
}

function tenDays(due: CivilDate, previous: boolean): CivilDate {
  const ends = ['10', '20'].map((day) => `${due.slice(0, 7)}-${day}`)
  const all = [addDays(`${due.slice(0, 7)}-01`, -1), ...ends, lastDayOfMonth(due)]
  const index = all.findIndex((end) => end >= due)
  return all[previous ? index - 1 : index] ?? due
}
