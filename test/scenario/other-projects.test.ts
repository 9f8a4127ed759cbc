// Figures never end in the wrong project or month, and 同上月 is said once for all (domain §5).
import { describe, expect, test } from 'vitest'
import { everywhere, openOffice } from '../support/office.ts'
import type { Side } from '../support/office-cast.ts'

async function opened(place: (typeof everywhere)[number]['place'], side: Side, at: string) {
  const office = await openOffice({ place, side, plans: ['yuebao'], at })
  office.skip()
  const fieldsOf = async (project: string, period: string) => {
    const { directory } = await office.product.store.office()
    const key = directory.projects.find(({ name }) => name === project)?.key
    const task = (await office.ledger()).find((row) => row.project === key && row.period === period)
    return (await office.submissions({ id: task?.id ?? '' })).findLast((one) => !one.withdrawnAt)?.fields
  }
  return { office, fieldsOf }
}

describe.each(everywhere)('$where', ({ place, side }) => {
  const [one, two] = side.projects
  const short = { wecom: '便道', dingtalk: '二级公路' }[side.platform]

  test('a project that is reported already keeps its figures, and gives none to the open one', async () => {
    const { office, fieldsOf } = await opened(place, side, '2021-05-06 09:00')
    await office.say(side.liaison, `${two}累计2100万，形象进度30%`)
    office.expectCard(side.liaison, `已登记，请核对：${two}`, '4月的数')
    await office.say(side.liaison, `${short}累计2000万，进度28%；${one}本月完成100万，累计1.2亿`)
    office.expectCard(side.liaison, '已经报过，这几个数没有登记', two, '5月6日 09:00已报', '更正：')
    office.expectCard(side.liaison, `已登记，请核对：${one}`, '100万元', '1.2亿元')
    expect(await fieldsOf(two, '2021-04')).toEqual({ investedTotal: '21000000.00', percentComplete: 30 })
    expect(await fieldsOf(one, '2021-04')).toEqual({
      investedThisMonth: '1000000.00',
      investedTotal: '120000000.00',
    })
  })

  test('a correction goes to the project and the month that it names, or nowhere', async () => {
    const { office, fieldsOf } = await opened(place, side, '2021-05-06 09:00')
    await office.say(side.liaison, `${two}累计2100万`)
    office.skip()
    await office.say(side.liaison, `更正：${one}累计1.3亿`)
    office.expectCard(side.liaison, `已登记，请核对：${one}`, '1.3亿元')
    expect(await fieldsOf(two, '2021-04')).toEqual({ investedTotal: '21000000.00' })
    await office.restartAt('2021-06-07 09:00')
    office.skip()
    await office.say(side.liaison, `${two}累计2300万；${one}累计1.4亿`)
    office.skip()
    await office.say(side.liaison, `更正：4月${short}累计应为2200万`)
    office.expectCard(side.liaison, `已登记，请核对：${two}`, '4月的数', '2200万元')
    expect(await fieldsOf(two, '2021-04')).toEqual({ investedTotal: '22000000.00' })
    expect(await fieldsOf(two, '2021-05')).toEqual({ investedTotal: '23000000.00' })
    await office.say(side.liaison, `更正：2月${short}累计应为2000万`)
    office.expectCard(side.liaison, '没有找到要更正的数', '2月')
    await office.say(side.liaison, '不对，是2400万')
    office.expectCard(side.liaison, `已登记，请核对：${two}`, '4月的数', '2400万元')
    await office.say(side.liaison, '报错了')
    office.expectCard(side.liaison, '请回复更正内容')
  })

  test('同上月 for all of them at once, by the word or by the button, in one card', async () => {
    const { office, fieldsOf } = await opened(place, side, '2021-05-06 09:00')
    await office.say(side.liaison, '都没变化')
    office.expectCard(side.liaison, '没有上期的数，还没有登记', one, two)
    await office.say(side.liaison, `${one}累计1.2亿；${two}累计2100万`)
    office.skip()
    await office.restartAt('2021-06-07 09:00')
    office.skip()
    await office.say(side.liaison, '同上月')
    const asked = office.expectCard(side.liaison, '请问报的是哪一项？', `. ${one}`, `. ${two}`)
    expect(asked.buttons).toHaveLength(3)
    await office.restartAt('2021-06-07 09:05')
    await office.press(side.liaison, asked, 'choose:all')
    const shown = office.expectCard(side.liaison, '已登记2项，请核对', '与上期相同', '1.2亿元', '2100万元')
    expect(await fieldsOf(two, '2021-05')).toEqual({ investedTotal: '21000000.00', noChange: true })
    await office.press(side.liaison, shown, 'undo')
    office.expectCard(side.liaison, '已撤回：2项')
    expect(await fieldsOf(two, '2021-05')).toBeUndefined()
    await office.say(side.liaison, '两个项目都跟上个月一样')
    office.expectCard(side.liaison, '已登记2项，请核对', '与上期相同')
    expect(await fieldsOf(one, '2021-05')).toEqual({ investedTotal: '120000000.00', noChange: true })
  })

  test('没有 is asked about, and the button answers', async () => {
    const { office, fieldsOf } = await opened(place, side, '2021-05-06 09:00')
    await office.say(side.liaison, `${one}累计1.2亿；${two}累计2100万`)
    office.skip()
    await office.restartAt('2021-06-07 09:00')
    await office.say(side.liaison, `${two}累计2300万`)
    office.skip()
    await office.say(side.liaison, '没有')
    const asked = office.expectCard(side.liaison, '“没有”是指什么？', one)
    await office.press(side.liaison, asked, 'no-change')
    office.expectCard(side.liaison, `已登记，请核对：${one}`, '与上期相同', '1.2亿元')
    expect(await fieldsOf(one, '2021-05')).toEqual({ investedTotal: '120000000.00', noChange: true })
  })
})
