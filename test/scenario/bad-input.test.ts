// Whatever comes in gets one clear answer, and nothing is lost or half-written.
import { describe, expect, test } from 'vitest'
import { everywhere, openOffice } from '../support/office.ts'

describe.each(everywhere)('$where', ({ place, side }) => {
  const stranger = {
    platform: side.platform,
    account: 'waibu-renyuan',
    name: '外部人员',
    hasSpoken: true,
  } as const

  async function prompted() {
    const office = await openOffice({
      place,
      side,
      plans: ['wenjian'],
      at: '2021-04-19 09:00',
      recast: ({ personas, chats }) => ({
        personas: [...personas, stranger],
        chats: [
          ...chats,
          {
            platform: side.platform,
            id: 'weidengji-qun',
            kind: 'group',
            title: '未登记的群',
            members: [side.liaison],
          },
        ],
      }),
    })
    const prompt = office.expectCard(side.liaison, '新任务')
    office.expectCard(side.group, '新下达')
    return { office, prompt }
  }

  test('an unknown sender and an unknown group are told once a day where to turn', async () => {
    const { office } = await prompted()
    await office.say(stranger.account, '已报送')
    office.expectCard(stranger.account, '还不认识您', stranger.account, 'D101')
    await office.say(stranger.account, '有人吗')
    office.expectNothing()
    await office.say(side.liaison, '动员部署文件已报送', { group: 'weidengji-qun' })
    office.expectCard('weidengji-qun', '本群还没有登记', 'weidengji-qun', 'D102')
    expect(await office.task()).toMatchObject({ state: 'open' })
    await office.advanceTo('2021-04-20 10:00')
    await office.say(stranger.account, '在吗')
    office.expectCard(stranger.account, '还不认识您')
  })

  test('empty, endless and odd texts', async () => {
    const { office } = await prompted()
    await office.say(side.liaison, '   ')
    office.expectCard(side.liaison, '没有收到内容')
    await office.say(side.liaison, '报'.repeat(34_000))
    office.expectCard(side.liaison, '内容太长，没有登记', '2000字')
    await office.say(side.liaison, '👨‍👩‍👧‍👦🎉')
    office.expectCard(side.liaison, '没看懂，还没有登记')
    // A new day: the three helpful answers of this one are used up.
    await office.advanceTo('2021-04-20 09:00')
    await office.say(side.liaison, '', { images: [Buffer.from('not a picture')] })
    office.expectCard(side.liaison, '这种消息我看不懂', '图片')
    expect(await office.task()).toMatchObject({ state: 'open' })
    await office.say(side.liaison, '\\u0000\\ud83d')
    office.expectCard(side.liaison, '没看懂，还没有登记')
    // U+0000 is not storable and half a surrogate is no character: the rest of the sentence counts.
    await office.say(side.liaison, '已报\u0000送\ud83d，编号12🎉')
    office.expectCard(side.liaison, '已登记，请核对', '编号12🎉')
    const [record] = await office.submissions(await office.task())
    expect(record?.text).toBe('已报送\ufffd，编号12🎉')
    expect(await office.rows(`SELECT 1 FROM inbound WHERE state <> 'done'`)).toEqual([])
  })

  test('a press that comes again, and a press on a card whose duty is done, do nothing twice', async () => {
    const { office, prompt } = await prompted()
    await office.say(side.liaison, '已报送')
    office.expectCard(side.liaison, '已登记，请核对')
    await office.press(side.liaison, prompt, 'done')
    office.expectCard(side.liaison, '这一步已经办过了', '已报送')
    await office.press(side.liaison, prompt, 'ack')
    office.expectCard(side.liaison, '这一步已经办过了')
    // The platform delivers the very same press a second time.
    const { store, engine } = office.product
    const presses = await office.rows<{ payload: never }>(
      `SELECT payload FROM inbound ORDER BY id DESC LIMIT 1`,
    )
    for (const { payload } of presses) {
      await engine.receive(payload)
      await store.saveInbound(payload, 0)
    }
    await office.settle()
    expect(await office.submissions(await office.task())).toHaveLength(1)
  })

  test('two presses in the same moment act once', async () => {
    const { office, prompt } = await prompted()
    const platform = office.platforms.imitations[side.platform]
    await Promise.all([
      platform.click(side.liaison, prompt.bubble, 'done'),
      platform.click(side.liaison, prompt.bubble, 'done'),
    ])
    await office.settle()
    office.expectCard(side.liaison, '已登记，请核对')
    office.expectCard(side.liaison, '这一步已经办过了')
    expect(await office.submissions(await office.task())).toHaveLength(1)
  })

  test('what comes for a task that was cancelled is answered, not recorded', async () => {
    const { office, prompt } = await prompted()
    await office.rows(`UPDATE task SET state = 'closed', next_action_at = NULL`)
    await office.press(side.liaison, prompt, 'done')
    office.expectCard(side.liaison, '这一步已经办过了', '已经办结')
    await office.say(side.liaison, '已报送')
    office.expectCard(side.liaison, '您目前没有待办任务', '本条没有登记')
    expect(await office.submissions(await office.task())).toEqual([])
  })

  test('a page in place of a frame is skipped and the next message is heard', async () => {
    const { office } = await prompted()
    const { wecom, dingtalk } = office.platforms.imitations
    wecom.faults.arm('not-json')
    dingtalk.broadcast('<html>502 Bad Gateway</html>')
    await office.say(side.liaison, '已报送')
    office.expectCard(side.liaison, '已登记，请核对')
  })
})
