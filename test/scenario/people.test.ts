// Who hears and who may answer: two platforms, successors, other people's cards, people who can't be reached.
import { describe, expect, test } from 'vitest'
import { everywhere, openOffice } from '../support/office.ts'

describe.each(everywhere)('$where', ({ place, side }) => {
  test('a successor gets the next step and may answer; the predecessor hears nothing more', async () => {
    const office = await openOffice({ place, side, plans: ['wenjian'], at: '2021-04-19 09:00' })
    const prompt = office.expectCard(side.liaison, '新任务')
    office.expectCard(side.group, '新下达')
    await office.import(
      `posts:\n  - { key: ${side.liaison}, title: 联络员, unit: ${side.unit}, role: liaison, since: 2021-04-22, holder: ${side.successor} }\n`,
    )
    await office.advanceTo('2021-04-27 09:00')
    office.expectCard(side.successor, '还有3个工作日：报送动员部署文件')
    office.expectCard(side.group, '1家未报')
    await office.press(side.liaison, prompt, 'done')
    office.expectCard(side.liaison, '这项任务不在您名下', '新任联络员')
    expect(office.look(prompt).buttons).toEqual(['done', 'ack'])
    await office.say(side.liaison, '已报送')
    office.expectCard(side.liaison, '您目前没有待办任务')
    await office.say(side.successor, '已报送')
    office.expectCard(side.successor, '已登记，请核对')
    await office.advanceTo('2021-06-30 18:00')
  })

  test('while a post is vacant, the unit head is asked and may answer', async () => {
    const office = await openOffice({ place, side, plans: ['wenjian'], at: '2021-04-19 09:00' })
    office.expectCard(side.liaison, '新任务')
    office.expectCard(side.group, '新下达')
    await office.import(
      `holdings:\n  - { post: ${side.liaison}, person: ${side.successor}, from: 2021-04-20, until: 2021-04-21 }\n`,
    )
    await office.advanceTo('2021-04-27 09:00')
    office.expectCard(side.head, '还有3个工作日：报送动员部署文件')
    office.expectCard(side.group, '1家未报')
    await office.say(side.head, '已报送')
    office.expectCard(side.head, '已登记，请核对')
    await office.advanceTo('2021-06-30 18:00')
  })

  test('a card is only for whom it is meant', async () => {
    const office = await openOffice({ place, side, plans: ['wenjian'], at: '2021-04-19 09:00' })
    office.expectCard(side.liaison, '新任务')
    office.expectCard(side.group, '新下达')
    await office.say(side.liaison, '动员部署文件已报送', { group: side.group })
    const readBack = office.expectCard(side.group, '已登记，请核对')
    await office.press(`${side.neighbour}-lianluo`, readBack, 'confirm')
    office.expectCard(side.group, '这项任务不在您名下', side.liaisonName)
    await office.press(side.liaison, readBack, 'confirm')
    office.expectCard(side.group, '已核对')
    await office.press(side.liaison, readBack, 'confirm')
    // The redrawn card has no button left to press.
    office.expectNothing()
  })
})

const onWecom = everywhere.filter(({ side }) => side.platform === 'wecom')

describe.each(onWecom)('$where', ({ place, side }) => {
  test('asked on one platform, answered on the other by the same person', async () => {
    const office = await openOffice({
      place,
      side,
      plans: ['wenjian'],
      at: '2021-04-19 09:00',
      units: ['danba'],
    })
    office.expectCard('danba-lianluo', '新任务：报送动员部署文件')
    office.expectCard(side.group, '新下达')
    await office.say('danba-zhuanzhi', '我的任务')
    office.expectCard('danba-zhuanzhi', '您有1项待办', '报送动员部署文件')
    await office.say('danba-zhuanzhi', '已报送')
    office.expectCard('danba-zhuanzhi', '已登记，请核对：报送动员部署文件')
    const task = await office.task()
    expect(await office.submissions(task)).toMatchObject([{ person: 'danba-lianluo', channel: 'dingtalk' }])
    await office.advanceTo('2021-06-30 18:00')
  })

  test('opening the chat shows what is to be done', async () => {
    const office = await openOffice({ place, side, plans: ['wenjian'], at: '2021-04-19 09:00' })
    office.expectCard(side.liaison, '新任务')
    office.expectCard(side.group, '新下达')
    await office.enter(side.liaison)
    office.expectCard(side.liaison, '您有1项待办')
    await office.enter(side.head)
    office.expectCard(side.head, '您目前没有待办任务')
  })

  test('who has never written to the bot can’t be reached: the office hears it once a day, with the cure', async () => {
    const office = await openOffice({
      place,
      side,
      plans: ['wenjian', 'taizhang'],
      at: '2021-04-19 09:00',
      recast: ({ personas, chats }) => ({
        chats,
        personas: personas.map((one) => (one.account === side.liaison ? { ...one, hasSpoken: false } : one)),
      }),
    })
    office.expectCard(side.group, '新下达')
    office.expectCard(side.officer, '有1人收不到督办消息', side.liaisonName)
    await office.advanceTo('2021-04-26 18:00')
    office.expectNothing()
    await office.advanceTo('2021-04-27 09:00')
    office.expectCard(side.group, '即将到期')
    office.expectCard(side.officer, '有1人收不到督办消息', side.liaisonName)
    await office.advanceTo('2021-04-27 18:00')
    office.expectNothing()
    await office.say(side.liaison, '我的任务')
    office.expectCard(side.liaison, '您有3项待办')
  })
})
