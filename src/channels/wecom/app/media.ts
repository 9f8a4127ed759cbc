// Files up to the platform and down from it, each of which it keeps three days (documented: 上传临时素材, 获取临时素材).
import type { Fetched } from '../media.ts'
import { fileName, MAX_MEDIA_BYTES, readAtMost } from '../media.ts'
import type { Api } from './api.ts'
import type { Exchange } from './exchange.ts'

export type FileKind = 'image' | 'voice' | 'video' | 'file'

/** The answer holds `media_id`. (recalled) A Chinese name goes as raw UTF-8 in `filename`, which is what FormData writes. */
export function upload(
  api: Api,
  { kind, name, bytes }: { kind: FileKind; name: string; bytes: Uint8Array },
): Promise<Exchange> {
  return api.call({
    path: '/cgi-bin/media/upload',
    query: { type: kind },
    form: () => {
      const form = new FormData()
      form.set('media', new Blob([new Uint8Array(bytes)]), name)
      return form
    },
  })
}

/** Throws: what a person can cure in Chinese, a broken line as fetch says it. */
export async function download(api: Api, mediaId: string): Promise<Fetched> {
  const answer = await api.file({ path: '/cgi-bin/media/get', query: { media_id: mediaId } })
  if (answer.type === 'answered') throw new Error(`图片或文件已经取不到了（${answer.code}），请重新发送`)
  if (answer.type !== 'file') throw new Error(`图片或文件暂时取不到：${answer.detail}`)
  const { response } = answer
  const bytes = await readAtMost(response, MAX_MEDIA_BYTES)
  const mimeType = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  const name = fileName(response.headers.get('content-disposition') ?? '')
  return { bytes, ...(mimeType ? { mimeType } : {}), ...(name ? { name } : {}) }
}
