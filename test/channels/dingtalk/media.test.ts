// Fetching pictures and files: their bytes, or a sentence that says what to do.
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { download, MAX_MEDIA_BYTES } from '../../../src/channels/dingtalk/media.ts'
import { LIAISON, startPair } from './support.ts'

async function serve(listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.file`,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

test('bytes and, where it says something, their type', async () => {
  await using server = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'image/PNG; charset=x' }).end('abc')
  })
  expect(await download(server.url, 1_000)).toEqual({
    bytes: new Uint8Array([97, 98, 99]),
    mimeType: 'image/png',
  })
})

test('exactly twenty megabytes are taken, one byte more is not', async () => {
  let size = MAX_MEDIA_BYTES
  await using server = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(Buffer.alloc(size))
  })
  expect((await download(server.url, 10_000)).bytes.byteLength).toBe(MAX_MEDIA_BYTES)
  size++
  await expect(download(server.url, 10_000)).rejects.toThrow('超过 20 MB')
})

test.each([
  ['text/html; charset=utf-8', '<p>稍候</p>'],
  ['application/octet-stream', '\n<!DOCTYPE html><p>稍候</p>'],
])('a page sent as %s is no file', async (type, body) => {
  await using server = await serve((_, response) => {
    response.writeHead(200, { 'content-type': type }).end(body)
  })
  await expect(download(server.url, 1_000)).rejects.toThrow('网页')
})

test('an error of the file server is said', async () => {
  await using server = await serve((_, response) => {
    response.writeHead(502).end('bad gateway')
  })
  await expect(download(server.url, 1_000, [1, 1])).rejects.toThrow('502')
})

test('passing trouble of the file server is waited for', async () => {
  await using pair = await startPair()
  await pair.platform.say(LIAISON, LIAISON, { text: '', images: [new Uint8Array([7])] })
  const content = pair.received[0]?.content
  if (content?.type !== 'text' || !content.media[0]) throw new Error('no picture')
  pair.platform.faults.arm('bad-gateway')
  expect([...(await pair.channel.fetchMedia(content.media[0])).bytes]).toEqual([7])
})

test('a code that ran out, that is wrong or missing asks for the file again', async () => {
  await using pair = await startPair()
  await pair.platform.say(LIAISON, LIAISON, { text: '', images: [new Uint8Array([1])] })
  const content = pair.received[0]?.content
  if (content?.type !== 'text' || !content.media[0]) throw new Error('no picture')
  pair.clock.at += 25 * 3_600_000
  await expect(pair.channel.fetchMedia(content.media[0])).rejects.toThrow('重新发送')
  await expect(pair.channel.fetchMedia({ kind: 'image', ref: { downloadCode: 'x' } })).rejects.toThrow(
    '重新发送',
  )
  await expect(pair.channel.fetchMedia({ kind: 'image', ref: {} })).rejects.toThrow('重新发送')
})
