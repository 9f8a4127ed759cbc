// The platform's silent caps, counted by ourselves: what exceeds them is answered with success and shown to nobody (documented: 发送应用消息).
import type { Clock } from '../../../app/ports.ts'
import { earliestSend, longestWindow, type RateLimit } from '../../../core/message/pace.ts'

/** To one member, from one app. */
export const MEMBER_LIMITS: readonly RateLimit[] = [
  { per: 'chat', count: 30, windowMs: 60_000 },
  { per: 'chat', count: 1000, windowMs: 3_600_000 },
]

/** Every 20 messages of a group's robot in a minute (documented: 消息推送配置说明). */
export const WEBHOOK_LIMITS: readonly RateLimit[] = [{ per: 'chat', count: 20, windowMs: 60_000 }]

/**
 * Requests of this process, since one message of ours may be several of theirs. The choke point counts stored sends over all processes and
 * restarts; this is the last look before a request leaves.
 */
export class RequestPace {
  readonly #limits: readonly RateLimit[]
  readonly #clock: Clock
  readonly #sent = new Map<string, number[]>()

  constructor(limits: readonly RateLimit[], clock: Clock) {
    this.#limits = limits
    this.#clock = clock
  }

  /** Milliseconds until `count` more requests may leave; 0 for now, and then they are counted. */
  take(address: string, count: number): number {
    const now = this.#clock.now()
    const since = now - longestWindow(this.#limits)
    const sent = (this.#sent.get(address) ?? []).filter((at) => at > since)
    const most = Math.min(count, ...this.#limits.map((limit) => limit.count))
    const recent = [...sent, ...new Array<number>(most - 1).fill(now)].map((at) => ({ address, at }))
    const waitMs = earliestSend(this.#limits, recent, address, now) - now
    if (waitMs === 0) this.#sent.set(address, [...sent, ...new Array<number>(count).fill(now)])
    return waitMs
  }
}
