// Who may not see or send a form: every such link ends on a clear page, and records nothing.
import { afterEach, describe, expect, test } from 'vitest'
import { formLinks, readTicket, signTicket } from '../../src/app/form-link.ts'
import { databases } from '../support/databases.ts'
import { SIDES, type Side } from '../support/office-cast.ts'
import { openPhoneOffice, type PhoneOffice } from '../support/phone-office.ts'

const side = SIDES[0] as Side
const ANSWER = { revision: '0', statement: '已报送' }

describe.each(databases)('$name', ({ place }) => {
  let phone: PhoneOffice

  async function open(): Promise<string> {
    phone = await openPhoneOffice({ place, side, plans: ['wenjian'], at: '2021-04-19 09:00' })
    phone.ignoreMessages()
    return phone.linkTo('', side.liaison)
  }
  async function refuses(url: string, status: number, words: string): Promise<void> {
    for (const answer of [await phone.get(url), await phone.post(url, ANSWER)]) {
      expect(answer.status).toBe(status)
      expect(answer.page).toContain(words)
    }
    expect(await phone.office.submissions(await phone.office.task())).toEqual([])
  }
  afterEach(() => phone.ignoreMessages())

  test('a touched, foreign or unreadable link', async () => {
    const url = await open()
    const touched = url.replace(/\/t\/(.)/, (_, first) => `/t/${first === 'A' ? 'B' : 'A'}`)
    const task = await phone.office.task()
    const foreign = formLinks(phone.base, Buffer.alloc(32, 1))(
      task,
      side.liaison,
      'wecom',
      phone.office.clock.now(),
    )
    for (const wrong of [touched, `${url}x`, foreign, `${phone.base}/m/t/x`, `${phone.base}/m/t/.`])
      await refuses(wrong, 404, '从最新的任务卡片重新点开')
  })

  test('an old link', async () => {
    const url = await open()
    await phone.office.advanceTo('2021-05-30 23:59')
    expect((await phone.get(url)).status).toBe(200)
    await phone.office.advanceTo('2021-05-31 00:01')
    await refuses(url, 410, '已经过期')
  })

  test('a successor has the post, or it was never his', async () => {
    const url = await open()
    await refuses(await phone.linkTo('', side.head), 403, '不在您名下')
    await phone.office.import(
      `holdings:\n  - { post: ${side.liaison}, person: ${side.successor}, from: 2021-04-20 }\n`,
    )
    await phone.office.advanceTo('2021-04-20 09:00')
    await refuses(url, 403, '不在您名下')
    const his = await phone.post(await phone.linkTo('', side.successor), ANSWER)
    expect(his.status).toBe(303)
  })

  test('a task that was closed', async () => {
    const url = await open()
    await phone.office.rows(`UPDATE task SET state = 'closed', next_action_at = NULL`)
    await refuses(url, 409, '该任务已经办结')
  })

  test('another site, and a form that is far too large', async () => {
    const url = await open()
    expect((await phone.post(url, ANSWER, { Origin: 'https://evil.example' })).status).toBe(403)
    expect((await phone.post(url, ANSWER, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
    const large = await phone.post(url, { ...ANSWER, statement: '长'.repeat(30_000) })
    expect([large.status, large.page.includes('内容太多')]).toEqual([413, true])
    expect(await phone.office.submissions(await phone.office.task())).toEqual([])
    expect((await phone.post(url, ANSWER, { Origin: phone.base })).status).toBe(303)
  })

  test('the page is one small answer that nobody keeps and that loads nothing else', async () => {
    const response = await fetch(await open())
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('referrer-policy')).toBe('same-origin')
    expect(response.headers.get('content-security-policy')).toContain(`default-src 'none'`)
    expect(Number(response.headers.get('content-length'))).toBeLessThan(5_000)
    expect(await response.text()).not.toMatch(/\b(src|href)="(https?:)?\/\//)
  })

  test('the key is made once and is the same in every process', async () => {
    await open()
    const { store, database } = phone.office.product
    const [again, other] = await Promise.all([store.linkKey(), store.linkKey()])
    expect(Buffer.from(again)).toEqual(Buffer.from(other))
    expect(again).toHaveLength(32)
    expect((await database.pool.query(`SELECT 1 FROM setting WHERE key = 'link-key'`)).rowCount).toBe(1)
  })
})

test('a ticket reads back as itself, and not under another key', () => {
  const ticket = { task: '7', person: '联络员', channel: 'dingtalk', expires: 5 } as const
  const key = Buffer.alloc(32, 7)
  expect(readTicket(signTicket(ticket, key), key)).toEqual(ticket)
  expect(readTicket(signTicket(ticket, key), Buffer.alloc(32, 8))).toBeUndefined()
})
