// What a month has used up: added up over processes and restarts, on both databases, and never lost by a failing write.
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Store } from '../../src/app/store-port.ts'
import { createUsage } from '../../src/app/usage.ts'
import { parseInstant } from '../../src/core/calendar/civil.ts'
import { createStore } from '../../src/store/store.ts'
import { openServerTestDatabase, openTestDatabase } from '../support/databases.ts'

const START = parseInstant('2021-04-30T23:59:00+08:00') ?? 0
const quiet = { debug() {}, info() {}, warn() {}, error() {} }

describe.each([
  ['embedded', openTestDatabase],
  ['PostgreSQL', openServerTestDatabase],
])('%s', (_, open) => {
  async function openStore(): Promise<Store> {
    const database = await open()
    onTestFinished(() => database.close())
    return createStore(database)
  }

  test('several processes at once add up, each month and platform apart', async () => {
    const store = await openStore()
    const clock = { at: START, now: () => clock.at }
    const usages = [1, 2, 3].map(() => createUsage({ store, clock, log: quiet }))
    for (let round = 0; round < 20; round++) {
      for (const usage of usages) {
        usage.count('dingtalk', 'calls')
        usage.count('dingtalk', 'messages')
        usage.count('wecom', 'calls')
      }
      await Promise.all(usages.map((usage) => usage.flush()))
    }
    clock.at += 60_000
    usages[0]?.count('dingtalk', 'calls')
    expect(await usages[1]?.used('dingtalk', START)).toEqual({ calls: 60, messages: 60 })
    expect(await usages[0]?.used('dingtalk', clock.at)).toEqual({ calls: 1, messages: 0 })
    expect(await usages[0]?.used('wecom', START)).toEqual({ calls: 60, messages: 0 })
  })

  test('what could not be written is written with the next', async () => {
    const store = await openStore()
    const warnings: string[] = []
    const log = { ...quiet, warn: (_: object, message: string) => void warnings.push(message) }
    let broken: boolean = true
    const shaky: Store = {
      ...store,
      addUsage: (used) => (broken ? Promise.reject(new Error('away')) : store.addUsage(used)),
    }
    const usage = createUsage({ store: shaky, clock: { now: () => START }, log })
    for (let index = 0; index < 3; index++) usage.count('dingtalk', 'calls')
    await usage.flush()
    expect(warnings).toHaveLength(1)
    broken = false
    usage.count('dingtalk', 'calls')
    expect(await usage.used('dingtalk', START)).toEqual({ calls: 4, messages: 0 })
  })

  test('nobody has to ask: a second later it is in the database', async () => {
    const store = await openStore()
    const usage = createUsage({ store, clock: { now: () => START }, log: quiet })
    usage.count('dingtalk', 'messages')
    await expect
      .poll(() => store.usage('dingtalk', '2021-04'), { timeout: 5_000 })
      .toEqual({ calls: 0, messages: 1 })
  })
})
