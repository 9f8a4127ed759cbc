// The sockets of the imitated platform: who is subscribed, who was evicted, who is silent, and what faults do to answers.
import { randomUUID } from 'node:crypto'
import type { RawData, WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import type { Answer } from './commands.ts'
import type { Faults } from './faults.ts'

/** Real time, not the world's: sockets do not live in rehearsed days. */
export type SessionTiming = {
  /** A client that is silent for so long is cut off: about three missed pings (recalled). */
  readonly silenceMs: number
  /** How long an evicted socket stays open. (one report: 2 to 313 s) */
  readonly evictedCloseMs: number
  /** How late a delayed answer comes: later than the SDK's 5 s. */
  readonly ackDelayMs: number
  /** More subscribes in a minute are answered 45009. (one report of the code; the number is ours) */
  readonly subscribesPerMinute: number
}

export type SessionRules = {
  readonly botId: string
  readonly secret: string
  readonly timing: SessionTiming
  readonly faults: Faults
  execute(cmd: string, reqId: string, body: unknown): Answer
}

/** Counted since the start. `live` is the number of subscribed sockets, evicted ones not among them. */
export type Traffic = { readonly subscribes: number; readonly live: number }

export type Sessions = {
  /** Sends a callback to the subscribed client; false when there is none. `announce` hears each req_id before its frame leaves. */
  push(cmd: CallbackCommand, body: object, announce: (reqId: string) => void): boolean
  /** Resolves when every live client has read all that was pushed to it. */
  settled(): Promise<void>
  traffic(): Traffic
}

export type CallbackCommand = 'aibot_msg_callback' | 'aibot_event_callback'

type Session = {
  readonly socket: WebSocket
  state: 'stranger' | 'subscribed' | 'evicted'
  /** Open, and nothing goes through any more. */
  zombie: boolean
}
type Frame = z.infer<typeof Frame>

const Frame = z.object({
  cmd: z.string(),
  headers: z.object({ req_id: z.string() }),
  body: z.unknown().optional(),
})
const Credentials = z.object({ bot_id: z.string(), secret: z.string() })
const OK: Answer = { errcode: 0, errmsg: 'ok' }
const NOT_SUBSCRIBED: Answer = { errcode: 846609, errmsg: 'aibot websocket not subscribed' }
const MINUTE_MS = 60_000

/** Serves every connection of `server` until it is closed. */
export function createSessions(server: WebSocketServer, rules: SessionRules): Sessions {
  const desk = new Desk(rules)
  server.on('connection', (socket) => serve(socket, desk, rules))
  return {
    push: (cmd, body, announce) => pushTo(desk.current, { cmd, body, announce, faults: rules.faults }),
    settled: async () => void (await Promise.all([...server.clients].map(readAll))),
    traffic: () => ({ subscribes: desk.subscribes.length, live: desk.current ? 1 : 0 }),
  }
}

/** One client at a time is subscribed (documented: 智能机器人长连接). */
class Desk {
  readonly subscribes: number[] = []
  current: Session | undefined
  readonly #rules: SessionRules

  constructor(rules: SessionRules) {
    this.#rules = rules
  }

  /** Carries a frame out; commands, unlike the upkeep of the connection, may meet faults on the way back. */
  obey(session: Session, { cmd, headers, body }: Frame): void {
    const reqId = headers.req_id
    if (cmd === 'aibot_subscribe') answer(session.socket, reqId, this.#subscribe(session, body))
    else if (session.state === 'stranger') answer(session.socket, reqId, NOT_SUBSCRIBED)
    else if (cmd === 'ping') answer(session.socket, reqId, OK)
    else this.#command(session.socket, cmd, reqId, body)
  }

  leave(session: Session): void {
    if (this.current === session) this.current = undefined
  }

  #subscribe(session: Session, body: unknown): Answer {
    const { botId, secret, timing } = this.#rules
    const now = performance.now()
    const recent = this.subscribes.filter((at) => at > now - MINUTE_MS).length
    this.subscribes.push(now)
    if (recent >= timing.subscribesPerMinute) return { errcode: 45009, errmsg: 'api freq out of limit' }
    const given = Credentials.safeParse(body)
    const right = given.success && given.data.bot_id === botId && given.data.secret === secret
    // (one report) The socket stays open after a refusal.
    if (!right) return { errcode: 853000, errmsg: 'invalid bot_id or secret' }
    if (this.current && this.current !== session) evict(this.current, this.#rules)
    session.state = 'subscribed'
    this.current = session
    return OK
  }

  #command(socket: WebSocket, cmd: string, reqId: string, body: unknown): void {
    const refusal = this.#rules.faults.refusal()
    if (refusal !== undefined) answer(socket, reqId, { errcode: refusal, errmsg: 'refused' })
    else acknowledge(socket, reqId, this.#rules.execute(cmd, reqId, body), this.#rules)
  }
}

function serve(socket: WebSocket, desk: Desk, { timing, faults }: SessionRules): void {
  const session: Session = { socket, state: 'stranger', zombie: false }
  const silence = setTimeout(() => socket.close(1000, 'no heartbeat'), timing.silenceMs)
  socket.on('message', (data, isBinary) => {
    silence.refresh()
    if (faults.strikes('zombie')) session.zombie = true
    if (session.zombie) return
    const frame = isBinary ? undefined : readFrame(data)
    if (frame) desk.obey(session, frame)
    else if (isBinary) socket.close(1003, 'text frames only')
    else answer(socket, '', { errcode: 47001, errmsg: 'wrong json format' })
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    clearTimeout(silence)
    desk.leave(session)
  })
}

function readFrame(data: RawData): Frame | undefined {
  try {
    return Frame.safeParse(JSON.parse(data.toString())).data
  } catch {
    return undefined
  }
}

/** Answers carry the req_id byte for byte and no cmd. */
function answer(socket: WebSocket, reqId: string, result: Answer): void {
  if (socket.readyState === socket.OPEN)
    socket.send(JSON.stringify({ headers: { req_id: reqId }, ...result }))
}

// The command has been carried out by now: these faults lose only the news of it.
function acknowledge(
  socket: WebSocket,
  reqId: string,
  result: Answer,
  { faults, timing }: SessionRules,
): void {
  if (faults.strikes('cut-socket')) socket.terminate()
  else if (faults.strikes('delay-ack')) {
    const late = setTimeout(() => answer(socket, reqId, result), timing.ackDelayMs)
    socket.on('close', () => clearTimeout(late))
  } else if (!faults.strikes('drop-ack')) answer(socket, reqId, result)
}

// (documented) The old connection hears of the new one and is then closed; (one report) until then it stays healthy.
function evict(session: Session, { botId, timing }: SessionRules): void {
  session.state = 'evicted'
  const body = {
    msgid: randomUUID(),
    create_time: Math.floor(Date.now() / 1000),
    aibotid: botId,
    msgtype: 'event',
    event: { eventtype: 'disconnected_event' },
  }
  session.socket.send(
    JSON.stringify({ cmd: 'aibot_event_callback', headers: { req_id: randomUUID() }, body }),
  )
  const closing = setTimeout(() => session.socket.close(), timing.evictedCloseMs)
  session.socket.on('close', () => clearTimeout(closing))
}

type Callback = {
  readonly cmd: CallbackCommand
  readonly body: object
  readonly announce: (reqId: string) => void
  readonly faults: Faults
}

// (documented) Card events are delivered once; messages may come twice, with the same msgid.
function pushTo(session: Session | undefined, { cmd, body, announce, faults }: Callback): boolean {
  if (!session || session.zombie || session.socket.readyState !== session.socket.OPEN) return false
  if (faults.strikes('not-json')) session.socket.send('<html>502 Bad Gateway</html>')
  const times = cmd === 'aibot_msg_callback' && faults.strikes('duplicate-callback') ? 2 : 1
  for (let sent = 0; sent < times; sent++) {
    const reqId = randomUUID()
    announce(reqId)
    session.socket.send(JSON.stringify({ cmd, headers: { req_id: reqId }, body }))
  }
  return true
}

// A WebSocket pong can only come after the frames before its ping were read.
function readAll(socket: WebSocket): Promise<void> {
  if (socket.readyState !== socket.OPEN) return Promise.resolve()
  const mark = Buffer.from(randomUUID())
  return new Promise((resolve) => {
    function settle(): void {
      socket.off('pong', heard)
      socket.off('close', settle)
      resolve()
    }
    function heard(echo: Buffer): void {
      if (echo.equals(mark)) settle()
    }
    socket.on('pong', heard)
    socket.on('close', settle)
    socket.ping(mark)
  })
}
