// Two processes on one PostgreSQL with WeCom's bot and its self-built app: persons are spoken to by the app, and the standby serves it like the holder.
import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type MovableClock, movableClock } from '../../src/commands/clocks.ts'
import { type Platforms, startPlatforms } from '../../src/commands/demo/platforms.ts'
import { importInto } from '../../src/commands/import.ts'
import { type Product, startProduct } from '../../src/commands/product.ts'
import { healthOf, mountCallbacks } from '../../src/commands/serve.ts'
import { readConfig } from '../../src/config.ts'
import { instantOf } from '../../src/core/calendar/civil.ts'
import type { Bubble } from '../../src/sandbox/world.ts'
import { createApp, listen } from '../../src/web/server.ts'
import { createPostgresDatabase } from '../support/databases.ts'
import { SIDES, writeFiles } from '../support/office-cast.ts'

const APP = {
  corpId: 'ww-sandbox',
  agentId: 1_000_002,
  secret: 'app-secret',
  token: 'sandboxtoken',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
}
const LIAISON = 'kangding-lianluo'
const CHAT = `app:${LIAISON}`
const log = { debug() {}, info() {}, warn() {}, error() {} }

let platforms: Platforms
let clock: MovableClock
let holder: Product
let standby: Product
let server: Server
let folder: string
let drop: () => Promise<void>

beforeEach(async () => {
  const [side] = SIDES
  if (!side) throw new Error('no side')
  folder = await mkdtemp(path.join(os.tmpdir(), 'duban-app-'))
  const postgres = await createPostgresDatabase()
  drop = postgres.drop
  await writeFiles(folder, {
    side,
    plans: ['wenjian'],
    at: '',
    place: async () => ({ environment: {}, remove: async () => undefined }),
  })
  clock = movableClock(instantOf('2021-04-19', '08:30'))
  platforms = await startPlatforms(() => clock, {
    folders: [folder],
    wecom: { app: { ...APP, timing: { answerMs: 5000, retryMs: 50 } } },
  })
  const config = readConfig({
    ...platforms.settings,
    DATABASE_URL: postgres.url,
    PUBLIC_URL: 'https://duban.example',
  })
  holder = await startProduct(config, clock, log)
  standby = await startProduct(config, clock, log)
  // Persons write to the standby only: no balancer would be fairer to the holder.
  const web = createApp(healthOf(standby))
  mountCallbacks(web, standby)
  server = await listen(web, 0, '127.0.0.1')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wecom/callback`
  expect(await platforms.imitations.wecom.app?.setCallback(url)).toBe(true)
  await importInto(holder.store, [folder], clock.now())
}, 120_000)

afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await holder.stop()
  await standby.stop()
  await platforms.close()
  await drop()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

const inApp = (): Bubble[] =>
  platforms.world.bubbles().filter(({ chat, from }) => chat === CHAT && from === 'bot')
const settleBoth = async (): Promise<void> => {
  await platforms.imitations.wecom.settled()
  await Promise.all([holder.engine.settle(), standby.engine.settle()])
  await Promise.all([holder.engine.settle(), standby.engine.settle()])
}

it('asks by the app, hears at the standby, answers in the app and changes the card', {
  timeout: 120_000,
}, async () => {
  const states = [holder, standby].map((one) => healthOf(one).channels().wecom)
  expect(states).toEqual(['ready', 'standby'])
  clock.moveTo(instantOf('2021-04-19', '09:01'))
  await settleBoth()
  const [prompt] = inApp()
  expect(inApp()).toHaveLength(1)
  expect(platforms.world.bubbles().filter(({ chat }) => chat === LIAISON)).toEqual([])
  expect(platforms.world.chats).toContainEqual(expect.objectContaining({ id: CHAT, members: [LIAISON] }))
  const button = prompt?.card?.buttons[0]
  if (!prompt || !button) throw new Error('no card with a button')

  // Nothing wakes the holder from here on.
  expect(await platforms.imitations.wecom.click(LIAISON, prompt.id, button.key)).toEqual({ reached: true })
  await standby.engine.settle()
  const { rows } = await standby.database.pool.query('SELECT state, payload FROM inbound')
  expect(rows).toEqual([expect.objectContaining({ state: 'done' })])
  expect(await platforms.imitations.wecom.say(LIAISON, CHAT, { text: '已完成' })).toEqual({ reached: true })
  await standby.engine.settle()
  expect(inApp().length).toBeGreaterThan(1)
  expect(platforms.imitations.wecom.app?.calls('/cgi-bin/gettoken')).toBe(1)
  expect(platforms.imitations.wecom.app?.dropped()).toBe(0)
  const sealed = await standby.database.pool.query<{ content: string }>('SELECT content FROM sealed')
  expect(sealed.rows).toHaveLength(1)
})
