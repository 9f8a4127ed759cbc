// The stream gateway: tickets, connections and frames. Every push goes to one living connection, chosen at random (documented).
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Faults } from './faults.ts'
import type { Platform } from './platform.ts'
import { type Body, isBody, Refusal } from './refusal.ts'

export type Timing = {
  /** Real milliseconds in which a push counts as acknowledged: robot messages 3 s, card callbacks 2 s (documented). */
  readonly ackMs: number
  readonly cardAckMs: number
  /** Period of the gateway's own pings: undocumented, 20 to 30 s were seen (field report). */
  readonly pingMs: number
  /** From a disconnect frame to the end of the socket (documented as about 10 s). */
  readonly closeMs: number
  /** How late the fault `slow` answers. */
  readonly slowMs: number
}

export type Ack = { readonly data: Body }

/** `event`: an event subscription's push, which says in its headers what it is; otherwise a callback. */
export type Frame = {
  readonly topic: string
  readonly data: string
  readonly event?: { readonly id: string; readonly type: string }
}

type Connection = {
  readonly socket: WebSocket
  readonly topics: ReadonlySet<string>
  readonly id: string
  readonly waiting: Map<string, (ack: Ack | undefined) => void>
  state: 'live' | 'leaving' | 'zombie'
  opaque?: string
}

/** Milliseconds a ticket can be used, once (documented). */
const TICKET_MS = 90_000

export class Gateway {
  private readonly platform: Platform
  private readonly faults: Faults
  private readonly timing: Timing
  private readonly complain: (what: string) => void
  private readonly tickets = new Map<string, { until: number; topics: ReadonlySet<string> }>()
  private readonly live = new Set<Connection>()
  private readonly sockets = new WebSocketServer({ noServer: true })

  /** `complain` notes what the real platform would only punish silently. */
  constructor(platform: Platform, faults: Faults, timing: Timing, complain: (what: string) => void) {
    this.platform = platform
    this.faults = faults
    this.timing = timing
    this.complain = complain
  }

  /** Answers connections/open: an address and a ticket. */
  open(body: Body, accept: string | undefined, host: string): { endpoint: string; ticket: string } {
    if (this.faults.strikes('gateway-down')) throw new Refusal('ServiceUnavailable')
    checkOpening(this.platform, body, accept)
    const ticket = randomUUID()
    this.tickets.set(ticket, { until: this.platform.clock.now() + TICKET_MS, topics: topicsOf(body) })
    return { endpoint: `ws://${host}/connect`, ticket }
  }

  /** Takes the socket of a valid ticket, and refuses every other with 401. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const ticket = url.searchParams.get('ticket') ?? ''
    const known = url.pathname === '/connect' ? this.tickets.get(ticket) : undefined
    this.tickets.delete(ticket)
    if (!known || known.until <= this.platform.clock.now()) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n')
      return
    }
    this.sockets.handleUpgrade(request, socket, head, (opened) => this.welcome(opened, known.topics))
  }

  /** Undefined: nobody is connected, or no valid acknowledgement came in time. Every push has an id of its own (documented). */
  async deliver(frame: Frame, withinMs: number): Promise<Ack | undefined> {
    const connection = this.choose(frame.topic)
    return connection && push(connection, this.platform.corpId, frame, withinMs)
  }

  /** How many connections pushes are sent to, zombies included. */
  connections(): number {
    return [...this.live].filter(({ state }) => state !== 'leaving').length
  }

  /** Sends every connection away as the platform does to balance its load; it delivers nothing to them from then on. */
  disconnect(): void {
    for (const connection of this.live) dismiss(connection, this.timing.closeMs)
  }

  /** Cuts every connection without a word. */
  cut(): void {
    for (const { socket } of this.live) socket.terminate()
  }

  /** Sends this text as a frame to everybody, whatever it is. */
  broadcast(text: string): void {
    for (const { socket } of this.live) socket.send(text)
  }

  close(): void {
    this.cut()
    this.sockets.close()
  }

  private welcome(socket: WebSocket, topics: ReadonlySet<string>): void {
    const connection: Connection = { socket, topics, id: randomUUID(), waiting: new Map(), state: 'live' }
    this.live.add(connection)
    const pings = setInterval(() => ping(connection, this.complain), this.timing.pingMs)
    socket.on('message', (data) => hear(connection, String(data), this.complain))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      clearInterval(pings)
      this.live.delete(connection)
      for (const settle of connection.waiting.values()) settle(undefined)
    })
  }

  // A dead connection keeps its share of the pushes until its socket ends (field report).
  private choose(topic: string): Connection | undefined {
    const able = [...this.live].filter(({ state, topics }) => state !== 'leaving' && topics.has(topic))
    const chosen = able[Math.floor(this.faults.random() * able.length)]
    if (chosen && this.faults.strikes('zombie')) chosen.state = 'zombie'
    return chosen
  }
}

