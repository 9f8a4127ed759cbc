// What a liaison answers becomes a record, and whoever has answered is left in peace (domain §4, §5).
import { describe, expect, test } from 'vitest'
import { everywhere, openOffice } from '../support/office.ts'

describe.each(everywhere)('$where', ({ place, side }) => {
  async function prompted(plans = ['wenjian']) {
    const office = await openOffice({ place, side, plans, at: '2021-04-19 09:00' })
    const prompt = office.expectCard(
      side.liaison,
      plans.length > 1 ? '您有3项任务' : '新任务：报送动员部署文件',
    )
    office.expectCard(side.group, '新下达')
    return { office, prompt }
  }

  test('a prompt is answered in a sentence, read back, recorded, and never followed by a nudge', async () => {
    const { office, prompt } = await prompted()
    expect(prompt.buttons).toEqual(['done', 'ack'])
    expect(await office.task()).toMatchObject({ state: 'open', lastEvent: '已下达' })

    await office.say(side.liaison, '已完成，文件已报送')
    const readBack = office.expectCard(side.liaison, '已登记，请核对：报送动员部署文件', '已完成，文件已报送')
    const task = await office.task()
    expect(task).toMatchObject({ state: 'submitted', lastEvent: '已报送' })
    expect(await office.submissions(task)).toMatchObject([
      { revision: 1, text: '已完成，文件已报送', late: false, channel: side.platform },
    ])
    await office.press(side.liaison, readBack, 'confirm')
    office.expectCard(side.liaison, '已核对：报送动员部署文件')
    expect(await office.submissions(task)).toMatchObject([{ confirmed: true }])
    await office.advanceTo('2021-06-30 18:00')
  })

  test('收到 is thanked for and stops nothing', async () => {
    const { office, prompt } = await prompted()
    await office.say(side.liaison, '收到')
    office.expectCard(side.liaison, '已记下您收到了', '收到不等于报送')
    expect(await office.task()).toMatchObject({ state: 'acknowledged' })
    await office.press(side.liaison, prompt, 'ack')
    office.expectCard(side.liaison, '这一步已经办过了', '已记下您收到')
    await office.advanceTo('2021-04-27 09:00')
    office.expectCard(side.liaison, '还有3个工作日：报送动员部署文件')
    office.expectCard(side.group, '1家未报')
  })

  test('a pressed card shows who pressed what, and keeps only the buttons that still do something', async () => {
    const { office, prompt } = await prompted()
    await office.press(side.liaison, prompt, 'ack')
    office.expectCard(side.liaison, '已记下您收到了')
    expect(office.look(prompt).buttons).toEqual(['done'])
    expect(office.look(prompt).words).toContain(`✔ ${side.liaisonName} 4月19日 09:00 已点“收到”`)
    await office.press(side.liaison, prompt, 'done')
    const readBack = office.expectCard(side.liaison, '已登记，请核对：报送动员部署文件', '已报送')
    expect(office.look(prompt).buttons).toEqual([])
    expect(office.look(prompt).words).toContain('已点“已报送”')
    await office.press(side.liaison, readBack, 'correct')
    office.expectCard(side.liaison, '请回复更正内容')
    expect(office.look(readBack).buttons).toEqual(['confirm', 'correct', 'undo'])
    await office.press(side.liaison, readBack, 'confirm')
    office.expectCard(side.liaison, '已核对')
    expect(office.look(readBack).buttons).toEqual([])
  })

  test('the list card is answered by number; a stale or wrong number never hits another duty', async () => {
    const { office, prompt } = await prompted(['wenjian', 'taizhang'])
    const lines = prompt.words.split('\n').filter((line) => /^\d\. /.test(line))
    expect(lines.map((line) => /】(.+)，/.exec(line)?.[1])).toEqual([
      '建立资金管理台账',
      '报送动员部署文件',
      '报送自查清单',
    ])
    await office.say(side.liaison, '1 已报送')
    office.expectCard(side.liaison, '已登记，请核对：建立资金管理台账')
    await office.say(side.liaison, '3、已报送')
    office.expectCard(side.liaison, '已登记，请核对：报送自查清单')
    await office.say(side.liaison, '7 已报送')
    office.expectCard(side.liaison, '没有第7项')
    await office.say(side.liaison, '我的任务')
    office.expectCard(side.liaison, '您有1项待办', '1. 报送动员部署文件')
    const states = (await office.ledger()).map(({ title, state }) => [title, state])
    expect(Object.fromEntries(states)).toEqual({
      报送动员部署文件: 'open',
      建立资金管理台账: 'submitted',
      报送自查清单: 'submitted',
    })
  })

  test('a sentence that could be about several duties is asked back with buttons', async () => {
    const { office } = await prompted(['wenjian', 'taizhang'])
    await office.say(side.liaison, '已报送')
    const first = office.expectCard(side.liaison, '请问报的是哪一项？', '您说：“已报送”')
    await office.say(side.liaison, '办完了，材料已交')
    const second = office.expectCard(side.liaison, '请问报的是哪一项？', '办完了')
    // The older question must not be answered with the newer sentence.
    await office.press(side.liaison, first, first.buttons[0] ?? '')
    office.expectCard(side.liaison, '这张卡片已经失效')
    await office.press(side.liaison, second, second.buttons[1] ?? '')
    office.expectCard(side.liaison, '已登记，请核对', '办完了，材料已交')
    expect(office.look(second).buttons).toEqual([])
    expect((await office.ledger()).filter(({ state }) => state === 'submitted')).toHaveLength(1)
  })

  test('a title in the sentence, or in what it quotes, says which duty is meant', async () => {
    const { office } = await prompted(['wenjian', 'taizhang'])
    await office.say(side.liaison, '建立资金管理台账已经完成')
    const readBack = office.expectCard(side.liaison, '已登记，请核对：建立资金管理台账')
    await office.say(side.liaison, '更正：台账已建立，共登记35个项目')
    office.expectCard(side.liaison, '已登记，请核对：建立资金管理台账', '共登记35个项目')
    await office.say(side.liaison, '已报送', { quote: readBack.bubble })
    office.expectCard(side.liaison, '请问报的是哪一项？')
  })

  test('not yet done is noted, and the reminders go on', async () => {
    const { office } = await prompted()
    await office.say(side.liaison, '还没有完成，正在走流程')
    office.expectCard(side.liaison, '已记下', '报送动员部署文件')
    expect(await office.task()).toMatchObject({ state: 'open', lastEvent: '联络员回复：尚未办结' })
    await office.advanceTo('2021-04-27 09:00')
    office.expectCard(side.liaison, '还有3个工作日')
    office.expectCard(side.group, '1家未报')
  })

  test('answering in the group works with a mention; noise there is neither answered nor recorded', async () => {
    const { office } = await prompted()
    await office.say(side.liaison, '已报送', { group: side.group, mention: false })
    await office.say(side.liaison, '下午两点开会，大家准时参加', { group: side.group })
    await office.say(side.head, '辛苦大家', { group: side.group })
    office.expectNothing()
    expect(await office.task()).toMatchObject({ state: 'open' })
    expect(await office.rows(`SELECT kind FROM event WHERE inbound_id IS NOT NULL`)).toEqual([])
    await office.say(side.liaison, '动员部署文件已报送', { group: side.group })
    office.expectCard(side.group, '已登记，请核对：报送动员部署文件')
    expect(await office.task()).toMatchObject({ state: 'submitted' })
  })

  test('a stage report takes the liaison’s own words', async () => {
    const office = await openOffice({ place, side, plans: ['jieduan'], at: '2021-05-06 09:00' })
    office.expectCard(side.liaison, '新任务：报送动员部署阶段工作情况', '5月7日')
    office.expectCard(side.group, '新下达1项任务')
    await office.say(side.liaison, '怎么写才行？')
    office.expectCard(side.liaison, '没看懂，还没有登记', '本阶段做了什么')
    await office.say(side.liaison, '本阶段成立了专班，召开动员会2次，下步转入排查')
    office.expectCard(side.liaison, '已登记，请核对', '召开动员会2次')
    await office.advanceTo('2021-06-30 18:00')
  })
})
