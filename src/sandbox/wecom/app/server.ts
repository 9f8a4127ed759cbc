// The HTTP side of the imitated platform: which address does what, what is checked before, and what misfortunes do to answers (documented: 全局错误码).
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AppChats } from './appchat.ts'
import { agentOf, userOf } from './directory.ts'
import type { AppMedia } from './media.ts'
import type { AppMessages } from './messages.ts'
import type { OAuth } from './oauth.ts'
import { type AppAnswer, type AppPlatform, type AppRequest, convertOpenIds, no, OK } from './platform.ts'
import type { AppTokens } from './tokens.ts'
import type { Webhooks } from './webhooks.ts'

export type AppParts = {
  readonly tokens: AppTokens
  readonly messages: AppMessages
  readonly media: AppMedia
  readonly chats: AppChats
  readonly webhooks: Webhooks
  readonly oauth: OAuth
  /** How late a slow answer comes, in real milliseconds. */
  readonly slowMs: number
}

type Exchange = {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
  readonly body: Buffer
}
type Endpoint = {
  readonly method: 'GET' | 'POST'
  /** Opened by a token (the default), by what is in the address itself, or by nothing. */
  readonly open?: boolean
  /** Undefined when it has answered by itself. */
  run(request: AppRequest, exchange: Exchange): AppAnswer | Promise<AppAnswer | undefined> | undefined
  /** The body is not JSON. */
  readonly raw?: boolean
}

const MOST_BYTES = 21 * 1024 * 1024

/** Serves one request; false when the path is nobody's here. Counts what was asked. */
export function createAppServer(platform: AppPlatform, parts: AppParts, calls: Map<string, number>) {
  const endpoints = endpointsOf(platform, parts)
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`)
    if (request.method === 'GET' && url.pathname === '/connect/oauth2/authorize') {
      parts.oauth.authorize(url, response)
      return true
    }
    const endpoint = endpoints[url.pathname]
    if (!endpoint) return false
    calls.set(url.pathname, (calls.get(url.pathname) ?? 0) + 1)
    const body = await bodyOf(request)
    await answer(platform, parts, endpoint, { request, response, url, body })
    return true
  }
}

async function answer(
  platform: AppPlatform,
  parts: AppParts,
  endpoint: Endpoint,
  exchange: Exchange,
): Promise<void> {
  const { faults } = platform
  const { response } = exchange
  if (faults.strikes('reset')) return void response.destroy()
  if (faults.strikes('html-page'))
    return void response
      .writeHead(502, { 'content-type': 'text/html' })
      .end('<html><h1>502 Bad Gateway</h1></html>')
  const result = await resultOf(platform, parts, endpoint, exchange)
  if (faults.strikes('drop-response')) return void response.destroy()
  if (faults.strikes('slow')) await new Promise((resolve) => setTimeout(resolve, parts.slowMs).unref())
  if (result && !response.headersSent && !response.destroyed)
    response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' }).end(JSON.stringify(result))
}

async function resultOf(
  platform: AppPlatform,
  { tokens }: AppParts,
  endpoint: Endpoint,
  exchange: Exchange,
): Promise<AppAnswer | undefined> {
  const { url, request, body } = exchange
  const refusal = platform.faults.refusal()
  if (refusal !== undefined) return no(platform, refusal, 'refused')
  if (platform.faults.strikes('untrusted-ip')) return no(platform, 60020, 'not allow to access from your ip')
  if (request.method !== endpoint.method) return no(platform, 40003, 'invalid request method')
  const refused = endpoint.open ? undefined : tokens.refuse(url.searchParams)
  if (refused) return refused
  const parsed = endpoint.raw || endpoint.method === 'GET' ? undefined : parse(body)
  if (parsed === BROKEN) return no(platform, 47001, 'data format error. Warning: wrong json format.')
  return endpoint.run({ query: url.searchParams, body: parsed }, exchange)
}

function endpointsOf(platform: AppPlatform, parts: AppParts): Readonly<Record<string, Endpoint>> {
  const { tokens, messages, media, chats, webhooks, oauth } = parts
  const addresses: Endpoint = { method: 'GET', run: () => ({ ...OK, ip_list: ['127.0.0.1'] }) }
  return {
    '/cgi-bin/gettoken': { method: 'GET', open: true, run: ({ query }) => tokens.issue(query) },
    '/cgi-bin/message/send': { method: 'POST', run: (request) => messages.send(request) },
    '/cgi-bin/message/update_template_card': { method: 'POST', run: (request) => messages.update(request) },
    '/cgi-bin/message/recall': { method: 'POST', run: (request) => messages.recall(request) },
    '/cgi-bin/media/upload': {
      method: 'POST',
      raw: true,
      run: ({ query }, { request, body }) => media.upload(platform, query, request, body),
    },
    '/cgi-bin/media/get': {
      method: 'GET',
      run: ({ query }, exchange) => serveMedia(platform, media, query, exchange),
    },
    '/cgi-bin/appchat/create': { method: 'POST', run: (request) => chats.create(request) },
    '/cgi-bin/appchat/get': { method: 'GET', run: (request) => chats.get(request) },
    '/cgi-bin/appchat/send': { method: 'POST', run: (request) => chats.send(request) },
    '/cgi-bin/webhook/send': { method: 'POST', open: true, run: (request) => webhooks.send(request) },
    '/cgi-bin/webhook/upload_media': {
      method: 'POST',
      open: true,
      raw: true,
      run: ({ query }, { request, body }) => webhooks.upload(query, request, body),
    },
    '/cgi-bin/batch/openuserid_to_userid': {
      method: 'POST',
      run: (request) => convertOpenIds(platform, request),
    },
    '/cgi-bin/auth/getuserinfo': { method: 'GET', run: (request) => oauth.userOf(request) },
    '/cgi-bin/agent/get': { method: 'GET', run: (request) => agentOf(platform, request) },
    '/cgi-bin/user/get': { method: 'GET', run: (request) => userOf(platform, request) },
    '/cgi-bin/getcallbackip': addresses,
    '/cgi-bin/get_api_domain_ip': addresses,
  }
}

function serveMedia(
  platform: AppPlatform,
  media: AppMedia,
  query: URLSearchParams,
  { request, response }: Exchange,
) {
  const id = query.get('media_id') ?? ''
  return media.serve(id, request.headers.range, response)
    ? undefined
    : no(platform, 40007, 'invalid media_id')
}

const BROKEN = Symbol('broken')

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return BROKEN
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= MOST_BYTES) chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
