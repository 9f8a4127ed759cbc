// Who may come in by the callback: nothing of a request is opened or read before its signature holds (documented: 回调配置).
import type { Clock } from '../../../app/ports.ts'
import { type CallbackSecrets, isSigned, type Signed, unseal } from './crypto.ts'

/**
 * How far a request's time may be from ours, either way. The fact sheet gives no number (ours): longer than any three tries of five
 * seconds with a badly set clock, shorter than an eavesdropper would like.
 */
export const STALE_MS = 10 * 60_000

/** Signatures remembered at most: ten minutes at 200 requests a second fit. The oldest are forgotten first; storing is idempotent anyway. */
const MAX_REMEMBERED = 250_000

export type Refusal = 'bad-query' | 'no-encrypt' | 'bad-signature' | 'stale' | 'replayed' | 'not-for-us'
export type Entry =
  | { readonly type: 'opened'; readonly text: string; readonly signature: string }
  | { readonly type: 'refused'; readonly why: Refusal }

const refused = (why: Refusal): Entry => ({ type: 'refused', why })

export class Door {
  readonly #secrets: CallbackSecrets
  readonly #clock: Clock
  /** Signatures of what was let in, with their times; in order of arrival. */
  readonly #seen = new Map<string, number>()

  constructor(secrets: CallbackSecrets, clock: Clock) {
    this.#secrets = secrets
    this.#clock = clock
  }

  /**
   * The text of a delivery. The platform signs every try anew, so a signature that was let in once is a replay; `forget` it when the
   * message could not be stored, in case a try should come back as it was.
   */
  open(query: Readonly<Record<string, unknown>>, body: Buffer): Entry {
    const sealed = sealedIn(body)
    if (sealed === undefined) return refused('no-encrypt')
    const entry = this.check(query, sealed)
    if (entry.type === 'refused') return entry
    if (this.#seen.has(entry.signature)) return refused('replayed')
    this.#remember(entry.signature)
    return entry
  }

  /** The same for the check of the address, where nothing is stored and so nothing is remembered. */
  check(query: Readonly<Record<string, unknown>>, sealed: string): Entry {
    const signed = signedIn(query)
    if (!signed || !BASE64.test(sealed)) return refused('bad-query')
    if (!isSigned(this.#secrets, signed, sealed)) return refused('bad-signature')
    if (Math.abs(this.#clock.now() - Number(signed.timestamp) * 1000) > STALE_MS) return refused('stale')
    const text = unseal(this.#secrets, sealed)
    return text === undefined ? refused('not-for-us') : { type: 'opened', text, signature: signed.signature }
  }

  forget(signature: string): void {
    this.#seen.delete(signature)
  }

  #remember(signature: string): void {
    const now = this.#clock.now()
    // A signature older than this is stale by its own time.
    for (const [old, at] of this.#seen) {
      if (now - at <= 2 * STALE_MS && this.#seen.size < MAX_REMEMBERED) break
      this.#seen.delete(old)
    }
    this.#seen.set(signature, now)
  }
}

const BASE64 = /^[0-9A-Za-z+/]+={0,2}$/
const ONE_ENCRYPT = /<Encrypt>\s*(?:<!\[CDATA\[([0-9A-Za-z+/=]+)\]\]>|([0-9A-Za-z+/=]+))\s*<\/Encrypt>/

/** The one ciphertext of a body, found without parsing it: until its signature holds, nothing around it is worth a parser's risk. */
function sealedIn(body: Buffer): string | undefined {
  const text = body.toString('latin1')
  if (text.split('<Encrypt>').length !== 2) return undefined
  const found = ONE_ENCRYPT.exec(text)
  return found?.[1] ?? found?.[2]
}

function signedIn(query: Readonly<Record<string, unknown>>): Signed | undefined {
  const { msg_signature: signature, timestamp, nonce } = query
  if (typeof signature !== 'string' || typeof timestamp !== 'string' || typeof nonce !== 'string')
    return undefined
  const isGood =
    /^[0-9a-f]{40}$/.test(signature) && /^\d{1,12}$/.test(timestamp) && /^[\x21-\x7e]{1,128}$/.test(nonce)
  return isGood ? { signature, timestamp, nonce } : undefined
}
