// The HTTP side: one server for both host families, told apart by path, with the checks that stand before every call.
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Faults } from './faults.ts'
import type { Limits } from './limits.ts'
import type { LoginPage } from './login-page.ts'
import { answerOf, type Body, isBody, Refusal } from './refusal.ts'
import type { AccessTokens } from './tokens.ts'

export type Call = {
  readonly body: Body
  readonly query: URLSearchParams
  /** The named parts of the path (`:id` in the route). */
  readonly path: Readonly<Record<string, string>>
  readonly headers: IncomingMessage['headers']
}

/**
 * One endpoint. `access`: `open` needs no token and is outside rates, quota and faults; `token` is an ordinary call; `session` carries its right in its
 * address and counts with the webhook messages (inferred).
 */
export type Route = {
  readonly access: 'open' | 'token' | 'session'
  /** The older host takes the token in the address and answers with errcode. */
  readonly host?: 'old'
  /** Login and contact calls are outside the month (documented). */
  readonly free?: true
  /** The permission that the application needs (documented with the API). */
  readonly scope?: string
  readonly handle: (call: Call) => object
}

export type ServerParts = {
  readonly routes: Readonly<Record<string, Route>>
  readonly tokens: AccessTokens
  readonly limits: Limits
  readonly faults: Faults
  readonly slowMs: number
  /** Permissions that the application lacks. */
  readonly revoked: ReadonlySet<string>
  /** The bytes of a picture by path; they need no token. */
  readonly file: (path: string) => Uint8Array | undefined
  /** What a browser shows at `/oauth2/auth`. */
  readonly loginPage: LoginPage
}

type Answer = { readonly status: number; readonly body: object | string; readonly code?: string }

const MAX_BODY_BYTES = 1024 * 1024
const HTML_PAGE = '<!doctype html><html><title>405</title><body>很抱歉，您的访问被阻断</body></html>'

/** Answers whatever comes; `listen` is left to the caller. */
export function createHttpServer(parts: ServerParts): Server {
  return createServer((request, response) => {
    handle(request, response, parts).catch(() => response.destroy())
  })
}

async function handle(request: IncomingMessage, response: ServerResponse, parts: ServerParts): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (url.pathname.startsWith('/files/')) {
    if (parts.faults.strikes('bad-gateway')) send(response, { status: 502, body: HTML_PAGE })
    else sendFile(response, parts.file(url.pathname))
    return
  }
  if (url.pathname === '/oauth2/auth') {
    parts.loginPage(url, response)
    return
  }
  const { key, route, path } = routeFor(parts.routes, request.method ?? '', url.pathname)
  const body = await readBody(request)
  const struck = route && route.access !== 'open'
  if (struck && parts.faults.strikes('reset')) {
    request.socket.destroy()
    return
  }
  if (struck && parts.faults.strikes('slow')) await delay(parts.slowMs)
  const page = struck ? pageInstead(parts.faults) : undefined
  if (page !== undefined) {
    send(response, { status: 200, body: page })
    return
  }
  const call = { body, path, query: url.searchParams, headers: request.headers }
  const answer = answerCall(key, route, call, parts)
  parts.limits.log({
    api: key,
    status: answer.status,
    ...(answer.code !== undefined && { code: answer.code }),
  })
  if (struck && parts.faults.strikes('drop-response')) request.socket.destroy()
  else send(response, answer)
}

// What stands before the API answers in its place: a page, or the block of an address, neither with a code (documented: 限流).
function pageInstead(faults: Faults): string | object | undefined {
  if (faults.strikes('html-page')) return HTML_PAGE
  const block = { status: 1111, wait: 5, source: 'x5', punish: 'deny', uuid: randomUUID() }
  return faults.strikes('blocked') ? block : undefined
}

type Found = {
  readonly key: string
  readonly route: Route | undefined
  readonly path: Readonly<Record<string, string>>
}

function routeFor(routes: ServerParts['routes'], method: string, pathname: string): Found {
  const plain = `${method} ${pathname}`
  if (Object.hasOwn(routes, plain)) return { key: plain, route: routes[plain], path: {} }
  for (const [key, route] of Object.entries(routes)) {
    const path = namedParts(key, plain)
    if (path) return { key, route, path }
  }
  return { key: plain, route: undefined, path: {} }
}

// `:id` stands for one part of the path.
function namedParts(pattern: string, plain: string): Record<string, string> | undefined {
  const wanted = pattern.split('/')
  const given = plain.split('/')
  if (wanted.length !== given.length) return undefined
  const named: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
    if (part.startsWith(':')) named[part.slice(1)] = decodeURIComponent(value)
    else if (part !== value) return undefined
  }
  return named
}

function answerCall(key: string, route: Route | undefined, call: Call, parts: ServerParts): Answer {
  try {
    if (!route) throw new Refusal('InvalidAction.NotFound', `Specified api is not found: ${key}`)
    admit(key, route, call, parts)
    return { status: 200, body: route.handle(call) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // Seen when Accept is missing at the gateway.
    if (error.code === 'xml') return { status: 200, body: '<?xml version="1.0"?><result/>', code: 'xml' }
    return { ...answerOf(error), code: error.code }
  }
}

function admit(key: string, route: Route, { headers, query }: Call, parts: ServerParts): void {
  const { tokens, limits, faults, revoked } = parts
  if (route.access === 'open') return
  const host = route.host ?? 'new'
  if (route.access === 'token') {
    if (faults.strikes('token-gone')) tokens.invalidate()
    const header = headers['x-acs-dingtalk-access-token']
    const token = host === 'old' ? query.get('access_token') : header
    tokens.check(typeof token === 'string' ? token : undefined, host)
  }
  const code = faults.refusal()
  if (code !== undefined) throw refusalByName(code)
  if (route.scope !== undefined && revoked.has(route.scope)) throw withoutScope(host, route.scope)
  if (route.free) return
  if (route.access === 'token') limits.take(key, host)
  else if (limits.takeStream()) throw new Refusal('90020')
}

// A missing permission names what is missing (documented).
function withoutScope(host: 'new' | 'old', scope: string): Refusal {
  const code = host === 'old' ? '60011' : 'Forbidden.AccessDenied.AccessTokenPermissionDenied'
  return new Refusal(code, undefined, [scope])
}

const refusalByName = (code: string): Refusal =>
  code.endsWith('AccessTokenPermissionDenied')
    ? withoutScope('new', 'Card.Instance.Write')
    : new Refusal(code)

async function readBody(request: IncomingMessage): Promise<Body> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > MAX_BODY_BYTES) throw new Error('body too large')
    parts.push(part)
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(parts).toString())
    return isBody(value) ? value : {}
  } catch {
    return {}
  }
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const text = typeof body === 'string'
  response.writeHead(status, {
    'content-type': text ? 'text/html; charset=utf-8' : 'application/json',
    'x-acs-request-id': randomUUID(),
  })
  response.end(text ? body : JSON.stringify(body))
}

// An address that has run out answers with a page, not with an error the client could read (recalled).
function sendFile(response: ServerResponse, bytes: Uint8Array | undefined): void {
  if (!bytes) {
    send(response, { status: 403, body: HTML_PAGE })
    return
  }
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length })
  response.end(bytes)
}
