// The contract's stage on a WeCom self-built app.
import type { AddressInfo } from 'node:net'
import express from 'express'
import { createWecom } from '../../../src/channels/wecom/index.ts'
import type { Address, Inbound } from '../../../src/core/message/types.ts'
import { startWecomImitation } from '../../../src/sandbox/wecom/index.ts'
import { APP, sharedVaults } from '../wecom/app/stage.ts'
import { BOT, createLog, createOfficeWorld, LIAISON, SILENT, START } from '../wecom/office.ts'
import type { Stage } from './stage.ts'

const CODES = { 'too-fast': 45009, 'words-refused': 82004, 'unheard-of-code': 99_999 } as const
const direct = (id: string): Address => ({ channel: 'wecom', kind: 'direct', id })
const CHAT = `app:${LIAISON}`

export async function openApp(): Promise<Stage> {
  let now = START
  const clock = { now: () => now }
  const world = createOfficeWorld()
  const timing = { answerMs: 800, retryMs: 5, slowMs: 20 }
  const imitation = await startWecomImitation({ world, clock, ...BOT, app: { ...APP, timing } })
  const platform = imitation.app
  if (!platform) throw new Error('no app')
  const { base } = imitation
  const settings = { ...APP, agentId: String(APP.agentId), apiBase: base, oauthBase: base }
  const { channel, app } = createWecom(
    { app: { ...settings, publicUrl: 'https://duban.example/' }, apiBase: base },
    { clock, log: createLog([]), vault: sharedVaults()() },
  )
  const heard: Inbound[] = []
  await channel.start(async (inbound) => void heard.push(inbound))
  const web = express()
  if (app) web.use('/wecom/callback', app.callback.router)
  const server = web.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  await platform.setCallback(`http://127.0.0.1:${(server.address() as AddressInfo).port}/wecom/callback`)
  // With its token in hand, so that a trouble meets the message itself.
  await app?.api.call({ path: '/cgi-bin/getcallbackip' })
  let isUp = true
  async function shutDown(): Promise<void> {
    if (isUp) await imitation.close()
    isUp = false
  }
  return {
    channel,
    heard,
    person: direct(LIAISON),
    gone() {
      platform.hide(SILENT, true)
      return direct(SILENT)
    },
    seen: ({ id }) => world.bubbles().filter(({ from, chat }) => from === 'bot' && chat === `app:${id}`),
    say: (_, said) => imitation.say(LIAISON, CHAT, said),
    press: (bubble, button) => platform.click(LIAISON, bubble, button),
    enter: () => imitation.enter(LIAISON, CHAT),
    sendFile: () => platform.send(LIAISON, { kind: 'file', name: '清单.xlsx', bytes: Buffer.from('rows') }),
    sendOther: () =>
      platform.send(LIAISON, { kind: 'location', label: '康定', latitude: 30.05, longitude: 101.96 }),
    repeatPushes: () => platform.faults.chance('repeat-callback', 1),
    trouble(what) {
      if (what === 'answer-lost') platform.faults.arm('drop-response')
      else if (what === 'token-dead') platform.invalidateToken()
      else platform.faults.refuse(CODES[what])
    },
    pass(ms) {
      now += ms
    },
    shutDown,
    async stop() {
      await channel.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await shutDown()
    },
  }
}
