// How often the platform may be called: so many a second and API, and so many a month for the whole organisation.
import { dateOf, type Instant } from '../../core/calendar/civil.ts'
import type { ImitationClock } from '../imitation.ts'
import { Refusal } from './refusal.ts'

/** One line of the request log; `month` is that of Asia/Shanghai. `code` is absent for a success. */
export type Call = {
  readonly at: Instant
  readonly month: string
  readonly api: string
  readonly status: number
  readonly code?: string
}

export type Quota = { readonly api: number; readonly stream: number }

/** Standard edition (documented, since 2025-11-19). */
export const STANDARD_QUOTA: Quota = { api: 5_000, stream: 3_000 }

/** Standard edition: 20 a second, read here as for each API of the application (documented, though the texts disagree on the scope). */
const CALLS_PER_SECOND = 20

export type Limits = {
  /** Throws when this call comes too soon or the month is used up; counts it otherwise. */
  take(api: string, host: 'new' | 'old'): void
  /** Counts a push or a webhook message; true when the month's share is used up. */
  takeStream(): boolean
  log(call: Omit<Call, 'at' | 'month'>): void
  calls(): readonly Call[]
  /** What counts against the quota of the clock's month. */
  used(): Quota
  /** From now on the quota is enforced as well as counted. */
  enforce(quota: Quota): void
}

export function createLimits(clock: ImitationClock): Limits {
  const recent = new Map<string, Instant[]>()
  const used = new Map<string, { api: number; stream: number }>()
  const calls: Call[] = []
  let quota: Quota | undefined
  const month = (): string => dateOf(clock.now()).slice(0, 7)

  function thisMonth(): { api: number; stream: number } {
    const count = used.get(month()) ?? { api: 0, stream: 0 }
    used.set(month(), count)
    return count
  }

  return {
    take(api, host) {
      // Calls that fail by the rate are not counted against the month (documented).
      if (!withinRate(recent, api, clock.now())) {
        throw new Refusal(host === 'old' ? '90018' : 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi')
      }
      const count = thisMonth()
      if (quota && count.api >= quota.api) {
        throw new Refusal(host === 'old' ? '90020' : 'Forbidden.AccessDenied.ApiCountLimitForOrg')
      }
      count.api++
    },
    takeStream() {
      const count = thisMonth()
      if (quota && count.stream >= quota.stream) return true
      count.stream++
      return false
    },
    log: (call) => void calls.push({ ...call, at: clock.now(), month: month() }),
    calls: () => calls,
    used: () => ({ ...thisMonth() }),
    enforce: (limit) => {
      quota = limit
    },
  }
}

function withinRate(recent: Map<string, Instant[]>, api: string, now: Instant): boolean {
  const window = (recent.get(api) ?? []).filter((at) => at > now - 1_000 && at <= now)
  const free = window.length < CALLS_PER_SECOND
  recent.set(api, free ? [...window, now] : window)
  return free
}
