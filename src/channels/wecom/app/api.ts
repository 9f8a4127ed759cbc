// Calls to the app's API: the token goes along in the query, and one that is no longer taken is renewed once (documented: 获取 access_token).
import { parseObject, unanswered } from '../../unanswered.ts'
import { type Exchange, exchange } from './exchange.ts'
import type { Tokens } from './token.ts'

/** (one report) An expired token is answered 40014 as often as 42001. */
const TOKEN_CODES = new Set([40001, 40014, 42001])
const CALL_MS = 10_000
const UPLOAD_MS = 60_000

export type Call = {
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** A POST of JSON; without it and without `form` a GET. */
  readonly json?: object
  readonly form?: () => FormData
}

export class Api {
  readonly #base: string
  readonly #tokens: Tokens

  constructor(base: string, tokens: Tokens) {
    this.#base = base
    this.#tokens = tokens
  }

  /** Never throws. What a refused token answered was not carried out, so the one retry is harmless. */
  async call(call: Call): Promise<Exchange> {
    return this.#withToken(
      (token) => exchange(this.#url(call, token), initOf(call), call.form ? UPLOAD_MS : CALL_MS),
      (answer) => answer,
    )
  }

  /** A file instead of JSON; JSON in its place is the refusal. Never throws. */
  async file(call: Call): Promise<Exchange | { readonly type: 'file'; readonly response: Response }> {
    return this.#withToken(
      async (token) => {
        try {
          const response = await fetch(this.#url(call, token), {
            redirect: 'manual',
            signal: AbortSignal.timeout(UPLOAD_MS),
          })
          return await fileOf(response)
        } catch (error) {
          return unanswered('企业微信', error)
        }
      },
      (answer) => (answer.type === 'file' ? undefined : answer),
    )
  }

  async #withToken<T>(
    ask: (token: string) => Promise<T>,
    refusalIn: (answer: T) => Exchange | undefined,
  ): Promise<T | Exchange> {
    const first = await this.#tokens.get()
    if (first.type !== 'token') return first
    const answer = await ask(first.value)
    const refusal = refusalIn(answer)
    if (refusal?.type !== 'answered' || !TOKEN_CODES.has(refusal.code)) return answer
    this.#tokens.drop(first.value)
    const second = await this.#tokens.get()
    return second.type === 'token' ? ask(second.value) : second
  }

  #url({ path, query = {} }: Call, token: string): URL {
    const url = new URL(path, this.#base)
    url.searchParams.set('access_token', token)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    return url
  }
}

function initOf({ json, form }: Call): RequestInit {
  if (form) return { method: 'POST', body: form() }
  if (!json) return { method: 'GET' }
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) }
}

async function fileOf(response: Response): Promise<Exchange | { type: 'file'; response: Response }> {
  const type = response.headers.get('content-type') ?? ''
  if (response.ok && !/json|html/.test(type)) return { type: 'file', response }
  if (type.includes('json')) {
    const body = parseObject(await response.text())
    if (typeof body?.errcode === 'number') return { type: 'answered', code: body.errcode, body }
  }
  if (!response.bodyUsed) await response.body?.cancel()
  return { type: 'lost', detail: `企业微信没有给出文件（HTTP ${response.status}）` }
}
