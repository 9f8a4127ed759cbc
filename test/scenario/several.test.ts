// Several duties at once, somebody else's duties, and the same person on two platforms (domain §5).
import { describe, expect, test } from 'vitest'
import { everywhere, openOffice } from '../support/office.ts'

describe.each(everywhere)('$where', ({ place, side }) => {
  const prompted = async () => {
    const office = await openOffice({ place, side, plans: ['wenjian', 'taizhang'], at: '2021-04-19 09:00' })
    office.skip()
    const done = async () =>
      (await office.ledger()).filter(({ state }) => state === 'submitted').map(({ title }) => title)
    return { office, done }
  }

  test('全部 by the button, after a restart, and all of it taken back by the word', async () => {
    const { office, done } = await prompted()
    await office.say(side.liaison, '已报送')
    const choice = office.expectCard(side.liaison, '请问报的是哪一项？', '1. ', '3. ', '报送自查清单')
    expect(choice.buttons.at(-1)).toBe('choose:all')
    await office.restartAt('2021-04-19 09:10')
    await office.press(side.liaison, choice, 'choose:all')
    const shown = office.expectCard(side.liaison, '已登记3项，请核对', '1. ', '3. ', '已报送')
    expect(await done()).toHaveLength(3)
    await office.say(side.liaison, '撤回')
    office.expectCard(side.liaison, '已撤回：3项')
    // WeCom redraws a card only in answer to a press on it.
    expect(office.look(shown).buttons).toHaveLength(side.platform === 'wecom' ? 2 : 0)
    expect(await done()).toEqual([])
  })

  test('the card that asks is answered by a number or by a word, and what it recorded is confirmed or undone as a whole', async () => {
    const { office, done } = await prompted()
    await office.say(side.liaison, '已报')
    office.expectCard(side.liaison, '请问报的是哪一项？', '回复序号，或“全部”')
    await office.say(side.liaison, '全部')
    const shown = office.expectCard(side.liaison, '已登记3项，请核对')
    await office.restartAt('2021-04-19 09:02')
    await office.press(side.liaison, shown, 'undo')
    office.expectCard(side.liaison, '已撤回：3项')
    await office.say(side.liaison, '报过了')
    const first =
      office.expectCard(side.liaison, '请问报的是哪一项？').words.split('1. ')[1]?.split('\n')[0] ?? ''
    await office.say(side.liaison, '1')
    office.expectCard(side.liaison, `已登记，请核对：${first}`)
    expect(await done()).toEqual([first])
    await office.say(side.liaison, '其余的全部报送')
    const rest = office.expectCard(side.liaison, '已登记2项，请核对')
    await office.press(side.liaison, rest, 'confirm')
    office.expectCard(side.liaison, '已核对：2项')
  })

  test('whoever is annoyed, or says again what is recorded, is shown the record', async () => {
    const { office, done } = await prompted()
    await office.say(side.liaison, '台账建好了，已报送')
    office.expectCard(side.liaison, '已登记，请核对：建立资金管理台账')
    for (const text of ['天天催烦不烦', '不是刚报了吗', '已经报了还催']) {
      await office.say(side.liaison, text)
      office.expectCard(side.liaison, '还有2项没有报', '建立资金管理台账：4月19日 09:00已报', '1. ')
    }
    await office.say(side.liaison, '台账交了')
    office.expectCard(side.liaison, '已经登记过了：建立资金管理台账', '4月19日 09:00已报，不用再报')
    await office.say(side.liaison, '自查清单报了没')
    office.expectCard(side.liaison, '还有2项没有报', '报送自查清单')
    await office.say(side.liaison, '泸定县的也帮他们报一下，自查清单已报送')
    office.expectCard(side.liaison, '这项任务不在您名下', '应由泸定县经信局办理')
    await office.say(side.liaison, 'asdfgh')
    office.expectCard(side.liaison, '没看懂，还没有登记', '您有2项待办')
    await office.say(side.liaison, '还没弄完')
    office.expectCard(side.liaison, '知道了，还没有登记', '2项待办')
    for (const text of ['好嘞马上报', '👌', '谢谢']) await office.say(side.liaison, text)
    office.expectCard(side.liaison, '已记下您收到了：2项任务')
    for (let n = 0; n < 2; n += 1) office.expectCard(side.liaison, '好的', '还有2项等您报送')
    expect(await done()).toEqual(['建立资金管理台账'])
    await office.say(side.liaison, '都报了')
    office.expectCard(side.liaison, '已登记2项')
    await office.say(side.liaison, '催啥呢')
    office.expectCard(side.liaison, '您名下都报齐了，不会再催')
    await office.say(side.liaison, '报过了')
    office.expectCard(side.liaison, '您名下都报齐了')
  })

  test('a registration is not made by a word that all is done', async () => {
    const office = await openOffice({ place, side, plans: ['wenjian', 'dengji'], at: '2021-04-19 09:00' })
    office.skip()
    await office.say(side.liaison, '登记联络员已报')
    office.expectCard(side.liaison, '没看懂，还没有登记', '登记 联络员×××')
    await office.say(side.liaison, '不报了爱咋咋地')
    office.expectCard(side.liaison, '知道了，还没有登记', '您有2项待办')
    await office.say(side.liaison, '全部都交了的嘛')
    office.expectCard(side.liaison, '已登记，请核对：报送动员部署文件')
    office.expectCard(side.liaison, '还有1项要补内容', '登记 联络员×××')
    expect((await office.ledger()).map(({ state }) => state).sort()).toEqual(['open', 'submitted'])
  })

  test('several by their names, and all of them by the word', async () => {
    const { office, done } = await prompted()
    await office.say(side.liaison, '台账和自查清单都报了')
    office.expectCard(side.liaison, '已登记2项，请核对')
    expect((await done()).sort()).toEqual(['建立资金管理台账', '报送自查清单'].sort())
    await office.say(side.liaison, '撤回')
    office.skip()
    await office.say(side.liaison, '全部报送')
    office.expectCard(side.liaison, '已登记3项，请核对', '全部报送')
    expect(await done()).toHaveLength(3)
  })

  test('whoever answers by delegation is recorded, and the post’s own holder is told in working hours', async () => {
    const { office } = await prompted()
    await office.import(
      `delegations:\n  - { post: ${side.liaison}, to: ${side.successor}, from: 2021-04-19, until: 2021-04-25 }\n`,
    )
    await office.advanceTo('2021-04-19 20:00')
    office.skip()
    await office.say(side.successor, '建立资金管理台账已完成')
    office.expectCard(side.successor, '已登记，请核对：建立资金管理台账')
    office.expectNothing()
    await office.advanceTo('2021-04-20 09:00')
    office.expectCard(side.liaison, '已代您报送', '建立资金管理台账', '已完成')
    const task = (await office.ledger()).find(({ title }) => title === '建立资金管理台账')
    expect(await office.submissions({ id: task?.id ?? '' })).toMatchObject([{ person: side.successor }])
    await office.say(side.liaison, '更正：台账已建立，共35个项目')
    office.expectCard(side.liaison, '已登记，请核对', '共35个项目')
  })
})

