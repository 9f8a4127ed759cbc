// Who opened a page: the imitated sign-in of the WeCom client (documented: 构造网页授权链接, 获取访问用户身份).
import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { type AppAnswer, type AppPlatform, type AppRequest, no, OK } from './platform.ts'

const CODE_MS = 5 * 60_000
const STATE = /^[0-9A-Za-z]{0,128}$/
/** Whoever is no member of the corporation. */
export const OUTSIDER = 'outsider'

export class OAuth {
  readonly #platform: AppPlatform
  readonly #codes = new Map<string, { readonly account: string; readonly at: number; used: boolean }>()

  constructor(platform: AppPlatform) {
    this.#platform = platform
  }

  /** With `persona` in the query that person's client goes straight on; without it the page asks who one is. */
  authorize(url: URL, response: ServerResponse): void {
    const { query, problem } = this.#check(url.searchParams)
    if (problem) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<p>${problem}</p>`)
      return
    }
    const persona = url.searchParams.get('persona')
    if (persona === null) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(this.#chooser(url))
      return
    }
    const target = new URL(query.redirect)
    target.searchParams.set('code', this.#code(persona))
    target.searchParams.set('state', query.state)
    response.writeHead(302, { location: target.href }).end()
  }

  /** (documented) A code is good once, for five minutes. */
  userOf({ query }: AppRequest): AppAnswer {
    const known = this.#codes.get(query.get('code') ?? '')
    if (!known) return no(this.#platform, 40029, 'invalid code')
    if (known.used) return no(this.#platform, 42022, 'code has been used')
    if (this.#platform.clock.now() - known.at > CODE_MS) return no(this.#platform, 42003, 'code expired')
    known.used = true
    // (documented) A member whom the app can't see.
    if (this.#platform.hidden.has(known.account)) return no(this.#platform, 50002, 'member out of range')
    return known.account === OUTSIDER ? { ...OK, openid: 'oOutsider' } : { ...OK, userid: known.account }
  }

  #code(account: string): string {
    const code = randomBytes(32).toString('base64url')
    this.#codes.set(code, { account, at: this.#platform.clock.now(), used: false })
    return code
  }

  #check(query: URLSearchParams): { query: { redirect: string; state: string }; problem?: string } {
    const redirect = query.get('redirect_uri') ?? ''
    const state = query.get('state') ?? ''
    const given = { redirect, state }
    const { corpId, agentId, trustedDomain } = this.#platform
    if (query.get('appid') !== corpId) return { query: given, problem: '企业不存在（40013）' }
    if (query.get('agentid') !== String(agentId)) return { query: given, problem: '应用不存在（40056）' }
    if (query.get('response_type') !== 'code' || !STATE.test(state))
      return { query: given, problem: '参数错误（40058）' }
    // (documented) Exactly the app's domain, with its port, without wildcards.
    if (!URL.canParse(redirect) || new URL(redirect).host !== trustedDomain)
      return { query: given, problem: 'redirect_uri 与应用可信域名不一致（50001）' }
    return { query: given }
  }

  #chooser(url: URL): string {
    const links = this.#platform.world.personas
      .filter((one) => one.platform === 'wecom')
      .map(({ account, name }) => {
        const target = new URL(url)
        target.searchParams.set('persona', account)
        return `<li><a href="${escaped(target.pathname + target.search)}">${escaped(name)}</a></li>`
      })
    return `<!doctype html><title>企业微信登录（模拟）</title><p>以谁的身份打开？</p><ul>${links.join('')}</ul>`
  }
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
