// Tokens that end, answers that get lost, cards of any content: every outcome is told for what it is, and no secret with it.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createDingtalkChannel } from '../../../src/channels/dingtalk/index.ts'
import type { Card } from '../../../src/core/message/types.ts'
import {
  captureLog,
  cardTo,
  configFor,
  direct,
  GROUP,
  group,
  HEAD,
  LIAISON,
  SECRET,
  startPair,
  startPlatform,
  textTo,
} from './support.ts'

describe('tokens', () => {
  const tokenCalls = (pair: { platform: { calls(): readonly { api: string }[] } }): number =>
    pair.platform.calls().filter(({ api }) => api === 'POST /v1.0/oauth2/accessToken').length

  test('one serves many, and is fetched again shortly before it ends', async () => {
    await using pair = await startPair()
    await pair.channel.send(cardTo(group))
    pair.clock.at += 7_200_000 - 5 * 60_000 - 1
    await pair.channel.send(cardTo(group))
    expect(tokenCalls(pair)).toBe(1)
    pair.clock.at += 1
    await pair.channel.send(cardTo(group))
    expect(tokenCalls(pair)).toBe(2)
  })

  test('invalidated in the middle: twenty sends at once refresh it once and all arrive', async () => {
    await using pair = await startPair()
    await pair.channel.send(cardTo(group))
    pair.platform.invalidateToken()
    pair.clock.at += 1_000
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => pair.channel.send(cardTo(direct(LIAISON)))),
    )
    expect(outcomes.map(({ type }) => type)).toEqual(Array(20).fill('sent'))
    expect(tokenCalls(pair)).toBe(2)
    expect(pair.world.bubbles()).toHaveLength(21)
  })

  test('wrong credentials refuse the message with the cure', async () => {
    await using pair = await startPair({ config: { clientSecret: 'wrong' } })
    expect(await pair.channel.send(cardTo(group))).toMatchObject({
      type: 'refused',
      cure: expect.stringContaining('DINGTALK_CLIENT_SECRET'),
    })
  })
})

describe('whatever happens on the way', () => {
  test('the platform is away: nothing left, so it may be tried again', async () => {
    const { platform, clock } = await startPlatform()
    const { log } = captureLog()
    const channel = createDingtalkChannel(configFor(platform), { clock, log })
    await channel.send(cardTo(group))
    await platform.close()
    // The first finds the kept-alive connection cut under it, which is a different matter.
    await channel.send(cardTo(group))
    expect(await channel.send(cardTo(group))).toMatchObject({ type: 'retry-later' })
  })

  test.each(['drop-response', 'reset', 'html-page', 'slow'] as const)(
    '%s is unknown for a text',
    async (fault) => {
      await using pair = await startPair({
        platform: { timing: { slowMs: 2_000 } },
        timings: { callTimeoutMs: 600 },
      })
      await pair.channel.send(cardTo(group))
      pair.platform.faults.arm(fault)
      expect(await pair.channel.send(textTo(group, '各位好'))).toMatchObject({ type: 'unknown' })
    },
  )

  test('an address that called too often is left alone for five minutes, and nothing was sent', async () => {
    await using pair = await startPair()
    pair.platform.faults.arm('blocked')
    expect(await pair.channel.send(textTo(group, '各位好'))).toMatchObject({
      type: 'retry-later',
      afterMs: 300_000,
    })
    expect(pair.world.bubbles()).toEqual([])
  })

  test('somebody who left is refused by name, by card and by text', async () => {
    await using pair = await startPair()
    pair.platform.leave(HEAD)
    for (const message of [cardTo(direct(HEAD)), textTo(direct(HEAD), '您好')])
      expect(await pair.channel.send(message)).toMatchObject({
        type: 'refused',
        cure: expect.stringContaining('userId'),
      })
  })

  test('the secret, the token and the sessions are never logged', async () => {
    await using pair = await startPair()
    await pair.platform.say(LIAISON, GROUP, { text: '收到', mention: true })
    for (const code of ['param.invalid', 'no.such.code', 'InvalidAuthentication', 'system.busy']) {
      pair.platform.faults.refuse(code, 2)
      await pair.channel.send(cardTo(group))
      await pair.channel.send(textTo(group, '各位好'))
    }
    pair.platform.faults.arm('drop-response')
    await pair.channel.send(textTo(group, '各位好'))
    pair.onReceive(() => Promise.reject(new Error(SECRET)))
    pair.platform.broadcast(`{"type":"CALLBACK","headers":{"topic":"${SECRET}"`)
    pair.platform.cutAll()
    const text = JSON.stringify(pair.log)
    expect(pair.log.length).toBeGreaterThan(5)
    for (const secret of [SECRET, 'sendBySession', 'ticket']) expect(text).not.toContain(secret)
  })

  const words = fc.string({ unit: 'grapheme', maxLength: 400 })
  const card: fc.Arbitrary<Card> = fc.record({
    name: words,
    title: words,
    subtitle: words,
    text: fc.string({ unit: 'binary', maxLength: 4_000 }),
    fields: fc.array(fc.record({ label: words, value: words }), { maxLength: 6 }),
    buttons: fc.array(
      fc.record({
        key: fc.string({ maxLength: 40 }),
        text: fc.string({ unit: 'grapheme', maxLength: 10 }),
        style: fc.constantFrom('primary', 'default', 'danger'),
      }),
      { maxLength: 6 },
    ),
    mentions: fc.subarray([LIAISON, HEAD]),
  })

  test.each([true, false])('any card is taken by the platform (template: %s)', async (template) => {
    await using pair = await startPair(template ? {} : { config: { cardTemplates: {} } })
    const to = fc.constantFrom(group, direct(LIAISON))
    await fc.assert(
      fc.asyncProperty(card, to, async (any, address) => {
        pair.clock.at += 1_000
        expect(await pair.channel.send(cardTo(address, any))).toMatchObject({ type: 'sent' })
      }),
      { numRuns: 150 },
    )
  })
})
