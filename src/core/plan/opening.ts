// The day on which a task opens: in time before its due date, always on the morning of a workday.
import { addDays, type CivilDate, type CivilTime, dateOf, HOUR_MS, type Instant } from '../calendar/civil.ts'
import {
  addWorkdays,
  type Calendar,
  lastWorkdayOnOrBefore,
  nextWorkdayOnOrAfter,
} from '../calendar/workdays.ts'
import type { Opening } from './types.ts'

/** Tasks open at this hour, Asia/Shanghai. */
export const OPENING_TIME: CivilTime = '09:00'

/** The last date whose opening hour has come at `at`. */
export const lastOpeningDate = (at: Instant): CivilDate => dateOf(at - 9 * HOUR_MS)

/** A due date, and the last day on which its task may still open: the day before when it is due before the opening hour. */
export type Due = { readonly due: CivilDate; readonly latest: CivilDate }

export function dueBy(due: CivilDate, time: CivilTime | undefined): Due {
  return { due, latest: time !== undefined && time <= OPENING_TIME ? addDays(due, -1) : due }
}

/** The wished day, moved to the first workday on or after it; past the latest day, back to the last workday before. Throws UnknownYearError. */
export function openingDay(calendar: Calendar, opening: Opening, { due, latest }: Due): CivilDate {
  const wished = wishedDay(calendar, opening, due)
  const first = wished <= latest ? nextWorkdayOnOrAfter(calendar, wished) : undefined
  return first !== undefined && first <= latest ? first : lastWorkdayOnOrBefore(calendar, latest)
}

/** False when the task surely opens after `day`. Throws UnknownYearError only when the answer hangs on a year that is not known. */
export function opensBy(calendar: Calendar, opening: Opening, { due, latest }: Due, day: CivilDate): boolean {
  if (due <= day) return true
  const workdays = workdaysBefore(opening)
  if (workdays > 0) return due <= addWorkdays(calendar, day, workdays)
  // A wish after `day` comes true by `day` only when no workday is left until the latest day, so that the opening moves back.
  return wishedDay(calendar, opening, due) <= day || addWorkdays(calendar, day, 1) > latest
}

// The State Council has never given more than ten days off in a row.
const LONGEST_BREAK = 16

/** No due date after this one can open by `day`, whatever the calendar of its year says; undefined where there is no such bound. */
export function lastDueOpeningBy(opening: Opening, day: CivilDate): CivilDate | undefined {
  if (opening.type === 'date') return undefined
  const days = opening.unit === 'days' ? opening.amount : opening.amount * 3
  return addDays(day, days + LONGEST_BREAK)
}

/** The same for duties due on workdays only, exactly: their own days need the calendar, so not one too many is looked at. */
export function lastWorkdayDueOpeningBy(
  calendar: Calendar,
  opening: Opening,
  day: CivilDate,
  isDueEarly: boolean,
): CivilDate | undefined {
  if (opening.type === 'date') return undefined
  if (opening.unit === 'days' && !isDueEarly) return addDays(day, opening.amount)
  const workdays = Math.max(workdaysBefore(opening), isDueEarly ? 1 : 0)
  const inWorkdays = addWorkdays(calendar, day, workdays)
  const inDays = addDays(day, opening.amount)
  return opening.unit === 'days' && inDays > inWorkdays ? inDays : inWorkdays
}

function wishedDay(calendar: Calendar, opening: Opening, due: CivilDate): CivilDate {
  if (opening.type === 'date') return opening.date
  const workdays = workdaysBefore(opening)
  return workdays > 0 ? addWorkdays(calendar, due, -workdays) : addDays(due, -opening.amount)
}

// 0 when it isn't counted in workdays; "0 workdays before" is the due date itself, as "0 days before" is.
const workdaysBefore = (opening: Opening): number =>
  opening.type === 'before' && opening.unit === 'workdays' ? opening.amount : 0
