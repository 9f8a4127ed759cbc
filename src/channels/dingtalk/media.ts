// Fetches the bytes of a picture or file from its temporary address, within bounds.
import { setTimeout as delay } from 'node:timers/promises'

/** The platform's own limit for files and pictures. */
export const MAX_MEDIA_BYTES = 20 * 1024 * 1024

/** What the file servers answered for a while with good links (field reports). */
const PASSING = [500, 502, 503, 504]
/** Pauses before the next tries. */
const PAUSES_MS = [500, 2_000]

/**
 * Throws with a Chinese sentence: too large, an error page in place of the file, or not reached within `timeoutMs`. Tries a server's
 * passing trouble again.
 */
export async function download(
  url: string,
  timeoutMs: number,
  pauses: readonly number[] = PAUSES_MS,
): Promise<{ bytes: Uint8Array; mimeType?: string }> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
  const [pause, ...later] = pauses
  if (PASSING.includes(response.status) && pause !== undefined) {
    await response.body?.cancel()
    await delay(pause)
    return download(url, timeoutMs, later)
  }
  const mimeType = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (!response.ok || !response.body) {
    await response.body?.cancel()
    throw new Error(`图片或文件暂时取不到（HTTP ${response.status}），请稍后重发`)
  }
  const bytes = await bounded(response.body)
  if (mimeType === 'text/html' || looksLikeHtml(bytes)) {
    throw new Error('取到的是网页而不是图片或文件：链接已失效，请对方重新发送')
  }
  const known = mimeType && mimeType !== 'application/octet-stream'
  return { bytes, ...(known && { mimeType }) }
}

async function bounded(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  // Leaving the loop by an error cancels the stream.
  for await (const part of body) {
    size += part.byteLength
    if (size > MAX_MEDIA_BYTES) throw new Error('图片或文件超过 20 MB，请对方压缩后重新发送')
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}

// Error pages also come as octet-stream.
function looksLikeHtml(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 64)).toString('latin1').trimStart().toLowerCase()
  return head.startsWith('<!doctype html') || head.startsWith('<html')
}
