// Invariant 12: of several processes one is connected to WeCom, another follows, and they never throw each other out.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Channel } from '../../src/app/ports.ts'
import { type HolderTiming, singleHolder } from '../../src/app/single-holder.ts'
import { createBotChannel } from '../../src/channels/wecom/bot.ts'
import type { Inbound } from '../../src/core/message/types.ts'
import { startWecomImitation, type WecomImitation } from '../../src/sandbox/wecom/index.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { createStore } from '../../src/store/store.ts'
import {
  BOT,
  createLog,
  createOfficeWorld,
  LIAISON,
  type LogLine,
  QUICK,
  START,
  until,
} from '../channels/wecom/office.ts'
import { createPostgresDatabase, databases } from '../support/databases.ts'

const NAME = 'connection:wecom:bot-1'
const TIMING: HolderTiming = { leaseMs: 1_200, askMs: 100, marginMs: 200 }

type Process = { readonly channel: Channel; readonly heard: Inbound[]; start(): Promise<void> }

let imitation: WecomImitation
let lines: LogLine[]
let processes: Process[]
const clock = { now: () => START }

beforeEach(async () => {
  imitation = await startWecomImitation({ world: createOfficeWorld(), clock, ...BOT })
  lines = []
  processes = []
})

afterEach(async () => {
  for (const { channel } of processes) await channel.stop()
  await imitation.close()
})

/** What one process of an installation makes of its WeCom channel. */
function createProcess(database: Database, secret: string = BOT.secret): Process {
  const log = createLog(lines)
  const wecom = createBotChannel({ ...BOT, secret, wsUrl: imitation.wsUrl }, { clock, log }, QUICK)
  const channel = singleHolder(wecom, NAME, { leases: createStore(database), log }, TIMING)
  const heard: Inbound[] = []
  const one: Process = {
    channel,
    heard,
    start: () => channel.start(async (inbound) => void heard.push(inbound)),
  }
  processes.push(one)
  return one
}

const evictions = (): LogLine[] => lines.filter(({ message }) => message.startsWith('evicted'))

describe.each(databases)('$name', ({ open }) => {
  let database: Database

  beforeEach(async () => {
    database = await open()
  })

  afterEach(async () => {
    for (const { channel } of processes) await channel.stop()
    await database.close()
  })

  it('connects the first at once and keeps the second standing by', async () => {
    const [first, second] = [createProcess(database), createProcess(database)]
    await first.start()
    expect(first.channel.isReady()).toBe(true)
    await second.start()
    expect(second.channel.isReady()).toBe(false)
    expect([first, second].map(({ channel }) => channel.isStandby?.())).toEqual([false, true])
    const { reached } = await imitation.say(LIAISON, LIAISON, { text: '收到' })
    await until(() => first.heard.length === 1)
    expect(reached).toBe(true)
    expect(second.heard).toEqual([])
    expect(imitation.traffic().subscribes).toBe(1)
  })

  it('hands over at once when the holder stops', async () => {
    const [first, second] = [createProcess(database), createProcess(database)]
    await first.start()
    await second.start()
    await first.channel.stop()
    expect(first.channel.isReady()).toBe(false)
    await until(() => second.channel.isReady(), TIMING.leaseMs)
    expect(second.channel.isStandby?.()).toBe(false)
    await imitation.say(LIAISON, LIAISON, { text: '收到' })
    await until(() => second.heard.length === 1)
    expect(evictions()).toEqual([])
  })

  it('lets go when it finds the lease in other hands, and comes back when that ends', async () => {
    const { channel, start } = createProcess(database)
    await start()
    await database.pool.query(
      `UPDATE lease SET holder = 'another', until = clock_timestamp() + interval '1 hour'`,
    )
    await until(() => !channel.isReady())
    await until(() => imitation.traffic().live === 0)
    expect(channel.isStandby?.()).toBe(true)
    await database.pool.query('DELETE FROM lease')
    await until(() => channel.isReady())
  })

  it('connects one of four that start together', async () => {
    const four = Array.from({ length: 4 }, () => createProcess(database))
    await Promise.all(four.map(({ start }) => start()))
    expect(four.filter(({ channel }) => channel.isReady())).toHaveLength(1)
    expect(imitation.traffic().subscribes).toBe(1)
  })

  it('says at the start that the configuration cannot work, and leaves the lease to others', async () => {
    const [wrong, right] = [createProcess(database, ''), createProcess(database)]
    await expect(wrong.start()).rejects.toThrow('WECOM_BOT_SECRET')
    await right.start()
    await until(() => right.channel.isReady())
  })
})

describe('a holder that lost its database', () => {
  it('is no longer ready when its lease may have ended, and only then another follows', async () => {
    const { url, drop } = await createPostgresDatabase()
    const [mine, theirs] = [
      await openDatabase({ url, directory: '' }),
      await openDatabase({ url, directory: '' }),
    ]
    const [first, second] = [createProcess(mine), createProcess(theirs)]
    await first.start()
    await second.start()
    await mine.close()
    await until(() => !first.channel.isReady())
    expect(second.channel.isReady()).toBe(false)
    expect(first.channel.isStandby?.()).toBe(false)
    await until(() => second.channel.isReady())
    expect(first.channel.isReady()).toBe(false)
    expect(evictions()).toEqual([])
    for (const { channel } of processes) await channel.stop()
    await theirs.close()
    await drop()
  })
})
