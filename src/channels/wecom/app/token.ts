// The app's access token: one for all replicas, fetched once however many sends wait for it (documented: 获取 access_token).
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock, Log } from '../../../app/ports.ts'
import { parseObject } from '../../unanswered.ts'
import { type Exchange, exchange } from './exchange.ts'
import { judge } from './refusals.ts'

/** Where the replicas keep their common token; implemented by the composition root, sealed. All of it may reject. */
export interface TokenVault {
  read(): Promise<string | undefined>
  write(content: string): Promise<void>
  /** True when this process may fetch now: one at a time among all. */
  lock(seconds: number): Promise<boolean>
  unlock(): Promise<void>
}

/** For a process on its own that keeps its token to itself: the doctor, a measurement. */
export const noVault: TokenVault = {
  read: async () => undefined,
  write: async () => undefined,
  lock: async () => true,
  unlock: async () => undefined,
}

export type TokenSettings = { readonly apiBase: string; readonly corpId: string; readonly secret: string }

/** A token, or the answer to the attempt to get one. */
export type TokenAnswer = { readonly type: 'token'; readonly value: string } | Exchange

type Held = { readonly value: string; readonly until: number }

/** Renewed so much before its end. */
const MARGIN_MS = 5 * 60_000
const FETCH_MS = 10_000
/** The lock outlives a fetch that hangs. */
const LOCK_S = 15
const WATCH_MS = 100

export class Tokens {
  readonly #settings: TokenSettings
  readonly #vault: TokenVault
  readonly #deps: { readonly clock: Clock; readonly log: Log }
  #held: Held | undefined
  /** The last token that the platform took back: not to be read from the vault again. */
  #bad: string | undefined
  #fetching: Promise<TokenAnswer> | undefined

  constructor(settings: TokenSettings, vault: TokenVault, deps: { clock: Clock; log: Log }) {
    this.#settings = settings
    this.#vault = vault
    this.#deps = deps
  }

  get(): Promise<TokenAnswer> {
    if (this.#held && this.#isFresh(this.#held))
      return Promise.resolve({ type: 'token', value: this.#held.value })
    this.#fetching ??= this.#find().finally(() => {
      this.#fetching = undefined
    })
    return this.#fetching
  }

  /** Forgets this token, which the platform no longer takes; one that is already newer stays. */
  drop(value: string): void {
    this.#bad = value
    if (this.#held?.value === value) this.#held = undefined
  }

  // The vault first: another replica may have a newer one. A vault that fails must not stop the sending.
  async #find(): Promise<TokenAnswer> {
    const until = performance.now() + LOCK_S * 1000
    while (performance.now() < until) {
      const shared = await this.#tried(this.#shared())
      if (shared) return this.#hold(shared)
      if ((await this.#tried(this.#vault.lock(LOCK_S))) ?? true) return this.#fetchLocked()
      await pause(WATCH_MS)
    }
    return this.#fetch()
  }

  async #fetchLocked(): Promise<TokenAnswer> {
    try {
      // Whoever had the lock until now has just written one.
      const shared = await this.#tried(this.#shared())
      return shared ? this.#hold(shared) : await this.#fetch()
    } finally {
      await this.#tried(this.#vault.unlock())
    }
  }

  async #fetch(): Promise<TokenAnswer> {
    const { apiBase, corpId, secret } = this.#settings
    const asked = this.#deps.clock.now()
    const url = new URL('/cgi-bin/gettoken', apiBase)
    url.searchParams.set('corpid', corpId)
    url.searchParams.set('corpsecret', secret)
    const answer = await exchange(url, { method: 'GET' }, FETCH_MS)
    if (answer.type !== 'answered')
      return { type: 'not-sent', detail: '没有取到企业微信的访问凭证，稍后再试' }
    const { access_token: value, expires_in: seconds } = answer.body
    if (answer.code !== 0 || typeof value !== 'string' || typeof seconds !== 'number')
      return this.#withoutToken(answer)
    // Half its life at least, so that a short-lived one is not fetched again at once.
    const lifeMs = Math.max(seconds * 1000 - MARGIN_MS, seconds * 500)
    const held = { value, until: asked + lifeMs }
    await this.#tried(this.#vault.write(JSON.stringify(held)))
    return this.#hold(held)
  }

  // No message has left: what would refuse one, or leave its fate open, only means that it has to wait.
  #withoutToken(answer: Extract<Exchange, { type: 'answered' }>): TokenAnswer {
    const { outcome } = judge(answer, this.#deps.clock.now())
    if (outcome.type === 'retry-later') return answer
    return { type: 'not-sent', detail: `取访问凭证时企业微信回答 ${answer.code}，稍后再试` }
  }

  async #shared(): Promise<Held | undefined> {
    const stored = parseObject((await this.#vault.read()) ?? '')
    if (typeof stored?.value !== 'string' || typeof stored.until !== 'number') return undefined
    const held = { value: stored.value, until: stored.until }
    return held.value !== this.#bad && this.#isFresh(held) ? held : undefined
  }

  #hold(held: Held): TokenAnswer {
    this.#held = held
    return { type: 'token', value: held.value }
  }

  #isFresh({ until }: Held): boolean {
    return this.#deps.clock.now() < until
  }

  async #tried<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      return await work
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown'
      this.#deps.log.warn({ channel: 'wecom', error: name }, 'the common token is out of reach')
      return undefined
    }
  }
}
