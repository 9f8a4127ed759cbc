// 登记联络员 (G6): in a sentence or on the phone page, confirmed or returned by the unit's head; the number stays out of the trail.
import { describe, expect, test } from 'vitest'
import { instantOf } from '../../src/core/calendar/civil.ts'
import { everywhere, openOffice, SIDES } from '../support/office.ts'
import { openPhoneOffice } from '../support/phone-office.ts'

const PHONE = '13800001234'
const FIELDS = { liaisonName: '何丽', liaisonPost: '办公室主任', liaisonPhone: PHONE }

describe.each(everywhere)('$where', ({ place, side }) => {
  async function prompted() {
    const office = await openOffice({ place, side, plans: ['dengji'], at: '2021-04-19 09:00' })
    office.expectCard(side.liaison, '新任务：登记联络员', '登记 联络员×××')
    office.expectCard(side.group, '新下达')
    return office
  }

  test('registered in one sentence, confirmed by the head', async () => {
    const office = await prompted()
    await office.say(side.liaison, `登记 联络员何丽 职务办公室主任 电话${PHONE}`)
    office.expectCard(side.liaison, '已登记，请核对', '何丽', PHONE, '已送')
    const card = office.expectCard(side.head, '请确认联络员', '联络员：何丽', '职务：办公室主任', PHONE)
    const task = await office.task()
    expect(await office.submissions(task)).toMatchObject([{ fields: FIELDS }])
    await office.press(side.officer, card, card.buttons[0] ?? '')
    office.skip()
    expect(await office.task()).toMatchObject({ state: 'submitted' })
    await office.restartAt('2021-04-19 15:00')
    await office.press(side.head, card, card.buttons[0] ?? '')
    office.expectCard(side.head, '已确认：联络员何丽')
    office.expectCard(side.liaison, '联络员登记已确认：何丽')
    expect(await office.task()).toMatchObject({ state: 'accepted', lastEvent: '登记已确认' })
    expect(await office.rows(`SELECT 1 FROM event WHERE data::text LIKE '%${PHONE}%'`)).toEqual([])
    expect(
      await office.rows(
        `SELECT data->'fields'->>'liaisonPhone' AS phone FROM event WHERE kind = 'submitted'`,
      ),
    ).toEqual([{ phone: '138****1234' }])
  })

  test('asked for what is missing, also over a restart', async () => {
    const office = await prompted()
    await office.say(side.liaison, '登记联络员')
    office.expectCard(side.liaison, '还差联络员姓名、联系电话')
    await office.say(side.liaison, '何丽，办公室主任')
    office.expectCard(side.liaison, '还差联系电话', '联络员姓名何丽')
    await office.restartAt('2021-04-19 15:00')
    await office.say(side.liaison, '1380000123')
    office.expectCard(side.liaison, '没看懂，还没有登记')
    await office.say(side.liaison, `电话 ${PHONE}`)
    office.expectCard(side.liaison, '已登记，请核对')
    office.expectCard(side.head, '请确认联络员')
    expect(await office.submissions(await office.task())).toMatchObject([{ fields: FIELDS }])
  })

  test('returned with a reason and a new limit; the next one is confirmed, by a head on the other platform', async () => {
    const office = await prompted()
    const other = SIDES.find(({ platform }) => platform !== side.platform)
    const head = other?.head ?? ''
    await office.import(
      `posts:\n  - { key: ${side.head}, title: 局长, unit: ${side.unit}, role: head, since: 2021-04-02, holder: ${head} }\n`,
    )
    await office.advanceTo('2021-04-29 18:00')
    office.skip()
    await office.say(side.liaison, `联络员：何丽，电话：${PHONE}`)
    office.expectCard(side.liaison, '已登记，请核对')
    office.expectNothing()
    await office.advanceTo('2021-04-30 09:00')
    const card = office.expectCard(head, '请确认联络员')
    await office.press(head, card, card.buttons[1] ?? '')
    office.expectCard(head, '请回复退回的理由')
    await office.say(head, '请换一位副科级干部')
    office.expectCard(head, '已退回：登记联络员')
    office.expectCard(side.liaison, '联络员登记被退回', '请换一位副科级干部', '5月8日')
    expect(await office.task()).toMatchObject({
      state: 'returned',
      dueAt: instantOf('2021-05-08', '23:59:59'),
      firstDueAt: instantOf('2021-04-30', '23:59:59'),
    })
    await office.press(head, card, card.buttons[0] ?? '')
    office.expectCard(head, '已于4月30日 09:00退回')
    await office.advanceTo('2021-05-07 09:00')
    office.expectCard(side.liaison, '还有1个工作日：登记联络员')
    office.expectCard(side.group, '即将到期')
    await office.say(side.liaison, '登记 李明 副科长 13900005678')
    office.expectCard(side.liaison, '已登记，请核对')
    const again = office.expectCard(head, '请确认联络员', '李明')
    await office.say(side.liaison, '更正：电话改为13900005679')
    office.expectCard(side.liaison, '已登记，请核对', '13900005679', '李明')
    const newest = office.expectCard(head, '请确认联络员', '13900005679')
    await office.press(head, again, again.buttons[0] ?? '')
    office.expectCard(head, '请以最新一张卡片为准')
    await office.press(head, newest, newest.buttons[0] ?? '')
    office.expectCard(head, '已确认：联络员李明')
    office.expectCard(side.liaison, '联络员登记已确认')
  })

  test('what the phone page hands in goes to the head in the same way', async () => {
    const { office, linkIn, post } = await openPhoneOffice({
      place,
      side,
      plans: ['dengji'],
      at: '2021-04-19 08:30',
    })
    await office.advanceTo('2021-04-19 09:00')
    const url = linkIn(office.expectCard(side.liaison, '新任务：登记联络员'))
    office.skip()
    expect((await post(url, { revision: '0', ...FIELDS })).status).toBe(303)
    await office.settle()
    office.expectCard(side.liaison, '已登记，请核对', '已送')
    const card = office.expectCard(side.head, '请确认联络员', '何丽')
    await office.press(side.head, card, card.buttons[0] ?? '')
    office.expectCard(side.head, '已确认')
    office.expectCard(side.liaison, '联络员登记已确认')
    expect(await office.rows(`SELECT 1 FROM event WHERE data::text LIKE '%${PHONE}%'`)).toEqual([])
  })
})
