// A small office for the tests of the WeCom channel: real imitation, real channel, a clock moved by hand.
import { EventEmitter, once } from 'node:events'
import type { Channel, Log } from '../../../src/app/ports.ts'
import { type BotConfig, createBotChannel } from '../../../src/channels/wecom/bot.ts'
import type { Inbound, Outgoing, OutgoingContent } from '../../../src/core/message/types.ts'
import { startWecomImitation, type WecomImitation } from '../../../src/sandbox/wecom/index.ts'
import { type Bubble, createWorld, type World } from '../../../src/sandbox/world.ts'

export const GROUP = 'wrKangdingGroup'
export const LIAISON = 'kangding-liaison'
export const SILENT = 'luding-liaison'
export const BOT = { botId: 'bot-1', secret: 'long-secret', botName: '督办 助手' }
export const START = Date.UTC(2021, 3, 12, 1)

export type LogLine = { readonly level: string; readonly fields: object; readonly message: string }

export type Office = {
  readonly world: World
  readonly imitation: WecomImitation
  readonly channel: Channel
  readonly clock: { now(): number; move(ms: number): void }
  readonly heard: Inbound[]
  readonly lines: LogLine[]
  /** The next inbound that the product stores. */
  next(): Promise<Inbound>
  stop(): Promise<void>
}

export type OfficeOptions = {
  /** The product has no page that a card could lead to. */
  readonly withoutUrl?: boolean
  readonly config?: Partial<BotConfig>
  readonly imitation?: Partial<Parameters<typeof startWecomImitation>[0]>
  readonly timing?: Parameters<typeof createBotChannel>[2]
  readonly receive?: (inbound: Inbound) => Promise<void>
}

/** Short pauses, so that a test waits for events and not for the clock on the wall. */
export const QUICK = { retryMs: 10, retryMaxMs: 40, refusedMs: 40, evictedMs: 60, answerMs: 500 }

export function createOfficeWorld(journal?: string): World {
  return createWorld({
    personas: [
      { platform: 'wecom', account: LIAISON, name: '康定市联络员', hasSpoken: true },
      { platform: 'wecom', account: SILENT, name: '泸定县联络员', hasSpoken: false },
    ],
    chats: [
      { platform: 'wecom', id: GROUP, kind: 'group', title: '康定工作群', members: [LIAISON] },
      { platform: 'wecom', id: 'wrLudingGroup', kind: 'group', title: '泸定工作群', members: [SILENT] },
    ],
    ...(journal ? { journal } : {}),
  })
}

/** A collecting Log. */
export function createLog(lines: LogLine[]): Log {
  const at = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, fields, message })
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

export async function openOffice(options: OfficeOptions = {}): Promise<Office> {
  let now = START
  const clock = {
    now: () => now,
    move(ms: number) {
      now += ms
    },
  }
  const world = options.imitation?.world ?? createOfficeWorld()
  const imitation = await startWecomImitation({ world, clock, ...BOT, ...options.imitation })
  const lines: LogLine[] = []
  const heard: Inbound[] = []
  const bell = new EventEmitter()
  const page = options.withoutUrl ? {} : { publicUrl: 'https://duban.example/' }
  const config = { ...BOT, wsUrl: imitation.wsUrl, ...page, ...options.config }
  const channel = createBotChannel(config, { clock, log: createLog(lines) }, { ...QUICK, ...options.timing })
  await channel.start(async (inbound) => {
    await options.receive?.(inbound)
    heard.push(inbound)
    bell.emit('heard', inbound)
  })
  return {
    world,
    imitation,
    channel,
    clock,
    heard,
    lines,
    next: async () => (await once(bell, 'heard'))[0] as Inbound,
    async stop() {
      await channel.stop()
      await imitation.close()
    },
  }
}

let serial = 0

export function outgoing(content: OutgoingContent, more: Partial<Outgoing> = {}): Outgoing {
  return { id: `m-${++serial}`, to: { channel: 'wecom', kind: 'group', id: GROUP }, content, ...more }
}

/** What the bot has said, oldest first. */
export function botBubbles(world: World): Bubble[] {
  return world.bubbles().filter((bubble) => bubble.from === 'bot')
}

/** Resolves when `condition` holds; rejects after `withinMs`. */
export async function until(condition: () => boolean, withinMs = 5000): Promise<void> {
  const deadline = performance.now() + withinMs
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${condition}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
