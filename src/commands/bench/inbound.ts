// DingTalk Stream frame → stored → acknowledged, through the real channel and store, pushed by the imitated platform.
import { createDingtalkChannel } from '../../channels/dingtalk/index.ts'
import { startDingtalkImitation } from '../../sandbox/dingtalk/index.ts'
import { createWorld } from '../../sandbox/world.ts'
import type { Database } from '../../store/database.ts'
import { createStore } from '../../store/store.ts'
import { runningClock } from '../clocks.ts'
import { createLog } from '../log.ts'
import { openBarePair } from './bare-socket.ts'
import { type Bench, inFlight, interleave, type Row, rowOf } from './measure.ts'
import { onEachDatabase } from './scratch.ts'

const ACCOUNT = 'bench-liaison'
const SAYING = '本月完成投资120万元，累计完成投资2360万元，主体三层已封顶，暂无需要协调的问题'
/** One after the other for the latency, many at once for the throughput of a month's last hour. */
const LOADS = [
  { width: 1, frames: 300 },
  { width: 32, frames: 3_000 },
] as const

export const inbound: Bench = {
  name: 'inbound',
  floor: 'a bare ws pair and one single-row INSERT a frame',
  run: (env) => onEachDatabase(env, measure),
}

async function measure(database: Database): Promise<Row[]> {
  const platform = await openPlatform(database)
  const bare = await openBarePair(database.pool)
  let frame = 0
  const data = JSON.stringify({ text: { content: SAYING }, filler: 'x'.repeat(platform.frameBytes) })
  try {
    const rows: Row[] = []
    for (const { width, frames } of LOADS) {
      const product = () => inFlight(frames, width, () => platform.say())
      const floor = () => inFlight(frames, width, () => bare.push(`bare-${frame++}`, data))
      await Promise.all([product(), floor()])
      const taken = await interleave(product, floor)
      const name = `${width} in flight`
      rows.push(rowOf(taken, `${name}, throughput`, '/s', ({ perSecond }) => perSecond))
      rows.push(rowOf(taken, `${name}, p50`, 'ms', ({ p50Ms }) => p50Ms))
      rows.push(rowOf(taken, `${name}, p99`, 'ms', ({ p99Ms }) => p99Ms))
    }
    return rows
  } finally {
    await bare.close()
    await platform.close()
  }
}

/** The imitation, the channel that is connected to it, and the store behind; `say` resolves when the frame is acknowledged. */
async function openPlatform(database: Database) {
  const clock = runningClock(undefined)
  const persona = {
    platform: 'dingtalk',
    account: ACCOUNT,
    name: '某县经信局联络员',
    hasSpoken: true,
  } as const
  const application = { clientId: 'bench', clientSecret: 'bench', robotCode: 'bench', botName: '督办助手' }
  const imitation = await startDingtalkImitation({
    ...application,
    world: createWorld({ personas: [persona], chats: [] }),
    clock,
    corpId: 'bench',
    cardTemplates: {},
  })
  const bases = { apiBase: imitation.base, oapiBase: imitation.base, cardTemplates: {} }
  const channel = createDingtalkChannel({ ...application, ...bases }, { clock, log: createLog('error') })
  const store = createStore(database)
  await channel.start((message) => store.saveInbound(message, clock.now()))
  return {
    /** About what the platform's frame has beside the words. */
    frameBytes: 600,
    async say() {
      const { reached, note } = await imitation.say(ACCOUNT, ACCOUNT, { text: SAYING })
      if (!reached) throw new Error(`a frame was not acknowledged: ${note}`)
    },
    async close() {
      await channel.stop()
      await imitation.close()
    },
  }
}
