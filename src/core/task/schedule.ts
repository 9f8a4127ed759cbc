// When each step of a task's ladder is due: workdays relative to the due date, in the first working minute of the day (domain §4).
import { type CivilDate, dateOf, type Instant, instantOf } from '../calendar/civil.ts'
import {
  addWorkdays,
  type Calendar,
  lastWorkdayBefore,
  lastWorkdayOnOrBefore,
  UnknownYearError,
} from '../calendar/workdays.ts'
import type { WorkingHours } from '../calendar/working-hours.ts'
import type { Step } from './policy.ts'
import type { Task } from './types.ts'

/** The dates that matter for steps; a Task fits. */
export type Dated = Pick<Task, 'openAt' | 'dueAt' | 'policy'>

/** `unknown`: the step falls into a year without a calendar; `at` is then that year's first moment, when somebody must have added it. */
export type StepTime = { readonly step: Step; readonly at: Instant; readonly unknown?: UnknownYearError }

/** Every step with its time, earliest first; equal times keep the ladder's order. */
export function stepTimes(task: Dated, calendar: Calendar, hours: WorkingHours): StepTime[] {
  return task.policy.steps
    .map((step) => knownOr(step, () => stepTime(task, step, calendar, hours)))
    .sort((a, b) => a.at - b.at)
}

/** A year that is not announced yet must not stop the steps before it (domain §4: never a guess). */
function knownOr(step: Step, at: () => Instant): StepTime {
  try {
    return { step, at: at() }
  } catch (error) {
    if (!(error instanceof UnknownYearError)) throw error
    return { step, at: instantOf(`${error.year}-01-01`, '00:00'), unknown: error }
  }
}

function stepTime(task: Dated, step: Step, calendar: Calendar, hours: WorkingHours): Instant {
  if (step.at.from === 'open') return task.openAt
  const dueDay = dateOf(task.dueAt)
  if (step.at.workdays > 0) return instantOf(addWorkdays(calendar, dueDay, step.at.workdays), hours.from)
  return instantOf(
    addWorkdays(calendar, lastMorning(task, dueDay, calendar, hours), step.at.workdays),
    hours.from,
  )
}

/** The last workday on which a reminder still comes in time: a due date on a holiday, or an hour before work begins, moves it back. */
function lastMorning(task: Dated, dueDay: CivilDate, calendar: Calendar, hours: WorkingHours): CivilDate {
  const day = lastWorkdayOnOrBefore(calendar, dueDay)
  return instantOf(day, hours.from) <= task.dueAt ? day : lastWorkdayBefore(calendar, day)
}
