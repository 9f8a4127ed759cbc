// The page's clock buttons: one leap at a time, seen by every open page while it runs.
import { dateOf } from '../../core/calendar/civil.ts'
import type { DemoOffice, Leap } from '../office.ts'
import { PageError } from './errors.ts'
import type { ClockState } from './wire.ts'

const TICK_MS = 200

export type PageClock = {
  state(): ClockState
  /** Resolves when the office is quiet again; 409 while another leap runs, 400 for a date in the past. */
  leap(leap: Leap, tick: () => void): Promise<void>
}

/** Guards `office.leap` and remembers whether one is under way. */
export function createPageClock(office: DemoOffice): PageClock {
  let leaping = false
  return {
    state: () => ({ now: office.now(), leaping }),
    async leap(leap, tick) {
      if (leaping) throw new PageError(409, 'leaping', '时间正在走，请等这一次走完。')
      if (leap.type === 'to-date' && leap.date <= dateOf(office.now()))
        throw new PageError(400, 'past-date', '时间只能往后走，请选今天以后的日期。')
      leaping = true
      tick()
      const timer = setInterval(tick, TICK_MS)
      try {
        await office.leap(leap)
      } catch (error) {
        throw failedLeap(error)
      } finally {
        clearInterval(timer)
        leaping = false
        tick()
      }
    },
  }
}

// Errors meant for people (a year without a calendar, no due date left) are written in Chinese; others go to the log.
function failedLeap(error: unknown): unknown {
  const isForPeople = error instanceof Error && /\p{Script=Han}/u.test(error.message)
  return isForPeople ? new PageError(422, 'leap-failed', `时间没有走到：${error.message}`) : error
}
