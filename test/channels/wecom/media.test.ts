// Downloads within bounds, and the decryption of the long connection's media against a known vector.
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { fetchMedia } from '../../../src/channels/wecom/media.ts'
import type { MediaRef } from '../../../src/core/message/types.ts'

// Key: the ASCII characters 0-9 and a-v; made and checked with the platform's own SDK.
const VECTOR = {
  aeskey: 'MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY',
  ciphertext: Buffer.from('3918da88d493eb929041ed630ec849a723da80f99853da4b20f889482a524b1e', 'hex'),
  plain: 'hello media',
}

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function serve(answer: (response: ServerResponse) => void): Promise<MediaRef> {
  const server = createServer((_request, response) => answer(response))
  closing.push(() => server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { kind: 'file', ref: { url: `http://127.0.0.1:${port}/`, aeskey: VECTOR.aeskey } }
}

it('decrypts the vector, with or without the padding of its key', async () => {
  const media = await serve((response) => response.end(VECTOR.ciphertext))
  const padded = { ...media, ref: { ...media.ref, aeskey: `${VECTOR.aeskey}=` } }
  for (const one of [media, padded])
    expect(Buffer.from((await fetchMedia(one)).bytes).toString()).toBe(VECTOR.plain)
})

it.each([
  [`attachment; filename="${Buffer.from('进度表.xlsx').toString('latin1')}"`, '进度表.xlsx'],
  [`attachment; filename*=UTF-8''%E8%BF%9B%E5%BA%A6.xlsx`, '进度.xlsx'],
  ['attachment; filename="bad%zz.xlsx"', undefined],
  ['attachment', undefined],
])('reads the name in %j', async (header, name) => {
  const media = await serve((response) =>
    response
      .writeHead(200, { 'content-disposition': header, 'content-type': 'image/png' })
      .end(VECTOR.ciphertext),
  )
  const fetched = await fetchMedia(media)
  expect(fetched.name).toBe(name)
  expect(fetched.mimeType).toBe('image/png')
})

it('takes a page, an error or a wrong key for what it is', async () => {
  const page = await serve((response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html></html>'),
  )
  await expect(fetchMedia(page)).rejects.toThrow('取不到')
  const gone = await serve((response) => response.writeHead(403).end())
  await expect(fetchMedia(gone)).rejects.toThrow('HTTP 403')
  const cutShort = await serve((response) => response.end(VECTOR.ciphertext.subarray(0, 20)))
  await expect(fetchMedia(cutShort)).rejects.toThrow('解不开')
  await expect(fetchMedia({ kind: 'image', ref: {} })).rejects.toThrow('下载地址')
  await expect(fetchMedia({ kind: 'image', ref: { url: 'file:///etc/hosts' } })).rejects.toThrow('下载地址')
})

it('stops reading what is too big', async () => {
  let sent = 0
  const media = await serve((response) => {
    const chunk = Buffer.alloc(64 * 1024)
    const pour = (): void => {
      while (!response.destroyed && sent < 50 * 1024 * 1024) {
        sent += chunk.length
        if (!response.write(chunk)) return void response.once('drain', pour)
      }
      response.end()
    }
    pour()
  })
  await expect(fetchMedia(media, 1024 * 1024)).rejects.toThrow('太大')
  expect(sent).toBeLessThan(20 * 1024 * 1024)
})
