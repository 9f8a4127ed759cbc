// The imitated app's tokens and messages, by bare requests: what the platform refuses, answers and forgets.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unseal } from '../../../../src/sandbox/wecom/app/seal.ts'
import { buttonCard } from '../stage.ts'
import { APP, type Json, LIAISON, message, openRawStage, type RawStage, RIGHT, SILENT } from './raw-stage.ts'

let stage: RawStage
beforeEach(async () => {
  stage = await openRawStage()
})
afterEach(() => stage.close())

describe('tokens', () => {
  it.each([
    [41002, {}],
    [41004, { corpid: APP.corpId }],
    [40013, { corpid: 'other', corpsecret: APP.secret }],
    [40001, { corpid: APP.corpId, corpsecret: 'other' }],
  ])('%i', async (errcode, query) => {
    expect(await stage.get('gettoken', query)).toMatchObject({ errcode })
  })

  it('the same while it is valid, with what is left of it; another afterwards', async () => {
    stage.move(3_600_000)
    const again = await stage.get('gettoken', RIGHT)
    expect(again).toMatchObject({ ...stage.token(), expires_in: 3600 })
    stage.move(3_600_000)
    const { errcode } = await stage.post('message/send', message())
    expect([40014, 42001]).toContain(errcode)
    const next = await stage.get('gettoken', RIGHT)
    expect(next.access_token).not.toBe(stage.token().access_token)
  })

  it('is read from the query only, and told with a hint', async () => {
    expect(await stage.post('message/send', { ...message(), ...stage.token() }, {})).toMatchObject({
      errcode: 41001,
      errmsg: expect.stringMatching(/, hint: \[\d+_\d+_[0-9a-f]+\], from ip: [\d.]+, more info at https:/),
    })
  })

  it('2000 wrong asks in an hour close the door for an hour', { timeout: 60_000 }, async () => {
    for (let count = 0; count < 2000; count++)
      await stage.get('gettoken', { corpid: 'other', corpsecret: 'x' })
    expect(await stage.get('gettoken', RIGHT)).toMatchObject({ errcode: 45009 })
    stage.move(3_600_000)
    expect(await stage.get('gettoken', RIGHT)).toMatchObject({ errcode: 0 })
  })
})

describe('sending', () => {
  it.each<[number, string, object]>([
    [82001, 'nobody', { touser: '' }],
    [40032, '1001 receivers', { touser: Array.from({ length: 1001 }, (_, index) => `u${index}`).join('|') }],
    [82002, '101 departments', { toparty: Array.from({ length: 101 }, (_, index) => index).join('|') }],
    [82003, '101 tags', { totag: Array.from({ length: 101 }, (_, index) => index).join('|') }],
    [81013, 'strangers only', { touser: 'nobody|neither' }],
    [40056, 'no app', { agentid: undefined }],
    [301_002, 'another app', { agentid: 1 }],
    [40008, 'an unknown type', { msgtype: 'poem', poem: {} }],
    [44004, 'no words', { text: { content: '' } }],
    [45002, 'markdown of 2049 bytes', { msgtype: 'markdown', markdown: { content: 'x'.repeat(2049) } }],
    [40007, 'a picture nobody uploaded', { msgtype: 'image', image: { media_id: 'x' } }],
    [
      45008,
      'nine articles',
      { msgtype: 'news', news: { articles: Array.from({ length: 9 }, () => ({ title: 'x' })) } },
    ],
    [
      40063,
      'a card of words without page',
      { msgtype: 'textcard', textcard: { title: 'x', description: 'y', url: '' } },
    ],
    [43012, 'buttons without a callback', { msgtype: 'template_card', template_card: buttonCard() }],
    [
      42035,
      'seven rows',
      {
        msgtype: 'template_card',
        template_card: buttonCard({
          horizontal_content_list: Array.from({ length: 7 }, () => ({ keyname: 'x' })),
        }),
      },
    ],
  ])('%i for %s', async (errcode, _what, changes) => {
    expect(await stage.post('message/send', message(changes))).toMatchObject({ errcode })
    expect(stage.shown()).toEqual([])
  })

  it('reaches whom it can and names the others in lower case', async () => {
    stage.app.hide(SILENT, true)
    const answer = await stage.post(
      'message/send',
      message({ touser: `${LIAISON.toUpperCase()}|Nobody|${SILENT}`, toparty: '7' }),
    )
    expect(answer).toMatchObject({ errcode: 0, invaliduser: `nobody|${SILENT}`, invalidparty: '7' })
    expect([stage.shown().length, stage.shown(SILENT).length]).toEqual([1, 0])
    expect(await stage.post('message/send', message({ touser: '@all' }))).toMatchObject({ errcode: 0 })
    expect(stage.shown()).toHaveLength(2)
  })

  it('words are cut at 2048 bytes, an identical request is delivered once in its interval', async () => {
    const checked = message({
      text: { content: '长'.repeat(1000) },
      enable_duplicate_check: 1,
      duplicate_check_interval: 60,
    })
    const [first, second] = [
      await stage.post('message/send', checked),
      await stage.post('message/send', checked),
    ]
    expect(second.msgid).toBe(first.msgid)
    expect(stage.shown().map(({ text }) => text)).toEqual(['长'.repeat(682)])
    stage.move(60_000)
    await stage.post('message/send', checked)
    expect(stage.shown()).toHaveLength(2)
  })

  it('a task_id is used up for ever; what is no JSON is said so; a GET is not taken', async () => {
    const card = message({
      msgtype: 'template_card',
      template_card: {
        card_type: 'text_notice',
        task_id: 't',
        main_title: { title: 'x' },
        card_action: { type: 1, url: 'https://x' },
      },
    })
    expect(await stage.post('message/send', card)).toMatchObject({ errcode: 0 })
    stage.move(365 * 24 * 3_600_000)
    await stage.renew()
    expect(await stage.post('message/send', card)).toMatchObject({ errcode: 42014 })
    expect((await stage.post('message/send', '{')).errmsg).toContain('Warning: wrong json format.')
    expect(await stage.get('message/send', stage.token())).toMatchObject({ errcode: 40003 })
  })
})

