// Monthly reports in plain sentences: the right project, exact figures, nothing guessed (C2, domain §5).
import { describe, expect, test } from 'vitest'
import { everywhere, openOffice } from '../support/office.ts'

describe.each(everywhere)('$where', ({ place, side }) => {
  const [one, two] = side.projects

  async function asked() {
    const office = await openOffice({ place, side, plans: ['yuebao'], at: '2021-05-06 09:00' })
    // Both sides' projects belong to the plan; the other side's people are not looked at here.
    const other = side.platform === 'wecom' ? 'jiaotong-lianluo' : 'kangding-lianluo'
    office.expectCard(side.liaison, '您有2项任务', one, two)
    office.expectCard(other, '您有2项任务')
    office.expectCard('wrXianshi', '新下达')
    office.expectCard('cidXiangmu==', '新下达')
    const task = async (project: string) => {
      const { directory } = await office.product.store.office()
      const key = directory.projects.find(({ name }) => name === project)?.key ?? ''
      return office.task(key)
    }
    return { office, task }
  }

  test('two projects in one message become two records with exact money', async () => {
    const { office, task } = await asked()
    await office.say(
      side.liaison,
      `${one}本月完成投资320万，累计1.5亿，形象进度64%；${two}本月完成投资80.5万元，累计2100万元`,
    )
    office.expectCard(side.liaison, `已登记，请核对：${one}`, '320万元', '1.5亿元', '64%')
    office.expectCard(side.liaison, `已登记，请核对：${two}`, '80.5万元', '2100万元')
    const records = await office.submissions(await task(two))
    expect(records).toMatchObject([
      { fields: { investedThisMonth: '805000.00', investedTotal: '21000000.00' } },
    ])
    await office.say(side.liaison, '我的任务')
    office.expectCard(side.liaison, '您目前没有待办任务')
  })

  test('an ambiguous figure is asked back once, then handed to a person who is told', async () => {
    const { office, task } = await asked()
    await office.say(side.liaison, `${one}本月完成投资3到5`)
    office.expectCard(side.liaison, `有内容没看准：${one}`, '是多少？')
    expect(await office.submissions(await task(one))).toEqual([])
    await office.say(side.liaison, `${one}本月完成投资3到5吧`)
    office.expectCard(side.liaison, '还是没看准，已转给督办办公室')
    office.expectCard(side.officer, `请协助核对：${one}`, side.liaisonName, '3到5吧')
    expect((await task(one)).state).toBe('open')
  })

  test('a correction makes a new revision with its reason, and the older card can no longer be confirmed', async () => {
    const { office, task } = await asked()
    await office.say(side.liaison, `${one}本月完成投资320万，累计1.5亿`)
    const first = office.expectCard(side.liaison, `已登记，请核对：${one}`)
    await office.advanceTo('2021-05-06 09:10')
    await office.press(side.liaison, first, 'correct')
    office.expectCard(side.liaison, '请回复更正内容')
    await office.say(side.liaison, '累计应为1.52亿')
    const second = office.expectCard(side.liaison, `已登记，请核对：${one}`, '1.52亿元', '320万元')
    const records = await office.submissions(await task(one))
    expect(records).toMatchObject([
      { revision: 1, fields: { investedTotal: '150000000.00' } },
      { revision: 2, fields: { investedTotal: '152000000.00', investedThisMonth: '3200000.00' } },
    ])
    expect(records[1]?.reason).toContain('累计应为1.52亿')
    await office.press(side.liaison, first, 'confirm')
    office.expectCard(side.liaison, '这一步已经办过了', '之后又更正过')
    await office.press(side.liaison, second, 'confirm')
    office.expectCard(side.liaison, `已核对：${one}`, '1.52亿元')
  })

  test('figures long after "correct" was pressed are the next report, not a correction', async () => {
    const { office, task } = await asked()
    await office.say(side.liaison, `${one}累计1.5亿`)
    const readBack = office.expectCard(side.liaison, `已登记，请核对：${one}`)
    await office.press(side.liaison, readBack, 'correct')
    office.expectCard(side.liaison, '请回复更正内容')
    await office.say(side.liaison, '收到')
    office.expectCard(side.liaison, '已记下您收到了')
    await office.advanceTo('2021-05-07 08:00')
    await office.say(side.liaison, `${two}累计2100万`)
    office.expectCard(side.liaison, `已登记，请核对：${two}`, '2100万元')
    expect(await office.submissions(await task(one))).toHaveLength(1)
  })

  test('无变化 needs a previous period, then repeats it and says so', async () => {
    const { office, task } = await asked()
    await office.say(side.liaison, `${one}无变化`)
    office.expectCard(side.liaison, '没有上期的数，还没有登记', one)
    expect(await office.submissions(await task(one))).toEqual([])
    await office.say(side.liaison, `${one}本月完成投资320万，累计1.5亿；${two}累计2100万`)
    office.expectCard(side.liaison, `已登记，请核对：${one}`)
    office.expectCard(side.liaison, `已登记，请核对：${two}`)
  })
})

describe.each(everywhere.filter(({ side }) => side.platform === 'wecom'))('$where', ({ place, side }) => {
  test('the next month: 无变化 repeats the total, not the month’s own amount', async () => {
    const office = await openOffice({ place, side, plans: ['yuebao'], at: '2021-05-06 09:00' })
    const [one, two] = side.projects
    await office.say(side.liaison, `${one}本月完成投资320万，累计1.5亿；${two}累计2100万`)
    await office.say('jiaotong-lianluo', '龙川江大桥工程累计1亿；元谋二级公路工程累计2亿')
    office.skip()
    await office.advanceTo('2021-06-04 09:00')
    office.expectCard(side.liaison, '您有2项任务')
    office.skip()
    await office.say(side.liaison, `${one}无变化`)
    const readBack = office.expectCard(side.liaison, `已登记，请核对：${one}`, '与上期相同', '1.5亿元')
    expect(readBack.words).not.toContain('320万元')
    await office.advanceTo('2021-06-07 09:00')
    const reminder = office.expectCard(side.liaison, `还有1个工作日`)
    expect(reminder.words).toContain(two)
    await office.press(side.liaison, reminder, 'no-change')
    office.expectCard(side.liaison, `已登记，请核对：${two}`, '与上期相同', '2100万元')
    office.skip()
    await office.advanceTo('2021-06-08 09:00')
    expect(office.unread().filter(({ to }) => to === side.liaison)).toEqual([])
    office.skip()
  })
})
