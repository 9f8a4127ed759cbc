// The connection stays up: moved, cut, gone silent, refused, without storms and without losing a push.
import { describe, expect, test, vi } from 'vitest'
import { createDingtalkChannel } from '../../../src/channels/dingtalk/index.ts'
import {
  captureLog,
  configFor,
  holdStore,
  LIAISON,
  type Pair,
  SECRET,
  startPair,
  startPlatform,
  until,
} from './support.ts'

const opens = ({ platform }: Pick<Pair, 'platform'>): number =>
  platform.calls().filter(({ api }) => api.endsWith('connections/open')).length

test('only robot messages and card callbacks are asked for, and the SDK says nothing', async () => {
  const spies = (['info', 'warn', 'error', 'log'] as const).map((name) => vi.spyOn(console, name))
  {
    await using pair = await startPair()
    pair.platform.disconnectAll()
    await until(() => opens(pair) === 2 && pair.platform.connections() === 1, 'it moves')
    pair.platform.broadcast('{}')
    await pair.platform.say(LIAISON, LIAISON, { text: '收到' })
  }
  expect(spies.flatMap(({ mock }) => mock.calls)).toEqual([])
  vi.restoreAllMocks()
})

describe('renewal', () => {
  test('told to move, it opens the new connection before the old one ends, and loses no push', async () => {
    await using pair = await startPair({ timings: { stableMs: 0 } })
    for (let round = 1; round <= 5; round++) {
      pair.platform.disconnectAll()
      await until(() => opens(pair) === round + 1 && pair.platform.connections() === 1, `move ${round}`)
      expect(pair.channel.isReady()).toBe(true)
      expect(await pair.platform.say(LIAISON, LIAISON, { text: `第${round}次` })).toEqual({ reached: true })
    }
    expect(pair.received).toHaveLength(5)
    expect(pair.platform.complaints()).toEqual([])
  })

  test('a push in hand is still acknowledged on the connection that is being left', async () => {
    await using pair = await startPair()
    const store = holdStore(pair)
    const said = pair.platform.say(LIAISON, LIAISON, { text: '收到' })
    await until(() => pair.received.length === 1, 'the message arrives')
    pair.platform.disconnectAll()
    await until(() => pair.platform.connections() === 1, 'it moves')
    store.release()
    expect(await said).toEqual({ reached: true })
  })

  test('cut without a word, it comes back', async () => {
    await using pair = await startPair()
    pair.platform.cutAll()
    await until(() => opens(pair) === 2 && pair.channel.isReady(), 'it comes back')
    expect(await pair.platform.say(LIAISON, LIAISON, { text: '收到' })).toEqual({ reached: true })
  })

  test('a zombie, alive and carrying nothing, is replaced, and its push comes again', async () => {
    const timing = { ackMs: 100, pingMs: 20 }
    await using pair = await startPair({ platform: { timing }, timings: { idleMs: 300, pingMs: 20 } })
    pair.platform.faults.arm('zombie')
    expect(await pair.platform.say(LIAISON, LIAISON, { text: '收到' })).toMatchObject({ reached: false })
    const connected = () => pair.log.filter(({ message }) => message === 'DingTalk stream connected')
    await until(() => connected().length >= 2 && pair.platform.connections() === 1, 'it is replaced')
    pair.clock.at += 60_000
    await pair.platform.redeliverDue()
    expect(pair.received).toHaveLength(1)
    expect(pair.platform.complaints()).toEqual([])
  })

  test('a platform that never pings is looked after less and less often', async () => {
    await using pair = await startPair({ timings: { idleMs: 10, stableMs: 0 } })
    const start = performance.now()
    await until(() => opens(pair) === 5, 'it was renewed four times')
    // 10 + 20 + 40 + 80 ms of patience.
    expect(performance.now() - start).toBeGreaterThan(120)
  })
})

describe('no storms', () => {
  test('a gateway that is down is asked ever more slowly, one attempt at a time, until it is back', async () => {
    await using pair = await startPair({ timings: { retryFirstMs: 4, retryMaxMs: 64 } })
    pair.platform.faults.chance('gateway-down', 1)
    const start = performance.now()
    pair.platform.cutAll()
    await until(() => opens(pair) >= 12, 'it keeps asking')
    // Full pauses would be 4+8+16+32 and then 64 each; jitter takes at most half of it.
    expect(performance.now() - start).toBeGreaterThan((4 + 8 + 16 + 32 + 6 * 64) / 2)
    pair.platform.faults.chance('gateway-down', 0)
    await until(() => pair.channel.isReady(), 'it is back')
    expect(pair.platform.connections()).toBe(1)
  })

  test('every loss at once still leads to one connection', async () => {
    await using pair = await startPair()
    for (let round = 0; round < 10; round++) {
      pair.platform.disconnectAll()
      pair.platform.cutAll()
    }
    await until(() => pair.channel.isReady() && pair.platform.connections() === 1, 'it is back')
    expect(opens(pair)).toBe(2)
  })

  test('wrong credentials are said once, clearly and without the secret', async () => {
    await using pair = await startPair({
      config: { clientSecret: `${SECRET}-old` },
      timings: { retryMaxMs: 5 },
    })
    await until(() => opens(pair) >= 5, 'it keeps asking')
    const errors = pair.log.filter(({ level }) => level === 'error')
    expect(errors).toMatchObject([
      { message: expect.stringContaining('401'), fields: { cure: expect.any(String) } },
    ])
    expect(JSON.stringify(pair.log)).not.toContain(SECRET)
    expect(pair.channel.isReady()).toBe(false)
  })
})

describe('the end', () => {
  test('after stop nothing is opened again, whatever was under way', async () => {
    await using pair = await startPair()
    await using witness = await startPair()
    for (const { platform } of [pair, witness]) {
      platform.faults.chance('gateway-down', 1)
      platform.cutAll()
    }
    await until(() => opens(pair) >= 3, 'it keeps asking')
    await pair.channel.stop()
    const before = [opens(pair), opens(witness)] as const
    pair.platform.faults.chance('gateway-down', 0)
    // Whatever had been planned is over by the time that the other one, not stopped, has asked this often.
    await until(() => opens(witness) >= before[1] + 5, 'the other keeps asking')
    expect(opens(pair)).toBe(before[0])
    expect(pair.channel.isReady()).toBe(false)
  })

  test('stop waits for the acknowledgement in hand', async () => {
    await using pair = await startPair()
    const store = holdStore(pair)
    const said = pair.platform.say(LIAISON, LIAISON, { text: '收到' })
    await until(() => pair.received.length === 1, 'the message arrives')
    const stopped = pair.channel.stop()
    store.release()
    expect(await said).toEqual({ reached: true })
    await stopped
    await until(() => pair.platform.connections() === 0, 'it is gone')
  })

  test('only a configuration that can not be right keeps it from starting', async () => {
    const { platform, clock } = await startPlatform()
    const { log } = captureLog()
    for (const wrong of [{ apiBase: 'api.dingtalk.com' }, { clientSecret: ' ' }, { robotCode: '' }]) {
      const channel = createDingtalkChannel(configFor(platform, wrong), { clock, log })
      await expect(channel.start(() => Promise.resolve())).rejects.toThrow(/钉钉/)
    }
    await platform.close()
  })
})
