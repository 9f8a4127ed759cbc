// Signing and encrypting what the platform posts to a callback, from the document and not from the library that the product uses (documented: 加解密方案说明).
import { createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { encrypt } from '../media.ts'

export type SealSecrets = { readonly token: string; readonly encodingAesKey: string }

const keyOf = (encodingAesKey: string): Buffer => Buffer.from(`${encodingAesKey}=`, 'base64')

/** 16 random bytes, the length of the text in 4, the text, the receiver's id; in Base64. */
export function seal(
  { encodingAesKey }: SealSecrets,
  text: string,
  receiveId: string,
  random: Buffer = randomBytes(16),
): string {
  const body = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  return encrypt(
    Buffer.concat([random, length, body, Buffer.from(receiveId)]),
    keyOf(encodingAesKey),
  ).toString('base64')
}

/** SHA-1 of the sorted four. */
export const sign = ({ token }: SealSecrets, timestamp: string, nonce: string, sealed: string): string =>
  createHash('sha1').update([token, timestamp, nonce, sealed].sort().join('')).digest('hex')

/** The text inside, for the tests of this side. */
export function unseal({ encodingAesKey }: SealSecrets, sealed: string): { text: string; receiveId: string } {
  const key = keyOf(encodingAesKey)
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()])
  const unpadded = plain.subarray(0, plain.length - (plain.at(-1) ?? 0))
  const end = 20 + unpadded.readUInt32BE(16)
  return { text: unpadded.subarray(20, end).toString(), receiveId: unpadded.subarray(end).toString() }
}
