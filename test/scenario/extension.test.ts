// 申请延期: asked in a sentence, decided by the supervising office's button, and the ladder follows the date that holds.
import { describe, expect, test } from 'vitest'
import { instantOf } from '../../src/core/calendar/civil.ts'
import { everywhere, openOffice, SIDES } from '../support/office.ts'

/** The due date is Friday 2021-04-30; 1–5 May are free, Saturday 8 May is worked. */
const FIRST = instantOf('2021-04-30', '23:59:59')

describe.each(everywhere)('$where', ({ place, side }) => {
  async function prompted(at = '2021-04-19 09:00') {
    const office = await openOffice({ place, side, plans: ['wenjian'], at })
    office.skip()
    return office
  }

  test('granted: the date that counts moves, the first one stays, and the ladder starts anew before it', async () => {
    const office = await prompted()
    const before = await office.task()
    await office.say(side.liaison, '申请延期到5月10日，材料还在走签批')
    office.expectCard(side.liaison, '延期申请已送', '申请延至5月10日', '仍按4月30日督办')
    const card = office.expectCard(
      side.officer,
      '延期申请：报送动员部署文件',
      '首次截止：4月30日',
      '申请延至：5月10日',
      '材料还在走签批',
      '没有延过',
    )
    expect(card.buttons).toHaveLength(3)
    await office.press(side.officer, card, card.buttons[0] ?? '')
    office.expectCard(side.officer, '已同意延期：报送动员部署文件', '截止改为5月10日，首次截止4月30日不变')
    expect(office.look(card)).toMatchObject({ buttons: [] })
    office.expectCard(side.liaison, '同意延期至5月10日', '首次截止4月30日，现在截止5月10日')
    const task = await office.task()
    expect(task).toMatchObject({
      state: before.state,
      firstDueAt: FIRST,
      dueAt: instantOf('2021-05-10', '23:59:59'),
      lastEvent: '已同意延期至5月10日',
    })
    await office.advanceTo('2021-05-06 08:59')
    office.expectNothing()
    await office.advanceTo('2021-05-06 09:00')
    office.expectCard(side.liaison, '还有3个工作日：报送动员部署文件', '5月10日')
    office.expectCard(side.group, '即将到期')
    await office.say(side.liaison, '已报送')
    office.expectCard(side.liaison, '已登记，请核对')
    expect(await office.submissions(task)).toMatchObject([{ late: false }])
    const kinds = await office.rows<{ kind: string }>(
      `SELECT kind FROM event WHERE kind LIKE 'extension%' ORDER BY seq`,
    )
    expect(kinds.map(({ kind }) => kind)).toEqual(['extension-asked', 'extension-granted'])
  })

  test('算了不延了 takes it back: the officer is told, his card decides nothing any more', async () => {
    const office = await prompted()
    await office.say(side.liaison, '能不能缓几天')
    office.expectCard(side.liaison, '请问延到哪一天？')
    await office.restartAt('2021-04-19 09:10')
    await office.say(side.liaison, '下周五就行')
    office.expectCard(side.liaison, '这个日期不比现在的晚')
    await office.say(side.liaison, '5月10日')
    office.expectCard(side.liaison, '延期申请已送', '申请延至5月10日')
    const card = office.expectCard(side.officer, '延期申请', '理由：没有写')
    await office.say(side.liaison, '算了不延了')
    office.expectCard(side.liaison, '好的，不延了：报送动员部署文件', '仍按4月30日截止')
    office.expectCard(side.officer, '不延期了：报送动员部署文件', '已收回延期申请')
    await office.press(side.officer, card, card.buttons[0] ?? '')
    office.expectCard(side.officer, '这一步已经办过了', '收回申请')
    expect(await office.task()).toMatchObject({ dueAt: FIRST })
    await office.say(side.liaison, '不延了')
    office.expectCard(side.liaison, '好的，没有变动')
  })

  test('while it is undecided the ladder goes on; granted late it climbs again after the new date', async () => {
    const office = await prompted('2021-04-30 09:00')
    await office.say(side.liaison, '申请延期到5月8日')
    office.expectCard(side.liaison, '延期申请已送')
    const card = office.expectCard(side.officer, '延期申请')
    await office.advanceTo('2021-05-06 09:00')
    office.expectCard(side.liaison, '已逾期：报送动员部署文件')
    office.expectCard(side.head, '已逾期')
    await office.press(side.officer, card, card.buttons[0] ?? '')
    office.expectCard(side.officer, '已同意延期')
    office.expectCard(side.liaison, '同意延期至5月8日')
    await office.advanceTo('2021-05-07 09:00')
    office.expectCard(side.liaison, '还有1个工作日')
    office.expectCard(side.group, '即将到期')
    await office.advanceTo('2021-05-08 09:00')
    office.expectCard(side.liaison, '今天到期')
    office.expectCard(side.group, '即将到期')
    await office.advanceTo('2021-05-10 09:00')
    office.expectCard(side.liaison, '已逾期：报送动员部署文件', '5月8日（已过1个工作日）')
    office.expectCard(side.head, '已逾期')
  })

  test('asked again it is changed; the older card decides nothing, a decided one says who decided what', async () => {
    const office = await prompted()
    await office.say(side.liaison, '申请延期到5月10日')
    const older = office.expectCard(side.officer, '申请延至：5月10日')
    await office.say(side.liaison, '申请延期到5月12日，等会签')
    const newer = office.expectCard(side.officer, '申请延至：5月12日', '等会签')
    office.skip()
    await office.press(side.officer, older, older.buttons[0] ?? '')
    office.expectCard(side.officer, '这一步已经办过了', '请以最新一张卡片为准')
    await office.press(side.officer, newer, newer.buttons[0] ?? '')
    office.expectCard(side.officer, '已同意延期')
    office.expectCard(side.liaison, '同意延期至5月12日')
    await office.press(side.officer, older, older.buttons[0] ?? '')
    office.expectCard(side.officer, '这一步已经办过了', '已于4月19日 09:00同意延期至5月12日')
    expect(await office.rows(`SELECT state, revision FROM request`)).toEqual([
      { state: 'granted', revision: 2 },
    ])
  })

  test('refused with a reason, though the product went down between the press and the reason', async () => {
    const office = await prompted()
    await office.say(side.liaison, '申请延期到5月10日')
    office.expectCard(side.liaison, '延期申请已送')
    const card = office.expectCard(side.officer, '延期申请')
    await office.press(side.officer, card, card.buttons[1] ?? '')
    office.expectCard(side.officer, '请回复不同意的理由')
    expect(office.look(card).buttons).toHaveLength(3)
    await office.restartAt('2021-04-19 14:00')
    await office.say(side.officer, '省里等着汇总，不能再晚')
    office.expectCard(side.officer, '未同意延期')
    office.expectCard(side.liaison, '没有同意延期：报送动员部署文件', '仍按4月30日截止', '省里等着汇总')
    expect(await office.task()).toMatchObject({ dueAt: FIRST, lastEvent: '未同意延期' })
    await office.press(side.officer, card, card.buttons[0] ?? '')
    office.expectCard(side.officer, '已于4月19日 14:00决定不同意延期')
    await office.say(side.liaison, '申请延期到5月11日')
    office.expectCard(side.liaison, '延期申请已送')
    const again = office.expectCard(side.officer, '延期申请')
    await office.press(side.officer, again, again.buttons[1] ?? '')
    const why = office.expectCard(side.officer, '请回复不同意的理由')
    await office.press(side.officer, why, why.buttons[0] ?? '')
    office.expectCard(side.officer, '未同意延期')
    office.expectCard(side.liaison, '没有同意延期')
  })

  test('without a day it is asked, with buttons and in words, and a wrong day is explained', async () => {
    const office = await prompted()
    await office.say(side.liaison, '申请延期，还在会签')
    const asked = office.expectCard(side.liaison, '请问延到哪一天？')
    expect(asked.buttons.map((key) => key.split(':')[2])).toEqual(['2021-05-08', '2021-05-11', '2021-05-18'])
    await office.restartAt('2021-04-19 15:00')
    await office.say(side.liaison, '4月20日')
    office.expectCard(side.liaison, '这个日期不比现在的晚', '现在的截止时间是4月30日')
    await office.say(side.liaison, '申请延期到2035年5月10日')
    office.expectCard(side.liaison, '2035年还定不了日期')
    await office.say(side.liaison, '申请延期到4月10日')
    office.expectCard(side.liaison, '这个日期已经过了')
    office.expectNothing()
    await office.press(side.liaison, asked, asked.buttons[1] ?? '')
    office.expectCard(side.liaison, '延期申请已送', '申请延至5月11日')
    office.expectCard(side.officer, '申请延至：5月11日')
    await office.press(`${side.neighbour}-lianluo`, asked, asked.buttons[2] ?? '')
    office.skip()
    expect(await office.rows(`SELECT data->>'until' AS until FROM request`)).toEqual([
      { until: '2021-05-11' },
    ])
  })

  test('another date, by a decider on the other platform, who is told when his date will not do', async () => {
    const office = await prompted()
    const other = SIDES.find(({ platform }) => platform !== side.platform)
    const decider = other?.officer ?? ''
    await office.import(
      `posts:\n  - { key: ${side.officer}, title: 督办专员, unit: ${side.office}, role: office, since: 2021-04-02, holder: ${decider} }\n`,
    )
    await office.say(side.liaison, '能否延期到5月20日报')
    office.expectCard(side.liaison, '延期申请已送')
    const card = office.expectCard(decider, '延期申请')
    await office.press(decider, card, card.buttons[2] ?? '')
    office.expectCard(decider, '请回复新的截止日期')
    await office.restartAt('2021-04-19 16:00')
    await office.say(decider, '再说吧')
    office.expectCard(decider, '没看出是哪一天')
    await office.say(decider, '4月15日')
    office.expectCard(decider, '这个日期已经过了')
    await office.say(decider, '5月11日')
    office.expectCard(decider, '已同意延期')
    office.expectCard(side.liaison, '同意延期至5月11日')
    expect((await office.task()).dueAt).toBe(instantOf('2021-05-11', '23:59:59'))
    await office.press(side.officer, card, card.buttons[0] ?? '')
    office.skip()
    expect((await office.task()).dueAt).toBe(instantOf('2021-05-11', '23:59:59'))
  })

  test('asked in the evening, the office hears it in the morning; an answer in between leaves nothing to decide', async () => {
    const office = await prompted('2021-04-28 09:00')
    await office.advanceTo('2021-04-28 20:00')
    await office.say(side.liaison, '申请延期到5月10日')
    office.expectCard(side.liaison, '延期申请已送')
    office.expectNothing()
    await office.advanceTo('2021-04-29 09:00')
    const card = office.expectCard(side.officer, '延期申请')
    office.skip()
    await office.say(side.liaison, '已报送')
    office.expectCard(side.liaison, '已登记，请核对')
    await office.press(side.officer, card, card.buttons[0] ?? '')
    office.expectCard(side.officer, '这期间有了新的进展')
    expect(await office.rows(`SELECT state FROM request`)).toEqual([{ state: 'moot' }])
  })
})
