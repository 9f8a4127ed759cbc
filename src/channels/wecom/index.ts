// The WeCom channel: a bot on its long connection, a self-built app, group robots, or all of them behind the product's one Channel port.
import type { Channel, Clock, Log } from '../../app/ports.ts'
import type { MediaRef, Outgoing, ReplyHandle, SendOutcome } from '../../core/message/types.ts'
import { WEBHOOK_CHAT } from '../../core/people/directory.ts'
import { createWebhooks, type KeyOf, MADE_CHAT } from './app/announce.ts'
import { APP_MESSAGE } from './app/decode.ts'
import { createWecomApp, type WecomApp, type WecomAppConfig } from './app/index.ts'
import type { TokenVault } from './app/token.ts'
import type { parseXml } from './app/xml.ts'
import { type BotConfig, createBotChannel, LIMITS } from './bot.ts'
import type { ConnectTiming } from './connect.ts'

export type { WecomLogin } from './app/login.ts'
export type { TokenVault } from './app/token.ts'

export type WecomConfig = {
  readonly bot?: BotConfig
  readonly app?: WecomAppConfig
  /** Where group robots are spoken to. */
  readonly apiBase: string
}

export type WecomDeps = {
  readonly clock: Clock
  readonly log: Log
  /** Where replicas keep the app's common token. */
  readonly vault: TokenVault
  /** What opens groups' own robots; absent while there are none. */
  readonly keyOf?: KeyOf
  /** Wraps the bot's connection, of which there may be only one; the app and the robots work in every process. */
  readonly hold?: (bot: Channel) => Channel
  readonly timing?: Partial<ConnectTiming>
  readonly parse?: typeof parseXml
}

export type Wecom = {
  readonly channel: Channel
  /** Present with `config.app`: its callback's router, its sign-in, and what only it can do. */
  readonly app?: WecomApp
}

/** Which way a message takes. */
type Way = 'bot' | 'app' | 'made-chat' | 'webhook'

/** Neither connected nor listening until the channel starts; at least one of `bot` and `app` must be there. */
export function createWecom(config: WecomConfig, deps: WecomDeps): Wecom {
  const app = config.app && createWecomApp(config.app, deps)
  const bot = config.bot && (deps.hold ?? same)(createBotChannel(config.bot, deps, deps.timing))
  const webhooks = createWebhooks(config.apiBase, deps.keyOf ?? (async () => undefined), deps)
  const channel = channelOf(bot, app, webhooks)
  return { channel, ...(app ? { app } : {}) }
}

type Webhooks = ReturnType<typeof createWebhooks>

function channelOf(bot: Channel | undefined, app: WecomApp | undefined, webhooks: Webhooks): Channel {
  const wayOf = wayChooser(bot !== undefined, app !== undefined)

  async function send(message: Outgoing): Promise<SendOutcome> {
    const way = wayOf(message)
    if (way === 'webhook') return webhooks.send(message)
    if (way === 'made-chat' && app) return app.chats.send(message)
    if (way === 'app' && app) return app.client.send(message)
    return way === 'bot' && bot ? bot.send(toBot(message, app)) : NO_WAY
  }

  return {
    name: 'wecom',
    limits: LIMITS,
    async start(receive) {
      app?.callback.open(receive)
      await bot?.start(app ? async (inbound) => receive(await app.openIds.resolve(inbound)) : receive)
    },
    isReady: () => bot?.isReady() ?? true,
    isStandby: () => bot?.isStandby?.() ?? false,
    // Group robots and the app need no connection; what came through the app can be answered anywhere.
    partly: () => ({
      addresses: [`group:${WEBHOOK_CHAT}`, ...(app ? ['direct:', `group:${MADE_CHAT}`] : [])],
      messages: app ? [`${APP_MESSAGE}:`] : [],
    }),
    send,
    isIdempotent: (message) => {
      const way = wayOf(message)
      return way === 'app' || (way === 'bot' && (bot?.isIdempotent(message) ?? false))
    },
    updateCard: async (id, card, replyTo) =>
      isAppHandle(replyTo) ? app?.client.updateCard(id, card, replyTo) : bot?.updateCard(id, card, replyTo),
    fetchMedia: (media) => (app?.owns(media) ? app.fetchMedia(media) : fetchByBot(bot, media)),
    async stop() {
      app?.callback.close()
      await bot?.stop()
    },
  }
}

const same = (bot: Channel): Channel => bot

/** A reply goes back the way it came; a person is spoken to by the app where there is one, a group by the bot unless its id says otherwise. */
function wayChooser(hasBot: boolean, hasApp: boolean): (message: Outgoing) => Way | undefined {
  const direct = hasApp ? 'app' : hasBot ? 'bot' : undefined
  return ({ to, replyTo }) => {
    if (to.kind === 'direct') return replyTo && hasBot && !isAppHandle(replyTo) ? 'bot' : direct
    if (to.id.startsWith(WEBHOOK_CHAT)) return 'webhook'
    if (to.id.startsWith(MADE_CHAT)) return hasApp ? 'made-chat' : undefined
    return hasBot ? 'bot' : undefined
  }
}

const isAppHandle = (handle: ReplyHandle | undefined): boolean => handle?.via === 'app'

/** The bot knows a member's chat under the id that it heard, which may be an encrypted one. */
function toBot(message: Outgoing, app: WecomApp | undefined): Outgoing {
  const { to } = message
  return app && to.kind === 'direct'
    ? { ...message, to: { ...to, id: app.openIds.chatIdOf(to.id) } }
    : message
}

function fetchByBot(bot: Channel | undefined, media: MediaRef): ReturnType<Channel['fetchMedia']> {
  if (!bot) return Promise.reject(new Error('图片或文件是发给机器人的，而机器人没有接入'))
  return bot.fetchMedia(media)
}

const NO_WAY: SendOutcome = {
  type: 'refused',
  code: 'no-way',
  detail: '没有接入能把这条消息送到的企业微信机器人或应用',
  cure: '普通群请接入智能机器人（WECOM_BOT_ID）并把它加进群，或导入群的 webhook 地址',
}
