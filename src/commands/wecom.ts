// WeCom put together: bot, self-built app and group robots, the bot's one connection under a lease, the app's token common to all processes.
import type { Clock, Log } from '../app/ports.ts'
import { singleHolder } from '../app/single-holder.ts'
import type { Store } from '../app/store-port.ts'
import { createWecom, type TokenVault, type Wecom, type WecomDeps } from '../channels/wecom/index.ts'
import type { Config } from '../config.ts'
import type { Database } from '../store/database.ts'
import { sealedStore } from '../store/sealed.ts'
import type { WebhookSecrets } from './webhook-secrets.ts'

export type WecomParts = {
  readonly clock: Clock
  readonly log: Log
  readonly store: Store
  readonly database: Database
  readonly keyOf: WebhookSecrets['keyOf']
  readonly timing: WecomDeps['timing'] | undefined
}

/** Held by the one process that is connected as this bot. */
export const botLease = (botId: string | undefined): string => `connection:wecom:${botId}`

/** Undefined while neither bot nor app is configured. */
export function wecomOf(config: Config, parts: WecomParts): Wecom | undefined {
  const { wecom: bot, wecomApp: app, wecomApiBase: apiBase, botName, publicUrl } = config
  if (!bot && !app) return undefined
  const { clock, log, store, database, keyOf, timing } = parts
  const page = publicUrl === undefined ? {} : { publicUrl }
  const lease = botLease(bot?.botId)
  return createWecom(
    {
      apiBase,
      ...(bot ? { bot: { ...bot, botName, ...page } } : {}),
      ...(app ? { app: { ...app, apiBase, ...page } } : {}),
    },
    {
      clock,
      log,
      keyOf,
      vault: tokenVault(database, store, app),
      ...(timing ? { timing } : {}),
      // A second connection of the same bot throws the first one out. Nobody else can have an embedded database: it is locked with its directory.
      ...(database.embedded
        ? {}
        : { hold: (channel) => singleHolder(channel, lease, { leases: store, log }) }),
    },
  )
}

/** Sealed with the app's own secret, which whoever reads the token has anyway. */
function tokenVault({ pool }: Database, store: Store, app: Config['wecomApp']): TokenVault {
  const sealed = sealedStore(pool, app?.secret ?? '')
  const name = `token:wecom:${app?.corpId}:${app?.agentId}`
  return {
    read: () => sealed.get(name),
    write: (content) => sealed.put(new Map([[name, content]])),
    lock: (seconds) => store.acquireLease(name, seconds),
    unlock: () => store.releaseLease(name),
  }
}
