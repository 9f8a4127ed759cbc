// Access tokens of the imitated app: one at a time, two hours, and now and then taken back early (documented: 获取 access_token).
import { randomBytes } from 'node:crypto'
import { type AppAnswer, type AppPlatform, no, OK } from './platform.ts'

const LIFE_S = 7200
/** (one report) So many wrong calls in an hour close the door for an hour. */
const WRONG_PER_HOUR = 2000
const HOUR_MS = 3_600_000

export class AppTokens {
  readonly #platform: AppPlatform
  readonly #expired = new Set<string>()
  #current: { readonly value: string; readonly until: number } | undefined
  #wrong: number[] = []
  /** How often gettoken was asked. */
  asked = 0

  constructor(platform: AppPlatform) {
    this.#platform = platform
  }

  /** (recalled) Asked again while it is valid, the platform answers the same token. */
  issue(query: URLSearchParams): AppAnswer {
    this.asked += 1
    const { clock } = this.#platform
    const wrong = this.#wrongWith(query)
    if (wrong) {
      this.#wrong.push(clock.now())
      return wrong
    }
    this.#retire()
    this.#current ??= { value: randomBytes(64).toString('base64url'), until: clock.now() + LIFE_S * 1000 }
    const left = Math.floor((this.#current.until - clock.now()) / 1000)
    return { ...OK, access_token: this.#current.value, expires_in: left }
  }

  /** What is wrong with the token of a request, if anything. It is read from the query only. */
  refuse(query: URLSearchParams): AppAnswer | undefined {
    const platform = this.#platform
    const given = query.get('access_token')
    if (!given) return no(platform, 41001, 'access_token missing')
    if (platform.faults.strikes('token-dies')) this.invalidate()
    this.#retire()
    if (given === this.#current?.value) return undefined
    // (one report) An expired token is answered either way.
    const says42001 = this.#expired.has(given) && platform.faults.random() < 0.5
    return says42001
      ? no(platform, 42001, 'access_token expired')
      : no(platform, 40014, 'invalid access_token')
  }

  /** (documented) The platform may take a token back at any time. */
  invalidate(): void {
    this.#current = undefined
  }

  #retire(): void {
    if (!this.#current || this.#platform.clock.now() < this.#current.until) return
    this.#expired.add(this.#current.value)
    this.#current = undefined
  }

  #wrongWith(query: URLSearchParams): AppAnswer | undefined {
    const platform = this.#platform
    this.#wrong = this.#wrong.filter((at) => at > platform.clock.now() - HOUR_MS)
    if (this.#wrong.length >= WRONG_PER_HOUR) return no(platform, 45009, 'api freq out of limit')
    if (!query.get('corpid')) return no(platform, 41002, 'corpid missing')
    if (!query.get('corpsecret')) return no(platform, 41004, 'corpsecret missing')
    if (query.get('corpid') !== platform.corpId) return no(platform, 40013, 'invalid corpid')
    if (query.get('corpsecret') !== platform.secret) return no(platform, 40001, 'invalid credential')
    return undefined
  }
}