test('asked on one platform after a restart, answered on the other by the same person', async () => {
  const [{ place, side }] = everywhere as [(typeof everywhere)[number]]
  const office = await openOffice({ place, side, plans: ['yuebao'], at: '2021-05-05 09:00' })
  await office.import(
    'projects:\n  - { key: db-changfang, name: 丹巴标准厂房工程, unit: danba, stage: under-construction, plans: [yuebao], from: 2021-04-01, investment: 5000 }\n',
  )
  await office.advanceTo('2021-05-06 09:00')
  office.skip()
  await office.say('danba-lianluo', '累计完成投资8000万，形象进度30%')
  office.expectCard('danba-lianluo', '已登记，请核对', '30%')
  office.expectCard('danba-lianluo', '还差一句说明：丹巴标准厂房工程', '超过了计划总投资5000万元')
  await office.restartAt('2021-05-06 10:00')
  await office.say('danba-zhuanzhi', '概算调整了，批文已下')
  office.expectCard('danba-zhuanzhi', '已登记，请核对', '8000万元', '说明：概算调整了，批文已下')
  const task = await office.task('db-changfang')
  expect(await office.submissions(task)).toMatchObject([
    { revision: 1, channel: 'wecom', fields: { percentComplete: 30 } },
    { revision: 2, channel: 'dingtalk', fields: { investedTotal: '80000000.00' } },
  ])
})
