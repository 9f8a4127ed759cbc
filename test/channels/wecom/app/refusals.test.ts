// Every row of the app's table of refusals, reached through the imitation: what each code makes of a message.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { knownAppCodes } from '../../../../src/channels/wecom/app/refusals.ts'
import type { SendOutcome } from '../../../../src/core/message/types.ts'
import {
  APP,
  type AppStage,
  appBubbles,
  CARD,
  openAppStage,
  SILENT,
  START,
  toLiaison,
  words,
} from './stage.ts'

const LATER = new Set([-1, 6000, 45009, 45033, 40014, 42001])
const HELD = new Set([
  40001, 40013, 41002, 41004, 2_000_002, 40056, 301_002, 42015, 48001, 48002, 48006, 50003, 43012, 60020,
])

let stage: AppStage
beforeEach(async () => {
  stage = await openAppStage()
  // With its token in hand, so that a refusal meets the message itself.
  await stage.app.api.call({ path: '/cgi-bin/getcallbackip' })
})
afterEach(() => stage.stop())

const errors = (): number => stage.lines.filter(({ level }) => level === 'error').length

it.each(knownAppCodes)('%i has an outcome, and nothing is shown', async (code) => {
  // A token that is refused is tried again once.
  stage.platform.faults.refuse(code, 3)
  const outcome = await stage.app.client.send(toLiaison(words('收到')))
  const expected = LATER.has(code) || HELD.has(code) ? 'retry-later' : 'refused'
  expect(outcome.type).toBe(expected)
  if (outcome.type === 'refused') expect(outcome.cure).toMatch(/[\u4e00-\u9fff]{4}/)
  expect(errors() > 0).toBe(HELD.has(code))
  expect(appBubbles(stage.world)).toEqual([])
})

it('covers the codes that the fact sheet wants told apart', () => {
  const wanted = [
    -1, 6000, 40001, 40014, 42001, 41001, 40003, 60111, 40031, 301_021, 40007, 42052, 40008, 40035, 40058,
    40063,
  ]
  const more = [
    82004, 40056, 301_002, 42014, 42051, 43012, 44004, 45002, 45009, 45033, 48001, 48002, 48006, 50002, 50003,
  ]
  const last = [
    60011, 60021, 81012, 92000, 60020, 81013, 82001, 86001, 86220, 40050, 93000, 93004, 93008, 2_000_002,
  ]
  expect([...wanted, ...more, ...last].filter((code) => !knownAppCodes.includes(code))).toEqual([])
})

it('an unknown code holds and alarms', async () => {
  stage.platform.faults.refuse(99_999)
  expect(await stage.app.client.send(toLiaison(CARD))).toEqual({
    type: 'unknown',
    detail: '企业微信回答 99999，含义不明',
  })
  expect(errors()).toBe(1)
})

it('an untrusted address is shown to the administrator', async () => {
  stage.platform.faults.arm('untrusted-ip')
  const outcome = await stage.app.client.send(toLiaison(CARD))
  expect(outcome).toMatchObject({
    type: 'retry-later',
    afterMs: 300_000,
    detail: expect.stringContaining('企业可信IP'),
  })
  expect(JSON.stringify(stage.lines)).toContain('：127.0.0.1"')
})

it('waits for the next minute when it was too often', async () => {
  stage.clock.move(20_000)
  stage.platform.faults.refuse(45009)
  const outcome = await stage.app.client.send(toLiaison(CARD))
  expect(outcome).toMatchObject({ type: 'retry-later', afterMs: 60_000 - ((START + 20_000) % 60_000) })
})

describe('what the platform itself refuses', () => {
  it('members outside the range', async () => {
    stage.platform.hide(SILENT, true)
    const hidden = toLiaison(CARD, { to: { channel: 'wecom', kind: 'direct', id: SILENT } })
    expect(await stage.app.client.send(hidden)).toMatchObject({ type: 'refused', code: '81013' })
  })

  it('cards without a callback', async () => {
    stage.platform.clearCallback()
    expect(await stage.app.client.send(toLiaison(CARD))).toMatchObject({
      type: 'retry-later',
      detail: expect.stringContaining('43012'),
    })
  })

  it('a used task_id, which is an arrived card', async () => {
    const message = toLiaison(CARD)
    expect(await stage.app.client.send(message)).toMatchObject({
      type: 'sent',
      platformId: expect.any(String),
    })
    expect(await stage.app.client.send(message)).toEqual({ type: 'sent' })
    expect(appBubbles(stage.world)).toHaveLength(1)
  })

  it('a recall after a day', async () => {
    const sent = await stage.app.client.send(toLiaison(words('收到')))
    const id = sent.type === 'sent' ? (sent.platformId ?? '') : ''
    stage.clock.move(24 * 3_600_000 + 1)
    expect(await stage.app.client.recall(id)).toMatchObject({ type: 'refused', code: '42052' })
  })
})

describe('answers that are none', () => {
  it.each<[string, SendOutcome['type'], number]>([
    ['html-page', 'unknown', 0],
    ['drop-response', 'unknown', 1],
    ['reset', 'unknown', 0],
  ])('%s', async (fault, type, shown) => {
    await stage.app.client.send(toLiaison(words('第一条')))
    stage.platform.faults.arm(fault as 'reset')
    const message = toLiaison(words('第二条'))
    expect((await stage.app.client.send(message)).type).toBe(type)
    expect(appBubbles(stage.world).length - 1).toBe(shown)
    // Recognised: a repeat shows it once, whatever had become of it.
    expect((await stage.app.client.send(message)).type).toBe('sent')
    expect(appBubbles(stage.world).map(({ text }) => text)).toEqual(['第一条', '第二条'])
  })

  it('a platform that is not there has got nothing', async () => {
    await stage.imitation.close()
    // Finds the kept connection dead; from now on nobody listens.
    await stage.app.api.call({ path: '/cgi-bin/getcallbackip' })
    expect(await stage.replica().client.send(toLiaison(CARD))).toMatchObject({ type: 'retry-later' })
    expect(JSON.stringify(stage.lines)).not.toContain(APP.secret)
  })
})
