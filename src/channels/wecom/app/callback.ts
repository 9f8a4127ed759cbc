// GET and POST /wecom/callback: the address check, and deliveries that are stored before they are acknowledged (documented: 回调配置, 接收消息).
import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express'
import type { Clock, Log, Receive } from '../../../app/ports.ts'
import type { CallbackSecrets } from './crypto.ts'
import { decodeCallback } from './decode.ts'
import { Door } from './door.ts'
import { parseXml } from './xml.ts'

/** A message of the longest text is under 20 kB. */
const BODY_BYTES = 256 * 1024

/** The platform hangs up after 5 s: by then it must know that it has to come again. */
const STORE_MS = 4_000

const MINUTE_MS = 60_000

export type CallbackSettings = CallbackSecrets & { readonly agentId: string }

export type CallbackDeps = {
  readonly clock: Clock
  readonly log: Log
  /** The strict reading of XML; a test counts its calls. */
  readonly parse?: typeof parseXml
}

export type Callback = {
  readonly router: Router
  /** From here on deliveries are stored by `receive`; before, the platform is told to come again. */
  open(receive: Receive): void
  close(): void
}

/** What an administrator must hear of: the platform warns before it switches an unused app off (documented: 事件格式). */
const ALARMS: Readonly<Record<string, string>> = {
  inactive_alert: '应用长期少有人用，企业微信将停用它：请管理员登录管理后台处理',
  low_active_alert: '应用活跃度低，企业微信可能停用它：请管理员登录管理后台处理',
  close_inactive_agent: '应用已被企业微信停用：请管理员在管理后台重新启用',
}

export function createCallback(settings: CallbackSettings, deps: CallbackDeps): Callback {
  const door = new Door(settings, deps.clock)
  const refusals = quietly(deps)
  let receive: Receive | undefined
  const router = Router()
  router.get('/', (request, response) => answerCheck(door, refusals, request, response))
  router.post(
    '/',
    express.raw({ type: () => true, limit: BODY_BYTES, inflate: false }),
    async (request, response) => {
      const body: unknown = request.body
      const entry = door.open(request.query, Buffer.isBuffer(body) ? body : Buffer.alloc(0))
      if (entry.type === 'refused') {
        refusals(entry.why)
        return void response.status(403).end()
      }
      const isStored = receive !== undefined && (await store(entry.text, receive, settings, deps))
      if (!isStored) door.forget(entry.signature)
      response.status(isStored ? 200 : 503).end()
    },
  )
  router.use(tooLarge(refusals))
  return {
    router,
    open(given) {
      receive = given
    },
    close() {
      receive = undefined
    },
  }
}

// The bare text, without quotes or line end, within a second.
function answerCheck(
  door: Door,
  refusals: (why: string) => void,
  { query }: Request,
  response: Response,
): void {
  const { echostr } = query
  // A plus sign that was not encoded arrives as a space, which Base64 has none of.
  const sealed = typeof echostr === 'string' ? echostr.replaceAll(' ', '+') : ''
  const entry = door.check(query, sealed)
  if (entry.type === 'refused') {
    refusals(entry.why)
    return void response.status(403).end()
  }
  response.type('text/plain').send(entry.text)
}

/** True when the delivery needs not come again. */
async function store(
  text: string,
  receive: Receive,
  { agentId }: CallbackSettings,
  deps: CallbackDeps,
): Promise<boolean> {
  const { clock, log, parse = parseXml } = deps
  const root = parse(text)
  const decoded = root
    ? decodeCallback(root, { agentId, now: clock.now() })
    : ({ type: 'unreadable', where: 'xml' } as const)
  // Coming again would not make it readable.
  if (decoded.type === 'unreadable') {
    log.warn({ channel: 'wecom', where: decoded.where }, 'unreadable callback')
    return true
  }
  if (decoded.type === 'ignored') {
    const cure = ALARMS[decoded.what]
    if (cure) log.error({ channel: 'wecom', what: decoded.what, cure }, 'the platform warns about the app')
    else log.debug({ channel: 'wecom', what: decoded.what }, 'ignored event')
    return true
  }
  const { messageId } = decoded.inbound
  const storing = receive(decoded.inbound).then(
    () => true,
    (error: unknown) => {
      log.error(
        { channel: 'wecom', messageId, error: String(error) },
        'callback not stored; it will come again',
      )
      return false
    },
  )
  return Promise.race([storing, afterwards(STORE_MS)])
}

const afterwards = (ms: number): Promise<false> =>
  new Promise((resolve) => void setTimeout(() => resolve(false), ms).unref())

const tooLarge =
  (refusals: (why: string) => void): ErrorRequestHandler =>
  (error: { status?: number }, _request, response, _next) => {
    refusals(error.status === 413 ? 'too-large' : 'broken-body')
    response.status(error.status ?? 400).end()
  }

/** Says each reason at most once a minute, with how often it came: a flood of forgeries must not fill the disk. */
function quietly({ clock, log }: CallbackDeps): (why: string) => void {
  const told = new Map<string, { at: number; count: number }>()
  return (why) => {
    const now = clock.now()
    const last = told.get(why)
    if (last && now - last.at < MINUTE_MS) {
      last.count += 1
      return
    }
    log.warn({ channel: 'wecom', why, moreBefore: last?.count ?? 0 }, 'callback refused')
    told.set(why, { at: now, count: 0 })
  }
}
