// One authorised call on either host: the token is fetched, renewed once when the platform has dropped it, and the call is counted.
import type { Meter } from '../../core/message/quota.ts'
import type { SendOutcome } from '../../core/message/types.ts'
import type { JsonObject } from '../unanswered.ts'
import { type Exchange, exchange, type Request } from './http.ts'
import { codeOf, outcomeOfFailure } from './refusals.ts'
import type { Tokens } from './token.ts'

/** Told of everything that counts against the organisation's month (documented: 应用开发额度). */
export type Count = (meter: Meter) => void

/** `free`: the documents leave this API out of the month (token, login and contact calls). */
export type CallRequest = {
  readonly method: Request['method']
  readonly path: string
  readonly body?: object
  readonly host?: 'api' | 'oapi'
  readonly free?: boolean
}

/** An exchange, or why there was none: no token. */
export type Called = Exchange | SendOutcome

export type Call = (request: CallRequest) => Promise<Called>

/** What a call brought, or what its refusal means. */
export type Answer<T> = { readonly type: 'ok'; readonly value: T } | Exclude<SendOutcome, { type: 'sent' }>

export type CallOptions = {
  readonly apiBase: string
  readonly oapiBase: string
  readonly tokens: Tokens
  readonly timeoutMs: number
  readonly count: Count
}

export function createCall(options: CallOptions): Call {
  return async (request) => {
    const result = await withToken(options.tokens, (token) => exchange(exchangeOf(options, request, token)))
    if (!request.free && isExchange(result) && isCounted(result)) options.count('calls')
    return result
  }
}

// The newer host takes the token as a header, the older one in the address.
function exchangeOf(options: CallOptions, { method, path, body, host }: CallRequest, token: string): Request {
  const { apiBase, oapiBase, timeoutMs } = options
  const common = { method, timeoutMs, ...(body && { body }) }
  return host === 'oapi'
    ? { ...common, url: `${oapiBase}${path}?access_token=${encodeURIComponent(token)}` }
    : { ...common, url: `${apiBase}${path}`, token }
}

// One more try with a fresh token: the platform may invalidate one before its time, and then nothing was done.
async function withToken(tokens: Tokens, attempt: (token: string) => Promise<Exchange>): Promise<Called> {
  const first = await tokens.get()
  if (first.type === 'failed') return first.outcome
  const result = await attempt(first.value)
  if (!isStaleToken(result)) return result
  tokens.drop(first.value)
  const second = await tokens.get()
  return second.type === 'failed' ? second.outcome : attempt(second.value)
}

// 400 is what was seen with the first code; 401 is said by other clients; 40014 is the older host's.
const isStaleToken = (result: Exchange): boolean =>
  result.type === 'answered' &&
  (result.status === 401 || ['InvalidAuthentication', '40014'].includes(codeOf(result.body) ?? ''))

// Calls that failed by a rate or by the network are free (documented); one whose answer was lost may have been carried out.
function isCounted(result: Exchange): boolean {
  if (result.type !== 'answered') return result.type === 'lost'
  return !/QpsLimit|QpmLimit|ApiCountLimit|^(90002|90018|90020|1111)$/.test(codeOf(result.body) ?? '')
}

/** Reads a call's own success from a 200 answer; HTTP 200 without it is never success. */
export function answerOf<T>(result: Called, read: (body: JsonObject) => T | undefined): Answer<T> {
  const value = successOf(result, read)
  if (value !== undefined) return { type: 'ok', value }
  const outcome = isExchange(result) ? outcomeOfFailure(result) : result
  return outcome.type === 'sent' ? { type: 'unknown', detail: '钉钉说已经做过，但没有给出结果' } : outcome
}

/** The same for a message that leaves. */
export function settle(result: Called, success: (body: JsonObject) => SendOutcome | undefined): SendOutcome {
  if (!isExchange(result)) return result
  return successOf(result, success) ?? outcomeOfFailure(result)
}

function successOf<T>(result: Called, read: (body: JsonObject) => T | undefined): T | undefined {
  return isExchange(result) && result.type === 'answered' && result.status === 200 && result.body
    ? read(result.body)
    : undefined
}

export const isExchange = (result: Called): result is Exchange =>
  result.type === 'answered' || result.type === 'not-sent' || result.type === 'lost'
