// Several replicas of one robot: the platform gives each push to one of them at random.
import { describe, expect, test } from 'vitest'
import { createDingtalkChannel } from '../../../src/channels/dingtalk/index.ts'
import type { Inbound } from '../../../src/core/message/types.ts'
import { captureLog, configFor, direct, LIAISON, QUICK, startPlatform, textTo } from './support.ts'

async function startReplicas(count: number) {
  const { platform, clock } = await startPlatform({ seed: 5 })
  const heard: Inbound[][] = []
  const channels = Array.from({ length: count }, () =>
    createDingtalkChannel(configFor(platform), { clock, log: captureLog().log, timings: QUICK }),
  )
  for (const [index, channel] of channels.entries()) {
    heard[index] = []
    await channel.start(async (inbound) => void heard[index]?.push(inbound))
  }
  return {
    platform,
    channels,
    heard,
    clock,
    async [Symbol.asyncDispose]() {
      for (const channel of channels) await channel.stop()
      await platform.close()
    },
  }
}

const texts = (heard: readonly Inbound[][]): string[] =>
  heard.flat().map(({ content }) => (content.type === 'text' ? content.text : ''))

describe('replicas', () => {
  test('each message is heard by exactly one, and all of them are heard', async () => {
    await using office = await startReplicas(3)
    const said = Array.from({ length: 60 }, (_, index) => `第${index}句`)
    for (const text of said)
      expect(await office.platform.say(LIAISON, LIAISON, { text })).toEqual({ reached: true })
    expect(texts(office.heard).toSorted()).toEqual(said.toSorted())
    for (const heard of office.heard) expect(heard.length).toBeGreaterThan(5)
  })

  test('one that stops leaves everything to the others, and takes nothing with it', async () => {
    await using office = await startReplicas(2)
    await office.channels[0]?.stop()
    for (let index = 0; index < 10; index++)
      expect(await office.platform.say(LIAISON, LIAISON, { text: `${index}` })).toEqual({ reached: true })
    expect(office.heard.map(({ length }) => length)).toEqual([0, 10])
    expect(await office.channels[1]?.send(textTo(direct(LIAISON), '收到'))).toMatchObject({ type: 'sent' })
  })

  test('a message that comes again may reach another replica, under the same id', async () => {
    await using office = await startReplicas(4)
    office.platform.faults.chance('duplicate-push', 1)
    for (let index = 0; index < 20; index++) await office.platform.say(LIAISON, LIAISON, { text: `${index}` })
    const all = office.heard.flat()
    expect(all).toHaveLength(40)
    expect(new Set(all.map(({ messageId }) => messageId)).size).toBe(20)
    const hearers = (id: string): number =>
      office.heard.filter((heard) => heard.some(({ messageId }) => messageId === id)).length
    expect(all.filter(({ messageId }) => hearers(messageId) === 2).length).toBeGreaterThan(10)
  })
})
