// The clocks: real, started elsewhere for a rehearsal, or moved by hand.
import type { Clock } from '../app/ports.ts'
import type { Instant } from '../core/calendar/civil.ts'

/** Real time, or with `startAt` (DUBAN_NOW) time that starts there and runs on. */
export function runningClock(startAt: Instant | undefined): Clock {
  const shift = startAt === undefined ? 0 : startAt - Date.now()
  return { now: () => Date.now() + shift }
}

export interface MovableClock extends Clock {
  /** Time never goes back: an earlier instant is ignored. */
  moveTo(at: Instant): void
  /** Lets time run on from here, or stand still. */
  run(running: boolean): void
}

export function movableClock(startAt: Instant): MovableClock {
  let base = startAt
  let runningSince: number | undefined
  const now = (): Instant => base + (runningSince === undefined ? 0 : Date.now() - runningSince)
  return {
    now,
    moveTo(at) {
      base = Math.max(at, now())
      if (runningSince !== undefined) runningSince = Date.now()
    },
    run(running) {
      base = now()
      runningSince = running ? Date.now() : undefined
    },
  }
}
