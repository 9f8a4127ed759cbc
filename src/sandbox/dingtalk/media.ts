// Pictures that personas send: a download code in the message, and for a while an address where the bytes are.
import { randomUUID } from 'node:crypto'
import type { Instant } from '../../core/calendar/civil.ts'
import type { Platform } from './platform.ts'
import { type Body, Refusal, required } from './refusal.ts'

/** How long a code can be exchanged (recalled; the real life is unknown). */
const CODE_LIFE_MS = 24 * 3_600_000
/** How long the signed address works (recalled). */
const URL_LIFE_MS = 3_600_000

/** The code of a picture names its bubble, so it also works after a restart. */
export const pictureCode = (bubble: string, index: number): string =>
  Buffer.from(JSON.stringify([bubble, index])).toString('base64url')

export type Media = {
  /** Answers messageFiles/download. */
  address(body: Body, base: string): { downloadUrl: string }
  /** The bytes behind an address; undefined when it is unknown or too old. */
  bytes(path: string): Uint8Array | undefined
}

export function createMedia(platform: Platform): Media {
  const addresses = new Map<string, { picture: Uint8Array; until: Instant }>()
  return {
    address(body, base) {
      const empty = 'invalidParameter.robotCode.empty'
      // The same code for both members (documented).
      const robotCode = required(body, 'robotCode', empty)
      const picture = pictureOf(platform, required(body, 'downloadCode', empty))
      if (robotCode !== platform.robotCode) throw new Refusal('invalidParameter.robotCode.auth')
      if (!picture) throw new Refusal('invalidParameter.robotCode.downloadCode')
      // Every file is named so (documented).
      const path = `/files/${randomUUID()}.file`
      addresses.set(path, { picture, until: platform.clock.now() + URL_LIFE_MS })
      return { downloadUrl: `${base}${path}` }
    },
    bytes(path) {
      const found = addresses.get(path)
      return found && platform.clock.now() < found.until ? found.picture : undefined
    },
  }
}

function pictureOf({ world, clock }: Platform, code: string): Uint8Array | undefined {
  const [id, index] = parse(code)
  const bubble = typeof id === 'string' ? world.find(id) : undefined
  if (!bubble || clock.now() > bubble.at + CODE_LIFE_MS) return undefined
  const url = bubble.images?.[Number(index)]
  return url === undefined ? undefined : Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}

function parse(code: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(code, 'base64url').toString())
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

/** For the phones: JPEG or, as anything else is taken for, PNG. */
export function dataUrl(bytes: Uint8Array): string {
  const type = bytes[0] === 0xff && bytes[1] === 0xd8 ? 'jpeg' : 'png'
  return `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`
}
