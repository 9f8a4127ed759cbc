// The access token: cached until shortly before it expires, and fetched once however many sends wait for it.
import type { Clock } from '../../app/ports.ts'
import type { SendOutcome } from '../../core/message/types.ts'
import { exchange } from './http.ts'
import { outcomeOfFailure } from './refusals.ts'

export type Token =
  | { readonly type: 'token'; readonly value: string }
  | { readonly type: 'failed'; readonly outcome: SendOutcome }

export type Tokens = {
  get(): Promise<Token>
  /** Forgets this token (the platform no longer takes it); one that is already newer stays. */
  drop(value: string): void
}

// The platform renews a token that is asked for again while it is valid, so a generous margin costs nothing.
const MARGIN_MS = 5 * 60_000

export type TokenOptions = {
  readonly apiBase: string
  readonly clientId: string
  readonly clientSecret: string
  readonly clock: Clock
  readonly timeoutMs: number
}

/** A failure to get one is never `unknown`: without a token the message itself has not left. */
export function createTokens(options: TokenOptions): Tokens {
  let cached: { value: string; until: number } | undefined
  let fetching: Promise<Token> | undefined

  async function refresh(): Promise<Token> {
    const asked = options.clock.now()
    const { token, lifeMs } = await fetchToken(options)
    if (token.type === 'token') {
      cached = { value: token.value, until: asked + lifeMs - Math.min(MARGIN_MS, lifeMs / 10) }
    }
    return token
  }

  return {
    get() {
      if (cached && options.clock.now() < cached.until) {
        return Promise.resolve({ type: 'token', value: cached.value })
      }
      fetching ??= refresh().finally(() => {
        fetching = undefined
      })
      return fetching
    },
    drop(value) {
      if (cached?.value === value) cached = undefined
    },
  }
}

async function fetchToken(options: TokenOptions): Promise<{ token: Token; lifeMs: number }> {
  const result = await exchange({
    method: 'POST',
    url: `${options.apiBase}/v1.0/oauth2/accessToken`,
    body: { appKey: options.clientId, appSecret: options.clientSecret },
    timeoutMs: options.timeoutMs,
  })
  const body = result.type === 'answered' && result.status === 200 ? result.body : undefined
  if (typeof body?.accessToken === 'string' && typeof body.expireIn === 'number') {
    return { token: { type: 'token', value: body.accessToken }, lifeMs: body.expireIn * 1000 }
  }
  const outcome = outcomeOfFailure(result)
  if (outcome.type === 'refused' || outcome.type === 'retry-later') {
    return { token: { type: 'failed', outcome }, lifeMs: 0 }
  }
  const detail = '没有取到钉钉的访问令牌，稍后再试'
  return { token: { type: 'failed', outcome: { type: 'retry-later', afterMs: 5_000, detail } }, lifeMs: 0 }
}
