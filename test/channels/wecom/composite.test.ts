// Bot, app and group robots as one channel: a reply goes back the way it came, and every message takes the one way that reaches its address.
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createWecom,
  type Wecom,
  type WecomConfig,
  type WecomDeps,
} from '../../../src/channels/wecom/index.ts'
import type { Inbound, Outgoing } from '../../../src/core/message/types.ts'
import { startWecomImitation, type WecomImitation } from '../../../src/sandbox/wecom/index.ts'
import type { World } from '../../../src/sandbox/world.ts'
import { APP, CARD, sharedVaults, WEBHOOK_KEY, words } from './app/stage.ts'
import { BOT, createLog, createOfficeWorld, GROUP, LIAISON, outgoing, QUICK, START, until } from './office.ts'

const clock = { now: () => START }
let world: World
let imitation: WecomImitation
let wecom: Wecom
let server: Server
let heard: Inbound[]

async function open(
  only: { bot?: boolean; app?: boolean } = {},
  more: Partial<WecomDeps> = {},
): Promise<Wecom> {
  const settings = {
    ...APP,
    agentId: String(APP.agentId),
    apiBase: imitation.base,
    oauthBase: imitation.base,
  }
  const config: WecomConfig = {
    apiBase: imitation.base,
    ...(only.bot === false ? {} : { bot: { ...BOT, wsUrl: imitation.wsUrl } }),
    ...(only.app === false ? {} : { app: settings }),
  }
  const opened = createWecom(config, {
    clock,
    log: createLog([]),
    vault: sharedVaults()(),
    keyOf: async (group) => (group === 'kangding' ? { key: WEBHOOK_KEY } : undefined),
    timing: QUICK,
    ...more,
  })
  await opened.channel.start(async (inbound) => void heard.push(inbound))
  return opened
}

beforeEach(async () => {
  heard = []
  world = createOfficeWorld()
  const app = { ...APP, webhooks: { [WEBHOOK_KEY]: GROUP }, timing: { answerMs: 800, retryMs: 5 } }
  imitation = await startWecomImitation({ world, clock, ...BOT, app, encryptedIds: true })
  wecom = await open()
  const web = express()
  if (wecom.app) web.use('/wecom/callback', wecom.app.callback.router)
  server = await new Promise<Server>((resolve) => {
    const listening = web.listen(0, '127.0.0.1', () => resolve(listening))
  })
  const { port } = server.address() as AddressInfo
  expect(await imitation.app?.setCallback(`http://127.0.0.1:${port}/wecom/callback`)).toBe(true)
})
afterEach(async () => {
  await wecom.channel.stop()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await imitation.close()
})

const to = (id: string, kind: 'direct' | 'group' = 'direct', more: Partial<Outgoing> = {}): Outgoing =>
  outgoing(words('收到'), { to: { channel: 'wecom', kind, id }, ...more })
const chats = (): string[] =>
  world
    .bubbles()
    .filter(({ from }) => from === 'bot')
    .map(({ chat }) => chat)

