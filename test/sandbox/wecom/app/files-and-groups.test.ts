// The imitated app's files, made groups, group robots and ids, by bare requests.
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buttonCard } from '../stage.ts'
import { type Json, LIAISON, message, openRawStage, type RawStage, SILENT, START } from './raw-stage.ts'

let stage: RawStage
beforeEach(async () => {
  stage = await openRawStage()
})
afterEach(() => stage.close())

describe('files', () => {
  async function upload(
    type: string,
    bytes: Uint8Array,
    query: Record<string, string> = stage.token(),
    path = 'media/upload',
  ): Promise<Json> {
    const form = new FormData()
    form.set('media', new Blob([new Uint8Array(bytes)]), '进度 四月.png')
    const response = await fetch(stage.address(path, { ...query, type }), { method: 'POST', body: form })
    return (await response.json()) as Json
  }

  it('are served whole and in ranges for three days', async () => {
    const bytes = Buffer.from('0123456789')
    const { media_id, created_at } = await upload('file', bytes)
    expect(created_at).toBe(String(START / 1000))
    const url = stage.address('media/get', { ...stage.token(), media_id: String(media_id) })
    expect(await (await fetch(url)).text()).toBe('0123456789')
    const part = await fetch(url, { headers: { range: 'bytes=2-4' } })
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
      206,
      '234',
      'bytes 2-4/10',
    ])
    stage.move(3 * 24 * 3_600_000 + 1)
    await stage.renew()
    expect(await stage.get('media/get', { ...stage.token(), media_id: String(media_id) })).toMatchObject({
      errcode: 40007,
    })
  })

  it.each<[number, string, number]>([
    [40005, 'poem', 10],
    [40006, 'file', 5],
    [40123, 'image', 10],
    [301_016, 'voice', 10],
    [45001, 'file', 20 * 1024 * 1024 + 1],
  ])('%i for a %s of %i bytes', async (errcode, type, size) => {
    expect(await upload(type, Buffer.alloc(size))).toMatchObject({ errcode })
  })

  it('of a group’s robot are good for that robot only', async () => {
    const { media_id } = await upload(
      'file',
      Buffer.from('0123456789'),
      { key: 'robot' },
      'webhook/upload_media',
    )
    const file = { msgtype: 'file', file: { media_id } }
    expect(await stage.post('message/send', message(file))).toMatchObject({ errcode: 40007 })
    expect(await stage.post('webhook/send', file, { key: 'robot' })).toMatchObject({ errcode: 0 })
  })
})

describe('groups', () => {
  const say = (content: string, more: object = {}) =>
    stage.post('webhook/send', { msgtype: 'markdown', markdown: { content }, ...more }, { key: 'robot' })

  it('a robot speaks twenty times a minute, within its bytes, with notices only', async () => {
    expect(await say('x'.repeat(4097))).toMatchObject({
      errcode: 40058,
      errmsg: expect.stringContaining('exceed max length 4096'),
    })
    expect(await say('', { msgtype: 'text', text: { content: 'x'.repeat(2049) } })).toMatchObject({
      errcode: 45002,
    })
    expect(await say('', { msgtype: 'template_card', template_card: buttonCard() })).toMatchObject({
      errcode: 42031,
    })
    const picture = Buffer.from('picture')
    const md5 = createHash('md5').update(picture).digest('hex')
    expect(
      await say('', { msgtype: 'image', image: { base64: picture.toString('base64'), md5 } }),
    ).toMatchObject({ errcode: 0 })
    for (let count = 0; count < 19; count++) expect(await say(`${count}`)).toMatchObject({ errcode: 0 })
    expect(await say('twenty-first')).toMatchObject({ errcode: 45009 })
    stage.move(60_000)
    expect(await say('next minute')).toMatchObject({ errcode: 0 })
  })

  it('an unknown key and a robot that is gone', async () => {
    expect(await stage.post('webhook/send', { msgtype: 'text' }, { key: 'x' })).toMatchObject({
      errcode: 93000,
    })
    stage.app.endWebhook('robot', 93008)
    expect(await say('x')).toMatchObject({ errcode: 93008 })
  })

  it.each<[number, object]>([
    [86006, { userlist: [LIAISON] }],
    [86007, { userlist: [LIAISON, 'nobody'] }],
    [86005, { userlist: [LIAISON, SILENT], owner: 'nobody' }],
    [86004, { userlist: [LIAISON, SILENT], name: '长'.repeat(51) }],
    [86001, { userlist: [LIAISON, SILENT], chatid: 'a-b' }],
  ])('%i for a group that cannot be made', async (errcode, group) => {
    expect(await stage.post('appchat/create', group)).toMatchObject({ errcode })
  })

  it('a made group hears words, no cards, and gives no msgid', async () => {
    expect(await stage.post('appchat/create', { userlist: [LIAISON, SILENT], chatid: 'g1' })).toMatchObject({
      errcode: 0,
      chatid: 'g1',
    })
    expect(await stage.post('appchat/create', { userlist: [LIAISON, SILENT], chatid: 'g1' })).toMatchObject({
      errcode: 86215,
    })
    expect(await stage.post('appchat/send', { chatid: 'g1', msgtype: 'template_card' })).toMatchObject({
      errcode: 40008,
    })
    const sent = await stage.post('appchat/send', {
      chatid: 'g1',
      msgtype: 'text',
      text: { content: '通报' },
    })
    expect(sent).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(await stage.get('appchat/get', { ...stage.token(), chatid: 'g1' })).toMatchObject({
      chat_info: { owner: LIAISON },
    })
  })
})

it('addresses are listed, encrypted ids converted and plain ones not', async () => {
  expect((await stage.get('getcallbackip', stage.token())).ip_list).toEqual(['127.0.0.1'])
  expect((await stage.get('get_api_domain_ip', stage.token())).ip_list).toEqual(['127.0.0.1'])
  expect(await stage.post('batch/openuserid_to_userid', { open_userid_list: [LIAISON] })).toMatchObject({
    userid_list: [],
    invalid_open_userid_list: [LIAISON],
  })
})
