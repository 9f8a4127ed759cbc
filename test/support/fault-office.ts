// The whole office of a day of faults: both platforms with the app's callbacks, the product, and an evening in which everything comes to rest.
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import express from 'express'
import { movableClock } from '../../src/commands/clocks.ts'
import { runTo } from '../../src/commands/demo/leap.ts'
import { type Platforms, startPlatforms } from '../../src/commands/demo/platforms.ts'
import { startDemoProduct } from '../../src/commands/demo/stage.ts'
import type { Product } from '../../src/commands/product.ts'
import { mountCallbacks } from '../../src/commands/serve.ts'
import { HOUR_MS } from '../../src/core/calendar/civil.ts'
import { APP } from '../channels/wecom/app/stage.ts'
import { serverPlace } from './databases.ts'
import { BEGIN, liveDay, TEMPLATES, writeDayOffice } from './fault-day.ts'
import { turnFaults } from './fault-switches.ts'

/** The patience of either side, cut down as far as the slowest answer of a busy machine allows. */
const PATIENCE = {
  wecom: { retryMs: 20, retryMaxMs: 100, heartbeatMs: 1_000 },
  dingtalk: { retryFirstMs: 10, retryMaxMs: 100, pingMs: 400, idleMs: 1_200, callTimeoutMs: 2_500 },
}
/** Of the callbacks, and how late the app's slow answers come: later than the product waits. */
const APP_TIMING = { answerMs: 3_000, retryMs: 50, slowMs: 11_000 }
const WECOM_TIMING = { ackDelayMs: 6_000, subscribesPerMinute: 100_000 }
const DINGTALK_TIMING = { ackMs: 1_500, cardAckMs: 1_500, pingMs: 300, closeMs: 500, slowMs: 3_500 }

/** The day and its evening: faults off, and time runs on until nobody has anything left to do. */
export async function liveThrough(seed: number) {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'duban-day-'))
  await writeDayOffice(directory)
  const place = await serverPlace()
  const clock = movableClock(BEGIN)
  const platforms = await startPlatforms(() => clock, {
    folders: [directory],
    seed,
    wecom: { timing: WECOM_TIMING, app: { ...APP, timing: APP_TIMING } },
    dingtalk: { timing: DINGTALK_TIMING, cardTemplates: TEMPLATES },
  })
  const env = { ...place.environment, DINGTALK_CARD_TEMPLATES: JSON.stringify(TEMPLATES) }
  const silent = { debug() {}, info() {}, warn() {}, error() {} }
  const { product, stage } = await startDemoProduct(env, platforms, clock, silent, PATIENCE)
  const server = await listenToCallbacks(platforms, product)
  turnFaults(platforms, true)
  const acts = await liveDay(platforms, stage, seed)
  turnFaults(platforms, false)
  for (let hour = 25; hour <= 30 || (await isBusy(product, clock.now())); hour++) {
    if (hour > 60) throw new Error('the office never became quiet')
    await runTo(stage, BEGIN + hour * HOUR_MS)
  }
  return {
    platforms,
    product,
    acts,
    async close() {
      server.closeAllConnections()
      server.close()
      await product.stop()
      await platforms.close()
      await place.remove()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** The app's callbacks on a port of their own. */
async function listenToCallbacks({ imitations }: Platforms, product: Product): Promise<Server> {
  const web = express()
  mountCallbacks(web, product)
  const server = web.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  if (!(await imitations.wecom.app?.setCallback(`http://127.0.0.1:${port}/wecom/callback`)))
    throw new Error('the callback was not accepted')
  return server
}

/** What the database says. */
export async function rows<T extends object>({ database }: Product, sql: string): Promise<T[]> {
  return (await database.pool.query<T>(sql)).rows
}

async function isBusy(product: Product, now: number): Promise<boolean> {
  const left = await rows(
    product,
    `SELECT id FROM outbox WHERE state = 'sending' OR (state = 'queued' AND not_before <= '${new Date(now).toISOString()}')
     UNION ALL SELECT id FROM inbound WHERE state = 'received'`,
  )
  return left.length > 0
}