// Without Accept the real gateway answers XML; event subscriptions take no other topic than `*` (documented).
function checkOpening(platform: Platform, body: Body, accept: string | undefined): void {
  if (!accept?.includes('application/json')) throw new Refusal('xml')
  if (body.clientId !== platform.clientId || body.clientSecret !== platform.clientSecret) {
    throw new Refusal('authFailed')
  }
  const wanted = Array.isArray(body.subscriptions) ? body.subscriptions : []
  const valid = wanted.every(
    (entry) =>
      isBody(entry) && typeof entry.topic === 'string' && (entry.type !== 'EVENT' || entry.topic === '*'),
  )
  if (wanted.length === 0 || !valid) throw new Refusal('invalidParameter', 'subscriptions invalid')
}

function topicsOf({ subscriptions }: Body): ReadonlySet<string> {
  const entries: unknown[] = Array.isArray(subscriptions) ? subscriptions : []
  return new Set(entries.filter(isBody).map(({ topic }) => String(topic)))
}

async function push(
  connection: Connection,
  corpId: string,
  { topic, data, event }: Frame,
  withinMs: number,
): Promise<Ack | undefined> {
  const messageId = randomUUID()
  const headers = {
    appId: randomUUID(),
    connectionId: connection.id,
    contentType: 'application/json',
    messageId,
    // A string, though the table of the documents says number (seen on the wire).
    time: String(Date.now()),
    topic,
    // Documented for events; the exact frame was never seen.
    ...(event && {
      eventId: event.id,
      eventType: event.type,
      eventBornTime: String(Date.now()),
      eventCorpId: corpId,
    }),
  }
  const type = event ? 'EVENT' : 'CALLBACK'
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Ack | undefined>((resolve) => {
      connection.waiting.set(messageId, resolve)
      timer = setTimeout(() => resolve(undefined), withinMs)
      if (connection.state === 'zombie') return
      connection.socket.send(JSON.stringify({ specVersion: '1.0', type, headers, data }))
    })
  } finally {
    clearTimeout(timer)
    connection.waiting.delete(messageId)
  }
}

// An acknowledgement counts with code 200, the id of a push, and data that can be read (documented).
function hear(connection: Connection, text: string, complain: (what: string) => void): void {
  const frame = parse(text)
  const headers = isBody(frame.headers) ? frame.headers : {}
  const data = typeof frame.data === 'string' ? parse(frame.data) : {}
  if (typeof data.opaque === 'string') {
    if (data.opaque === connection.opaque) delete connection.opaque
    return
  }
  const settle = connection.waiting.get(String(headers.messageId))
  if (!settle) complain('an acknowledgement for no open push')
  else if (frame.code !== 200 || typeof frame.data !== 'string') complain('an acknowledgement of a failure')
  else settle({ data })
}

function parse(text: string): Body {
  try {
    const value: unknown = JSON.parse(text)
    return isBody(value) ? value : {}
  } catch {
    return {}
  }
}

function ping(connection: Connection, complain: (what: string) => void): void {
  if (connection.state === 'zombie') return
  if (connection.opaque !== undefined) complain('a ping was not echoed')
  connection.opaque = randomUUID()
  const headers = { contentType: 'application/json', messageId: randomUUID(), topic: 'ping' }
  const data = JSON.stringify({ opaque: connection.opaque })
  connection.socket.send(JSON.stringify({ specVersion: '1.0', type: 'SYSTEM', headers, data }))
}

// The frame may lack a messageId, and nothing is answered to it (documented).
function dismiss(connection: Connection, closeMs: number): void {
  if (connection.state === 'leaving') return
  connection.state = 'leaving'
  const data = JSON.stringify({ reason: 'connection is expired' })
  const headers = { contentType: 'application/json', topic: 'disconnect' }
  connection.socket.send(JSON.stringify({ specVersion: '1.0', type: 'SYSTEM', headers, data }))
  const timer = setTimeout(() => connection.socket.terminate(), closeMs)
  connection.socket.on('close', () => clearTimeout(timer))
}
