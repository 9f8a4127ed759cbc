// One HTTP exchange with WeCom's API, told apart by the question that decides about a repeat: did the request leave?

export type JsonObject = { readonly [key: string]: unknown }

/** `answered`: JSON with an errcode, whatever it says. `not-sent` never reached the platform; `lost` left, and nobody knows. */
export type Exchange =
  | { readonly type: 'answered'; readonly code: number; readonly body: JsonObject }
  | { readonly type: 'not-sent'; readonly detail: string }
  | { readonly type: 'lost'; readonly detail: string }

// Errors of the system and of Node's fetch that occur before a connection stands, or before it is trusted.
const BEFORE_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/** Never throws, never follows a redirect (the platform has none). Success is what the errcode says, never the HTTP status (documented: 全局错误码). */
export async function exchange(url: URL, init: RequestInit, timeoutMs: number): Promise<Exchange> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
    return read(response.status, await response.text())
  } catch (error) {
    return failureOf(error)
  }
}

/** A page instead of JSON is a gateway's: what lay behind it may have carried the request out. */
function read(status: number, text: string): Exchange {
  const body = parseObject(text)
  return body && typeof body.errcode === 'number'
    ? { type: 'answered', code: body.errcode, body }
    : { type: 'lost', detail: `企业微信没有给出能读懂的回答（HTTP ${status}）` }
}

/** A failed fetch. Only codes and names: addresses hold tokens. */
export function failureOf(error: unknown): Exclude<Exchange, { type: 'answered' }> {
  const code = failureCode(error)
  return BEFORE_CONNECTED.has(code)
    ? { type: 'not-sent', detail: `连不上企业微信（${code}）` }
    : { type: 'lost', detail: `请求已发出，没有等到企业微信的回答（${code}）` }
}

/** The JSON object in `text`; undefined for anything else. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined
  } catch {
    return undefined
  }
}

function failureCode(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  const { cause } = error
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
