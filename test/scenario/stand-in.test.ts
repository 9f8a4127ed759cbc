// 请假/代理 and 投诉: who answers for somebody who is away, and where a complaint goes.
import { describe, expect, test } from 'vitest'
import { everywhere, openOffice, type TestOffice } from '../support/office.ts'

describe.each(everywhere)('$where', ({ place, side }) => {
  const second = `${side.unit}-fu`
  const secondName = side.platform === 'wecom' ? '康定市新任联络员' : '州交通运输局新任联络员'

  async function office(at = '2021-04-19 09:00'): Promise<TestOffice> {
    const opened = await openOffice({ place, side, plans: ['wenjian'], at })
    await opened.import(
      `posts:\n  - { key: ${second}, title: 办公室干事, unit: ${side.unit}, role: other, since: 2021-04-02, holder: ${side.successor} }\n`,
    )
    opened.skip()
    return opened
  }

  test('for his period the stand-in is prompted and may answer; an import takes nothing of it', async () => {
    const one = await office()
    await one.say(side.liaison, `请假，4月26日到4月29日由${secondName}代`)
    one.expectCard(side.liaison, '已登记代理', '4月26日到4月29日')
    one.expectCard(side.successor, '请您代理', '现有1项未办')
    one.expectCard(side.head, '代理')
    await one.say(side.successor, '我的任务')
    one.expectCard(side.successor, '您目前没有待办任务')
    await one.import(`units:\n  - { key: xin, name: 新增单位 }\n`)
    await one.restartAt('2021-04-26 10:00')
    await one.advanceTo('2021-04-27 09:00')
    one.expectCard(side.successor, '还有3个工作日：报送动员部署文件')
    one.expectCard(side.group, '1家未报')
    await one.say(side.successor, '已报送')
    one.expectCard(side.successor, '已登记，请核对')
    one.skip()
    expect(await one.task()).toMatchObject({ state: 'submitted' })
    expect(await one.rows(`SELECT kind FROM event WHERE kind LIKE 'stand-in%'`)).toEqual([
      { kind: 'stand-in-arranged' },
    ])
  })

  test('what is missing is asked, over a restart; whom nobody knows is explained; taken back, it is over', async () => {
    const one = await office()
    await one.say(side.liaison, '我要请假')
    one.expectCard(side.liaison, '还差起止日期、代理人')
    await one.say(side.liaison, '4月26日到4月29日')
    const asked = one.expectCard(side.liaison, '请问由谁代理？', '4月26日到4月29日')
    expect(asked.buttons).toHaveLength(2)
    await one.restartAt('2021-04-19 14:00')
    await one.say(side.liaison, '由张三丰代')
    one.expectCard(side.liaison, '名册里没有找到张三丰')
    const button = asked.buttons.find((key) => key.includes(side.successor)) ?? ''
    await one.press(side.liaison, asked, button)
    one.expectCard(side.liaison, '已登记代理')
    one.expectCard(side.successor, '请您代理')
    one.expectCard(side.head, '代理')
    await one.say(side.liaison, `请假，4月26日到4月29日由${secondName}代`)
    one.expectCard(side.liaison, '这一步已经办过了')
    await one.say(side.liaison, `4月29日到4月20日请假，由${secondName}代`)
    one.expectCard(side.liaison, '代理的起止日期不对')
    await one.advanceTo('2021-04-26 10:00')
    await one.say(side.liaison, '取消代理')
    one.expectCard(side.liaison, '代理已结束')
    one.expectCard(side.successor, '代理已结束')
    await one.say(side.liaison, '取消代理')
    one.expectCard(side.liaison, '您现在没有代理人')
    await one.advanceTo('2021-04-27 09:00')
    one.expectCard(side.liaison, '还有3个工作日')
    one.expectCard(side.group, '1家未报')
  })

  test('two of one surname and title are asked with buttons, which only the asker can press', async () => {
    const one = await office()
    await one.import(
      `posts:\n  - { key: wang-1, title: 主任, unit: ${side.unit}, role: other, since: 2021-04-02, holder: { key: wang-1, name: 王甲, ${side.platform}: wang-1 } }\n` +
        `  - { key: wang-2, title: 主任, unit: ${side.unit}, role: other, since: 2021-04-02, holder: { key: wang-2, name: 王乙, ${side.platform}: wang-2 } }\n`,
    )
    await one.say(side.liaison, '明天出差，由王主任代', { group: side.group })
    const asked = one.expectCard(side.group, '请问由谁代理？')
    expect(asked.buttons.map((key) => key.split(':')[1])).toEqual(['wang-1', 'wang-2'])
    await one.press(`${side.neighbour}-lianluo`, asked, asked.buttons[0] ?? '')
    one.expectCard(side.group, '这张卡片已经失效')
    await one.press(side.liaison, asked, asked.buttons[1] ?? '')
    one.expectCard(side.group, '已登记代理', '王乙')
    one.skip()
    expect(await one.rows(`SELECT "to", "from", until FROM delegation`)).toEqual([
      { to: 'wang-2', from: '2021-04-20', until: '2021-04-20' },
    ])
  })

  test('a complaint goes to the leader where the plan names nobody else, with a receipt, and is counted', async () => {
    const one = await office()
    await one.say(side.liaison, '投诉：一件事催了三遍')
    one.expectCard(side.liaison, '投诉已登记', '已转给')
    one.expectCard(side.leader, '有人投诉督办工作', side.liaisonName, '系统治理工作方案', '一件事催了三遍')
    await one.say(side.liaison, '我要投诉')
    one.expectCard(side.liaison, '请写明要投诉什么')
    await one.restartAt('2021-04-19 14:00')
    await one.say(side.liaison, '周末也发消息')
    one.expectCard(side.liaison, '投诉已登记')
    one.expectCard(side.leader, '周末也发消息')
    await one.say(side.liaison, '不该问我', { group: side.group })
    one.expectCard(side.liaison, '投诉已登记')
    one.expectCard(side.leader, '不该问我')
    await one.say(side.head, '投诉：没有任务也收到消息')
    one.expectCard(side.head, '投诉已登记')
    one.expectCard(side.leader, '没有任务也收到消息')
    expect(await one.rows(`SELECT count(*)::int AS n FROM event WHERE kind = 'complaint'`)).toEqual([
      { n: 4 },
    ])
    expect((await one.task()).state).toBe('open')
  })
})
