// What the record answers, and what happens when somebody writes what nobody can read.
import { describe, expect, test } from 'vitest'
import { everywhere, openOffice } from '../support/office.ts'

describe.each(everywhere)('$where', ({ place, side }) => {
  const [one, two] = side.projects

  test('what is owed, until when, what was reported before, and why him', async () => {
    const office = await openOffice({ place, side, plans: ['yuebao'], at: '2021-05-06 09:00' })
    office.skip()
    await office.say(side.liaison, '上月报的多少？')
    office.expectCard(side.liaison, '以前报的数', `【${one}`, `【${two}`, '上期没有登记的数据')
    await office.say(side.liaison, `${one}累计1.2亿；${two}累计2100万`)
    office.skip()
    await office.say(side.liaison, '为什么又问我')
    office.expectCard(side.liaison, '为什么由您填报')
    await office.advanceTo('2021-06-07 09:30')
    office.skip()
    await office.say(side.liaison, '我还差哪些没报')
    office.expectCard(side.liaison, '您有2项待办', one, two)
    await office.say(side.liaison, '在吗？')
    office.expectCard(side.liaison, '您有2项待办')
    await office.say(side.liaison, `${one.slice(0, 4)}什么时候截止`)
    const due = office.expectCard(
      side.liaison,
      '截止时间',
      `${one}·项目进展月报：6月8日截止（还有1个工作日）`,
    )
    expect(due.words).not.toContain(two)
    await office.say(side.liaison, `${two}上个月报了多少`)
    office.expectCard(side.liaison, '以前报的数', '累计完成投资：2100万元', `${side.liaisonName}于5月6日`)
    await office.say(side.liaison, '凭什么要我报')
    const why = office.expectCard(side.liaison, '为什么由您填报', '依据：《重点项目月报方案》，4月11日印发')
    for (const name of [one, two]) expect(why.words).toContain(`· ${name}·项目进展月报，6月8日前`)
    expect(why.words).toMatch(/责任：.+联络员，现由您担任/)
    await office.say(side.liaison, `为什么要我报${one}`)
    office.expectCard(side.liaison, '为什么由您填报', '要求：项目进展月报，6月8日前')
    await office.say(side.liaison, '什么时候截止', { group: side.group, mention: false })
    office.expectNothing()
    await office.say(side.liaison, '什么时候截止', { group: side.group })
    office.expectCard(side.group, '截止时间')
    expect(
      (await office.ledger()).filter(({ period, state }) => period === '2021-05' && state === 'submitted'),
    ).toEqual([])
  })

  test('three helpful answers a day, then a person is told; a report or a new day begins anew', async () => {
    const office = await openOffice({ place, side, plans: ['wenjian'], at: '2021-04-19 09:00' })
    office.skip()
    for (const text of ['食堂几点开饭', '哈哈哈哈', '食堂在哪']) {
      await office.say(side.liaison, text)
      office.expectCard(side.liaison, '没看懂，还没有登记')
    }
    await office.restartAt('2021-04-19 10:00')
    await office.say(side.liaison, '到底怎么弄')
    office.expectCard(side.liaison, '先不用再发，会有人联系您', 'D114')
    office.expectCard(side.officer, `请给${side.liaisonName}打个电话`, '食堂几点开饭', '到底怎么弄')
    await office.say(side.liaison, '哈哈哈哈')
    office.expectNothing()
    await office.say(side.liaison, '哈哈哈哈', { group: side.group })
    office.expectNothing()

    await office.advanceTo('2021-04-20 09:00')
    await office.say(side.liaison, '食堂几点开饭')
    office.expectCard(side.liaison, '没看懂，还没有登记')
    await office.say(side.liaison, '已报送')
    office.expectCard(side.liaison, '已登记，请核对')
    expect(await office.rows<{ data: object }>('SELECT data FROM conversation')).toEqual([{ data: {} }])
  })
})
