// The signature and the envelope of a callback: who wrote it, and what is inside (documented: 加解密方案说明).
import { timingSafeEqual } from 'node:crypto'
import { decrypt, encrypt, getSignature } from '@wecom/crypto'

export type CallbackSecrets = {
  readonly corpId: string
  readonly token: string
  /** 43 characters. */
  readonly encodingAesKey: string
}

export type Signed = { readonly signature: string; readonly timestamp: string; readonly nonce: string }

/** True when whoever knows the token signed exactly this ciphertext; takes the same time however wrong it is. */
export function isSigned(
  { token }: CallbackSecrets,
  { signature, timestamp, nonce }: Signed,
  sealed: string,
): boolean {
  const right = Buffer.from(getSignature(token, timestamp, nonce, sealed))
  const given = Buffer.from(signature)
  return given.length === right.length && timingSafeEqual(given, right)
}

/**
 * The text inside; undefined when it was not sealed with our key for our corporation. The library returns garbage for a wrong key and
 * looks at neither padding nor length nor encoding: what it opened must close again to the very same bytes.
 */
export function unseal({ encodingAesKey, corpId }: CallbackSecrets, sealed: string): string | undefined {
  try {
    const { message, id, random } = decrypt(encodingAesKey, sealed)
    if (id !== corpId || encrypt(encodingAesKey, message, id, random) !== sealed) return undefined
    return message
  } catch {
    return undefined
  }
}
