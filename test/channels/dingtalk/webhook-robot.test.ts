// Groups' own robots: signed, counted, within their twenty a minute, and a repeat shown once.
import { describe, expect, test } from 'vitest'
import { createDingtalkChannel } from '../../../src/channels/dingtalk/index.ts'
import { addressQuery } from '../../../src/channels/dingtalk/webhook-robot.ts'
import type { Outgoing } from '../../../src/core/message/types.ts'
import type { WebhookSecret } from '../../../src/core/people/directory.ts'
import { CARD, captureLog, cardTo, configFor, GROUP, LIAISON, startPlatform, textTo } from './support.ts'

const SIGN = 'SECabcdef0123456789'
const to: Outgoing['to'] = { channel: 'dingtalk', kind: 'group', id: 'webhook:kangding' }

async function startGroup(
  robot: { secret?: string; keyword?: string } = { secret: SIGN },
  keyOf: (group: string) => Promise<WebhookSecret | undefined> = () =>
    Promise.resolve({ key: 'token-1', ...(robot.secret && { sign: robot.secret }) }),
) {
  const { platform, clock, world } = await startPlatform({
    webhooks: { 'token-1': { chatId: GROUP, ...robot } },
  })
  const { lines, log } = captureLog()
  const counted: string[] = []
  const channel = createDingtalkChannel(configFor(platform), {
    clock,
    log,
    keyOf,
    count: (meter) => void counted.push(meter),
  })
  return {
    platform,
    clock,
    world,
    channel,
    counted,
    log: lines,
    [Symbol.asyncDispose]: () => platform.close(),
  }
}

describe('a group with a robot of its own', () => {
  test('hears a card as markdown, signed, with the mentioned', async () => {
    const asked: string[] = []
    await using group = await startGroup({ secret: SIGN }, async (key) => {
      asked.push(key)
      return { key: 'token-1', sign: SIGN }
    })
    const message = cardTo(to, { ...CARD, mentions: [LIAISON] })
    expect(await group.channel.send(message)).toEqual({ type: 'sent' })
    expect(await group.channel.send(cardTo(to))).toEqual({ type: 'sent' })
    expect(asked).toEqual(['kangding', 'kangding'])
    expect(group.world.bubbles()).toMatchObject([
      { chat: GROUP, mentions: [LIAISON] },
      { chat: GROUP, markdown: expect.stringContaining('4月25日前报送自查清单') },
    ])
    expect(group.counted).toEqual(['messages', 'messages'])
  })

  test('a repeat after a lost answer is shown once', async () => {
    await using group = await startGroup()
    const message = cardTo(to)
    expect(group.channel.isIdempotent(message)).toBe(true)
    group.platform.faults.arm('drop-response')
    expect(await group.channel.send(message)).toMatchObject({ type: 'unknown' })
    expect(await group.channel.send(message)).toEqual({ type: 'sent' })
    expect(group.world.bubbles()).toHaveLength(1)
  })

  test('gets twenty a minute from us, so that the platform never silences it', async () => {
    await using group = await startGroup()
    const outcomes = []
    for (let index = 0; index < 21; index++)
      outcomes.push(await group.channel.send(textTo(to, `第${index}条`)))
    expect(outcomes.filter(({ type }) => type === 'sent')).toHaveLength(20)
    expect(outcomes[20]).toMatchObject({ type: 'retry-later', afterMs: 60_000 })
    expect(group.platform.calls().filter(({ code }) => code !== undefined)).toEqual([])
    group.clock.at += 60_000
    expect(await group.channel.send(textTo(to, '下一分钟'))).toEqual({ type: 'sent' })
  })

  test('a very long card is cut to what the platform takes', async () => {
    await using group = await startGroup()
    const text = '"必须逐项说明"\n'.repeat(4_000)
    for (const mentions of [[], [LIAISON]])
      expect(await group.channel.send(cardTo(to, { ...CARD, text, mentions }))).toEqual({ type: 'sent' })
    expect(await group.channel.send(textTo(to, text))).toEqual({ type: 'sent' })
  })
})

describe('refused with the cure', () => {
  test.each([
    [{ secret: 'SECother' }, '310000'],
    [{ keyword: '通知' }, '310000'],
  ])('security settings %o', async (robot, code) => {
    await using group = await startGroup(robot, () => Promise.resolve({ key: 'token-1', sign: SIGN }))
    expect(await group.channel.send(cardTo(to))).toMatchObject({
      type: 'refused',
      code,
      cure: expect.stringContaining('安全设置'),
    })
  })

  test.each([
    ['disbanded', '400013'],
    ['robot removed', '400101'],
    ['robot stopped', '400102'],
  ] as const)('the group: %s', async (why, code) => {
    await using group = await startGroup()
    group.platform.closeGroup(GROUP, why)
    expect(await group.channel.send(cardTo(to))).toMatchObject({ type: 'refused', code })
  })

  test('no key, a key that can not be opened, and a token that nobody knows', async () => {
    await using none = await startGroup({}, () => Promise.resolve(undefined))
    expect(await none.channel.send(cardTo(to))).toMatchObject({ type: 'refused', code: 'webhook.noKey' })
    await using sealed = await startGroup({}, () => Promise.reject(new Error('已加密保存的密钥打不开')))
    expect(await sealed.channel.send(cardTo(to))).toMatchObject({
      code: 'webhook.keyUnreadable',
      detail: expect.stringContaining('打不开'),
    })
    await using wrong = await startGroup({}, () => Promise.resolve({ key: 'another' }))
    expect(await wrong.channel.send(cardTo(to))).toMatchObject({ type: 'refused', code: '300001' })
    for (const { log } of [none, sealed, wrong])
      expect(JSON.stringify(log)).not.toMatch(/another|token-1|SECabc/)
  })
})

test('the sign is the documented one', () => {
  // Computed apart: printf '1600000000000\nSECsample' | openssl dgst -sha256 -hmac SECsample -binary | base64
  const query = addressQuery({ key: 'k', sign: 'SECsample' }, 1_600_000_000_000)
  expect(query.get('timestamp')).toBe('1600000000000')
  expect(query.get('sign')).toBe('IF06I/4vqN56Y2X4g8nGkpgT5LTFiYJNMJEGJ8/cIEk=')
  expect(String(addressQuery({ key: 'k' }, 0))).toBe('access_token=k')
})
