// Ten thousand direct messages on their way out: through WeCom's app against bare calls, and on DingTalk against its published limit.
import { randomUUID } from 'node:crypto'
import { type DeliverDeps, deliver } from '../../../app/deliver.ts'
import type { Channel, Log } from '../../../app/ports.ts'
import { createDingtalkChannel } from '../../../channels/dingtalk/index.ts'
import { noVault } from '../../../channels/wecom/app/token.ts'
import { createWecom } from '../../../channels/wecom/index.ts'
import { instantOf } from '../../../core/calendar/civil.ts'
import type { ChannelName } from '../../../core/people/directory.ts'
import { startDingtalkImitation } from '../../../sandbox/dingtalk/index.ts'
import { startWecomImitation } from '../../../sandbox/wecom/index.ts'
import { createWorld, type World } from '../../../sandbox/world.ts'
import type { Database } from '../../../store/database.ts'
import { createStore } from '../../../store/store.ts'
import { type MovableClock, movableClock } from '../../clocks.ts'
import { createLog } from '../../log.ts'
import { OFFICE } from '../../product.ts'
import { loadWords } from '../../words.ts'
import type { Row } from '../measure.ts'
import { SECRETS } from './callback.ts'

const MESSAGES = 10_000
/** A working morning; every person gets one message. */
const BEGIN = instantOf('2021-04-12', '09:00')
/** DingTalk's own (documented: 20 calls a second for one application). */
const DINGTALK_PER_SECOND = 20
/** What is due and can't go yet is looked at again after so long, as the running server does. */
const LOOK_AGAIN_MS = 1_000
/** As many as the product has under way. */
const LANES = 8

export async function deliveryRows(database: Database): Promise<Row[]> {
  return [await wecomRow(database), await dingtalkRow(database)]
}

function stageOf(platform: ChannelName): { clock: MovableClock; world: World } {
  const personas = Array.from({ length: MESSAGES }, (_, index) => ({
    platform,
    account: `p${index}`,
    name: `第${index}位联络员`,
    hasSpoken: true,
  }))
  return { clock: movableClock(BEGIN), world: createWorld({ personas, chats: [] }) }
}

async function wecomRow(database: Database): Promise<Row> {
  const { clock, world } = stageOf('wecom')
  const credentials = { ...SECRETS, agentId: Number(SECRETS.agentId), secret: 'bench' }
  const imitation = await startWecomImitation({
    world,
    clock,
    botId: 'bench',
    secret: 'bench',
    botName: '督办助手',
    app: credentials,
  })
  const app = { ...SECRETS, secret: 'bench', apiBase: imitation.base, oauthBase: imitation.base }
  const { channel } = createWecom(
    { app, apiBase: imitation.base },
    { clock, log: createLog('error'), vault: noVault },
  )
  try {
    await channel.start(async () => undefined)
    const product = MESSAGES / (await throughProduct(database, channel, clock)).realSeconds
    const floor = MESSAGES / (await bareCalls(imitation.base))
    return { what: 'WeCom app, 10 000 direct messages', unit: '/s', product: [product], floor: [floor] }
  } finally {
    await channel.stop()
    await imitation.close()
  }
}

async function dingtalkRow(database: Database): Promise<Row> {
  const { clock, world } = stageOf('dingtalk')
  const application = { clientId: 'bench', clientSecret: 'bench', robotCode: 'bench', botName: '督办助手' }
  const imitation = await startDingtalkImitation({
    ...application,
    world,
    clock,
    corpId: 'bench',
    cardTemplates: {},
  })
  const bases = { apiBase: imitation.base, oapiBase: imitation.base, cardTemplates: {} }
  const channel = createDingtalkChannel({ ...application, ...bases }, { clock, log: createLog('error') })
  try {
    await channel.start(async () => undefined)
    const { platformSeconds, realSeconds } = await throughProduct(database, channel, clock)
    const what = `DingTalk, 10 000 direct messages, by its own clock (really ${realSeconds.toFixed(1)} s)`
    return { what, unit: 's', product: [platformSeconds], floor: [MESSAGES / DINGTALK_PER_SECOND] }
  } finally {
    await channel.stop()
    await imitation.close()
  }
}

/** Queues them, then delivers; whenever a limit says wait, the clock goes to when the next may leave. */
async function throughProduct(
  database: Database,
  channel: Channel,
  clock: MovableClock,
): Promise<{ realSeconds: number; platformSeconds: number }> {
  const log: Log = createLog('error')
  const store = createStore(database)
  const deps: DeliverDeps = {
    store,
    office: OFFICE,
    log,
    words: loadWords(),
    channels: new Map([[channel.name, channel]]),
    newId: () => `b-${randomUUID()}`,
  }
  const run = randomUUID()
  const notices = Array.from({ length: MESSAGES }, (_, index) => ({
    dedupKey: `bench|${run}|${index}`,
    to: { channel: channel.name, kind: 'direct', id: `p${index}` },
    family: 'reply',
    saying: { type: 'card', words: 'nothing-open', slots: { note: '有新任务会及时告诉您。' } },
    notBefore: clock.now(),
  })) satisfies Parameters<Parameters<Parameters<typeof store.transaction>[0]>[0]['enqueue']>[0]
  await store.transaction((tx) => tx.enqueue(notices, clock.now()))
  const [from, began] = [performance.now(), clock.now()]
  for (let left = MESSAGES; left > 0; ) {
    left -= await deliver(deps, () => clock.now())
    const next = await store.nextDelivery()
    if (next === undefined) break
    clock.moveTo(next > clock.now() ? next : clock.now() + LOOK_AGAIN_MS)
  }
  return {
    realSeconds: (performance.now() - from) / 1_000,
    platformSeconds: (clock.now() - began) / 1_000,
  }
}

/** The same number of the same calls, with nothing stored and nothing decided. Seconds. */
async function bareCalls(base: string): Promise<number> {
  const token = await fetch(`${base}/cgi-bin/gettoken?corpid=${SECRETS.corpId}&corpsecret=bench`)
  const { access_token } = (await token.json()) as { access_token: string }
  let next = 0
  const from = performance.now()
  const lane = async (): Promise<void> => {
    while (next < MESSAGES) {
      const body = {
        touser: `p${next++}`,
        msgtype: 'markdown',
        agentid: Number(SECRETS.agentId),
        markdown: { content: '**您目前没有待办任务**\n有新任务会及时告诉您。' },
      }
      const answer = await fetch(`${base}/cgi-bin/message/send?access_token=${access_token}`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
      await answer.arrayBuffer()
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return (performance.now() - from) / 1_000
}
