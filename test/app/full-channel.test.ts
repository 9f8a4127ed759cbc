// A channel whose limit is reached: what waits there is not looked at over and over, and all of it leaves as fast as the platform allows.
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { deliver } from '../../src/app/deliver.ts'
import type { Channel } from '../../src/app/ports.ts'
import { createDingtalkChannel } from '../../src/channels/dingtalk/index.ts'
import { type MovableClock, movableClock } from '../../src/commands/clocks.ts'
import { OFFICE } from '../../src/commands/product.ts'
import { loadWords } from '../../src/commands/words.ts'
import { instantOf } from '../../src/core/calendar/civil.ts'
import { type DingtalkImitation, startDingtalkImitation } from '../../src/sandbox/dingtalk/index.ts'
import { createWorld, type World } from '../../src/sandbox/world.ts'
import type { Database } from '../../src/store/database.ts'
import { createStore } from '../../src/store/store.ts'
import { openTestDatabase } from '../support/databases.ts'

const PEOPLE = 200
const PER_SECOND = 20
const log = { debug() {}, info() {}, warn() {}, error() {} }

let clock: MovableClock
let database: Database
let world: World
let imitation: DingtalkImitation
let channel: Channel

beforeEach(async () => {
  clock = movableClock(instantOf('2021-04-12', '09:00'))
  database = await openTestDatabase()
  const personas = Array.from({ length: PEOPLE }, (_, index) => ({
    platform: 'dingtalk' as const,
    account: `p${index}`,
    name: `第${index}位联络员`,
    hasSpoken: true,
  }))
  world = createWorld({ personas, chats: [] })
  const application = { clientId: 'app', clientSecret: 'app', robotCode: 'app', botName: '督办助手' }
  imitation = await startDingtalkImitation({
    ...application,
    world,
    clock,
    corpId: 'corp',
    cardTemplates: {},
  })
  const bases = { apiBase: imitation.base, oapiBase: imitation.base, cardTemplates: {} }
  channel = createDingtalkChannel({ ...application, ...bases }, { clock, log })
  await channel.start(async () => undefined)
})

afterEach(async () => {
  await channel.stop()
  await imitation.close()
  await database.close()
})

it('sends twenty a second and claims little more than it sends', async () => {
  const store = createStore(database)
  let claimed = 0
  const counting: typeof store = {
    ...store,
    async claim(...given) {
      const queued = await store.claim(...given)
      claimed += queued.length
      return queued
    },
  }
  const deps = {
    store: counting,
    office: OFFICE,
    log,
    words: loadWords(),
    channels: new Map([['dingtalk', channel] as const]),
    newId: randomUUID,
  }
  await store.transaction((tx) =>
    tx.enqueue(
      Array.from({ length: PEOPLE }, (_, index) => ({
        dedupKey: `one|${index}`,
        to: { channel: 'dingtalk', kind: 'direct', id: `p${index}` },
        family: 'reply',
        saying: { type: 'card', words: 'nothing-open', slots: { note: '有新任务会及时告诉您。' } },
        notBefore: clock.now(),
      })),
      clock.now(),
    ),
  )
  for (let second = 1; second * PER_SECOND <= PEOPLE; second++) {
    expect(await deliver(deps, () => clock.now())).toBe(PER_SECOND)
    clock.moveTo(clock.now() + 1_000)
  }
  expect(await deliver(deps, () => clock.now())).toBe(0)
  expect(new Set(world.bubbles().map(({ chat }) => chat)).size).toBe(PEOPLE)
  // Looking at everything again each second would be over a thousand.
  expect(claimed).toBeLessThan(3 * PEOPLE)
})
