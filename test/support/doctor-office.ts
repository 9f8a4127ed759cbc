// An office that lacks nothing, for `duban doctor`: both platforms imitated, a database with open duties, our callback on a real port.
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import express from 'express'
import type { Finding } from '../../src/app/finding.ts'
import { emptySnapshot, planImport } from '../../src/app/import/index.ts'
import { createWecomApp } from '../../src/channels/wecom/app/index.ts'
import { runningClock } from '../../src/commands/clocks.ts'
import { castOf } from '../../src/commands/demo/cast.ts'
import { examine } from '../../src/commands/doctor/doctor.ts'
import { importInto } from '../../src/commands/import.ts'
import { startProduct } from '../../src/commands/product.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { parseInstant } from '../../src/core/calendar/civil.ts'
import { startDingtalkImitation } from '../../src/sandbox/dingtalk/index.ts'
import { startWecomImitation } from '../../src/sandbox/wecom/index.ts'
import { createWorld } from '../../src/sandbox/world.ts'
import { APP } from '../channels/wecom/app/stage.ts'
import { embeddedPlace } from './databases.ts'

const FILES = ['people', 'wenjian', 'projects', 'yuebao'].map((name) =>
  path.join(import.meta.dirname, `../fixtures/office/${name}.yaml`),
)
const NOW = '2021-05-06T10:00:00+08:00'
export const TEMPLATE = '99999999-8888-7777-6666-555555555555.schema'
const silent = { debug() {}, info() {}, warn() {}, error() {} }

export type DoctorOffice = Awaited<ReturnType<typeof openDoctorOffice>>

export async function openDoctorOffice() {
  const clock = runningClock(parseInstant(NOW))
  const { next } = await planImport(FILES, emptySnapshot)
  const world = createWorld(castOf(next.directory))
  const wecom = await startWecomImitation({
    world,
    clock,
    botId: 'bot',
    secret: 'bot-secret',
    botName: '督办助手',
    app: { ...APP },
  })
  const dingtalk = await startDingtalkImitation({
    world,
    clock,
    clientId: 'dingappkey1',
    clientSecret: 'ding-secret',
    robotCode: 'dingappkey1',
    corpId: 'dingcorp1',
    botName: '督办助手',
    cardTemplates: { card: TEMPLATE },
    unpublished: ['draft.schema'],
  })
  const web = await callbackServer(clock)
  const place = await embeddedPlace()
  const env = {
    ...wecom.settings,
    ...dingtalk.settings,
    ...place.environment,
    WECOM_OAUTH_BASE: wecom.base,
    DINGTALK_CARD_TEMPLATES: JSON.stringify({ card: TEMPLATE }),
    PUBLIC_URL: web.url,
    DUBAN_NOW: NOW,
    LOG_LEVEL: 'silent',
  }
  await fill(readConfig({ ...env, PUBLIC_URL: '' }), clock)
  wecom.app?.trustDomain(new URL(web.url).host)
  return {
    wecom,
    dingtalk,
    web,
    env,
    /** What the doctor says of this office, with some settings changed; the rehearsal's own line left out. */
    async findings(change: Readonly<Record<string, string>> = {}): Promise<Finding[]> {
      const all: Finding[] = []
      for await (const one of examine(readConfig({ ...env, ...change }), silent)) all.push(one)
      return all.filter(({ check }) => check !== '演练时间')
    },
    async close() {
      web.server.close()
      await wecom.close()
      await dingtalk.close()
      await place.remove()
    },
  }
}

/** People, plans and the duties that are open by now; nothing is connected for longer. */
async function fill(config: Config, clock: { now(): number }): Promise<void> {
  const product = await startProduct(config, clock, silent)
  await importInto(product.store, FILES, clock.now())
  await product.engine.settle()
  await product.stop()
}

/** Our callback as a running server has it. */
async function callbackServer(clock: {
  now(): number
}): Promise<{ server: Server; url: string; close(): void }> {
  const vault = {
    read: async () => undefined,
    write: async () => {},
    lock: async () => true,
    unlock: async () => {},
  }
  const settings = {
    ...APP,
    agentId: String(APP.agentId),
    apiBase: 'http://127.0.0.1',
    oauthBase: 'http://127.0.0.1',
  }
  const { callback } = createWecomApp(settings, { clock, log: silent, vault })
  callback.open(async () => undefined)
  const app = express()
  app.use('/wecom/callback', callback.router)
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening))
  })
  const { port } = server.address() as AddressInfo
  return { server, url: `http://127.0.0.1:${port}`, close: () => server.close() }
}