describe('changing a card', () => {
  const card = message({
    msgtype: 'template_card',
    touser: `${LIAISON}|${SILENT}`,
    template_card: buttonCard(),
  })
  const update = (response_code: unknown, more: object): Promise<Json> =>
    stage.post('message/update_template_card', { agentid: APP.agentId, response_code, ...more })

  /** Cards with buttons need an address that answers; a listener of our own plays the product. */
  async function send(): Promise<Json> {
    const listener = await echoing()
    expect(await stage.app.setCallback(listener.url)).toBe(true)
    const sent = await stage.post('message/send', card)
    await listener.close()
    return sent
  }

  it('the code of the sending greys the buttons of whoever is named, once', async () => {
    const { response_code } = await send()
    const named = { userids: [LIAISON, 'Nobody'], button: { replace_name: '已收到' } }
    expect(await update(response_code, named)).toEqual({ errcode: 0, errmsg: 'ok', invaliduser: ['nobody'] })
    expect(stage.shown()[0]?.card?.buttons).toEqual([
      expect.objectContaining({ text: '已收到', disabled: true }),
    ])
    expect(stage.shown(SILENT)[0]?.card?.buttons[0]?.disabled).toBeUndefined()
    expect(await update(response_code, named)).toMatchObject({ errcode: 40058 })
  })

  it('another card takes its place for all, within 72 hours', async () => {
    const { response_code } = await send()
    const next = {
      atall: 1,
      template_card: {
        card_type: 'text_notice',
        main_title: { title: '已截止' },
        card_action: { type: 1, url: 'https://x' },
      },
    }
    expect(await update('invented', next)).toMatchObject({ errcode: 40058 })
    expect(await update(response_code, { ...next, template_card: { card_type: 'poem' } })).toMatchObject({
      errcode: 42031,
    })
    expect(await update(response_code, next)).toMatchObject({ errcode: 0 })
    expect([stage.shown()[0], stage.shown(SILENT)[0]].map((one) => one?.card?.title)).toEqual([
      '已截止',
      '已截止',
    ])
  })

  it('not after 72 hours', async () => {
    const { response_code } = await send()
    stage.move(72 * 3_600_000 + 1)
    await stage.renew()
    expect(await update(response_code, { atall: 1, button: { replace_name: 'x' } })).toMatchObject({
      errcode: 40058,
    })
  })
})

/** Answers the address check as the product must. */
async function echoing(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const echo = new URL(request.url ?? '', 'http://x').searchParams.get('echostr') ?? ''
    response.end(unseal(APP, echo).text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((resolve) => void server.close(() => resolve()).closeAllConnections()),
  }
}
