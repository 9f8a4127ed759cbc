// Pushes to the product: each waits for its acknowledgement, and a robot message that got none comes once more.
import type { Instant } from '../../core/calendar/civil.ts'
import type { Faults } from './faults.ts'
import type { Ack, Gateway, Timing } from './gateway.ts'
import type { Platform } from './platform.ts'

export const ROBOT_TOPIC = '/v1.0/im/bot/messages/get'
export const CARD_TOPIC = '/v1.0/card/instances/callback'
const EVENT_TOPIC = '*'

/** Events without a SUCCESS come again after so long, then once more after so long; then they are in the failed list (documented). */
const EVENT_RETRIES_MS = [10_000, 30_000]

/** How late the fault `late-push` delivers: a little before a repeat would come. */
const LATE_MS = 30_000

/** Un-acknowledged robot messages come again this much later, once (field reports agree on about 60 s, the documents deny it). */
const REDELIVER_AFTER_MS = 60_000

/** In the world's memory, so that a restart of the whole office loses nothing that was said. */
const MEMORY_KEY = 'dingtalk:unacknowledged'

/** `late`: not delivered at all yet. `event`: its type, and how many retries are left. */
type Unacknowledged = {
  readonly id: string
  readonly data: string
  readonly due: Instant
  readonly late?: boolean
  readonly event?: { readonly type: string; readonly retry: number }
}

export class Pushes {
  private readonly platform: Platform
  private readonly gateway: Gateway
  private readonly faults: Faults
  private readonly timing: Timing
  private readonly open = new Set<Promise<unknown>>()
  private unacknowledged: Unacknowledged[]
  private dropped = 0

  constructor(platform: Platform, gateway: Gateway, faults: Faults, timing: Timing) {
    this.platform = platform
    this.gateway = gateway
    this.faults = faults
    this.timing = timing
    const memory = platform.world.recall(MEMORY_KEY)
    this.unacknowledged = memory ? (JSON.parse(memory) as Unacknowledged[]) : []
  }

  /** Pushes a robot message; true when it was acknowledged. `id` is its msgId, the same at every delivery (documented). */
  async message(id: string, data: object): Promise<boolean> {
    const text = JSON.stringify(data)
    if (this.faults.strikes('late-push')) {
      this.remember({ id, data: text, due: this.platform.clock.now() + LATE_MS, late: true })
      return false
    }
    // Remembered first: the office may be killed between the push and its acknowledgement.
    this.remember({ id, data: text, due: this.platform.clock.now() + REDELIVER_AFTER_MS })
    const acknowledged = await this.attempt(text)
    if (acknowledged) this.forget(id)
    if (this.faults.strikes('duplicate-push')) await this.attempt(text)
    return acknowledged
  }

  /** Pushes a press; the acknowledgement carries what the presser's card shows next. Not repeated (unknown at the real platform). */
  async press(data: object): Promise<Ack | undefined> {
    const text = JSON.stringify(data)
    const ack = await this.track(
      this.gateway.deliver({ topic: CARD_TOPIC, data: text }, this.timing.cardAckMs),
    )
    if (this.faults.strikes('duplicate-push')) {
      await this.track(this.gateway.deliver({ topic: CARD_TOPIC, data: text }, this.timing.cardAckMs))
    }
    return ack
  }

  /** Pushes an event; true when it was acknowledged with SUCCESS. Its id is the same at every delivery (documented). */
  async event(id: string, type: string, data: object): Promise<boolean> {
    const text = JSON.stringify(data)
    const acknowledged = await this.attemptEvent(id, type, text)
    if (!acknowledged) this.postpone({ id, data: text, due: 0, event: { type, retry: 0 } })
    // Documented: duplicates are possible even when acknowledged in time.
    if (this.faults.strikes('duplicate-push')) await this.attemptEvent(id, type, text)
    return acknowledged
  }

  /** Delivers again what is due by the clock, once; what stays without acknowledgement then is dropped. Resolves when that is known. */
  async redeliverDue(): Promise<void> {
    const due = this.unacknowledged.filter((push) => push.due <= this.platform.clock.now())
    for (const { id } of due) this.forget(id)
    for (const push of due) await this.again(push)
  }

  /** What was delivered as often as the platform does without acknowledgement, and is lost. */
  lost(): number {
    return this.dropped
  }

  /** Resolves when no push waits for its acknowledgement. */
  async settled(): Promise<void> {
    while (this.open.size > 0) await Promise.all(this.open)
  }

  private async again(push: Unacknowledged): Promise<void> {
    const { id, data, event } = push
    if (event) {
      if (!(await this.attemptEvent(id, event.type, data))) {
        this.postpone({ ...push, event: { type: event.type, retry: event.retry + 1 } })
      }
    } else if (!(await this.attempt(data))) {
      // What came late has its one repeat still before it.
      if (push.late) this.remember({ id, data, due: this.platform.clock.now() + REDELIVER_AFTER_MS })
      else this.dropped++
    }
  }

  private postpone(push: Unacknowledged): void {
    const wait = EVENT_RETRIES_MS[push.event?.retry ?? 0]
    if (wait === undefined) this.dropped++
    else this.remember({ ...push, due: this.platform.clock.now() + wait })
  }

  private async attemptEvent(id: string, type: string, data: string): Promise<boolean> {
    const frame = { topic: EVENT_TOPIC, data, event: { id, type } }
    const ack = await this.track(this.gateway.deliver(frame, this.timing.ackMs))
    return ack?.data.status === 'SUCCESS' && !this.faults.strikes('lost-ack')
  }

  private async attempt(data: string): Promise<boolean> {
    const ack = await this.track(this.gateway.deliver({ topic: ROBOT_TOPIC, data }, this.timing.ackMs))
    return ack !== undefined && !this.faults.strikes('lost-ack')
  }

  private async track<T>(work: Promise<T>): Promise<T> {
    this.open.add(work)
    try {
      return await work
    } finally {
      this.open.delete(work)
    }
  }

  private remember(push: Unacknowledged): void {
    this.unacknowledged.push(push)
    this.save()
  }

  private forget(id: string): void {
    this.unacknowledged = this.unacknowledged.filter((push) => push.id !== id)
    this.save()
  }

  private save(): void {
    this.platform.world.remember(MEMORY_KEY, JSON.stringify(this.unacknowledged))
  }
}
