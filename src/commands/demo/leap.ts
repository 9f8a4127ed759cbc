// Moving the clock of the demo: time runs through everything that falls due on the way, in order.
import { dateOf, HOUR_MS, type Instant, instantOf } from '../../core/calendar/civil.ts'
import { nextWorkingMorning } from '../../core/calendar/working-hours.ts'
import type { Task } from '../../core/task/types.ts'
import type { Leap } from '../../sandbox/office.ts'
import type { Stage } from '../../sandbox/story/story.ts'
import { OFFICE } from '../product.ts'

/** A little after the morning's messages, so that they are there when the clock stands. */
const AFTER_NINE = '09:05'

/** Where a leap ends; `open` are the duties still waiting for an answer. Never earlier than now. */
export function leapTarget(leap: Leap, now: Instant, open: readonly Pick<Task, 'dueAt'>[]): Instant {
  if (leap.type === 'hour') return now + HOUR_MS
  if (leap.type === 'next-morning') return nextWorkingMorning(OFFICE.calendar, OFFICE.hours, now) + 5 * 60_000
  if (leap.type === 'to-date') return Math.max(now, instantOf(leap.date, AFTER_NINE))
  // What is due today has had its morning already.
  const dueMornings = open
    .filter(({ dueAt }) => dateOf(dueAt) > dateOf(now))
    .map(({ dueAt }) => instantOf(dateOf(dueAt), AFTER_NINE))
  return dueMornings.length > 0
    ? Math.min(...dueMornings)
    : nextWorkingMorning(OFFICE.calendar, OFFICE.hours, now)
}

/** Stops at every moment at which the product wants to act. */
export async function runTo(stage: Stage, target: Instant): Promise<void> {
  await stage.settle()
  for (;;) {
    const now = stage.now()
    const next = await stage.nextAt()
    if (next === undefined || next > target) break
    // Something due that can't be done yet (a limit, a connection) must not stop time.
    await stage.moveTo(next > now ? next : Math.min(target, now + 1_000))
    await stage.settle()
    if (stage.now() >= target) break
  }
  await stage.moveTo(target)
  await stage.settle()
}
