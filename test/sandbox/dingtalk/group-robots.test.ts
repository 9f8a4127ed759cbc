// The imitated robots of single groups: their security settings, their limits and every refusal.
import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { request } from './client.ts'
import { GROUP, startOffice } from './office.ts'

const SIGN = 'SECxyz'
const webhooks = {
  plain: { chatId: GROUP },
  signed: { chatId: GROUP, secret: SIGN },
  worded: { chatId: GROUP, keyword: '督办' },
  lost: { chatId: 'cidGone==' },
}
type Office = Awaited<ReturnType<typeof startOffice>>

const send = (office: Office, token: string, body: object, query = '') =>
  request(office.platform, `POST /robot/send?access_token=${token}${query}`, body)

const words = (content: string, more: object = {}) => ({ msgtype: 'text', text: { content }, ...more })

const signature = (timestamp: number): string => {
  const sign = createHmac('sha256', SIGN).update(`${timestamp}\n${SIGN}`).digest('base64')
  return `&timestamp=${timestamp}&sign=${encodeURIComponent(sign)}`
}

describe('security', () => {
  test('a sign of this hour is taken, an older, a wrong and a missing one are not', async () => {
    await using office = await startOffice({ webhooks })
    const now = office.clock.at
    expect(await send(office, 'signed', words('好'), signature(now))).toMatchObject({ body: { errcode: 0 } })
    for (const [query, errmsg] of [
      [signature(now - 3_600_001), 'invalid timestamp'],
      [`&timestamp=${now}&sign=abc`, 'sign not match'],
      [signature(now).replace(String(now), String(now + 1)), 'sign not match'],
      ['', 'invalid timestamp'],
    ] as const) {
      expect(await send(office, 'signed', words('好'), query)).toEqual({
        status: 200,
        body: { errcode: 310_000, errmsg },
      })
    }
    expect(office.world.bubbles()).toHaveLength(1)
  })

  test('a keyword must be in the message', async () => {
    await using office = await startOffice({ webhooks })
    expect(await send(office, 'worded', words('各位好'))).toMatchObject({
      body: { errmsg: 'keywords not in content' },
    })
    expect(await send(office, 'worded', words('督办事项'))).toMatchObject({ body: { errcode: 0 } })
  })
})

describe('messages', () => {
  test.each([
    [{ msgtype: 'markdown', markdown: { title: '标题', text: '正文' } }, '正文'],
    [{ msgtype: 'actionCard', actionCard: { title: '标题', text: '正文' } }, '正文'],
    [{ msgtype: 'link', link: { title: '标题', text: '正文', messageUrl: 'https://x' } }, '正文'],
    [{ msgtype: 'feedCard', feedCard: { links: [{ title: '甲' }, { title: '乙' }] } }, '甲\n乙'],
  ])('%o', async (body, markdown) => {
    await using office = await startOffice({ webhooks })
    expect(await send(office, 'plain', body)).toMatchObject({ body: { errcode: 0 } })
    expect(office.world.bubbles()).toMatchObject([{ chat: GROUP, markdown }])
  })

  test.each([
    ['plain', { msgtype: 'image', image: {} }, 400_105],
    ['plain', { msgtype: 'markdown', markdown: { text: '没有标题' } }, 40_035],
    ['plain', words(''), 40_035],
    ['plain', words('长'.repeat(6_700)), 460_101],
    ['none', words('好'), 300_001],
    ['lost', words('好'), 400_013],
  ])('%s %#', async (token, body, errcode) => {
    await using office = await startOffice({ webhooks })
    expect(await send(office, token, body)).toMatchObject({ status: 200, body: { errcode } })
    expect(office.world.bubbles()).toEqual([])
  })

  test('the same msgUuid is shown once, and a mention needs its @ in the text', async () => {
    await using office = await startOffice({ webhooks })
    const body = words('@ld-head 请看', { msgUuid: 'm1', at: { atUserIds: ['ld-head', 'ld-liaison'] } })
    await send(office, 'plain', body)
    expect(await send(office, 'plain', body)).toMatchObject({ body: { errcode: 0 } })
    expect(office.world.bubbles()).toMatchObject([{ mentions: ['ld-head'] }])
  })

  test('the twenty-first of a minute silences the robot for ten', async () => {
    await using office = await startOffice({ webhooks })
    for (let index = 0; index < 20; index++) await send(office, 'plain', words(`${index}`))
    for (const minutes of [0, 1, 8.9]) {
      office.clock.at += minutes * 60_000
      expect(await send(office, 'plain', words('再来'))).toMatchObject({ body: { errcode: 410_100 } })
    }
    office.clock.at += 6_000
    expect(await send(office, 'plain', words('可以了'))).toMatchObject({ body: { errcode: 0 } })
    expect(office.platform.used()).toMatchObject({ api: 0, stream: 24 })
  })
})
