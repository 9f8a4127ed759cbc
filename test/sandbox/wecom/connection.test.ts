// The imitated long connection: subscribing, eviction, heartbeats and what a client must not do.
import { once } from 'node:events'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startWecomImitation } from '../../../src/sandbox/wecom/index.ts'
import { dial } from './raw-client.ts'
import { CREDENTIALS, createOfficeWorld, GROUP, LIAISON, markdownTo, openStage, type Stage } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage({ timing: { evictedCloseMs: 10, subscribesPerMinute: 5, silenceMs: 60_000 } })
})
afterEach(() => stage.close())

it('hears nothing before the subscribe', async () => {
  const stranger = await dial(stage.imitation.wsUrl)
  expect(await stranger.ask('ping')).toBe(846609)
  expect(await stranger.ask('aibot_send_msg', markdownTo(GROUP, 2))).toBe(846609)
  expect(await stranger.ask('aibot_subscribe', CREDENTIALS)).toBe(0)
  expect(await stranger.ask('ping')).toBe(0)
  expect(stage.world.bubbles()).toEqual([])
})

it('refuses a wrong pair and leaves the socket open', async () => {
  const stranger = await dial(stage.imitation.wsUrl)
  expect(await stranger.ask('aibot_subscribe', { ...CREDENTIALS, secret: 'other' })).toBe(853000)
  expect(await stranger.ask('aibot_subscribe', {})).toBe(853000)
  expect(await stranger.ask('aibot_subscribe', CREDENTIALS)).toBe(0)
})

it('has enough of too many subscribes', async () => {
  const codes: number[] = []
  for (let count = 0; count < 6; count++) codes.push(await stage.client.ask('aibot_subscribe', CREDENTIALS))
  expect(codes).toEqual([0, 0, 0, 0, 45009, 45009])
  expect(stage.imitation.traffic().subscribes).toBe(7)
})

it('evicts the old connection: tells it, closes it later, and calls only the new one', async () => {
  const second = await dial(stage.imitation.wsUrl)
  expect(await second.ask('aibot_subscribe', CREDENTIALS)).toBe(0)
  const farewell = await stage.client.callback()
  expect(farewell.body?.event).toEqual({ eventtype: 'disconnected_event' })
  expect(farewell.body).not.toHaveProperty('from')
  await stage.client.closed()
  await stage.imitation.say(LIAISON, LIAISON, { text: '收到' })
  expect((await second.callback()).body?.msgtype).toBe('text')
  expect(stage.imitation.traffic().live).toBe(1)
})

it('answers with the same req_id and without a cmd', async () => {
  await stage.client.ask('ping', undefined, 'ping_1_äß')
  expect(stage.client.frames.at(-1)).toEqual({ headers: { req_id: 'ping_1_äß' }, errcode: 0, errmsg: 'ok' })
})

it('answers what it cannot read or does not know with an error', async () => {
  expect(await stage.client.ask('aibot_dance')).toBe(40008)
  const answered = once(stage.client.socket, 'message')
  stage.client.socket.send('no json')
  expect(JSON.parse(String((await answered)[0]))).toMatchObject({ errcode: 47001 })
  stage.client.socket.send(Buffer.from('{}'), { binary: true })
  expect(await stage.client.closed()).toBe(1003)
})

it('closes on a client that has gone silent', async () => {
  const short = await openStage({ timing: { silenceMs: 30 } })
  expect(await short.client.closed()).toBe(1000)
  expect(await short.imitation.say(LIAISON, LIAISON, { text: '在吗' })).toMatchObject({
    reached: false,
    note: expect.stringContaining('不在线'),
  })
  await short.close()
})

it('loses what is said while the bot is away', async () => {
  stage.client.socket.terminate()
  await stage.client.closed()
  await stage.imitation.settled()
  expect((await stage.imitation.say(LIAISON, GROUP, { text: '收到', mention: true })).reached).toBe(false)
  const back = await dial(stage.imitation.wsUrl)
  await back.ask('aibot_subscribe', CREDENTIALS)
  await stage.imitation.settled()
  expect(back.frames.filter((frame) => frame.cmd)).toEqual([])
})

it('carries out a command whose answer is lost, or whose socket is cut', async () => {
  const { faults } = stage.imitation
  const ask = (reqId: string): void =>
    stage.client.socket.send(
      JSON.stringify({ cmd: 'aibot_send_msg', headers: { req_id: reqId }, body: markdownTo(GROUP, 2) }),
    )
  faults.arm('drop-ack')
  ask('lost')
  expect(await stage.client.ask('ping')).toBe(0)
  expect(stage.client.frames.some((frame) => frame.headers.req_id === 'lost')).toBe(false)
  expect(stage.world.bubbles()).toHaveLength(1)
  faults.arm('cut-socket')
  ask('cut')
  expect(await stage.client.closed()).toBe(1006)
  expect(stage.world.bubbles()).toHaveLength(2)
})

it('answers late, and only then', async () => {
  const slow = await openStage({ timing: { ackDelayMs: 30 } })
  slow.imitation.faults.arm('delay-ack')
  const late = slow.client.ask('aibot_send_msg', markdownTo(GROUP, 2), 'late')
  await slow.client.ask('ping')
  expect(slow.world.bubbles()).toHaveLength(1)
  expect(await late).toBe(0)
  expect(slow.client.frames.at(-1)?.headers.req_id).toBe('late')
  await slow.close()
})

it('puts a page before a callback', async () => {
  stage.imitation.faults.arm('not-json')
  stage.client.socket.removeAllListeners('message')
  const page = once(stage.client.socket, 'message')
  await stage.imitation.say(LIAISON, LIAISON, { text: '收到' })
  expect(String((await page)[0])).toContain('<html>')
})

it('draws the same misfortunes from the same seed', async () => {
  const strikes = async (seed: number): Promise<boolean[]> => {
    const unlucky = await openStage({ seed, faults: { 'duplicate-callback': 0.5 } })
    const twice: boolean[] = []
    for (let count = 0; count < 12; count++) {
      const before = unlucky.client.frames.length
      await unlucky.imitation.say(LIAISON, LIAISON, { text: `${count}` })
      await unlucky.imitation.settled()
      twice.push(unlucky.client.frames.length - before === 2)
    }
    await unlucky.close()
    return twice
  }
  const first = await strikes(7)
  expect(new Set(first)).toEqual(new Set([true, false]))
  expect(await strikes(7)).toEqual(first)
  expect(await strikes(8)).not.toEqual(first)
})

it('says where the product finds it, and rejects a taken port', async () => {
  const { settings, wsUrl } = stage.imitation
  expect(settings).toEqual({
    WECOM_WS_URL: wsUrl,
    WECOM_BOT_ID: 'bot-1',
    WECOM_BOT_SECRET: 'long-secret',
    BOT_NAME: '督办助手',
  })
  const port = Number(new URL(wsUrl).port)
  const taken = startWecomImitation({
    world: createOfficeWorld(),
    clock: stage.clock,
    port,
    botId: 'b',
    secret: 's',
    botName: 'n',
  })
  await expect(taken).rejects.toThrow('EADDRINUSE')
})
