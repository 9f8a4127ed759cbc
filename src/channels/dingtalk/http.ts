// One HTTP exchange with the platform, told apart by the question that decides about a repeat: did the request leave?

/** `answered` with the JSON object of the answer (undefined for HTML or anything else); `not-sent` never reached the platform; `lost` left, and nobody knows. */
export type Exchange =
  | { readonly type: 'answered'; readonly status: number; readonly body: JsonObject | undefined }
  | { readonly type: 'not-sent'; readonly detail: string }
  | { readonly type: 'lost'; readonly detail: string }

export type JsonObject = { readonly [key: string]: unknown }

export type Request = {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly body?: object
  readonly token?: string
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

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

/** Never throws. Redirects are not followed: the platform has none, so one means that something else answered. */
export async function exchange(request: Request): Promise<Exchange> {
  const timeout = AbortSignal.timeout(request.timeoutMs)
  try {
    const response = await fetch(request.url, {
      method: request.method,
      redirect: 'manual',
      // Without Accept the gateway answers XML.
      headers: {
        accept: 'application/json',
        ...(request.body && { 'content-type': 'application/json' }),
        ...(request.token && { 'x-acs-dingtalk-access-token': request.token }),
      },
      ...(request.body && { body: JSON.stringify(request.body) }),
      signal: request.signal ? AbortSignal.any([timeout, request.signal]) : timeout,
    })
    return { type: 'answered', status: response.status, body: parseObject(await response.text()) }
  } catch (error) {
    const code = failureCode(error)
    return BEFORE_CONNECTED.has(code)
      ? { type: 'not-sent', detail: `连不上钉钉（${code}）` }
      : { type: 'lost', detail: `请求已发出，没有等到钉钉的回答（${code}）` }
  }
}

/** The JSON object in `text`; undefined for anything else. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The system's or fetch's error code; only codes and names, since messages may hold addresses with a session in them. */
export function failureCode(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  const { cause } = error
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
