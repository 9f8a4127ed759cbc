// Every row of the refusal table, answered by the platform over the wire.
import { describe, expect, test } from 'vitest'
import { REFUSALS } from '../../../src/channels/dingtalk/refusals.ts'
import { CARD, cardTo, direct, GROUP, group, LIAISON, START, startPair, TEMPLATE, textTo } from './support.ts'

/** Told inside a success, or while fetching a token: these have tests of their own. */
const NOT_BY_ENVELOPE = ['flowControlled', 'invalidStaffId', 'card.notDelivered', 'invalidClientIdOrSecret']
const rows = Object.entries(REFUSALS).filter(([code]) => !NOT_BY_ENVELOPE.includes(code))
const isOld = (code: string): boolean => /^-?\d+$/.test(code)

describe('every row', () => {
  test.each(rows.filter(([code]) => !isOld(code)))('%s', async (code, rule) => {
    await using pair = await startPair()
    // Twice, because a stale token is tried once more.
    pair.platform.faults.refuse(code, code === 'InvalidAuthentication' ? 2 : 1)
    const outcome = await pair.channel.send(cardTo(group))
    expect(outcome).toMatchObject(rule)
    if (rule.type !== 'sent') expect(outcome).toMatchObject({ detail: expect.stringContaining(code) })
    expect(pair.world.bubbles()).toEqual([])
  })

  test.each(rows.filter(([code]) => isOld(code)))('errcode %s', async (code, rule) => {
    await using pair = await startPair({ config: { cardTemplates: {} } })
    await pair.platform.say(LIAISON, GROUP, { text: '收到', mention: true })
    const replyTo = pair.received[0]?.replyTo ?? {}
    pair.platform.faults.refuse(code)
    const outcome = await pair.channel.send({ ...cardTo(group, { ...CARD, mentions: [LIAISON] }), replyTo })
    // A session that is gone is no loss as long as the API can do it.
    expect(outcome).toMatchObject(code === '300001' ? { type: 'sent' } : rule)
  })

  test('a cure is Chinese and says what to do', () => {
    for (const rule of Object.values(REFUSALS))
      if (rule.type === 'refused') expect(rule.cure).toMatch(/[\u4e00-\u9fff]{2}/)
  })
})

describe('met in the wild', () => {
  test.each([
    ['disbanded', 'group.disbanded'],
    ['robot removed', 'resource.not.found'],
    ['robot stopped', 'bot.stopped'],
  ] as const)('the group is closed: %s', async (why, code) => {
    await using pair = await startPair()
    pair.platform.closeGroup(GROUP, why)
    expect(await pair.channel.send(textTo(group, '各位好'))).toMatchObject({ type: 'refused', code })
  })

  test.each([
    [{ cardTemplates: { card: 'unknown.schema' } }, 'param.templateNotExist'],
    [{ cardTemplates: { prompt: 'draft.schema' } }, 'param.templateUnpublished'],
    [{ robotCode: 'another', cardTemplates: { card: TEMPLATE } }, 'param.openDeliverModelError'],
  ])('%o', async (config, code) => {
    const platform = {
      cardTemplates: { card: TEMPLATE, prompt: 'draft.schema' },
      unpublished: ['draft.schema'],
    }
    await using pair = await startPair({ platform, config })
    expect(await pair.channel.send(cardTo(direct(LIAISON)))).toMatchObject({ type: 'refused', code })
  })

  test('a robot of another application', async () => {
    await using pair = await startPair({ config: { robotCode: 'another' } })
    expect(await pair.channel.send(textTo(group, '各位好'))).toMatchObject({
      code: 'invalidParameter.robotCode.auth',
    })
  })

  test('an empty text', async () => {
    await using pair = await startPair()
    expect(await pair.channel.send(textTo(group, ''))).toMatchObject({
      code: 'invalidParameter.msgParam.invalid',
    })
  })

  test('a wrong base address', async () => {
    await using pair = await startPair()
    const { platform } = pair
    await using lost = await startPair({ config: { apiBase: `${platform.base}/nowhere` } })
    expect(lost.channel.isReady()).toBe(false)
    expect(await lost.channel.send(textTo(group, '各位好'))).toMatchObject({ code: 'InvalidAction.NotFound' })
  })

  test('a missing permission names it', async () => {
    await using pair = await startPair()
    pair.platform.faults.refuse('Forbidden.AccessDenied.AccessTokenPermissionDenied')
    expect(await pair.channel.send(cardTo(group))).toMatchObject({
      detail: expect.stringContaining('Card.Instance.Write'),
    })
  })

  test('the twenty-first call of a second waits for the next', async () => {
    await using pair = await startPair()
    const burst = await Promise.all(Array.from({ length: 21 }, () => pair.channel.send(cardTo(group))))
    expect(burst.filter(({ type }) => type === 'sent')).toHaveLength(20)
    expect(burst.find(({ type }) => type !== 'sent')).toMatchObject({ type: 'retry-later', afterMs: 1_000 })
    pair.clock.at += 1_000
    expect(await pair.channel.send(cardTo(group))).toMatchObject({ type: 'sent' })
  })

  test('a month that is used up is tried again much later, and the next month goes on', async () => {
    await using pair = await startPair()
    pair.platform.enforce({ api: 1, stream: 3_000 })
    await pair.channel.send(cardTo(group))
    const late = await pair.channel.send(cardTo(group))
    expect(late).toMatchObject({
      type: 'retry-later',
      detail: expect.stringContaining('ApiCountLimitForOrg'),
    })
    expect(late.type === 'retry-later' && late.afterMs).toBeGreaterThanOrEqual(3_600_000)
    pair.clock.at = START + 30 * 86_400_000
    expect(await pair.channel.send(cardTo(group))).toMatchObject({ type: 'sent' })
  })

  test('a code that nobody knows holds the message and alarms', async () => {
    await using pair = await startPair()
    for (const code of ['brand.new.code', '987654', 'toString']) {
      pair.platform.faults.refuse(code)
      expect(await pair.channel.send(cardTo(group))).toMatchObject({ type: 'unknown' })
    }
    expect(pair.log.filter(({ level }) => level === 'error')).toHaveLength(3)
  })
})
