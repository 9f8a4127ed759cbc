// What a forecast says about the platforms' months, from stored counts.
import { expect, onTestFinished, test } from 'vitest'
import { monthLine, monthsOf } from '../../src/commands/forecast-months.ts'
import { readConfig } from '../../src/config.ts'
import { parseInstant } from '../../src/core/calendar/civil.ts'
import type { ForecastCard } from '../../src/core/message/forecast.ts'
import { createStore } from '../../src/store/store.ts'
import { openTestDatabase } from '../support/databases.ts'

const card = (day: string, address: string, rank: ForecastCard['rank'], duties = 1): ForecastCard => ({
  at: parseInstant(`${day}T09:00:00+08:00`) ?? 0,
  day,
  address,
  family: 'duty',
  rank,
  about: Array.from({ length: duties }, (_, index) => ({ task: `t${index}`, step: 'open', title: '报送' })),
})

test('each month and platform has a line: what is used, what answers would add, what waits', async () => {
  const database = await openTestDatabase()
  onTestFinished(() => database.close())
  const store = createStore(database)
  await store.addUsage([{ channel: 'dingtalk', month: '2021-04', meter: 'calls', amount: 3_400 }])
  await store.addUsage([{ channel: 'dingtalk', month: '2021-05', meter: 'calls', amount: 4_499 }])
  const config = readConfig({ DINGTALK_CLIENT_ID: 'a', DINGTALK_CLIENT_SECRET: 'b' })
  const cards = [
    ...Array.from({ length: 100 }, () => card('2021-04-12', 'dingtalk:direct:kd', 'prompt', 2)),
    card('2021-04-12', 'dingtalk:group:webhook:kd', 'group'),
    card('2021-04-12', 'wecom:direct:kd', 'prompt'),
    card('2021-05-12', 'dingtalk:group:cid==', 'group'),
    card('2021-05-12', 'dingtalk:direct:kd', 'reminder'),
    card('2021-05-12', 'dingtalk:direct:kd2', 'reminder'),
  ]
  const lines = (await monthsOf(cards, store, config)).map(monthLine)
  expect(lines).toEqual([
    '2021-04  钉钉  接口3500/5000，已过七成；Webhook和Stream1/3000；若逐项答复，再加接口400次、消息200条',
    '2021-04  企业微信  1条消息',
    '2021-05  钉钉  接口4500/5000，已过七成；Webhook和Stream0/3000；若逐项答复，再加接口0次、消息0条；用量不足，暂缓提醒1条、群消息1条',
  ])
})