describe('ways', () => {
  it('a person by the app, a group by the bot, a robot’s group by its webhook', async () => {
    for (const message of [to(LIAISON), to(GROUP, 'group'), to('webhook:kangding', 'group')])
      expect(await wecom.channel.send(message)).toMatchObject({ type: 'sent' })
    expect(chats()).toEqual([`app:${LIAISON}`, GROUP, GROUP])
  })

  it('a group that the app made', async () => {
    const group = await wecom.app?.chats.create({ name: '督办通报', userlist: [LIAISON, 'luding-liaison'] })
    const id = group?.type === 'answered' ? String(group.body.chatid) : ''
    expect(await wecom.channel.send(to(`appchat:${id}`, 'group'))).toMatchObject({ type: 'sent' })
    expect(await wecom.channel.send(to('appchat:nobody', 'group'))).toMatchObject({
      type: 'refused',
      code: '40050',
    })
  })

  it('an answer goes back to the bot or to the app, as the question came, and the picked card is changed there', async () => {
    await imitation.say(LIAISON, `app:${LIAISON}`, { text: '问应用' })
    await imitation.say(LIAISON, LIAISON, { text: '问机器人' })
    await until(() => heard.length === 2)
    for (const { replyTo, chat } of heard) {
      expect(chat.id).toBe(LIAISON)
      expect(await wecom.channel.send(to(chat.id, 'direct', replyTo ? { replyTo } : {}))).toMatchObject({
        type: 'sent',
      })
    }
    expect(chats()).toEqual([`app:${LIAISON}`, LIAISON])
  })

  it('a press in the app is answered in the app', async () => {
    const message = { ...to(LIAISON), content: CARD }
    await wecom.channel.send(message)
    const bubble = world.bubbles().find(({ card }) => card)?.id ?? ''
    expect(await imitation.click(LIAISON, bubble, 'done')).toEqual({ reached: true })
    const { replyTo } = heard[0] ?? {}
    const card = CARD.type === 'card' ? { ...CARD.card, title: '已报送', buttons: [] } : undefined
    if (card) await wecom.channel.updateCard(message.id, card, replyTo)
    expect(world.find(bubble)?.card?.title).toBe('已报送')
  })

  it('what nothing reaches is refused with a cure', async () => {
    const appOnly = await open({ bot: false })
    expect(await appOnly.channel.send(to(GROUP, 'group'))).toMatchObject({ type: 'refused', code: 'no-way' })
    expect(await appOnly.channel.send(to('webhook:unknown', 'group'))).toMatchObject({
      type: 'refused',
      code: 'no-key',
    })
    expect(appOnly.channel.isReady()).toBe(true)
    await appOnly.channel.stop()
  })

  it('are repeatable by the app, and never by a robot', () => {
    expect(wecom.channel.isIdempotent(to(LIAISON))).toBe(true)
    expect(wecom.channel.isIdempotent(to('webhook:kangding', 'group'))).toBe(false)
  })
})

describe('encrypted ids', () => {
  it('are asked for once and used where the bot is answered', async () => {
    for (const text of ['一', '二']) await imitation.say(LIAISON, LIAISON, { text })
    await until(() => heard.length === 2)
    expect(heard.map(({ sender }) => sender)).toEqual([LIAISON, LIAISON])
    expect(imitation.app?.calls('/cgi-bin/batch/openuserid_to_userid')).toBeLessThanOrEqual(2)
    await imitation.say(LIAISON, LIAISON, { text: '三' })
    await until(() => heard.length === 3)
    const asked = imitation.app?.calls('/cgi-bin/batch/openuserid_to_userid')
    await imitation.say(LIAISON, LIAISON, { text: '四' })
    await until(() => heard.length === 4)
    expect(imitation.app?.calls('/cgi-bin/batch/openuserid_to_userid')).toBe(asked)
  })

  it('of a member outside the app’s range stay as they are, and he is heard all the same', async () => {
    imitation.app?.hide(LIAISON, true)
    await imitation.say(LIAISON, GROUP, { text: '收到', mention: true })
    await until(() => heard.length === 1)
    expect(heard[0]?.sender).toMatch(/^wo/)
  })
})

describe('a standby', () => {
  it('has no bot, and still serves persons, robots and what came through the app', async () => {
    const standby = await open(
      {},
      {
        hold: (bot) => ({
          ...bot,
          start: async () => undefined,
          isReady: () => false,
          isStandby: () => true,
        }),
      },
    )
    expect([standby.channel.isReady(), standby.channel.isStandby?.()]).toEqual([false, true])
    expect(standby.channel.partly?.()).toEqual({
      addresses: ['group:webhook:', 'direct:', 'group:appchat:'],
      messages: ['app:'],
    })
    expect(await standby.channel.send(to(LIAISON))).toMatchObject({ type: 'sent' })
    expect(await standby.channel.send(to(GROUP, 'group'))).toMatchObject({ type: 'retry-later' })
    await standby.channel.stop()
  })
})

describe('a group’s robot', () => {
  it('is paced to twenty a minute by us, and refused for good when it is gone', async () => {
    const outcomes = []
    for (let count = 0; count < 21; count++)
      outcomes.push((await wecom.channel.send(to('webhook:kangding', 'group'))).type)
    expect(outcomes.filter((type) => type === 'sent')).toHaveLength(20)
    expect(outcomes.at(-1)).toBe('retry-later')
    const fresh = await open({ bot: false })
    expect(await fresh.channel.send(to('webhook:kangding', 'group'))).toMatchObject({ type: 'retry-later' })
    imitation.app?.endWebhook(WEBHOOK_KEY, 93000)
    expect(await fresh.channel.send(to('webhook:kangding', 'group'))).toMatchObject({
      type: 'refused',
      code: '93000',
    })
    await fresh.channel.stop()
  })
})
