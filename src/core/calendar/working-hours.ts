// Working hours on workdays: when something may be said, and where a reminder goes that would fall outside (domain §4).
import { type CivilDate, type CivilTime, dateOf, type Instant, instantOf } from './civil.ts'
import {
  addWorkdays,
  type Calendar,
  isWorkday,
  lastWorkdayBefore,
  lastWorkdayOnOrBefore,
  nextWorkdayOnOrAfter,
} from './workdays.ts'

/** Wall-clock times in Asia/Shanghai, `from` before `to`. Both ends belong to the working hours. */
export type WorkingHours = { readonly from: CivilTime; readonly to: CivilTime }

export const standardHours: WorkingHours = { from: '09:00', to: '17:30' }

/** True from the start to the end of working hours of a workday. Throws UnknownYearError. */
export function isWorkingTime(calendar: Calendar, hours: WorkingHours, at: Instant): boolean {
  const date = dateOf(at)
  return isWorkday(calendar, date) && startOf(hours, date) <= at && at <= endOf(hours, date)
}

/** `at` itself inside working hours, else the start of the next working morning. Throws UnknownYearError. */
export function nextWorkingMoment(calendar: Calendar, hours: WorkingHours, at: Instant): Instant {
  return isWorkingTime(calendar, hours, at) ? at : nextWorkingMorning(calendar, hours, at)
}

/** The first start of working hours strictly after `at`: today's when it is still ahead. Throws UnknownYearError. */
export function nextWorkingMorning(calendar: Calendar, hours: WorkingHours, at: Instant): Instant {
  const date = nextWorkdayOnOrAfter(calendar, dateOf(at))
  const start = startOf(hours, date)
  return start > at ? start : startOf(hours, addWorkdays(calendar, date, 1))
}

/** `at` itself inside working hours, else the last end of working hours before it. Throws UnknownYearError. */
export function previousWorkingMoment(calendar: Calendar, hours: WorkingHours, at: Instant): Instant {
  if (isWorkingTime(calendar, hours, at)) return at
  const date = lastWorkdayOnOrBefore(calendar, dateOf(at))
  const end = endOf(hours, date)
  return end < at ? end : endOf(hours, lastWorkdayBefore(calendar, date))
}

/** The last start of working hours that is not after `at`. Throws UnknownYearError. */
export function lastWorkingMorningBefore(calendar: Calendar, hours: WorkingHours, at: Instant): Instant {
  const date = lastWorkdayOnOrBefore(calendar, dateOf(at))
  const start = startOf(hours, date)
  return start <= at ? start : startOf(hours, lastWorkdayBefore(calendar, date))
}

/**
 * When a reminder planned for `at` goes out (domain §4): at once inside working hours, else the next working morning;
 * but when the deadline would have come by then, the last working moment before `at`. A deadline already passed at `at`
 * holds nothing back. Throws UnknownYearError.
 */
export function movedIntoHours(
  calendar: Calendar,
  hours: WorkingHours,
  at: Instant,
  deadline: Instant,
): Instant {
  const next = nextWorkingMoment(calendar, hours, at)
  // A reminder at the very deadline leaves no time to act, so equality counts as passed.
  const passesMeanwhile = at <= deadline && deadline <= next
  return passesMeanwhile ? previousWorkingMoment(calendar, hours, at) : next
}

const startOf = (hours: WorkingHours, date: CivilDate): Instant => instantOf(date, hours.from)

const endOf = (hours: WorkingHours, date: CivilDate): Instant => instantOf(date, hours.to)
