// Pictures of the imitated platform: ciphertext with a key of its own, served over HTTP for five minutes.
import { createCipheriv, randomBytes, randomUUID } from 'node:crypto'
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Instant } from '../../core/calendar/civil.ts'
import type { ImitationClock } from '../imitation.ts'

// (documented: 接收消息) Download links live five minutes.
const LIFE_MS = 5 * 60_000
// (documented: 智能机器人长连接) PKCS#7 to 32 bytes, twice the cipher's own block.
const PAD_TO = 32

type Stored = { readonly ciphertext: Buffer; readonly name: string; readonly at: Instant }

export type Media = {
  /** The `image` object of a callback. */
  put(bytes: Uint8Array): { url: string; aeskey: string }
  /** Answers a GET below `/media/`. */
  serve(path: string, response: ServerResponse): void
}

/** Files live in memory: after a restart their links are dead, as after five minutes. */
export function createMedia(clock: ImitationClock, baseUrl: () => string): Media {
  const files = new Map<string, Stored>()
  return {
    put(bytes) {
      const id = randomUUID()
      const key = randomBytes(32)
      const name = `图片-${id.slice(0, 8)}${imageType(bytes).extension}`
      files.set(id, { ciphertext: encrypt(bytes, key), name, at: clock.now() })
      // (several reports) The final `=` of the key may be missing.
      return { url: `${baseUrl()}/media/${id}`, aeskey: key.toString('base64').replace(/=+$/, '') }
    },
    serve(path, response) {
      const file = files.get(path.replace('/media/', ''))
      if (!file) response.writeHead(404).end()
      else if (clock.now() - file.at > LIFE_MS)
        response.writeHead(403, { 'content-type': 'text/html' }).end('<p>expired</p>')
      else response.writeHead(200, headersOf(file)).end(file.ciphertext)
    },
  }
}

function headersOf(file: Stored): OutgoingHttpHeaders {
  return {
    'content-type': 'application/octet-stream',
    'content-length': file.ciphertext.length,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  }
}

/** AES-256-CBC with the first 16 bytes of the key as IV (documented: 智能机器人长连接). */
export function encrypt(bytes: Uint8Array, key: Uint8Array): Buffer {
  const padding = PAD_TO - (bytes.length % PAD_TO)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(bytes), cipher.update(Buffer.alloc(padding, padding)), cipher.final()])
}

/** What the phone shows of a sent picture. */
export function dataUrl(bytes: Uint8Array): string {
  return `data:${imageType(bytes).mime};base64,${Buffer.from(bytes).toString('base64')}`
}

function imageType(bytes: Uint8Array): { mime: string; extension: string } {
  return bytes[0] === 0x89 && bytes[1] === 0x50
    ? { mime: 'image/png', extension: '.png' }
    : { mime: 'image/jpeg', extension: '.jpg' }
}
