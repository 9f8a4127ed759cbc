// The long connection on bad days: cut, refused, evicted, half alive, unanswered. Pauses are read from the log, not waited for.
import { afterEach, expect, it } from 'vitest'
import { createBotChannel } from '../../../src/channels/wecom/bot.ts'
import { BOT, createLog, LIAISON, type Office, openOffice, outgoing, START, until } from './office.ts'

const WORDS = { type: 'text', text: '收到' } as const
const offices: Office[] = []

async function open(options: Parameters<typeof openOffice>[0] = {}): Promise<Office> {
  const office = await openOffice(options)
  offices.push(office)
  return office
}

afterEach(async () => {
  for (const office of offices.splice(0)) await office.stop()
})

/** The pauses that the channel announced, in order. */
function pauses(office: Office): number[] {
  return office.lines.flatMap(({ fields }) => ('retryInMs' in fields ? [Number(fields.retryInMs)] : []))
}

it('comes back after each cut with one subscribe and longer pauses', async () => {
  const office = await open()
  for (let cuts = 0; cuts < 5; cuts++) {
    office.imitation.faults.arm('cut-socket')
    expect(await office.channel.send(outgoing(WORDS))).toMatchObject({ type: 'unknown' })
    expect(office.channel.isReady()).toBe(false)
    await until(() => office.channel.isReady())
  }
  expect(office.imitation.traffic()).toEqual({ subscribes: 6, live: 1 })
  const longest = [10, 20, 40, 40, 40]
  expect(pauses(office)).toHaveLength(5)
  for (const [index, pause] of pauses(office).entries()) {
    expect(pause).toBeLessThanOrEqual(longest[index] ?? 0)
    expect(pause).toBeGreaterThanOrEqual(Math.floor(((longest[index] ?? 0) * 2) / 3))
  }
})

it('is quick again after a connection that had lived long enough', async () => {
  const office = await open({ timing: { stableMs: 0 } })
  for (let cuts = 0; cuts < 3; cuts++) {
    office.imitation.faults.arm('cut-socket')
    await office.channel.send(outgoing(WORDS))
    await until(() => office.channel.isReady())
  }
  expect(Math.max(...pauses(office))).toBeLessThanOrEqual(10)
})

it('waits out a platform that is away, and starts without it', async () => {
  const office = await open({ config: { wsUrl: 'ws://127.0.0.1:9' } })
  expect(office.channel.isReady()).toBe(false)
  expect(await office.channel.send(outgoing(WORDS))).toMatchObject({ type: 'retry-later' })
  await until(() => pauses(office).length >= 4)
  expect(Math.max(...pauses(office))).toBeLessThanOrEqual(40)
})

it('says a wrong secret clearly, keeps it to itself, and is in no hurry', async () => {
  const office = await open({ config: { secret: 'not-this-one' }, timing: { refusedMs: 60_000 } })
  expect(office.channel.isReady()).toBe(false)
  const refusal = office.lines.find(({ fields }) => 'code' in fields && fields.code === '853000')
  expect(refusal?.fields).toMatchObject({ cure: expect.stringContaining('WECOM_BOT_SECRET') })
  expect(pauses(office)[0]).toBeGreaterThanOrEqual(60_000)
  expect(office.imitation.traffic().subscribes).toBe(1)
  expect(JSON.stringify(office.lines)).not.toContain('not-this-one')
})

it('is in no hurry either when it has subscribed too often', async () => {
  const office = await open({
    imitation: { timing: { subscribesPerMinute: 0 } },
    timing: { refusedMs: 60_000 },
  })
  expect(office.lines.some(({ fields }) => 'code' in fields && fields.code === '45009')).toBe(true)
  expect(pauses(office)[0]).toBeGreaterThanOrEqual(60_000)
})

