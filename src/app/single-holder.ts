// A channel that may be connected only once in the whole installation: it is, while this process holds a lease (invariant 12).
import type { Channel, Log, Receive } from './ports.ts'
import type { Store } from './store-port.ts'

/** Real milliseconds, since sockets don't live in rehearsed days; tests shorten them. */
export type HolderTiming = {
  /** How long the database keeps the lease for a holder that is not heard of any more. */
  readonly leaseMs: number
  /** How often the holder renews, and how often the others ask. */
  readonly askMs: number
  /** The holder lets go so much before the database would. */
  readonly marginMs: number
}

/** A dead holder is followed within 12 s. */
export const HOLDER_TIMING: HolderTiming = { leaseMs: 10_000, askMs: 2_000, marginMs: 1_000 }

export type HolderDeps = {
  readonly leases: Pick<Store, 'acquireLease' | 'releaseLease'>
  readonly log: Log
}

/** The same channel, connected only while this process holds the lease `name`; `inner` must bear to be started again after a stop. */
export function singleHolder(
  inner: Channel,
  name: string,
  deps: HolderDeps,
  timing: HolderTiming = HOLDER_TIMING,
): Channel {
  const holding = new Holding(inner, name, deps, timing)
  return {
    name: inner.name,
    limits: inner.limits,
    start: (receive) => holding.start(receive),
    isReady: () => holding.isHeld() && inner.isReady(),
    isStandby: () => holding.isStandby(),
    send: (message) => inner.send(message),
    isIdempotent: (message) => inner.isIdempotent(message),
    updateCard: (id, card, replyTo) => inner.updateCard(id, card, replyTo),
    fetchMedia: (media) => inner.fetchMedia(media),
    stop: () => holding.stop(),
  }
}

class Holding {
  readonly #inner: Channel
  readonly #name: string
  readonly #deps: HolderDeps
  readonly #timing: HolderTiming
  #receive: Receive = async () => undefined
  /** Until then, by `performance.now()`, the lease is ours for sure; undefined while it is not. */
  #heldUntil: number | undefined
  /** Another process had the lease when we asked last. */
  #another = false
  /** Counts the losses, so that what began before one ends with it. */
  #losses = 0
  #asking: Promise<void> | undefined
  #starting: Promise<void> = Promise.resolve()
  #stopping: Promise<unknown> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #expiry: NodeJS.Timeout | undefined

  constructor(inner: Channel, name: string, deps: HolderDeps, timing: HolderTiming) {
    this.#inner = inner
    this.#name = name
    this.#deps = deps
    this.#timing = timing
  }

  /** Resolves also where another process has the lease; rejects like the channel itself. */
  async start(receive: Receive): Promise<void> {
    this.#receive = receive
    this.#timer = setInterval(() => void this.#ask(), this.#timing.askMs)
    await this.#ask()
    await this.#starting
  }

  isHeld(): boolean {
    return this.#heldUntil !== undefined && performance.now() < this.#heldUntil
  }

  isStandby(): boolean {
    return this.#another
  }

  /** A clean handover: the connection is closed first, then the next process may have the lease at once. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#drop()
    await this.#asking
    await this.#stopping
    await this.#deps.leases
      .releaseLease(this.#name)
      .catch((error: unknown) => this.#deps.log.warn({ error, lease: this.#name }, 'lease not released'))
  }

  #ask(): Promise<void> {
    this.#asking ??= this.#askOnce().finally(() => {
      this.#asking = undefined
    })
    return this.#asking
  }

  // Counted from before the question: the database counts from later, so we let go before it would.
  async #askOnce(): Promise<void> {
    const { leaseMs, marginMs } = this.#timing
    const until = performance.now() + leaseMs - marginMs
    try {
      const isOurs = await this.#deps.leases.acquireLease(this.#name, leaseMs / 1000)
      // Asked again soon: an answer that came so late may be true no more.
      if (this.#timer === undefined || performance.now() >= until) return
      if (isOurs) this.#hold(until)
      else if (this.#heldUntil !== undefined) this.#lose('another process has it')
      this.#another = !isOurs
    } catch (error) {
      this.#another = false
      this.#deps.log.warn({ error, lease: this.#name }, 'lease not renewed: the database did not answer')
    }
  }

  #hold(until: number): void {
    const isNew = this.#heldUntil === undefined
    clearTimeout(this.#expiry)
    this.#heldUntil = until
    this.#expiry = setTimeout(() => this.#lose('not renewed in time'), until - performance.now())
    if (isNew) this.#connect()
  }

  #connect(): void {
    const { log } = this.#deps
    log.info({ channel: this.#inner.name, lease: this.#name }, 'this process holds the connection')
    const losses = this.#losses
    const starting = this.#stopping.then(async () => {
      if (losses === this.#losses) await this.#inner.start(this.#receive)
    })
    this.#starting = starting
    starting.catch((error: unknown) => {
      log.error({ error, channel: this.#inner.name }, 'the channel cannot be started')
      return this.stop()
    })
  }

  #lose(why: string): void {
    this.#deps.log.warn({ lease: this.#name, why }, 'this process no longer holds the connection')
    this.#drop()
  }

  #drop(): void {
    clearTimeout(this.#expiry)
    this.#losses += 1
    this.#heldUntil = undefined
    this.#another = false
    this.#stopping = Promise.allSettled([this.#stopping, this.#inner.stop()])
  }
}
