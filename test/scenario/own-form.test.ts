// A plan's own form in chat: what is asked back, its checks and corrections, and what a task keeps when the plan changes.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { everywhere } from '../support/office-cast.ts'
import { openPhoneOffice } from '../support/phone-office.ts'

const FIXTURES = path.join(import.meta.dirname, '../fixtures/office')

describe.each(everywhere)('$where', ({ place, side }) => {
  const open = async () => {
    const opened = await openPhoneOffice({ place, side, plans: ['yonggong'], at: '2021-05-06 09:30' })
    await opened.office.advanceTo('2021-05-06 09:30')
    return opened
  }

  test('what is missing, doubtful or breaches a check is asked back, over a restart, and ends in one record', async () => {
    const { office, ignoreMessages } = await open()
    const { liaison } = side
    office.expectCard(liaison, '填报用工和资金情况', '到位资金：320万；已支付资金：320万；用工：12人')
    ignoreMessages()
    await office.say(liaison, '到位资金：300到350万；用工45人；进度判断：还行；工地平安')
    office.expectCard(
      liaison,
      '还差几项',
      '用工：45人',
      '到位资金“300到350万”没看准',
      '进度判断“还行；工地平安”没看准，请写其中一个：正常、滞后、停工',
    )
    await office.restartAt('2021-05-06 09:50')
    await office.say(liaison, '到位资金320万，已支付资金400万')
    const why = office.expectCard(liaison, '还差一句说明', '已支付资金400万元，大于到位资金320万元。')
    expect(await office.submissions(await office.task())).toEqual([])
    await office.press(liaison, why, 'why:0')
    office.expectCard(
      liaison,
      '已登记，请核对',
      '到位资金：320万元\n已支付资金：400万元\n用工：45人\n说明：统计口径不同',
    )
    await office.say(liaison, '更正：用工应为54；进度判断：停工', { group: side.group })
    office.expectCard(side.group, '已登记，请核对', '用工：54人')
    const task = await office.task()
    expect(task).toMatchObject({ state: 'submitted', form: 'own' })
    expect(await office.submissions(task)).toMatchObject([
      {
        revision: 1,
        fields: { workers: 45, spent: '4000000.00', explanations: { 'spent<=inPlace': '统计口径不同' } },
      },
      {
        revision: 2,
        reason: '更正：用工应为54；进度判断：停工',
        fields: { workers: 54, light: '停工', explanations: { 'spent<=inPlace': '统计口径不同' } },
      },
    ])
    ignoreMessages()
    await office.advanceTo('2021-06-04 09:30')
    ignoreMessages()
    await office.say(liaison, '到位资金：300万；用工：60')
    office.expectCard(liaison, '到位资金300万元，比上期的320万元少。')
    await office.say(liaison, '到位资金：330万')
    office.expectCard(liaison, '到位资金：330万元（上期320万元）\n用工：60人（上期54人）')
    ignoreMessages()
  })

  test('a choice is answered by a button, one bare value by itself; a second blank answer goes to a person', async () => {
    const { office, ignoreMessages } = await open()
    const { liaison } = side
    ignoreMessages()
    await office.say(liaison, '到位资金320万，用工45人，进度判断：还行')
    const asked = office.expectCard(liaison, '还差几项')
    expect(asked.buttons).toEqual(['fill:light:0', 'fill:light:1', 'fill:light:2'])
    await office.say(liaison, '用工46人，进度判断：一般')
    const again = office.expectCard(liaison, '还差几项', '到位资金：320万元；用工：46人')
    await office.press(liaison, asked, 'fill:light:0')
    office.expectCard(liaison, '已经有了结果')
    await office.press(liaison, again, 'fill:light:1')
    expect(office.look(again).buttons).toEqual([])
    office.expectCard(liaison, '已登记，请核对', '进度判断：滞后')
    expect(await office.submissions(await office.task())).toMatchObject([
      { fields: { inPlace: '3200000.00', workers: 46, light: '滞后' } },
    ])
    ignoreMessages()
    await office.advanceTo('2021-06-04 09:30')
    ignoreMessages()
    await office.say(liaison, '已报送')
    office.expectCard(liaison, '没看懂', '到位资金：320万')
    await office.say(liaison, '到位资金：330万')
    office.expectCard(liaison, '还差几项', '到位资金：330万元', '请填写用工')
    await office.say(liaison, '用工：几十人')
    office.expectCard(liaison, '已转给督办办公室')
    office.expectCard(side.officer, '请协助核对', '用工：几十人')
    await office.say(liaison, '到位资金：330万')
    office.expectCard(liaison, '请填写用工')
    await office.say(liaison, '六十')
    office.expectCard(liaison, '已登记，请核对', '用工：60人')
    ignoreMessages()
  })

  test('a task keeps the form it was opened with', async () => {
    const { office, linkTo, get, post, ignoreMessages } = await open()
    const { liaison } = side
    ignoreMessages()
    const file = await readFile(path.join(FIXTURES, 'yonggong.yaml'), 'utf8')
    const changed = file
      .replace(
        '{ key: workers, label: 用工, type: integer, unit: 人, required: true, carries: true, also: [用工人数] }',
        '{ key: workers, label: 用工情况, type: text, required: true, carries: true }',
      )
      .replace('          - { key: light, label: 进度判断, type: choice, choices: [正常, 滞后, 停工] }\n', '')
      .replace('office: zhou', `office: ${side.office}`)
      .replace('leader: zhou-lingdao', `leader: ${side.leader}`)
      .replace('for: [kangding]', `for: [${side.unit}]`)
    expect(changed).toContain('用工情况')
    await office.import(changed)
    const april = (await office.ledger())[0]
    const url = await linkTo(april?.key ?? 'none', liaison)
    expect((await get(url)).page).toContain('进度判断')
    expect((await post(url, { revision: '0', inPlace: '320', workers: 'x' })).page).toContain('请只填整数')
    await office.say(liaison, '到位资金：320万；用工：45人')
    office.expectCard(liaison, '已登记，请核对', '用工：45人')

    await office.advanceTo('2021-06-04 09:30')
    ignoreMessages()
    const may = (await office.ledger()).find(({ state }) => state !== 'submitted')
    const page = (await get(await linkTo(may?.key ?? 'none', liaison))).page
    expect(page).toContain('用工情况')
    expect(page).not.toContain('进度判断')
    // Last period's number is no text: it is neither shown nor carried over.
    expect(page).toMatch(/name="workers"[^>]*value=""/)
    expect(page).toMatch(/name="inPlace"[^>]*value="320"/)
    await office.say(liaison, '到位资金：330万；用工情况：本地用工为主')
    office.expectCard(liaison, '到位资金：330万元（上期320万元）\n用工情况：本地用工为主')
    ignoreMessages()
  })
})
