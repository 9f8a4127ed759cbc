// The product put together: database, channels and engine, the same in serve, in the demo and in the tests.
import { randomUUID } from 'node:crypto'
import { createEngine, type Engine } from '../app/engine.ts'
import { formLinks } from '../app/form-link.ts'
import type { Channel, Clock, Log } from '../app/ports.ts'
import type { SignIn } from '../app/sign-in.ts'
import type { Store } from '../app/store-port.ts'
import { createUsage, type Usage } from '../app/usage.ts'
import { createDingtalkChannel, type DingtalkDeps } from '../channels/dingtalk/index.ts'
import type { Wecom, WecomDeps } from '../channels/wecom/index.ts'
import type { Config } from '../config.ts'
import { stateCouncilCalendar } from '../core/calendar/workdays.ts'
import { standardHours } from '../core/calendar/working-hours.ts'
import type { ChannelName } from '../core/people/directory.ts'
import type { Office } from '../core/task/decide.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { createStore } from '../store/store.ts'
import { signInsOf } from './sign-ins.ts'
import { type WebhookSecrets, webhookSecrets } from './webhook-secrets.ts'
import { wecomOf } from './wecom.ts'
import { loadWords } from './words.ts'

export const OFFICE: Office = { calendar: stateCouncilCalendar, hours: standardHours }

export type Product = {
  readonly database: Database
  readonly store: Store
  readonly channels: ReadonlyMap<ChannelName, Channel>
  readonly engine: Engine
  /** Where WeCom is connected: with an app, its callback and its sign-in. */
  readonly wecom?: Wecom
  /** How visitors of the phone pages say who they are. */
  readonly signIns: readonly SignIn[]
  stop(): Promise<void>
}

/** Real milliseconds of the channels' own patience: shortened where days are rehearsed in seconds. */
export type ChannelTimings = {
  readonly wecom?: WecomDeps['timing']
  readonly dingtalk?: DingtalkDeps['timings']
}

/** Opens everything and connects the channels; nothing is sent before somebody wakes the engine. */
export async function startProduct(
  config: Config,
  clock: Clock,
  log: Log,
  timings: ChannelTimings = {},
): Promise<Product> {
  const database = await openProductDatabase(config, log)
  const store = createStore(database)
  const usage = createUsage({ store, clock, log })
  const keyOf = webhookSecrets(database, config)?.keyOf ?? (() => Promise.resolve(undefined))
  const parts = { clock, log, store, database, usage, keyOf }
  const wecom = wecomOf(config, { ...parts, timing: timings.wecom })
  const channels = createChannels(config, { ...parts, timings, wecom })
  const engine = createEngine({
    store,
    office: OFFICE,
    log,
    clock,
    usage,
    channels,
    words: loadWords(),
    newId: newMessageId,
    ...(await linksOf(config, store)),
  })
  return connected({
    database,
    store,
    channels,
    engine,
    ...(wecom ? { wecom } : {}),
    signIns: signInsOf(config, wecom, clock),
    async stop() {
      for (const channel of channels.values()) await channel.stop()
      await engine.stop()
      await usage.flush()
      await database.close()
    },
  })
}

async function connected(product: Product): Promise<Product> {
  try {
    for (const channel of product.channels.values()) await channel.start(product.engine.receive)
  } catch (error) {
    await product.stop()
    throw error
  }
  return product
}

const linksOf = async ({ publicUrl }: Config, store: Store) =>
  publicUrl === undefined ? {} : { formLinks: formLinks(publicUrl, await store.linkKey()) }

export const openProductDatabase = (config: Config, log: Log): Promise<Database> =>
  openDatabase({
    url: config.databaseUrl,
    directory: config.dataDirectory,
    log: (line) => log.info({}, line),
  })

/** Unique for ever and for every installation, since platforms remember the ids of cards longer than we keep a database. */
const newMessageId = (): string => `d-${randomUUID()}`

type ChannelDeps = {
  readonly clock: Clock
  readonly log: Log
  readonly timings: ChannelTimings
  readonly wecom: Wecom | undefined
  readonly usage: Usage
  /** Opens the robots of groups that have their own. */
  readonly keyOf: WebhookSecrets['keyOf']
}

function createChannels(config: Config, deps: ChannelDeps): Map<ChannelName, Channel> {
  const channels = new Map<ChannelName, Channel>()
  const { dingtalk, botName } = config
  const { clock, log, wecom } = deps
  if (wecom) channels.set('wecom', wecom.channel)
  if (dingtalk) {
    const patience = deps.timings.dingtalk ? { timings: deps.timings.dingtalk } : {}
    channels.set(
      'dingtalk',
      createDingtalkChannel(
        { ...dingtalk, botName },
        { clock, log, keyOf: deps.keyOf, count: (meter) => deps.usage.count('dingtalk', meter), ...patience },
      ),
    )
  }
  return channels
}
