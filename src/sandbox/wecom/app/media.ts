// Files of the imitated app: taken by upload, kept three days, served whole or in ranges (documented: 上传临时素材, 获取临时素材).
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ImitationClock } from '../../imitation.ts'
import { type AppAnswer, type AppPlatform, no, OK } from './platform.ts'

const LIFE_MS = 3 * 24 * 3_600_000
const MIN_BYTES = 5
const MB = 1024 * 1024
const RANGE_BYTES = 20 * MB

export type MediaKind = 'image' | 'voice' | 'video' | 'file'
export type StoredMedia = {
  readonly kind: MediaKind
  readonly name: string
  readonly mimeType: string
  readonly dataUrl: string
}
type File = { readonly kind: MediaKind; readonly name: string; readonly bytes: Buffer; readonly at: number }

// [the most bytes, the code for more, what its bytes must look like, the code for others]
const KINDS: Readonly<Record<MediaKind, readonly [number, number, (bytes: Buffer) => boolean, number]>> = {
  image: [10 * MB, 40009, isPicture, 40123],
  voice: [2 * MB, 45001, (bytes) => bytes.subarray(0, 5).toString() === '#!AMR', 301016],
  video: [10 * MB, 40011, (bytes) => bytes.subarray(4, 8).toString() === 'ftyp', 40004],
  file: [20 * MB, 45001, () => true, 0],
}

function isPicture(bytes: Buffer): boolean {
  return (
    bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47])) ||
    (bytes[0] === 0xff && bytes[1] === 0xd8)
  )
}

export class AppMedia {
  readonly #clock: ImitationClock
  readonly #files = new Map<string, File>()

  constructor(clock: ImitationClock) {
    this.#clock = clock
  }

  /** A file that a member sent, or one that was uploaded: its media_id. */
  put(kind: MediaKind, name: string, bytes: Uint8Array): string {
    const id = randomBytes(24).toString('base64url')
    this.#files.set(id, { kind, name, bytes: Buffer.from(bytes), at: this.#clock.now() })
    return id
  }

  find(id: string): StoredMedia | undefined {
    const file = this.#alive(id)
    if (!file) return undefined
    const mimeType = mimeOf(file)
    return {
      kind: file.kind,
      name: file.name,
      mimeType,
      dataUrl: `data:${mimeType};base64,${file.bytes.toString('base64')}`,
    }
  }

  /** Multipart with a part `media` that has a file name. */
  async upload(
    platform: AppPlatform,
    query: URLSearchParams,
    request: IncomingMessage,
    body: Buffer,
  ): Promise<AppAnswer> {
    const kind = query.get('type') ?? ''
    if (!isKind(kind)) return no(platform, 40005, 'invalid file type')
    const part = await partOf(request.headers['content-type'] ?? '', body)
    if (!part) return no(platform, 44001, 'empty media data')
    const bytes = Buffer.from(await part.arrayBuffer())
    if (bytes.length <= MIN_BYTES) return no(platform, 40006, 'invalid media size')
    const [most, tooBig, isRight, wrong] = KINDS[kind]
    if (bytes.length > most) return no(platform, tooBig, 'media size out of limit')
    if (!isRight(bytes)) return no(platform, wrong, 'invalid media format')
    const media_id = this.put(kind, part.name, bytes)
    return { ...OK, type: kind, media_id, created_at: String(Math.floor(this.#clock.now() / 1000)) }
  }

  /** Serves the file; false when there is none (any more), which is then told as JSON. */
  serve(id: string, range: string | undefined, response: ServerResponse): boolean {
    const file = this.#alive(id)
    if (!file) return false
    const span = range === undefined ? undefined : /^bytes=(\d+)-(\d*)$/.exec(range)
    const from = Number(span?.[1] ?? 0)
    const to = Math.min(
      Number(span?.[2] || file.bytes.length - 1),
      file.bytes.length - 1,
      from + RANGE_BYTES - 1,
    )
    const bytes = span ? file.bytes.subarray(from, to + 1) : file.bytes
    response.writeHead(span ? 206 : 200, {
      'content-type': mimeOf(file),
      'content-length': bytes.length,
      'content-disposition': `attachment; filename="${encodeURIComponent(file.name)}"`,
      ...(span ? { 'content-range': `bytes ${from}-${to}/${file.bytes.length}` } : {}),
    })
    response.end(bytes)
    return true
  }

  #alive(id: string): File | undefined {
    const file = this.#files.get(id)
    return file && this.#clock.now() - file.at <= LIFE_MS ? file : undefined
  }
}

const isKind = (kind: string): kind is MediaKind => Object.hasOwn(KINDS, kind)

async function partOf(contentType: string, body: Buffer) {
  try {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': contentType },
    }).formData()
    const part = form.get('media')
    return typeof part === 'object' && part !== null && part.name ? part : undefined
  } catch {
    return undefined
  }
}

function mimeOf({ kind, bytes }: File): string {
  if (kind === 'image') return bytes[0] === 0x89 ? 'image/png' : 'image/jpeg'
  return { voice: 'audio/amr', video: 'video/mp4', file: 'application/octet-stream' }[kind]
}
