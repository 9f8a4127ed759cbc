// One connection of the official SDK, used once: its client with the parts replaced that hang, leak, print or swallow.
import { DWClient, type DWClientDownStream } from 'dingtalk-stream'
import { WebSocket } from 'ws'
import type { Log } from '../../app/ports.ts'
import { failureCode } from '../unanswered.ts'
import type { PushedEvent } from './events.ts'
import { exchange } from './http.ts'
import { codeOf } from './refusals.ts'

export type LinkOptions = {
  readonly apiBase: string
  readonly clientId: string
  readonly clientSecret: string
  readonly topics: readonly string[]
  readonly onEvent: (event: PushedEvent) => void
  readonly log: Log
  readonly openTimeoutMs: number
  readonly pingMs: number
  readonly idleMs: number
}

/** Handles one push; its result travels back in the ack, and without a result there is none. */
export type Serve = (topic: string, push: { messageId: string; data: string }) => Promise<object>

/** Why the link should be replaced: told to move, dead, or closed. */
export type Leaving = 'disconnect frame' | 'no pong' | 'silent' | 'closed'

/** Opening failed; `credentials` is true when the platform said that they are wrong. */
export class OpenError extends Error {
  readonly credentials: boolean
  constructor(message: string, credentials = false) {
    super(message)
    this.credentials = credentials
  }
}

const MAX_FRAME_BYTES = 4 * 1024 * 1024

// How long a replaced link waits for acknowledgements in progress; the platform stops listening after this anyway.
const ACK_WINDOW_MS = 3_000

export class Link extends DWClient {
  /** Set by the manager before `connect`: called once, when the link should be replaced. */
  onLeaving: (why: Leaving) => void = () => {}
  /** Any frame from the platform at all was seen: what tells a living connection from a zombie's. */
  heard: boolean = false
  leaving: Leaving | undefined
  private readonly options: LinkOptions
  private readonly aborted = new AbortController()
  private readonly pending = new Set<Promise<void>>()
  private ws: WebSocket | undefined
  private timers: NodeJS.Timeout[] = []
  private idle: NodeJS.Timeout | undefined
  private missedPongs = 0

  constructor(options: LinkOptions, serve: Serve) {
    super({ clientId: options.clientId, clientSecret: options.clientSecret, keepAlive: false })
    this.options = options
    this.config.autoReconnect = false
    // The SDK's default list is one array shared by all its clients.
    // Which events come is ticked in the console; the gateway takes no other topic for them (documented).
    this.config.subscriptions = [{ type: 'EVENT', topic: '*' }]
    for (const topic of options.topics) {
      this.registerCallbackListener(topic, (frame) => this.track(frame, serve))
    }
  }

  /** Rejects with an OpenError; the SDK's own resolves whatever happened. */
  override async connect(): Promise<void> {
    await this.getEndpoint()
    await this._connect()
  }

  /** Asks the configured gateway for a socket address. */
  override async getEndpoint(): Promise<this> {
    const { apiBase, clientId, clientSecret, openTimeoutMs } = this.options
    const result = await exchange({
      method: 'POST',
      url: `${apiBase}/v1.0/gateway/connections/open`,
      body: { clientId, clientSecret, ua: 'duban', subscriptions: this.config.subscriptions },
      timeoutMs: openTimeoutMs,
      signal: this.aborted.signal,
    })
    if (result.type !== 'answered') throw new OpenError(result.detail)
    const { endpoint, ticket } = result.body ?? {}
    if (typeof endpoint === 'string' && typeof ticket === 'string') {
      Object.assign(this, { dw_url: `${endpoint}?ticket=${encodeURIComponent(ticket)}` })
      return this
    }
    const code = codeOf(result.body) ?? 'no code'
    throw new OpenError(`gateway answered ${result.status} ${code}`, result.status === 401)
  }

