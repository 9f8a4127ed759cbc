// A message whose answer was lost and whose repeat is refused: it may be on the phone, and the record says so.
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type DeliverDeps, deliver } from '../../src/app/deliver.ts'
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

const ACCOUNT = 'lianluo'
const TEMPLATES = { card: 'any.schema' }
const REFUSAL = 'param.invalid'
const UNTIL_REPEAT_MS = 11_000
const log = { debug() {}, info() {}, warn() {}, error() {} }

let clock: MovableClock
let database: Database
let world: World
let imitation: DingtalkImitation
let channel: Channel
let deps: DeliverDeps

beforeEach(async () => {
  clock = movableClock(instantOf('2021-04-12', '09:00'))
  database = await openTestDatabase()
  const persona = { platform: 'dingtalk' as const, account: ACCOUNT, name: '联络员', hasSpoken: true }
  world = createWorld({ personas: [persona], chats: [] })
  const application = { clientId: 'app', clientSecret: 'app', robotCode: 'app', botName: '督办助手' }
  imitation = await startDingtalkImitation({
    ...application,
    world,
    clock,
    corpId: 'corp',
    cardTemplates: TEMPLATES,
  })
  const bases = { apiBase: imitation.base, oapiBase: imitation.base, cardTemplates: TEMPLATES }
  channel = createDingtalkChannel({ ...application, ...bases }, { clock, log })
  await channel.start(async () => undefined)
  const store = createStore(database)
  const channels = new Map([['dingtalk', channel] as const])
  deps = { store, office: OFFICE, log, words: loadWords(), channels, newId: randomUUID }
  await store.transaction((tx) =>
    tx.enqueue(
      [
        {
          dedupKey: 'one',
          to: { channel: 'dingtalk', kind: 'direct', id: ACCOUNT },
          family: 'reply',
          saying: { type: 'card', words: 'nothing-open', slots: { note: '有新任务会及时告诉您。' } },
          notBefore: clock.now(),
        },
      ],
      clock.now(),
    ),
  )
})

afterEach(async () => {
  await channel.stop()
  await imitation.close()
  await database.close()
})

const stateOfSend = async (): Promise<unknown> =>
  (await database.pool.query<{ state: string }>('SELECT state FROM send')).rows.map(({ state }) => state)

it('is unknown when an earlier try may have been shown', async () => {
  imitation.faults.arm('drop-response')
  await deliver(deps, () => clock.now())
  clock.moveTo(clock.now() + UNTIL_REPEAT_MS)
  imitation.faults.refuse(REFUSAL)
  await deliver(deps, () => clock.now())
  expect(world.bubbles()).toHaveLength(1)
  expect(await stateOfSend()).toEqual(['unknown'])
})

it('is refused when nothing left before', async () => {
  imitation.faults.refuse(REFUSAL)
  await deliver(deps, () => clock.now())
  expect(world.bubbles()).toHaveLength(0)
  expect(await stateOfSend()).toEqual(['refused'])
})