it('makes room for another process, says so, and comes back only after a long pause', async () => {
  const first = await open({ timing: { evictedMs: 60_000 } })
  const lines: Office['lines'] = []
  const config = { ...BOT, wsUrl: first.imitation.wsUrl }
  const second = createBotChannel(config, { clock: first.clock, log: createLog(lines) })
  await second.start(async () => undefined)
  await until(() => !first.channel.isReady())
  expect(second.isReady()).toBe(true)
  expect(first.lines.filter(({ level }) => level === 'error')).toHaveLength(1)
  expect(pauses(first)).toHaveLength(1)
  expect(pauses(first)[0]).toBeGreaterThanOrEqual(60_000)
  expect(first.imitation.traffic()).toEqual({ subscribes: 2, live: 1 })
  await second.stop()
})

it('comes back after the pause of an eviction', async () => {
  const office = await open()
  const config = { ...BOT, wsUrl: office.imitation.wsUrl }
  const other = createBotChannel(config, { clock: office.clock, log: createLog([]) })
  await other.start(async () => undefined)
  await until(() => !office.channel.isReady())
  await other.stop()
  await until(() => office.channel.isReady())
  expect(await office.channel.send(outgoing(WORDS))).toEqual({ type: 'sent' })
})

it('gives a half-alive socket up', async () => {
  const office = await open({ timing: { heartbeatMs: 15 } })
  office.imitation.faults.arm('zombie')
  await until(() => !office.channel.isReady())
  await until(() => office.channel.isReady())
  expect(office.imitation.traffic()).toEqual({ subscribes: 2, live: 1 })
})

it('does not wait for ever for the answer to its subscribe', async () => {
  const office = await open({ imitation: { faults: { zombie: 1 } }, timing: { answerMs: 50 } })
  expect(office.channel.isReady()).toBe(false)
  office.imitation.faults.chance('zombie', 0)
  await until(() => office.channel.isReady())
})

it('subscribes anew when the platform no longer knows it', async () => {
  const office = await open()
  office.imitation.faults.refuse(846609)
  const message = outgoing(WORDS)
  expect(await office.channel.send(message)).toMatchObject({ type: 'retry-later' })
  await until(() => office.channel.isReady())
  expect(await office.channel.send(message)).toEqual({ type: 'sent' })
  expect(office.imitation.traffic().subscribes).toBe(2)
})

it('says loudly when a message could not be stored, and goes on', async () => {
  const failures = [new Error('database away')]
  const office = await open({
    receive: async () => {
      const failure = failures.pop()
      if (failure) throw failure
    },
  })
  await office.imitation.say(LIAISON, LIAISON, { text: '机密内容' })
  await until(() => office.lines.some(({ level }) => level === 'error'))
  const heard = office.next()
  await office.imitation.say(LIAISON, LIAISON, { text: '再说一次' })
  expect((await heard).content).toMatchObject({ text: '再说一次' })
  expect(JSON.stringify(office.lines)).not.toContain('机密内容')
})

it('waits at its stop for what it is still storing', async () => {
  let release: () => void = () => undefined
  let storing = false
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const office = await open({
    receive: async () => {
      storing = true
      await gate
    },
  })
  await office.imitation.say(LIAISON, LIAISON, { text: '收到' })
  await until(() => storing)
  let stopped = false
  const stopping = office.channel.stop().then(() => {
    stopped = true
  })
  await office.imitation.settled()
  expect(stopped).toBe(false)
  release()
  await stopping
  expect(office.heard).toHaveLength(1)
})

it('rejects only a configuration that cannot work', async () => {
  const deps = { clock: { now: () => START }, log: createLog([]) }
  const start = (config: object) =>
    createBotChannel({ ...BOT, wsUrl: 'ws://127.0.0.1:9', ...config }, deps).start(async () => undefined)
  await expect(start({ secret: '' })).rejects.toThrow('WECOM_BOT_SECRET')
  await expect(start({ wsUrl: 'https://example.com' })).rejects.toThrow('WECOM_WS_URL')
  await expect(start({ wsUrl: 'nowhere' })).rejects.toThrow('WECOM_WS_URL')
})
