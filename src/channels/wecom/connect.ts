// The long connection to WeCom's bot platform, kept for ever: one SDK client per attempt, and our own patience between attempts.
import { WSClient } from '@wecom/aibot-node-sdk'
import type { Log } from '../../app/ports.ts'

export type ConnectSettings = { readonly botId: string; readonly secret: string; readonly wsUrl: string }

/** Milliseconds of real time; tests shorten them. */
export type ConnectTiming = {
  /** First pause after a lost connection; doubled each time up to `retryMaxMs`, then jittered. */
  readonly retryMs: number
  readonly retryMaxMs: number
  /** A connection that lived so long was a good one: the doubling starts again. */
  readonly stableMs: number
  /** Pause after a refused bot id or secret, or too many subscribes: only a person can cure the first. */
  readonly refusedMs: number
  /** Pause after another process took the bot over. Two that both come back at once would throw each other out for ever. */
  readonly evictedMs: number
  /** No answer to the subscribe within this time: the SDK itself would wait for ever. */
  readonly answerMs: number
  /** The SDK gives a socket up at the third tick without answers. */
  readonly heartbeatMs: number
}

export const CONNECT_TIMING: ConnectTiming = {
  retryMs: 1000,
  retryMaxMs: 60_000,
  stableMs: 60_000,
  refusedMs: 120_000,
  evictedMs: 300_000,
  answerMs: 15_000,
  heartbeatMs: 30_000,
}

type Cause = 'lost' | 'refused' | 'evicted'
type Loss = { readonly cause: Cause; readonly code?: string; readonly error?: string }

/** Why the platform closed the door, in the words of who must open it. */
const CURES: Readonly<Record<string, string>> = {
  '853000':
    'BotID 或长连接 Secret 不对：请在企业微信后台“智能机器人 → API 模式 → 长连接”核对后改 WECOM_BOT_ID、WECOM_BOT_SECRET',
  '45009': '连接太频繁，稍后会自动再试，不用处理',
  evicted: '另一个进程用同一个机器人连上了企业微信：请只保留一个',
}

export class Connection {
  readonly #settings: ConnectSettings
  readonly #timing: ConnectTiming
  readonly #log: Log
  readonly #onFrame: (frame: unknown) => void
  #client: WSClient | undefined
  #authenticatedAt: number | undefined
  #failures = 0
  #deadline: NodeJS.Timeout | undefined
  #retry: NodeJS.Timeout | undefined
  #decided: () => void = () => undefined

  constructor(settings: ConnectSettings, timing: ConnectTiming, log: Log, onFrame: (frame: unknown) => void) {
    this.#settings = settings
    this.#timing = timing
    this.#log = log
    this.#onFrame = onFrame
  }

  /** Resolves when the first attempt has succeeded or failed; either way the connection is kept up from here on. */
  open(): Promise<void> {
    return new Promise((resolve) => {
      this.#decided = resolve
      this.#dial()
    })
  }

  /** The client to send with, when the platform would listen now. */
  ready(): WSClient | undefined {
    const { isConnected = false } = this.#client ?? {}
    return isConnected && this.#authenticatedAt !== undefined ? this.#client : undefined
  }

  /** The platform no longer knows this connection: a new one is made. */
  renew(): void {
    if (this.#client) this.#lose(this.#client, { cause: 'lost' })
  }

  close(): void {
    clearTimeout(this.#retry)
    this.#drop()
    this.#decided()
  }

  #dial(): void {
    const client = newClient(this.#settings, this.#timing, this.#log)
    let loss: Loss = { cause: 'lost' }
    this.#client = client
    this.#deadline = setTimeout(() => this.#lose(client, loss), this.#timing.answerMs)
    client.on('authenticated', () => {
      clearTimeout(this.#deadline)
      this.#authenticatedAt = performance.now()
      this.#log.info({ channel: 'wecom' }, 'connected')
      this.#decided()
    })
    client.on('error', (error) => {
      loss = lossOf(error)
    })
    client.on('event.disconnected_event', () => {
      loss = { cause: 'evicted' }
    })
    client.on('disconnected', () => this.#lose(client, loss))
    client.on('message', this.#onFrame)
    client.on('event', this.#onFrame)
    client.connect()
  }

  #lose(client: WSClient, loss: Loss): void {
    if (client !== this.#client) return
    const livedMs = this.#authenticatedAt === undefined ? 0 : performance.now() - this.#authenticatedAt
    if (livedMs >= this.#timing.stableMs) this.#failures = 0
    this.#drop()
    const retryInMs = pause(loss.cause, this.#failures++, this.#timing)
    const fields = { channel: 'wecom', ...loss, cure: CURES[loss.code ?? loss.cause], retryInMs }
    if (loss.cause === 'evicted') this.#log.error(fields, 'evicted by another connection of the same bot')
    else if (loss.cause === 'refused') this.#log.error(fields, 'connection refused')
    else this.#log.warn(fields, 'connection lost')
    this.#retry = setTimeout(() => this.#dial(), retryInMs)
    this.#decided()
  }

  #drop(): void {
    clearTimeout(this.#deadline)
    this.#client?.removeAllListeners()
    this.#client?.disconnect()
    this.#client = undefined
    this.#authenticatedAt = undefined
  }
}

/** How long to wait after a failure; half of it by chance, so that many servers do not come back together. */
function pause(cause: Cause, failures: number, timing: ConnectTiming): number {
  const lost = Math.min(timing.retryMaxMs, timing.retryMs * 2 ** failures)
  const longest = { lost, refused: timing.refusedMs * 1.5, evicted: timing.evictedMs * 1.5 }[cause]
  return Math.round(longest * (2 / 3 + Math.random() / 3))
}

// One client is one attempt: the SDK's own retries know no jitter, and hurry after a refused secret.
function newClient(settings: ConnectSettings, timing: ConnectTiming, log: Log): WSClient {
  return new WSClient({
    ...settings,
    heartbeatInterval: timing.heartbeatMs,
    maxReconnectAttempts: 0,
    maxAuthFailureAttempts: 0,
    wsOptions: { handshakeTimeout: timing.answerMs },
    logger: sdkLogger(log),
  })
}

// Only the SDK's fixed words are kept: what it adds beside them may be the content of messages.
function sdkLogger(log: Log) {
  const quiet = (message: string): void => log.debug({ channel: 'wecom', sdk: message }, 'sdk')
  const loud = (message: string): void => log.warn({ channel: 'wecom', sdk: message }, 'sdk')
  return { debug: () => undefined, info: quiet, warn: quiet, error: loud }
}

// The SDK wraps the platform's refusal into an Error that ends in "(code: 853000)".
function lossOf({ message }: Error): Loss {
  const code = /\(code: (-?\d+)\)$/.exec(message)?.[1]
  return code === undefined ? { cause: 'lost', error: message } : { cause: 'refused', code, error: message }
}
