// What the imitated platform posts to the product: signed, encrypted, within five seconds and three tries (documented: 回调配置, 接收消息).
import { randomBytes, randomInt } from 'node:crypto'
import type { AppPlatform } from './platform.ts'
import { seal, sign } from './seal.ts'
import { toXml } from './xml.ts'

/** Real milliseconds: the product's answer does not live in rehearsed days. */
export type CallbackTiming = {
  /** No answer within this is a failure. */
  readonly answerMs: number
  /** The address is checked for saving within this. */
  readonly verifyMs: number
  /** (not documented) Between two tries. */
  readonly retryMs: number
}

export const CALLBACK_TIMING: CallbackTiming = { answerMs: 5000, verifyMs: 1000, retryMs: 200 }

/** In all, the first one counted (documented). */
const TRIES = 3

/** `taken` is the status of the last try, 0 for none. */
export type Outcome = { readonly taken: boolean; readonly status: number; readonly tries: number }

export class Callbacks {
  readonly #platform: AppPlatform
  readonly #timing: CallbackTiming
  readonly #open = new Set<Promise<unknown>>()
  #held: (() => void) | undefined
  /** What the real platform would have ignored or disliked. */
  readonly complaints: string[] = []

  constructor(platform: AppPlatform, timing: CallbackTiming) {
    this.#platform = platform
    this.#timing = timing
  }

  /** The address as the admin console checks it before saving: the decrypted echo comes back byte for byte, within a second. */
  async verify(url: string): Promise<boolean> {
    const echo = String(randomInt(1e9, 2 ** 47))
    const sealed = seal(this.#platform, echo, this.#platform.corpId)
    const target = this.#signed(url, sealed)
    target.searchParams.set('echostr', sealed)
    try {
      const response = await fetch(target, { signal: AbortSignal.timeout(this.#timing.verifyMs) })
      return response.status === 200 && (await response.text()) === echo
    } catch {
      return false
    }
  }

  /** Posts it until it is taken or the tries are used up. Each try is signed anew; what is inside stays the same. */
  deliver(xml: string): Promise<Outcome> {
    const work = this.#deliver(xml)
    this.#open.add(work)
    work.finally(() => this.#open.delete(work)).catch(() => undefined)
    return work
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    this.#release()
    while (this.#open.size > 0) await Promise.allSettled(this.#open)
  }

  async #deliver(xml: string): Promise<Outcome> {
    const { faults, callbackUrl } = this.#platform
    if (!callbackUrl || faults.strikes('lost-callback')) return { taken: false, status: 0, tries: 0 }
    if (faults.strikes('reorder-callback') && !this.#held) await this.#holdBack()
    else this.#release()
    await this.#forge(callbackUrl, xml)
    let status = 0
    for (let tries = 1; tries <= TRIES; tries++) {
      if (tries > 1) await pause(this.#timing.retryMs)
      status = await this.#post(callbackUrl, xml)
      if (status !== 200) continue
      // (several reports) An answer that came may still not be noticed.
      if (faults.strikes('repeat-callback')) await this.#post(callbackUrl, xml)
      return { taken: true, status, tries }
    }
    return { taken: false, status, tries: TRIES }
  }

  /** Until the next delivery has overtaken it, or nobody else comes. */
  #holdBack(): Promise<void> {
    return new Promise((resolve) => {
      this.#held = resolve
      setTimeout(() => this.#release(), this.#timing.retryMs)
    })
  }

  #release(): void {
    this.#held?.()
    this.#held = undefined
  }

  /** What a forger would send before the true one. */
  async #forge(url: string, xml: string): Promise<void> {
    const { faults, corpId } = this.#platform
    if (faults.strikes('bad-signature')) await this.#post(url, xml, { token: 'guessed' })
    if (faults.strikes('wrong-receiver')) await this.#post(url, xml, { receiver: `${corpId}x` })
    if (faults.strikes('plain-callback')) await send(this.#signed(url, ''), xml, this.#timing.answerMs)
  }

  async #post(url: string, xml: string, forged: { token?: string; receiver?: string } = {}): Promise<number> {
    const { corpId, agentId } = this.#platform
    const sealed = seal(this.#platform, xml, forged.receiver ?? corpId)
    const target = this.#signed(url, sealed, forged.token)
    const body = toXml({ ToUserName: corpId, AgentID: String(agentId), Encrypt: sealed })
    const answer = await send(target, body, this.#timing.answerMs)
    if (answer.status === 200 && answer.text !== '' && answer.text !== 'success')
      this.complaints.push('a callback was answered with words that nobody reads')
    return answer.status
  }

  #signed(url: string, sealed: string, token = this.#platform.token): URL {
    const target = new URL(url)
    const timestamp = String(Math.floor(this.#platform.clock.now() / 1000))
    const nonce = randomBytes(8).readBigUInt64BE().toString()
    const signature = sign({ ...this.#platform, token }, timestamp, nonce, sealed)
    for (const [name, value] of Object.entries({ msg_signature: signature, timestamp, nonce }))
      target.searchParams.set(name, value)
    return target
  }
}

async function send(url: URL, body: string, timeoutMs: number): Promise<{ status: number; text: string }> {
  try {
    const headers = { 'content-type': 'text/xml' }
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers,
      signal: AbortSignal.timeout(timeoutMs),
    })
    return { status: response.status, text: await response.text() }
  } catch {
    return { status: 0, text: '' }
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
