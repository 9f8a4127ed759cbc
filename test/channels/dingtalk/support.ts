// A channel and the imitated platform joined over loopback, with everything that was received and logged kept for looking at.
import {
  createDingtalkChannel,
  type DingtalkConfig,
  type DingtalkDeps,
} from '../../../src/channels/dingtalk/index.ts'
import type { Card, Inbound, Outgoing } from '../../../src/core/message/types.ts'
import {
  type DingtalkImitation,
  type DingtalkImitationOptions,
  startDingtalkImitation,
} from '../../../src/sandbox/dingtalk/index.ts'
import { createWorld, type World } from '../../../src/sandbox/world.ts'

export const GROUP = 'cidKangDingGroupAB=='
export const LIAISON = 'kd-liaison'
export const HEAD = 'kd-head'
export const OUTSIDER = 'other-office'
export const SECRET = 'a-secret-that-must-not-be-logged'
export const TEMPLATE = '11111111-2222-3333-4444-555555555555.schema'
export const START = Date.parse('2021-04-12T08:30:00+08:00')

export type LogLine = { readonly level: string; readonly fields: object; readonly message: string }

export type Pair = {
  readonly platform: DingtalkImitation
  readonly world: World
  readonly channel: ReturnType<typeof createDingtalkChannel>
  readonly received: Inbound[]
  readonly log: LogLine[]
  /** The one clock of both sides. */
  readonly clock: { at: number; now(): number }
  /** Replaces what `receive` does, after the inbound was noted. */
  onReceive(handler: (inbound: Inbound) => Promise<void>): void
  [Symbol.asyncDispose](): Promise<void>
}

export function office(journal?: string): World {
  const persona = (account: string, name: string) => ({
    platform: 'dingtalk' as const,
    account,
    name,
    hasSpoken: false,
  })
  return createWorld({
    personas: [
      persona(LIAISON, '康定市联络员'),
      persona(HEAD, '康定市局负责人'),
      persona(OUTSIDER, '外单位人员'),
    ],
    chats: [
      {
        platform: 'dingtalk',
        id: GROUP,
        kind: 'group',
        title: '康定市工作群',
        members: [LIAISON, HEAD, OUTSIDER],
      },
      { platform: 'dingtalk', id: LIAISON, kind: 'direct', title: '督办助手', members: [LIAISON] },
    ],
    ...(journal !== undefined && { journal }),
  })
}

/** Only the platform, on a clock that stands still until it is moved. */
export async function startPlatform(options: Partial<DingtalkImitationOptions> = {}) {
  const clock = { at: START, now: () => clock.at }
  const world = options.world ?? office()
  const platform = await startDingtalkImitation({
    clock,
    world,
    clientId: 'dingappkey1',
    clientSecret: SECRET,
    robotCode: 'dingappkey1',
    corpId: 'dingcorp1',
    botName: '督办助手',
    cardTemplates: { card: TEMPLATE },
    ...options,
  })
  return { clock, world, platform }
}

export function configFor(
  platform: DingtalkImitation,
  changes: Partial<DingtalkConfig> = {},
): DingtalkConfig {
  return {
    apiBase: platform.base,
    oapiBase: platform.base,
    clientId: 'dingappkey1',
    clientSecret: SECRET,
    robotCode: 'dingappkey1',
    cardTemplates: { card: TEMPLATE },
    botName: '督办助手',
    ...changes,
  }
}

export const QUICK: NonNullable<DingtalkDeps['timings']> = {
  retryFirstMs: 5,
  retryMaxMs: 40,
  callTimeoutMs: 2_000,
}

export function captureLog() {
  const lines: LogLine[] = []
  const at = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, fields, message })
  return { lines, log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } }
}

/** Platform and started channel. */
export async function startPair(
  options: {
    platform?: Partial<DingtalkImitationOptions>
    config?: Partial<DingtalkConfig>
    timings?: DingtalkDeps['timings']
  } = {},
): Promise<Pair> {
  const { clock, world, platform } = await startPlatform(options.platform)
  const { lines, log } = captureLog()
  const received: Inbound[] = []
  let handler = async (_: Inbound): Promise<void> => {}
  const timings = { ...QUICK, ...options.timings }
  const channel = createDingtalkChannel(configFor(platform, options.config), { clock, log, timings })
  await channel.start(async (inbound) => {
    received.push(inbound)
    await handler(inbound)
  })
  return {
    platform,
    world,
    channel,
    received,
    log: lines,
    clock,
    onReceive: (next) => {
      handler = next
    },
    async [Symbol.asyncDispose]() {
      await channel.stop()
      await platform.close()
    },
  }
}

/** From now on nothing is stored until `release` is called. */
export function holdStore(pair: Pair): { release(): void } {
  const waiting: (() => void)[] = []
  pair.onReceive(
    () =>
      new Promise((resolve) => {
        waiting.push(resolve)
      }),
  )
  return {
    release() {
      for (const resolve of waiting.splice(0)) resolve()
    },
  }
}

export const direct = (account: string): Outgoing['to'] => ({
  channel: 'dingtalk',
  kind: 'direct',
  id: account,
})
export const group: Outgoing['to'] = { channel: 'dingtalk', kind: 'group', id: GROUP }

export const CARD: Card = {
  name: 'prompt',
  title: '4月25日前报送自查清单',
  subtitle: '专项资金清理',
  fields: [{ label: '责任单位', value: '康定市经信局' }],
  text: '请在截止前报送。\n逾期将提醒单位负责人。',
  buttons: [
    { key: 'ack:t1', text: '收到', style: 'primary' },
    { key: 'none:t1', text: '无变化', style: 'default' },
  ],
}

let count = 0
export const nextId = (): string => `m-${++count}`

export const cardTo = (to: Outgoing['to'], card: Card = CARD, id = nextId()): Outgoing => ({
  id,
  to,
  content: { type: 'card', card },
})

export const textTo = (to: Outgoing['to'], text: string, id = nextId()): Outgoing => ({
  id,
  to,
  content: { type: 'text', text },
})

/** Polls until the condition holds; fails after `withinMs`. */
export async function until(condition: () => boolean, what: string, withinMs = 5_000): Promise<void> {
  const deadline = performance.now() + withinMs
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`never happened: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
