// What a task wants said now, and when it wants to be asked again: the heart of the product, pure and repeatable.
import { type CivilDate, dateOf, type Instant } from '../calendar/civil.ts'
import type { Calendar } from '../calendar/workdays.ts'
import {
  isWorkingTime,
  nextWorkingMoment,
  nextWorkingMorning,
  type WorkingHours,
} from '../calendar/working-hours.ts'
import type { Step } from './policy.ts'
import { type StepTime, stepTimes } from './schedule.ts'
import { awaitsAnswer, type Task } from './types.ts'

export type Office = { readonly calendar: Calendar; readonly hours: WorkingHours }

export type Decision = {
  /** The task opens now (scheduled → open). */
  readonly opens: boolean
  /** The one step to be said now, if any. */
  readonly say?: Step
  /** Steps that will never be said: merged into `say`, or no longer true. */
  readonly skipped: readonly string[]
  readonly stepsDone: readonly string[]
  readonly escalatedOn?: CivilDate
  /** Undefined: nothing more will ever be said about this task by itself. */
  readonly nextActionAt?: Instant
}

type Pending = { readonly due: readonly StepTime[]; readonly later: readonly StepTime[] }

/**
 * Decides for one task at `now`. Asking twice, late or after downtime is harmless (invariant 5):
 * - prompt and reminders that were missed merge into one, and none is said after the deadline;
 * - steps after the deadline are never skipped: each is said, in order, at most one a day;
 * - outside working hours nothing is said, except a reminder whose deadline would pass before the next working morning;
 * - a task that waits for nobody says nothing.
 * Throws UnknownYearError once a step needs a year that the calendar does not have.
 */
export function decide(task: Task, office: Office, now: Instant): Decision {
  const quiet = {
    opens: false,
    skipped: [],
    stepsDone: task.stepsDone,
    ...(task.escalatedOn ? { escalatedOn: task.escalatedOn } : {}),
  }
  if (!awaitsAnswer(task.state)) return quiet
  if (now < task.openAt) return { ...quiet, nextActionAt: task.openAt }
  const opens = task.state === 'scheduled'
  const pending = split(task, office, now)
  const escalations = pending.due.filter(({ step }) => isEscalation(step))
  const notices = pending.due.filter(({ step }) => !isEscalation(step))
  if (escalations.length > 0) return { ...climb(task, office, now, pending, notices, escalations), opens }
  return { ...remind(task, office, now, pending, notices), opens }
}

/** Steps after the deadline; they are the ladder's rungs and are climbed one by one. */
export const isEscalation = (step: Step): boolean => step.at.from === 'due' && step.at.workdays > 0

function split(task: Task, { calendar, hours }: Office, now: Instant): Pending {
  const open = stepTimes(task, calendar, hours).filter(({ step }) => !task.stepsDone.includes(step.key))
  const due = open.filter(({ at }) => at <= now)
  for (const { unknown } of due) if (unknown) throw unknown
  return { due, later: open.filter(({ at }) => at > now) }
}

type Outcome = Omit<Decision, 'opens'>

/** At or after the deadline: the lowest rung not yet climbed, if none was climbed today and people are at work. */
function climb(
  task: Task,
  office: Office,
  now: Instant,
  pending: Pending,
  notices: readonly StepTime[],
  escalations: readonly StepTime[],
): Outcome {
  const today = dateOf(now)
  const skipped = notices.map(({ step }) => step.key)
  const rung = escalations[0]
  if (!rung || task.escalatedOn === today || !isWorkingTime(office.calendar, office.hours, now)) {
    const stepsDone = [...task.stepsDone, ...skipped]
    const wait = rung && task.escalatedOn !== today ? nextWorkingMoment : nextWorkingMorning
    const nextActionAt = wait(office.calendar, office.hours, now)
    return {
      skipped,
      stepsDone,
      nextActionAt,
      ...(task.escalatedOn ? { escalatedOn: task.escalatedOn } : {}),
    }
  }
  const rest = [...escalations.slice(1), ...pending.later]
  return {
    say: rung.step,
    skipped,
    stepsDone: [...task.stepsDone, ...skipped, rung.step.key],
    escalatedOn: today,
    ...nextOf(rest.map(({ at }) => Math.max(at, nextWorkingMorning(office.calendar, office.hours, now)))),
  }
}

/** Before the deadline: one message for all that is due by now. The prompt says all that a reminder would, so it wins over them. */
function remind(
  task: Task,
  office: Office,
  now: Instant,
  pending: Pending,
  notices: readonly StepTime[],
): Outcome {
  const kept = task.escalatedOn ? { escalatedOn: task.escalatedOn } : {}
  const next = nextOf(pending.later.map(({ at }) => at))
  const chosen = notices.find(({ step }) => step.kind === 'prompt') ?? notices.at(-1)
  if (!chosen) return { skipped: [], stepsDone: task.stepsDone, ...kept, ...next }
  const keys = notices.map(({ step }) => step.key)
  if (now > task.dueAt) return { skipped: keys, stepsDone: [...task.stepsDone, ...keys], ...kept, ...next }
  const morning = nextWorkingMoment(office.calendar, office.hours, now)
  if (morning > now && morning <= task.dueAt) {
    return { skipped: [], stepsDone: task.stepsDone, ...kept, nextActionAt: morning }
  }
  const skipped = keys.filter((key) => key !== chosen.step.key)
  return { say: chosen.step, skipped, stepsDone: [...task.stepsDone, ...keys], ...kept, ...next }
}

const nextOf = (times: readonly Instant[]): { nextActionAt?: Instant } =>
  times.length > 0 ? { nextActionAt: Math.min(...times) } : {}
