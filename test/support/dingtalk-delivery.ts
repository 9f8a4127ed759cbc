// The delivery of one DingTalk channel over an imitation and a database of its own, for tests of what leaves and when.
import { randomUUID } from 'node:crypto'
import type { DeliverDeps } from '../../src/app/deliver.ts'
import { createDingtalkChannel } from '../../src/channels/dingtalk/index.ts'
import { type MovableClock, movableClock } from '../../src/commands/clocks.ts'
import { OFFICE } from '../../src/commands/product.ts'
import { loadWords } from '../../src/commands/words.ts'
import { instantOf } from '../../src/core/calendar/civil.ts'
import { type DingtalkImitation, startDingtalkImitation } from '../../src/sandbox/dingtalk/index.ts'
import { createWorld, type World } from '../../src/sandbox/world.ts'
import type { Database } from '../../src/store/database.ts'
import { createStore } from '../../src/store/store.ts'
import { openTestDatabase } from './databases.ts'

const log = { debug() {}, info() {}, warn() {}, error() {} }

export type DingtalkDelivery = {
  readonly clock: MovableClock
  readonly database: Database
  readonly world: World
  readonly imitation: DingtalkImitation
  readonly deps: DeliverDeps
  readonly close: () => Promise<void>
}

/** It is Monday, 9 o'clock; for each account one card is queued. */
export async function openDelivery(
  accounts: readonly string[],
  cardTemplates: Readonly<Record<string, string>>,
): Promise<DingtalkDelivery> {
  const clock = movableClock(instantOf('2021-04-12', '09:00'))
  const database = await openTestDatabase()
  const personas = accounts.map((account) => ({
    ...{ platform: 'dingtalk' as const, account, name: account, hasSpoken: true },
  }))
  const world = createWorld({ personas, chats: [] })
  const application = { clientId: 'app', clientSecret: 'app', robotCode: 'app', botName: '督办助手' }
  const imitation = await startDingtalkImitation({
    ...application,
    ...{ world, clock, corpId: 'corp', cardTemplates },
  })
  const bases = { apiBase: imitation.base, oapiBase: imitation.base, cardTemplates }
  const channel = createDingtalkChannel({ ...application, ...bases }, { clock, log })
  await channel.start(async () => undefined)
  const store = createStore(database)
  const channels = new Map([['dingtalk', channel] as const])
  const deps = { store, office: OFFICE, log, words: loadWords(), channels, newId: randomUUID }
  await queueCards(deps, accounts, clock.now())
  const close = async () => {
    await channel.stop()
    await imitation.close()
    await database.close()
  }
  return { clock, database, world, imitation, deps, close }
}

const queueCards = ({ store }: DeliverDeps, accounts: readonly string[], now: number): Promise<number> =>
  store.transaction((tx) =>
    tx.enqueue(
      accounts.map((id) => ({
        dedupKey: `one|${id}`,
        to: { channel: 'dingtalk', kind: 'direct', id },
        family: 'reply',
        saying: { type: 'card', words: 'nothing-open', slots: { note: '有新任务会及时告诉您。' } },
        notBefore: now,
      })),
      now,
    ),
  )
