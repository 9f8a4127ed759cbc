// The app's own stage: the imitated platform with a self-built app, our app beside it, and our callback on a real port.
import { EventEmitter, once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { createWecomApp, type WecomApp } from '../../../../src/channels/wecom/app/index.ts'
import type { TokenVault } from '../../../../src/channels/wecom/app/token.ts'
import { parseXml } from '../../../../src/channels/wecom/app/xml.ts'
import type { Inbound, Outgoing, OutgoingContent } from '../../../../src/core/message/types.ts'
import type { AppImitation, AppImitationOptions } from '../../../../src/sandbox/wecom/app/index.ts'
import { startWecomImitation, type WecomImitation } from '../../../../src/sandbox/wecom/index.ts'
import type { Bubble, World } from '../../../../src/sandbox/world.ts'
import { BOT, createLog, createOfficeWorld, GROUP, LIAISON, type LogLine, START } from '../office.ts'

export { LIAISON, SILENT, START, until } from '../office.ts'

export const APP = {
  corpId: 'wx5823bf96d3bd56c7',
  agentId: 1_000_002,
  secret: 'app-secret',
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
}
export const WEBHOOK_KEY = 'robot-key'

export type AppStage = {
  readonly world: World
  readonly imitation: WecomImitation
  readonly platform: AppImitation
  readonly app: WecomApp
  readonly clock: { now(): number; move(ms: number): void }
  readonly heard: Inbound[]
  readonly lines: LogLine[]
  /** How often the parser was asked. */
  parsed(): number
  readonly callbackUrl: string
  /** Another replica of ours: its own memory, the same vault. */
  replica(): WecomApp
  /** What storing does before it succeeds. */
  onReceive(work: (inbound: Inbound) => Promise<void>): void
  next(): Promise<Inbound>
  stop(): Promise<void>
}

/** Keeps the token and its lock in memory, as one database would for several processes. */
export function sharedVaults(): () => TokenVault {
  let content: string | undefined
  let holder: object | undefined
  return () => {
    const self = {}
    return {
      read: async () => content,
      async write(next) {
        content = next
      },
      async lock() {
        holder ??= self
        return holder === self
      },
      async unlock() {
        if (holder === self) holder = undefined
      },
    }
  }
}

export async function openAppStage(options: Partial<AppImitationOptions> = {}): Promise<AppStage> {
  let now = START
  const clock = {
    now: () => now,
    move(ms: number) {
      now += ms
    },
  }
  const world = createOfficeWorld()
  const timing = { answerMs: 800, verifyMs: 800, retryMs: 5, slowMs: 20 }
  const app = { ...APP, webhooks: { [WEBHOOK_KEY]: GROUP }, timing, ...options }
  const imitation = await startWecomImitation({ world, clock, ...BOT, app })
  if (!imitation.app) throw new Error('no app')
  const lines: LogLine[] = []
  const heard: Inbound[] = []
  const bell = new EventEmitter()
  const vaults = sharedVaults()
  let parsed = 0
  let before: (inbound: Inbound) => Promise<void> = async () => undefined
  const create = (): WecomApp =>
    createWecomApp(
      {
        ...APP,
        agentId: String(APP.agentId),
        apiBase: imitation.base,
        oauthBase: imitation.base,
        publicUrl: 'https://duban.example/',
      },
      {
        clock,
        log: createLog(lines),
        vault: vaults(),
        parse(text) {
          parsed += 1
          return parseXml(text)
        },
      },
    )
  const ours = create()
  const server = await serve(ours)
  ours.callback.open(async (inbound) => {
    await before(inbound)
    heard.push(inbound)
    bell.emit('heard', inbound)
  })
  const callbackUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wecom/callback`
  if (!(await imitation.app.setCallback(callbackUrl))) throw new Error('the callback was not accepted')
  return {
    world,
    imitation,
    platform: imitation.app,
    app: ours,
    clock,
    heard,
    lines,
    parsed: () => parsed,
    callbackUrl,
    replica: create,
    onReceive(work) {
      before = work
    },
    next: async () => (await once(bell, 'heard'))[0] as Inbound,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await imitation.close()
    },
  }
}

function serve(app: WecomApp): Promise<Server> {
  const web = express()
  web.use('/wecom/callback', app.callback.router)
  return new Promise((resolve) => {
    const server = web.listen(0, '127.0.0.1', () => resolve(server))
  })
}

let serial = 0

export function toLiaison(content: OutgoingContent, more: Partial<Outgoing> = {}): Outgoing {
  return { id: `a-${++serial}`, to: { channel: 'wecom', kind: 'direct', id: LIAISON }, content, ...more }
}

export const words = (text: string): OutgoingContent => ({ type: 'text', text })

export const CARD: OutgoingContent = {
  type: 'card',
  card: {
    name: 'prompt',
    title: '请报送四月进度',
    fields: [{ label: '截止', value: '4月30日' }],
    buttons: [{ key: 'done', text: '已完成', style: 'primary' }],
  },
}

/** What the app has said in its own chat with this member, oldest first. */
export function appBubbles(world: World, account = LIAISON): Bubble[] {
  return world.bubbles().filter(({ chat, from }) => from === 'bot' && chat === `app:${account}`)
}
