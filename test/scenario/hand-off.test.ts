// 不是我负责，找…: the unit's head gives the duty to somebody of his unit, or leaves it where it is.
import { describe, expect, test } from 'vitest'
import { everywhere, openOffice, SIDES, type TestOffice } from '../support/office.ts'

describe.each(everywhere)('$where', ({ place, side }) => {
  const second = `${side.unit}-fu`
  const secondName = side.platform === 'wecom' ? '康定市新任联络员' : '州交通运输局新任联络员'

  /** The unit has a second clerk. */
  async function prompted(at = '2021-04-19 09:00'): Promise<TestOffice> {
    const office = await openOffice({ place, side, plans: ['wenjian'], at })
    office.skip()
    await office.import(
      `posts:\n  - { key: ${second}, title: 办公室干事, unit: ${side.unit}, role: other, since: 2021-04-02, holder: ${side.successor} }\n`,
    )
    return office
  }

  test('given to the named one: he gets the duty at once, and the ladder goes on for him', async () => {
    const office = await prompted()
    await office.say(side.liaison, '收到')
    office.expectCard(side.liaison, '已记下您收到了')
    await office.say(side.liaison, `不是我负责，找${secondName}`)
    office.expectCard(side.liaison, '改派申请已送', '决定之前仍由您负责')
    const card = office.expectCard(side.head, '改派申请：报送动员部署文件', `找${secondName}`)
    expect(card.buttons.map((key) => key.split(':')[0])).toEqual(['assign', 'keep'])
    await office.restartAt('2021-04-19 14:00')
    await office.press(side.head, card, card.buttons[0] ?? '')
    office.expectCard(side.head, '已改派：报送动员部署文件', `由${secondName}负责`)
    const duty = office.expectCard(side.successor, '新任务：报送动员部署文件', '截止：4月30日')
    expect(duty.buttons).toEqual(['done', 'ack'])
    office.expectCard(side.liaison, '已改派给', '这项任务不再问您')
    expect(await office.task()).toMatchObject({ post: second, state: 'open' })
    expect(
      await office.rows(
        `SELECT data->>'from' AS was, data->>'to' AS now FROM event WHERE kind = 'reassigned'`,
      ),
    ).toEqual([{ was: side.liaison, now: second }])
    await office.press(side.head, card, card.buttons[1] ?? '')
    // The redrawn card has no button left to press.
    office.expectNothing()
    await office.advanceTo('2021-04-27 09:00')
    office.expectCard(side.successor, '还有3个工作日：报送动员部署文件')
    office.expectCard(side.group, '1家未报')
    await office.say(side.liaison, '已报送')
    office.expectCard(side.liaison, '您目前没有待办任务')
    await office.press(side.successor, duty, 'done')
    office.expectCard(side.successor, '已登记，请核对')
  })

  test('nobody named: the head chooses, or keeps the holder; a name that comes later changes the request', async () => {
    const office = await prompted()
    await office.say(side.liaison, '这项工作不是我负责')
    office.expectCard(side.liaison, '改派申请已送', '请回复“找”加全名')
    const older = office.expectCard(side.head, '改派申请')
    expect(older.buttons.map((key) => key.split(':')[0])).toEqual(['assign', 'assign', 'keep'])
    await office.say(side.liaison, '找不存在的人')
    office.skip()
    await office.say(side.liaison, secondName)
    office.expectCard(side.liaison, '改派申请已送')
    const newer = office.expectCard(side.head, '改派申请')
    await office.press(side.head, older, older.buttons[0] ?? '')
    office.expectCard(side.head, '请以最新一张卡片为准')
    await office.press(side.head, newer, newer.buttons.at(-1) ?? '')
    office.expectCard(side.head, '不改派：报送动员部署文件')
    office.expectCard(side.liaison, '仍由您负责：报送动员部署文件')
    await office.press(side.head, older, older.buttons[0] ?? '')
    office.expectCard(side.head, '这一步已经办过了', '决定不改派')
    expect(await office.task()).toMatchObject({ post: side.liaison })
  })

  test('a duty that is overdue is handed over all the same; the head who sits on the other platform decides', async () => {
    const office = await prompted('2021-05-06 09:00')
    office.skip()
    const other = SIDES.find(({ platform }) => platform !== side.platform)
    const head = other?.head ?? ''
    await office.import(
      `posts:\n  - { key: ${side.head}, title: 局长, unit: ${side.unit}, role: head, since: 2021-04-02, holder: ${head} }\n`,
    )
    await office.say(side.liaison, `这事不归我管，找${secondName}`)
    office.expectCard(side.liaison, '改派申请已送')
    const card = office.expectCard(head, '改派申请')
    await office.press(side.head, card, card.buttons[0] ?? '')
    office.skip()
    expect(await office.task()).toMatchObject({ post: side.liaison })
    await office.press(head, card, card.buttons[0] ?? '')
    office.expectCard(head, '已改派')
    office.expectCard(side.successor, '新任务：报送动员部署文件', '4月30日')
    office.expectCard(side.liaison, '已改派给')
    await office.advanceTo('2021-05-08 09:00')
    office.expectCard(side.group, '逾期未报')
  })

  test('the head himself has to ask the office', async () => {
    const office = await openOffice({ place, side, plans: ['wenjian'], at: '2021-04-19 08:30' })
    await office.import(
      `posts:\n  - { key: ${side.liaison}, title: 联络员, unit: ${side.unit}, role: liaison, since: 2021-04-02, holder: ${side.head} }\n`,
    )
    await office.advanceTo('2021-04-19 09:00')
    office.skip()
    await office.say(side.head, '不是我负责')
    office.expectCard(side.head, '改派申请已送')
    const card = office.expectCard(side.officer, '改派申请')
    await office.press(side.officer, card, card.buttons.at(-1) ?? '')
    office.expectCard(side.officer, '不改派')
    office.expectCard(side.head, '仍由您负责')
  })
})
