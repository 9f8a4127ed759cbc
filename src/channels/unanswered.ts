// What both platforms' HTTP exchanges share: what a failed fetch means for a repeat, and JSON that may turn out to be something else.

export type JsonObject = { readonly [key: string]: unknown }

/** `not-sent` never reached the platform; `lost` left, and nobody knows. `detail` is Chinese. */
export type Unanswered =
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

/** What a failed fetch from this platform, named as readers know it, comes to. */
export function unanswered(platform: '企业微信' | '钉钉', error: unknown): Unanswered {
  const code = failureCode(error)
  return BEFORE_CONNECTED.has(code)
    ? { type: 'not-sent', detail: `连不上${platform}（${code}）` }
    : { type: 'lost', detail: `请求已发出，没有等到${platform}的回答（${code}）` }
}

/** The system's or fetch's error code; only codes and names, since messages may hold addresses with a token or a session in them. */
export function failureCode(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  const { cause } = error
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
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

/** Neither null nor a list. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
