// Two `duban serve` on one PostgreSQL and both platforms: a burst of a thousand due tasks is sent exactly once, whoever dies.
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { runningClock } from '../../src/commands/clocks.ts'
import { startPlatforms } from '../../src/commands/demo/platforms.ts'
import { importInto } from '../../src/commands/import.ts'
import { formatInstant, instantOf } from '../../src/core/calendar/civil.ts'
import type { Bubble, World } from '../../src/sandbox/world.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { createStore } from '../../src/store/store.ts'
import { writeBurstOffice } from '../support/big-office.ts'
import { createPostgresDatabase } from '../support/databases.ts'
import { type ServeProcess, startServe } from '../support/serve-process.ts'

const SIZE = { wecom: 105, dingtalk: 20, dutiesEach: 8 }
const UNITS = SIZE.wecom + SIZE.dingtalk
/** Of each duty the liaison hears, and, since there is no work group, the office, in one card for all of them. */
const NOTICES = 2 * UNITS * SIZE.dutiesEach
const CARDS = UNITS + 1
const TAKEOVER_MS = 15_000
const SLOW = 180_000

/** Each process starts so long before nine o'clock: what is due is decided then, and leaves from both at the same moment. */
const LEAD_MS = 35_000
const START = instantOf('2021-04-12', '09:00') - LEAD_MS

type Installation = {
  readonly world: World
  readonly database: Database
  /** The one with the WeCom connection, and the one that stands by. */
  readonly holder: ServeProcess
  readonly standby: ServeProcess
  live(): number
  close(): Promise<void>
}

async function open(): Promise<Installation> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'duban-burst-'))
  await writeBurstOffice(directory, SIZE)
  const platforms = await startPlatforms(() => runningClock(START), { folders: [directory] })
  const { url, drop } = await createPostgresDatabase()
  const database = await openDatabase({ url, directory: '' })
  await importInto(createStore(database), [directory], START)
  const env = {
    ...platforms.settings,
    DATABASE_URL: url,
    PORT: '0',
    DUBAN_NOW: formatInstant(START),
    PUBLIC_URL: 'https://duban.example.gov.cn',
  }
  const both = await Promise.all([startServe(env), startServe(env)])
  const [first, second] = both
  await Promise.all(both.map(({ port }) => port))
  const isFirst = (await first.readiness()).channels.wecom === 'ready'
  return {
    world: platforms.world,
    database,
    holder: isFirst ? first : second,
    standby: isFirst ? second : first,
    live: () => platforms.imitations.wecom.traffic().live,
    async close() {
      for (const one of both) one.kill('SIGTERM')
      await Promise.all(both.map(({ exited }) => exited))
      await platforms.close()
      await database.close()
      await drop()
      await rm(directory, { recursive: true })
    },
  }
}

const isCard = ({ from, card }: Bubble): boolean => from === 'bot' && card !== undefined

/** Resolves when the phones of this platform show so many cards. */
function cardsShown(world: World, platform: Bubble['platform'], count: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = world.onChange(() => {
      if (world.bubbles().filter((one) => one.platform === platform && isCard(one)).length < count) return
      stop()
      resolve()
    })
  })
}

async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  withinMs: number,
): Promise<void> {
  const deadline = performance.now() + withinMs
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`)
    await delay(50)
  }
}

async function column({ pool }: Database, sql: string): Promise<string[]> {
  return (await pool.query<{ line: string }>(sql)).rows.map(({ line }) => line)
}

const allSent = async (database: Database): Promise<boolean> =>
  (await column(database, `SELECT id AS line FROM outbox WHERE state = 'sent'`)).length === NOTICES

/** Every (task, step, address) in exactly one card, every card on its phone, and nothing else anywhere. */
async function expectOnce({ database, world }: Installation): Promise<void> {
  await until('everything is sent', () => allSent(database), 30_000)
  const states = await column(
    database,
    `SELECT DISTINCT state AS line FROM send UNION SELECT DISTINCT state FROM outbox`,
  )
  expect(states).toEqual(['sent'])
  const said = await column(database, `SELECT concat_ws(' ', task_id, step, address) AS line FROM outbox`)
  expect(said).toHaveLength(NOTICES)
  expect(new Set(said).size).toBe(NOTICES)
  const cards = await column(database, `SELECT DISTINCT send_id AS line FROM outbox`)
  const phones = world.bubbles().filter(({ from }) => from === 'bot')
  expect(new Set(phones.map(({ card }) => card?.id))).toEqual(new Set(cards))
  expect(phones).toHaveLength(CARDS)
}

describe.concurrent('a burst of a thousand tasks', () => {
  it(
    'is sent exactly once by two processes, one of which stands by for WeCom',
    async () => {
      const office = await open()
      const states = [await office.holder.readiness(), await office.standby.readiness()]
      expect(states.map(({ ready }) => ready)).toEqual([true, true])
      expect(states.map(({ channels }) => channels.wecom)).toEqual(['ready', 'standby'])
      expect(states.map(({ channels }) => channels.dingtalk)).toEqual(['ready', 'ready'])
      await cardsShown(office.world, 'wecom', 1)
      await expectOnce(office)
      await office.close()
    },
    SLOW,
  )

  it(
    'loses and repeats nothing when the holder of the WeCom connection is killed, and the other takes over',
    async () => {
      const office = await open()
      await cardsShown(office.world, 'wecom', 20)
      office.holder.kill('SIGKILL')
      await until('the connection is gone', () => office.live() === 0, 5_000)
      const killedAt = performance.now()
      await until('the other is connected', () => office.live() === 1, TAKEOVER_MS)
      await until(
        'the other says so',
        async () => (await office.standby.readiness()).channels.wecom === 'ready',
        2_000,
      )
      await until('everything is sent', () => allSent(office.database), TAKEOVER_MS)
      expect(performance.now() - killedAt).toBeLessThan(TAKEOVER_MS + 3_000)
      await expectOnce(office)
      await office.close()
    },
    SLOW,
  )

  it(
    'loses and repeats nothing when the other process is killed',
    async () => {
      const office = await open()
      await cardsShown(office.world, 'dingtalk', 5)
      office.standby.kill('SIGKILL')
      await expectOnce(office)
      expect((await office.holder.readiness()).channels).toEqual({ wecom: 'ready', dingtalk: 'ready' })
      await office.close()
    },
    SLOW,
  )
})
