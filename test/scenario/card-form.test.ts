// A form right on DingTalk's card: what is wrong comes back with what was typed, and a card acts once, whatever happens in between.
import { describe, expect, test } from 'vitest'
import type { ShownForm } from '../../src/sandbox/world.ts'
import type { Seen, TestOffice } from '../support/office.ts'
import { everywhere } from '../support/office-cast.ts'
import { openPhoneOffice } from '../support/phone-office.ts'

const formOn = (office: TestOffice, { bubble }: Seen): ShownForm | undefined =>
  office.platforms.world.find(bubble)?.card?.form

/** What stands in the inputs. */
const valuesOn = (office: TestOffice, card: Seen): Record<string, string> =>
  Object.fromEntries((formOn(office, card)?.inputs ?? []).map(({ name, value }) => [name, value]))

const onDingtalk = everywhere.filter(({ side }) => side.platform === 'dingtalk')

describe.each(onDingtalk)('$where', ({ place, side }) => {
  const { liaison } = side
  async function open(plan: string, at: string) {
    const opened = await openPhoneOffice({ place, side, plans: [plan], at })
    await opened.office.advanceTo(at)
    return opened
  }
  const recorded = async (office: TestOffice) =>
    (await office.submissions(await office.task())).map(({ revision, fields }) => ({ revision, fields }))

  test('a bad value and a breach come back, with all that was typed, over restarts', async () => {
    const { office, ignoreMessages, linkIn, get } = await open('yonggong', '2021-05-06 09:30')
    const card = office.expectCard(liaison, '填报用工和资金情况')
    ignoreMessages()
    const typed = { inPlace: '三百来万', spent: '400', workers: '45', light: '停工', note: '雨季停工5天。' }
    expect(await office.fill(liaison, card, { ...typed, workers: ' ' })).toEqual({
      reached: false,
      note: '请填写用工（人）',
    })
    await office.fill(liaison, card, typed)
    const again = office.expectCard(liaison, '还差几项', '到位资金“三百来万”：请只填数字', '用工：45人')
    expect(valuesOn(office, again)).toEqual({ ...typed, restart: '' })
    expect((await get(linkIn(again))).page).toContain('value="三百来万"')
    expect(await recorded(office)).toEqual([])

    await office.restartAt('2021-05-06 10:00')
    await office.fill(liaison, again, { inPlace: '320', light: '滞后' })
    const why = office.expectCard(liaison, '还差一句说明', '已支付资金400万元，大于到位资金320万元。')
    expect(await recorded(office)).toEqual([])
    await office.restartAt('2021-05-06 10:30')
    await office.press(liaison, why, 'why:0')
    office.expectCard(liaison, '已登记，请核对', '说明：统计口径不同')
    const fields = {
      inPlace: '3200000.00',
      spent: '4000000.00',
      workers: 45,
      light: '滞后',
      note: '雨季停工5天。',
      explanations: { 'spent<=inPlace': '统计口径不同' },
    }
    expect(await recorded(office)).toEqual([{ revision: 1, fields }])

    // The first card was drawn before all that; with other figures it corrects nothing unseen.
    await office.fill(liaison, card, { inPlace: '500', spent: '400', workers: '45' })
    const anew = office.expectCard(liaison, '还没有交上', '登记有过变动', '到位资金（万元）：500')
    expect(valuesOn(office, anew)).toMatchObject({ inPlace: '500', light: '', note: '' })
    await office.fill(liaison, anew, { light: '正常' })
    office.expectCard(liaison, '已登记，请核对', '进度判断：正常')
    expect(office.look(anew)).toMatchObject({ words: expect.stringContaining('已提交表单'), buttons: [] })
    expect(formOn(office, anew)).toBeUndefined()
    expect(await recorded(office)).toMatchObject([
      { revision: 1 },
      { revision: 2, fields: { inPlace: '5000000.00', light: '正常' } },
    ])
    expect((await recorded(office))[1]?.fields).not.toHaveProperty('note')
    expect(office.platforms.imitations.dingtalk.complaints()).toEqual([])
  })

  test('pressed twice, or told twice, it is one record', async () => {
    const { office, ignoreMessages } = await open('jieduan', '2021-05-06 09:30')
    const card = office.expectCard(liaison, '新任务')
    ignoreMessages()
    const { dingtalk } = office.platforms.imitations
    dingtalk.faults.chance('duplicate-push', 1)
    await office.fill(liaison, card, { statement: '召开动员会2次' })
    dingtalk.faults.chance('duplicate-push', 0)
    office.expectCard(liaison, '已登记，请核对')
    office.expectCard(liaison, '这一步已经办过了', '已报送')
    expect(await recorded(office)).toEqual([{ revision: 1, fields: { statement: '召开动员会2次' } }])
    expect(await office.fill(liaison, card, { statement: '召开动员会3次' })).toMatchObject({ reached: false })
  })

  test('by somebody else now responsible, on a settled duty, on an older form: said, and nothing is recorded', async () => {
    const { office, ignoreMessages } = await open('dengji', '2021-04-19 09:30')
    const first = office.expectCard(liaison, '新任务：登记联络员')
    ignoreMessages()
    await office.rows(
      `UPDATE send SET content = jsonb_set(content, '{card,form,inputs,0,key}', '"wasNamed"')
       WHERE content->'card'->>'title' LIKE '新任务%' AND address LIKE '%${liaison}'`,
    )
    const typed = { liaisonName: '何丽', liaisonPost: '办公室主任', liaisonPhone: '13900000000' }
    await office.fill(liaison, first, typed)
    const newer = office.expectCard(liaison, '还没有交上', '表单有过变动', '13900000000')
    expect(valuesOn(office, newer)).toMatchObject({ liaisonName: '', liaisonPhone: '13900000000' })
    await office.fill(liaison, newer, { liaisonName: '何丽', liaisonPhone: '1390' })
    office.expectCard(liaison, '还差几项', '联系电话“1390”：请填手机号')
    await office.say(liaison, '电话13900000000')
    office.expectCard(liaison, '已登记，请核对')
    expect(await recorded(office)).toEqual([{ revision: 1, fields: typed }])
    const review = office.expectCard(side.head, '请确认联络员')
    await office.press(side.head, review, review.buttons[0] ?? '')
    ignoreMessages()
    await office.fill(liaison, newer, { ...typed, liaisonName: '何芳' })
    office.expectCard(liaison, '该任务已经办结')
    await office.import(
      `posts:\n  - { key: ${liaison}, title: 联络员, unit: ${side.unit}, role: liaison, since: 2021-04-22, holder: ${side.successor} }\n`,
    )
    await office.advanceTo('2021-04-22 09:30')
    ignoreMessages()
    await office.fill(liaison, newer, typed)
    office.expectCard(liaison, '这项任务不在您名下', '新任联络员')
    expect(await recorded(office)).toHaveLength(1)
  })

  test("a month's figures start from the last one; a sentence completes what was asked back", async () => {
    const { office, ignoreMessages, linkTo, post, get } = await open('yuebao', '2021-05-07 09:30')
    ignoreMessages()
    const [bridge, road] = side.projects
    await office.say(liaison, `${bridge}累计1200万，进度七成`)
    const april = (await office.ledger()).find(({ state }) => state === 'open')
    const last = { investedTotal: '800', percentComplete: '40', physicalProgress: '路基'.repeat(60) }
    await post(await linkTo(april?.key ?? 'none', liaison), { revision: '0', ...last, problems: '无' })
    await office.advanceTo('2021-06-07 09:30')
    await office.say(liaison, `${bridge}累计1300万，进度八成`)
    ignoreMessages()
    await office.advanceTo('2021-06-08 09:30')
    const card = office.expectCard(liaison, '今天到期', road)
    ignoreMessages()
    const may = (await office.ledger()).find(({ state, period }) => state === 'open' && period === '2021-05')
    const { page } = await get(await linkTo(may?.key ?? 'none', liaison))
    expect(page).toContain(
      `name="investedTotal" type="text" inputmode="decimal" autocomplete="off" value="800"`,
    )
    expect(formOn(office, card)?.title).toContain('进展情况放不下')
    expect(valuesOn(office, card)).toEqual({
      ...{ investedThisMonth: '', investedTotal: '800', investedThisYear: '', percentComplete: '40' },
      ...{ problems: '无', measures: '', helpNeeded: '' },
    })
    await office.fill(liaison, card, { investedTotal: '750', percentComplete: '四成多', measures: '抢工' })
    office.expectCard(liaison, '还差几项', '形象进度“四成多”：请只填数字', '累计完成投资：750万元')
    await office.restartAt('2021-06-08 10:00')
    await office.say(liaison, `${road}形象进度45%`)
    office.expectCard(liaison, '已登记，请核对', '45%', '抢工')
    office.expectCard(liaison, '还差一句说明', '累计完成投资750万元，比上期的800万元少。')
    await office.restartAt('2021-06-08 10:30')
    await office.say(liaison, '结算核减了')
    office.expectCard(liaison, '已登记，请核对', '750万元', '说明：结算核减了')
    const fields = { percentComplete: 45, problems: [], measures: ['抢工'] }
    const why = { explanations: { 'total-not-below-last': '结算核减了' } }
    expect((await office.submissions(may ?? { id: '' })).map((one) => one.fields)).toEqual([
      fields,
      { ...fields, investedTotal: '7500000.00', ...why },
    ])
  })
})
