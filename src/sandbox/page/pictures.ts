// Pictures on their way in (base64 from the page) and out (data URLs of the world as addresses).
import type { Bubble } from '../world.ts'
import { PageError } from './errors.ts'
import { PICTURE_BYTES } from './requests.ts'

const DATA_URL = /^data:(image\/(?:png|jpeg|gif|webp));base64,/
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

// First bytes of the formats that phones send.
const MAGIC: readonly (readonly number[])[] = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x52, 0x49, 0x46, 0x46],
]

/** The original bytes of the pictures that the page sends, unchanged. */
export function decodePictures(images: readonly string[]): Uint8Array[] {
  const pictures = images.map(decodePicture)
  const total = pictures.reduce((sum, one) => sum + one.length, 0)
  if (total > PICTURE_BYTES)
    throw new PageError(413, 'too-large', '图片加起来超过 15 MB，请少发几张或换小一点的图片。')
  return pictures
}

function decodePicture(image: string): Uint8Array {
  const bytes = BASE64.test(image) ? new Uint8Array(Buffer.from(image, 'base64')) : undefined
  if (bytes && MAGIC.some((magic) => magic.every((byte, i) => bytes[i] === byte))) return bytes
  throw new PageError(400, 'not-a-picture', '这不是图片，请选择 JPG、PNG、GIF 或 WebP 图片。')
}

/** The bubble as the page gets it: a big picture is fetched once, not with every state. */
export function withPictureAddresses(bubble: Bubble): Bubble {
  if (!bubble.images) return bubble
  const id = encodeURIComponent(bubble.id)
  return { ...bubble, images: bubble.images.map((_, i) => `/sandbox/api/pictures/${id}/${i}`) }
}

/** Type and bytes of one picture of a bubble; undefined when there is none. */
export function pictureOf(
  bubble: Bubble | undefined,
  index: number,
): { type: string; bytes: Buffer } | undefined {
  const url = bubble?.images?.[index]
  const type = url && DATA_URL.exec(url)?.[1]
  return type ? { type, bytes: Buffer.from(url.slice(url.indexOf(',') + 1), 'base64') } : undefined
}
