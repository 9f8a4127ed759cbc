// A 智能机器人 on its long connection, as a channel of its own.
import type { Channel, Clock, Log, RateLimit, Receive } from '../../app/ports.ts'
import { Client } from './client.ts'
import { CONNECT_TIMING, Connection, type ConnectTiming } from './connect.ts'
import { decode } from './decode.ts'
import { fetchMedia } from './media.ts'

export type BotConfig = {
  readonly botId: string
  readonly secret: string
  readonly wsUrl: string
  /** The bot's display name, as a mention in a group shows it. */
  readonly botName: string
  /** Where a card without buttons leads; without it such cards go out as markdown. */
  readonly publicUrl?: string
}

// Replies and pushes together (documented: 智能机器人长连接).
export const LIMITS: readonly RateLimit[] = [
  { per: 'chat', count: 30, windowMs: 60_000 },
  { per: 'chat', count: 1000, windowMs: 3_600_000 },
]

/** Not connected until `start`. `timing` is real time and for tests. */
export function createBotChannel(
  config: BotConfig,
  deps: { readonly clock: Clock; readonly log: Log },
  timing: Partial<ConnectTiming> = {},
): Channel {
  const inbox = createInbox(config.botName, deps)
  const connection = new Connection(config, { ...CONNECT_TIMING, ...timing }, deps.log, inbox.accept)
  const client = new Client(connection, config.publicUrl, deps)
  return {
    name: 'wecom',
    limits: LIMITS,
    async start(receive) {
      checkConfig(config)
      inbox.open(receive)
      await connection.open()
    },
    isReady: () => connection.ready() !== undefined,
    send: (message) => client.send(message),
    isIdempotent: (message) => client.isIdempotent(message),
    updateCard: (id, card, replyTo) => client.updateCard(id, card, replyTo),
    fetchMedia: (media) => fetchMedia(media),
    async stop() {
      connection.close()
      await inbox.drained()
    },
  }
}

type Inbox = {
  open(receive: Receive): void
  accept(frame: unknown): void
  drained(): Promise<void>
}

// The protocol has no acknowledgement for callbacks: what cannot be stored is gone, so all that can be done is to say it loudly.
function createInbox(botName: string, { clock, log }: { clock: Clock; log: Log }): Inbox {
  let receive: Receive = async () => undefined
  const storing = new Set<Promise<void>>()
  async function store(frame: unknown): Promise<void> {
    const decoded = decode(frame, { botName, now: clock.now() })
    if (decoded.type === 'unreadable')
      return log.warn({ channel: 'wecom', where: decoded.where }, 'unreadable frame')
    if (decoded.type === 'ignored')
      return log.debug({ channel: 'wecom', what: decoded.what }, 'ignored event')
    try {
      await receive(decoded.inbound)
    } catch (error) {
      const { messageId } = decoded.inbound
      log.error({ channel: 'wecom', messageId, error: String(error) }, 'message lost: could not be stored')
    }
  }
  return {
    open: (given) => {
      receive = given
    },
    accept(frame) {
      const work = store(frame).finally(() => storing.delete(work))
      storing.add(work)
    },
    drained: async () => void (await Promise.allSettled(storing)),
  }
}

function checkConfig({ botId, secret, wsUrl }: BotConfig): void {
  if (!botId || !secret)
    throw new Error('缺少企业微信机器人的 BotID 或 Secret：请设置 WECOM_BOT_ID 和 WECOM_BOT_SECRET')
  const scheme = URL.canParse(wsUrl) ? new URL(wsUrl).protocol : ''
  if (scheme !== 'ws:' && scheme !== 'wss:')
    throw new Error('企业微信长连接地址不对：WECOM_WS_URL 要以 ws:// 或 wss:// 开头')
}