  /** Resolves when the socket is open; every failure rejects once and leaves nothing behind. */
  override _connect(): Promise<void> {
    const url: unknown = Reflect.get(this, 'dw_url')
    return new Promise((resolve, reject) => {
      if (this.aborted.signal.aborted) throw new OpenError('stopped')
      const ws = new WebSocket(String(url), {
        handshakeTimeout: this.options.openTimeoutMs,
        maxPayload: MAX_FRAME_BYTES,
      })
      // The SDK's inherited methods answer through this member.
      Object.assign(this, { socket: ws })
      this.ws = ws
      ws.on('open', () => {
        this.connected = true
        this.watch(ws)
        resolve()
      })
      ws.on('message', (data) => this.onDownStream(String(data)))
      // 'close' always follows, so this only has to keep the error from being thrown.
      ws.on('error', (error) => reject(new OpenError(`socket: ${failureCode(error)}`)))
      ws.on('close', () => {
        reject(new OpenError('socket closed'))
        this.clear()
        this.leave('closed')
      })
    })
  }

  /** Drops the connection at once, also one that is still opening. */
  override disconnect(): void {
    this.aborted.abort()
    this.clear()
    this.ws?.terminate()
  }

  /** Drops it as soon as the pushes in hand are acknowledged on it, or after the window in which that would count. */
  async retire(): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const window = new Promise((resolve) => {
      timer = setTimeout(resolve, ACK_WINDOW_MS)
    })
    await Promise.race([Promise.all(this.pending), window])
    clearTimeout(timer)
    this.disconnect()
  }

  /** Nothing that the platform sends may end the process. */
  override onDownStream(data: string): void {
    this.heard = true
    this.armIdle()
    try {
      super.onDownStream(data)
    } catch (error) {
      this.options.log.warn({ error: failureCode(error) }, 'DingTalk sent a frame that is not understood')
    }
  }

  override onSystem(frame: DWClientDownStream): void {
    // From a disconnect on the platform delivers nothing here and closes the socket seconds later; until then acks still go out.
    if (frame.headers.topic === 'disconnect') this.leave('disconnect frame')
    else super.onSystem(frame)
  }

  /** The SDK acknowledges whatever its listener returns; an event that could not be handled is to come again (documented: LATER). */
  override onEvent({ headers, data }: DWClientDownStream): void {
    const { eventId = '', eventType = '', messageId } = headers
    if (!messageId) return
    try {
      this.options.onEvent({ id: eventId, type: eventType, data })
      this.send(messageId, { status: 'SUCCESS' })
    } catch (error) {
      this.options.log.error(
        { error: failureCode(error) },
        'DingTalk event not handled; the platform sends it again',
      )
      this.send(messageId, { status: 'LATER', message: 'not handled' })
    }
  }

  private track(frame: DWClientDownStream, serve: Serve): void {
    const work = this.serve(frame, serve).finally(() => this.pending.delete(work))
    this.pending.add(work)
  }

  private async serve({ headers, data }: DWClientDownStream, serve: Serve): Promise<void> {
    try {
      const response = await serve(headers.topic, { messageId: headers.messageId, data })
      this.socketCallBackResponse(headers.messageId, response)
    } catch (error) {
      const fields = { topic: headers.topic, error: failureCode(error) }
      this.options.log.error(fields, 'DingTalk push not acknowledged; the platform sends it again')
    }
  }

  private watch(ws: WebSocket): void {
    ws.on('pong', () => {
      this.missedPongs = 0
    })
    const ping = setInterval(() => {
      if (this.missedPongs >= 2) return this.leave('no pong')
      this.missedPongs++
      ws.ping()
    }, this.options.pingMs)
    this.timers.push(ping)
    this.armIdle()
  }

  // Pongs don't count: a zombie still answers them.
  private armIdle(): void {
    if (!this.connected || this.leaving) return
    clearTimeout(this.idle)
    this.idle = setTimeout(() => this.leave('silent'), this.options.idleMs)
  }

  private leave(why: Leaving): void {
    if (this.leaving) return
    this.leaving = why
    this.onLeaving(why)
  }

  private clear(): void {
    this.connected = false
    clearTimeout(this.idle)
    for (const timer of this.timers) clearInterval(timer)
    this.timers = []
  }
}
