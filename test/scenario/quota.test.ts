// A DingTalk month that runs short: the office is warned, the better messages go, the others wait, and everything is counted.
import { describe, expect, test } from 'vitest'
import type { Amounts } from '../../src/core/message/quota.ts'
import { everywhere, openOffice, type TestOffice } from '../support/office.ts'

/** The due date is Friday 2021-04-30. */
const START = '2021-04-19 08:30'
const SIZE = 100

const dingtalk = everywhere.filter(({ side }) => side.platform === 'dingtalk')

async function startShort({ place, side }: (typeof dingtalk)[number], used: number): Promise<TestOffice> {
  const office = await openOffice({
    side,
    plans: ['wenjian'],
    at: START,
    async place() {
      const real = await place()
      return { ...real, environment: { ...real.environment, DINGTALK_MONTHLY_CALLS: String(SIZE) } }
    },
  })
  await use(office, '2021-04', used)
  return office
}

const use = (office: TestOffice, month: string, amount: number): Promise<void> =>
  office.product.store.addUsage([{ channel: 'dingtalk', month, meter: 'calls', amount }])

const heldFor = (office: TestOffice) =>
  office.rows<{ to: string; step: string }>(
    `SELECT data->>'to' AS to, data->>'step' AS step FROM event WHERE kind = 'notice-held' AND data->>'why' = 'quota' ORDER BY seq`,
  )

describe.each(dingtalk)('$where', (where) => {
  const { side } = where

  test('group messages wait first, with the reason in the trail, and the office is warned once', async () => {
    const office = await startShort(where, 84)
    await office.advanceTo('2021-04-19 09:00')
    office.expectCard(side.liaison, '新任务：报送动员部署文件')
    office.expectCard(side.officer, '钉钉2021-04用量已过七成', '接口调用：已用', '共100')
    expect(await heldFor(office)).toEqual([{ to: `dingtalk:group:${side.group}`, step: 'open' }])
    await office.advanceTo('2021-04-26 18:00')
    office.expectNothing()
    // Each working morning it is looked at again, and left in the queue with its reason.
    expect(new Set((await heldFor(office)).map(({ to }) => to))).toEqual(
      new Set([`dingtalk:group:${side.group}`]),
    )
  })

  test('reminders wait before overdue notices, and a month that is used up stops all but the formal steps', async () => {
    const office = await startShort(where, 0)
    await office.advanceTo('2021-04-19 09:00')
    office.skip()
    await use(office, '2021-04', 90)
    await office.advanceTo('2021-04-30 18:00')
    office.expectCard(side.officer, '已过七成')
    office.expectNothing()
    await use(office, '2021-05', 97)
    await office.advanceTo('2021-05-06 09:00')
    // The overdue notice still goes, its copy finds the month at its last calls.
    office.expectCard(side.officer, '钉钉2021-05用量已过七成')
    office.expectCard(side.liaison, '已逾期：报送动员部署文件')
    await use(office, '2021-05', 1)
    await office.advanceTo('2021-05-08 18:00')
    office.expectCard(side.officer, '钉钉2021-05用量已用完')
    office.expectNothing()
    await office.advanceTo('2021-05-11 09:00')
    office.expectCard(side.officer, '通报代拟稿待您定')
    const waiting = new Set((await heldFor(office)).map(({ to }) => to.split(':').at(-1)))
    expect(waiting).toEqual(new Set([side.group, side.liaison, side.head]))
  })

  test('what waits goes when the office has bought more, or when a new month begins', async () => {
    const office = await startShort(where, 84)
    await office.advanceTo('2021-04-19 09:00')
    office.skip()
    await use(office, '2021-04', -60)
    await office.advanceTo('2021-04-20 09:00')
    office.expectCard(side.group, '新下达1项任务')
  })

  test('the count is the platform’s own, also over a restart', async () => {
    const office = await startShort(where, 0)
    await office.advanceTo('2021-04-19 09:00')
    const prompt = office.expectCard(side.liaison, '新任务')
    office.skip()
    await office.press(side.liaison, prompt, prompt.buttons[0] ?? '')
    await office.restartAt('2021-04-20 10:00')
    await office.say(side.liaison, '已报送')
    office.skip()
    await office.close()
    const { api, stream } = office.platforms.imitations.dingtalk.used()
    expect(stream).toBeGreaterThanOrEqual(2)
    expect(api).toBeGreaterThanOrEqual(4)
    await office.start()
    const counted: Amounts = { calls: api, messages: stream }
    expect(await office.product.store.usage('dingtalk', '2021-04')).toEqual(counted)
  })
})

describe.each(dingtalk)('DING, $where', (where) => {
  const { side } = where
  const startRinging = (ding: string) =>
    openOffice({
      side,
      plans: ['wenjian'],
      at: START,
      async place() {
        const real = await where.place()
        return {
          ...real,
          environment: { ...real.environment, DINGTALK_DING: ding, DINGTALK_MONTHLY_CALLS: String(SIZE) },
        }
      },
    })

  test('rings once with the overdue notice, for the liaison alone', async () => {
    const office = await startRinging('phone')
    await office.advanceTo('2021-05-06 18:00')
    office.skip()
    expect(office.platforms.imitations.dingtalk.dings()).toMatchObject([
      { by: 'app', to: [side.liaison], words: expect.stringContaining('已逾期：报送动员部署文件') },
    ])
    await office.restartAt('2021-05-06 18:30')
    expect(office.platforms.imitations.dingtalk.dings()).toHaveLength(1)
  })

  test.each([
    ['off', 0],
    ['app', 90],
  ])('is silent: %s, with %i calls used', async (ding, used) => {
    const office = await startRinging(ding)
    await use(office, '2021-05', used)
    await office.advanceTo('2021-05-06 18:00')
    office.skip()
    expect(office.platforms.imitations.dingtalk.dings()).toEqual([])
  })
})
