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

/** Errors are outcomes of the message that wanted the token: without one nothing left, so they are never `unknown`. */
export function createTokens(options: {
  apiBase: string
  clientId: string
  clientSecret: string
  clock: Clock
  timeoutMs: number
}): Tokens {
  let cached: { value: string; until: number } | undefined
  let fetching: Promise<Token> | undefined

  async function refresh(): Promise<Token> {
    const result = await exchange({
      method: 'POST',
      url: `${options.apiBase}/v1.0/oauth2/accessToken`,
      body: { appKey: options.clientId, appSecret: options.clientSecret },
      timeoutMs: options.timeoutMs,
    })
    const body = result.type === 'answered' && result.status === 200 ? result.body : undefined
    if (typeof body?.accessToken === 'string' && typeof body.expireIn === 'number') {
      const life = body.expireIn * 1000
      cached = { value: body.accessToken, until: options.clock.now() + life - Math.min(MARGIN_MS, life / 10) }
      return { type: 'token', value: cached.value }
    }
    const outcome = outcomeOfFailure(result)
    if (outcome.type === 'refused' || outcome.type === 'retry-later') return { type: 'failed', outcome }
    return {
      type: 'failed',
      outcome: { type: 'retry-later', afterMs: 5_000, detail: '没有取到钉钉的访问令牌，稍后再试' },
    }
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
