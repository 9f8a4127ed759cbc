// Stays connected for ever: at most one attempt and one waiting timer at any time, and the old link lives until the new one stands.
import type { Log } from '../../app/ports.ts'
import type { PushedEvent } from './events.ts'
import { type Leaving, Link, OpenError, type Serve } from './link.ts'

/** Milliseconds, all of them; the defaults suit the real platform, tests shorten them. */
export type Timings = {
  readonly openTimeoutMs: number
  readonly retryFirstMs: number
  readonly retryMaxMs: number
  /** A link that lived this long clears the record of failures. */
  readonly stableMs: number
  readonly pingMs: number
  /** Without any frame for this long a link counts as a zombie. The platform's own ping period is undocumented, 20 to 30 s were seen. */
  readonly idleMs: number
}

export const TIMINGS: Timings = {
  openTimeoutMs: 10_000,
  retryFirstMs: 1_000,
  retryMaxMs: 60_000,
  stableMs: 30_000,
  pingMs: 15_000,
  idleMs: 90_000,
}

// Links that stay silent may only mean a platform without pings: each one doubles the patience, up to 2⁵ × idleMs.
const MAX_PATIENCE = 5

export type StreamOptions = {
  readonly apiBase: string
  readonly clientId: string
  readonly clientSecret: string
  readonly topics: readonly string[]
  readonly onEvent: (event: PushedEvent) => void
  readonly log: Log
  readonly timings: Timings
}

export class Stream {
  private readonly options: StreamOptions
  private readonly serve: Serve
  private current: Link | undefined
  private opening: Link | undefined
  private timer: NodeJS.Timeout | undefined
  private retiring = new Set<Promise<void>>()
  private stopped: boolean = false
  private failures = 0
  private silences = 0
  private openedAt = 0
  private toldCredentials: boolean = false

  constructor(options: StreamOptions, serve: Serve) {
    this.options = options
    this.serve = serve
  }

  /** Resolves after the first attempt, whatever came of it; later ones follow by themselves. */
  start(): Promise<void> {
    return this.open()
  }

  isOpen(): boolean {
    return this.current?.connected ?? false
  }

  /** Ends every link, after the acknowledgements in progress, and every attempt; nothing comes back. */
  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    this.opening?.disconnect()
    if (this.current) this.retire(this.current)
    this.current = undefined
    await Promise.all(this.retiring)
  }

  private async open(): Promise<void> {
    const patience = 2 ** Math.min(this.silences, MAX_PATIENCE)
    const { timings, ...options } = this.options
    const link = new Link({ ...options, ...timings, idleMs: timings.idleMs * patience }, this.serve)
    this.opening = link
    link.onLeaving = (why) => this.lose(link, why)
    try {
      await link.connect()
      this.opening = undefined
      this.install(link)
    } catch (error) {
      this.opening = undefined
      link.disconnect()
      if (!this.stopped) this.fail(error)
    }
  }

  private install(link: Link): void {
    const old = this.current
    this.current = undefined
    if (old) this.retire(old)
    if (this.stopped) {
      this.retire(link)
      return
    }
    this.current = link
    this.openedAt = performance.now()
    this.toldCredentials = false
    this.options.log.info({}, 'DingTalk stream connected')
    // It may have been told to move, or died, before anybody could listen.
    if (link.leaving) this.lose(link, link.leaving)
  }

  // The lost link stays the current one: it may still receive and acknowledge until the next stands.
  private lose(link: Link, why: Leaving): void {
    if (link !== this.current || this.stopped) return
    this.options.log.info({ why }, 'DingTalk stream is being renewed')
    this.silences = link.heard ? 0 : this.silences + (why === 'silent' ? 1 : 0)
    // The first loss is made good at once; a link that didn't last long is followed by a pause.
    if (performance.now() - this.openedAt >= this.options.timings.stableMs) this.failures = 0
    this.later(this.failures === 0 ? 0 : this.pause())
    this.failures++
  }

  private fail(error: unknown): void {
    this.failures++
    const credentials = error instanceof OpenError && error.credentials
    if (credentials) this.tellCredentials()
    else {
      const reason = error instanceof Error ? error.message : 'unknown'
      this.options.log.warn({ attempt: this.failures, reason }, 'DingTalk stream not opened; will try again')
    }
    // Wrong credentials don't mend themselves, but somebody may mend them in the console.
    this.later(credentials ? this.options.timings.retryMaxMs : this.pause())
  }

  private tellCredentials(): void {
    if (this.toldCredentials) return
    this.toldCredentials = true
    this.options.log.error(
      { cure: '核对 DINGTALK_CLIENT_ID 与 DINGTALK_CLIENT_SECRET，应用须已发布' },
      'DingTalk refused the credentials of the application (401)',
    )
  }

  // The one place that plans an attempt. A link is lost once and an attempt fails once, so none can be waiting or running here.
  private later(delayMs: number): void {
    this.timer = setTimeout(() => void this.open(), delayMs)
  }

  // Doubles from the first to the longest; the random half keeps replicas from coming back in step.
  private pause(): number {
    const { retryFirstMs, retryMaxMs } = this.options.timings
    const full = Math.min(retryMaxMs, retryFirstMs * 2 ** Math.min(this.failures - 1, 16))
    return full * (0.5 + Math.random() / 2)
  }

  private retire(link: Link): void {
    const done = link.retire().finally(() => this.retiring.delete(done))
    this.retiring.add(done)
  }
}
