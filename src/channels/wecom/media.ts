// Pictures and files behind WeCom's links: ciphertext that lives five minutes, fetched within bounds and decrypted.
import { decryptFile } from '@wecom/aibot-node-sdk'
import { z } from 'zod'
import type { MediaRef } from '../../core/message/types.ts'

/** Larger files are refused before they fill the memory. */
export const MAX_MEDIA_BYTES = 20 * 1024 * 1024
const FETCH_MS = 30_000
const PADDING_BYTES = 32

const Ref = z.object({ url: z.url({ protocol: /^https?$/ }), aeskey: z.string().optional() })

export type Fetched = { bytes: Uint8Array; mimeType?: string; name?: string }

/** Downloads and decrypts. Throws: what a person can cure in Chinese, a broken line as fetch says it. The SDK's own download has no bound on the size. */
export async function fetchMedia(media: MediaRef, maxBytes: number = MAX_MEDIA_BYTES): Promise<Fetched> {
  const ref = Ref.safeParse(media.ref)
  if (!ref.success) throw new Error('图片或文件的下载地址不完整，请重新发送')
  const response = await fetch(ref.data.url, { signal: AbortSignal.timeout(FETCH_MS) })
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  // An expired link answers with a page, sometimes under status 200.
  if (!response.ok || type === 'text/html' || type === 'application/json') {
    await response.body?.cancel()
    throw new Error(`图片或文件已经取不到了（HTTP ${response.status}），请重新发送`)
  }
  const raw = await readAtMost(response, maxBytes + PADDING_BYTES)
  const bytes = ref.data.aeskey === undefined ? raw : decrypt(raw, ref.data.aeskey)
  const name = fileName(response.headers.get('content-disposition') ?? '')
  // Ciphertext is served as plain bytes: that says nothing about the file.
  const mimeType = type === 'application/octet-stream' ? '' : type
  return { bytes, ...(mimeType ? { mimeType } : {}), ...(name ? { name } : {}) }
}

/** The whole body, unless it is longer: then it throws before it fills the memory. */
export async function readAtMost(response: Response, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > most) throw new Error('图片或文件太大，请压缩后重新发送')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function decrypt(bytes: Buffer, aeskey: string): Uint8Array {
  try {
    return decryptFile(bytes, aeskey)
  } catch {
    throw new Error('图片或文件解不开，可能没有传完整，请重新发送')
  }
}

/** The name in a Content-Disposition header: RFC 5987, or UTF-8 bytes as they stand, which fetch hands over as Latin-1. */
export function fileName(header: string): string | undefined {
  try {
    const encoded = /filename\*=UTF-8''([^;\s]+)/i.exec(header)?.[1]
    if (encoded) return decodeURIComponent(encoded)
    const plain = /filename="?([^";]+)"?/i.exec(header)?.[1]
    return plain && decodeURIComponent(Buffer.from(plain, 'latin1').toString('utf8'))
  } catch {
    return undefined
  }
}
