// Both platforms' ways in, side by side with bare servers under the same load; then ten thousand messages on their way out.

import { createWecomApp } from '../../../channels/wecom/app/index.ts'
import { noVault } from '../../../channels/wecom/app/token.ts'
import type { Database } from '../../../store/database.ts'
import { createStore } from '../../../store/store.ts'
import { createApp } from '../../../web/server.ts'
import { runningClock } from '../../clocks.ts'
import { createLog } from '../../log.ts'
import { type Bench, interleave, median, type Row, rowOf, type Traffic } from '../measure.ts'
import { onEachDatabase } from '../scratch.ts'
import { bareCallback, SECRETS, served } from './callback.ts'
import { deliveryRows } from './delivery.ts'
import type { Pace } from './job.ts'
import { type Load, openLoad } from './load.ts'
import { bareStream, productStream } from './stream.ts'

export const channels: Bench = {
  name: 'channels',
  floor:
    'in: bare express + @wecom/crypto, or a bare ws, and one INSERT each; out: bare calls of the API, or the published limit',
  run: (env) => onEachDatabase(env, measure),
}

/** The product may be this much slower than its floor. */
const SHARE = 0.8
const MOST_P99_MS = 100
const RATE = { pace: { perSecond: 200 }, count: 1_000 } as const
const BURST = { pace: { width: 32 }, count: 3_000 } as const

async function measure(database: Database): Promise<Row[]> {
  const load = await openLoad()
  try {
    return [
      ...(await callbackRows(database, load)),
      ...(await streamRows(database, load)),
      ...(await deliveryRows(database)),
    ]
  } finally {
    await load.close()
  }
}

type Run = (count: number, pace: Pace) => Promise<Traffic>

async function callbackRows(database: Database, load: Load): Promise<Row[]> {
  const product = await served(productCallback(database))
  const floor = await served(bareCallback(database.pool))
  try {
    return await rowsOf(
      'WeCom callback',
      (count, pace) => load.run({ kind: 'callback', url: product.url, count, pace }),
      (count, pace) => load.run({ kind: 'callback', url: floor.url, count, pace }),
    )
  } finally {
    product.close()
    floor.close()
  }
}

/** As `duban serve` has it: the same application, the same store. */
function productCallback(database: Database) {
  const clock = runningClock(undefined)
  const store = createStore(database)
  const settings = { ...SECRETS, secret: 'bench', apiBase: 'http://127.0.0.1', oauthBase: 'http://127.0.0.1' }
  const { callback } = createWecomApp(settings, { clock, log: createLog('error'), vault: noVault })
  callback.open((message) => store.saveInbound(message, clock.now()))
  const app = createApp({ database: async () => undefined, channels: () => ({}) })
  app.use('/wecom/callback', callback.router)
  return app
}

async function streamRows(database: Database, load: Load): Promise<Row[]> {
  const through = async (connect: () => Promise<() => Promise<void>>, count: number, pace: Pace) => {
    const leave = await connect()
    try {
      return await load.run({ kind: 'stream', count, pace })
    } finally {
      await leave()
    }
  }
  return rowsOf(
    'DingTalk Stream',
    (count, pace) => through(() => productStream(database, load.gateway), count, pace),
    (count, pace) => through(() => bareStream(database.pool, load.gateway), count, pace),
  )
}

async function rowsOf(name: string, product: Run, floor: Run): Promise<Row[]> {
  await product(BURST.count, BURST.pace)
  await floor(BURST.count, BURST.pace)
  const burst = await interleave(
    () => product(BURST.count, BURST.pace),
    () => floor(BURST.count, BURST.pace),
  )
  const steady = await interleave(
    () => product(RATE.count, RATE.pace),
    () => floor(RATE.count, RATE.pace),
  )
  const goal = SHARE * median(burst.floor.map(({ perSecond }) => perSecond))
  return [
    rowOf(burst, `${name}, 32 in flight`, '/s', ({ perSecond }) => perSecond, goal),
    rowOf(steady, `${name}, p50 at 200/s`, 'ms', ({ p50Ms }) => p50Ms),
    rowOf(steady, `${name}, p99 at 200/s`, 'ms', ({ p99Ms }) => p99Ms, MOST_P99_MS),
  ]
}
