// Access tokens: the same one while it lives, renewed by asking again (documented), and sometimes gone before its time.
import { randomBytes } from 'node:crypto'
import type { Platform } from './platform.ts'
import { type Body, Refusal } from './refusal.ts'

export type AccessTokens = {
  issue(body: Body): { accessToken: string; expireIn: number }
  /** Throws InvalidAuthentication, or 40014 on the older host, for anything but the living token (documented: it works on both). */
  check(token: string | undefined, host: 'new' | 'old'): void
  /** The platform forgets the token before it expires (field report). */
  invalidate(): void
}

/** Seconds (documented). */
const LIFE = 7_200

export function createAccessTokens({ clientId, clientSecret, clock }: Platform): AccessTokens {
  let current: { value: string; until: number } | undefined

  return {
    issue(body) {
      if (body.appKey !== clientId || body.appSecret !== clientSecret) {
        throw new Refusal('invalidClientIdOrSecret')
      }
      const alive = current && clock.now() < current.until ? current.value : randomBytes(16).toString('hex')
      current = { value: alive, until: clock.now() + LIFE * 1000 }
      return { accessToken: alive, expireIn: LIFE }
    },
    check(token, host) {
      if (!current || token !== current.value || clock.now() >= current.until) {
        throw new Refusal(host === 'old' ? '40014' : 'InvalidAuthentication')
      }
    },
    invalidate() {
      current = undefined
    },
  }
}
