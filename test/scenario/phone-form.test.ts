// The same form on a phone page: from the link under a card to the same record that chat makes.
import { describe, expect, test } from 'vitest'
import { findBrokenLink } from '../../src/store/events.ts'
import { everywhere } from '../support/office-cast.ts'
import { openPhoneOffice } from '../support/phone-office.ts'

/** The liaison's project whose plan is large enough for what is reported here. */
const BIG = { wecom: 'kd-guandao', dingtalk: 'jt-qiao' } as const

describe.each(everywhere)('$where', ({ place, side }) => {
  test('card, page, record, receipt, and never a nudge', async () => {
    const { office, linkIn, get, post } = await openPhoneOffice({
      ...{ place, side, plans: ['wenjian'] },
      at: '2021-04-19 08:30',
    })
    await office.advanceTo('2021-04-19 09:00')
    const card = office.expectCard(side.liaison, '新任务：报送动员部署文件')
    const groupCard = office.expectCard(side.group, '新下达1项任务')
    expect(() => linkIn(groupCard)).toThrow('no link')
    const url = linkIn(card)

    const form = await get(url)
    expect(form.status).toBe(200)
    for (const words of ['报送动员部署文件', '截止：4月30日', '办理情况', side.liaisonName, '演练环境'])
      expect(form.page).toContain(words)

    expect((await post(url, { revision: '0', statement: ' ' })).page).toContain('请填写办理情况')
    expect(await office.task()).toMatchObject({ state: 'open' })

    const filled = { revision: '0', statement: '已报送，文号<1>号' }
    // Two presses in a hurry: both are told that it is recorded, and there is one record.
    const answers = await Promise.all([post(url, filled), post(url, filled)])
    expect(answers.map(({ status, location }) => [status, location])).toEqual([
      [303, '?'],
      [303, '?'],
    ])
    await office.settle()
    office.expectCard(side.liaison, '已登记，请核对：报送动员部署文件', '已报送，文号<1>号')
    office.expectNothing()
    const task = await office.task()
    expect(task).toMatchObject({ state: 'submitted', lastEvent: '已报送' })
    expect(await office.submissions(task)).toMatchObject([
      {
        revision: 1,
        fields: { statement: '已报送，文号<1>号' },
        person: side.liaison,
        channel: side.platform,
      },
    ])
    const record = (await get(url)).page
    expect(record).toContain('已登记，不会再催')
    expect(record).toContain('文号&#60;1&#62;号')
    expect(record).toContain('更正会另存为第2版')

    const events = await office.rows<{ actor: string; inbound_id: number | null }>(
      `SELECT actor, inbound_id FROM event WHERE kind = 'submitted'`,
    )
    expect(events).toEqual([{ actor: side.liaison, inbound_id: expect.anything() }])
    expect(await findBrokenLink(office.product.database.pool)).not.toHaveProperty('seq')
    await office.advanceTo('2021-06-30 18:00')
    office.expectNothing()
  })

  test('a month starts from the last one, a breach wants a word, a correction is a revision', async () => {
    const { office, linkTo, get, post, ignoreMessages } = await openPhoneOffice({
      ...{ place, side, plans: ['yuebao'] },
      at: '2021-05-07 09:30',
    })
    const april = (await office.ledger()).find(({ project }) => project === BIG[side.platform])
    const may = await post(await linkTo(april?.key ?? 'none', side.liaison), {
      revision: '0',
      investedThisMonth: '500',
      investedTotal: '1.2亿',
      percentComplete: '40',
    })
    expect(may.status).toBe(303)

    await office.advanceTo('2021-06-07 09:30')
    ignoreMessages()
    const june = (await office.ledger()).find(
      (row) => row.project === april?.project && row.period === '2021-05' && row.state === 'open',
    )
    const url = await linkTo(june?.key ?? 'none', side.liaison)
    const { page } = await get(url)
    expect(page).toContain(
      'name="investedTotal" type="text" inputmode="decimal" autocomplete="off" value="12000"',
    )
    expect(page).toContain('上期：1.2亿元')
    expect(page).toMatch(/name="investedThisMonth"[^>]*value=""/)

    const wrong = { revision: '0', investedThisMonth: '320', investedTotal: '12330', percentComplete: '42' }
    const asked = await post(url, wrong)
    expect(asked.status).toBe(422)
    expect(asked.page).toContain('应是1.232亿元')
    expect(await office.submissions({ id: june?.id ?? '' })).toEqual([])
    expect((await post(url, { ...wrong, 'why-month-adds-up': '含上月补报' })).status).toBe(303)

    const corrected = { revision: '1', investedThisMonth: '320', investedTotal: '12320', reason: '算错了' }
    // Drawn before the first answer: shown again instead of overwriting it.
    expect((await post(url, { ...corrected, revision: '0' })).page).toContain('又有新的登记')
    expect((await post(url, corrected)).status).toBe(303)
    expect(await office.submissions({ id: june?.id ?? '' })).toMatchObject([
      {
        revision: 1,
        fields: { investedTotal: '123300000.00', explanations: { 'month-adds-up': '含上月补报' } },
      },
      { revision: 2, reason: '算错了', fields: { investedTotal: '123200000.00' } },
    ])
    const [, second] = await office.submissions({ id: june?.id ?? '' })
    expect(second?.fields).not.toHaveProperty('percentComplete')
    expect(second?.fields).not.toHaveProperty('explanations')
    await office.settle()
    ignoreMessages()
  })
})
