// Small facts that go out to a browser and come back untouched: JSON and its HMAC under the installation's own key.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a text was signed for is nothing for any other purpose. A form's is empty: its links are older than the others. */
export type Purpose = '' | 'session-1:' | 'attempt-1:'

type Fact = string | number | boolean

/** `<payload>.<HMAC-SHA256>`, both base64url. */
export function sign(purpose: Purpose, facts: readonly Fact[], key: Uint8Array): string {
  const payload = Buffer.from(JSON.stringify(facts)).toString('base64url')
  return `${payload}.${signature(purpose, payload, key).toString('base64url')}`
}

/** The facts of an untouched text; undefined for anything else. Whether they have expired is for the caller. */
export function readSigned(purpose: Purpose, text: string, key: Uint8Array): unknown {
  const [payload = '', signed = '', ...rest] = text.split('.')
  const given = Buffer.from(signed, 'base64url')
  const right = signature(purpose, payload, key)
  if (rest.length > 0 || given.length !== right.length || !timingSafeEqual(given, right)) return undefined
  return JSON.parse(Buffer.from(payload, 'base64url').toString())
}

// No payload holds a colon, so no purpose can be taken for the beginning of one.
const signature = (purpose: Purpose, payload: string, key: Uint8Array): Buffer =>
  createHmac('sha256', key).update(purpose).update(payload).digest()
