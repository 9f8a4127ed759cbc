// Whether a queued notice may still be said at the moment it leaves (invariant 3).
import { dateOf, type Instant } from '../calendar/civil.ts'
import type { Directory } from '../people/directory.ts'
import type { Plan } from '../plan/types.ts'
import { isEscalation } from '../task/decide.ts'
import type { Step } from '../task/policy.ts'
import { awaitsAnswer, type Task } from '../task/types.ts'
import { listeners } from './audience.ts'
import { HANDED_OVER, type Reader, type Saying } from './notice.ts'
import { type Address, addressKey } from './types.ts'

/** The reason why it must not be said any more, or undefined while it is true. */
export function whyUntrue(
  saying: Saying,
  to: Address,
  task: Task,
  plan: Plan,
  directory: Directory,
  now: Instant,
): string | undefined {
  if (saying.type === 'card') return undefined
  if (!awaitsAnswer(task.state)) return 'answered'
  if (now <= task.dueAt && isForOverdue(saying, task)) return 'extended'
  if (saying.type !== 'duty') return undefined
  const isBefore = saying.kind === 'prompt' || saying.kind === 'reminder'
  if (isBefore && saying.step !== HANDED_OVER && now > task.dueAt) return 'deadline-passed'
  return stillListens(saying.reader, to, task, plan, directory, now) ? undefined : 'not-the-holder'
}

/** A step of the ladder that only follows a missed deadline, and what was issued on that ground. */
function isForOverdue(saying: Saying, { policy }: Task): boolean {
  if (saying.type === 'unreachable' || saying.type === 'card') return false
  const isSaid = (step: Step): boolean =>
    saying.type === 'issued' ? step.kind === saying.kind : step.key === saying.step
  return policy.steps.some((step) => isSaid(step) && isEscalation(step))
}

/** A successor, not the predecessor, is to be told (C8). */
function stillListens(
  reader: Reader,
  to: Address,
  task: Task,
  plan: Plan,
  directory: Directory,
  now: Instant,
): boolean {
  if (reader === 'office') return true
  return listeners(task, reader, plan, directory, dateOf(now)).some(
    (one) => addressKey(one.to) === addressKey(to),
  )
}
