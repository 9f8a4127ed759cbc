// The access token: fetched once for all sends and all replicas, renewed once when the platform takes it back.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type AppStage, appBubbles, CARD, openAppStage, toLiaison, words } from './stage.ts'

const HOUR_MS = 3_600_000

let stage: AppStage
beforeEach(async () => {
  stage = await openAppStage()
})
afterEach(() => stage.stop())

const fetched = (): number => stage.platform.calls('/cgi-bin/gettoken')
const sendMany = (count: number, app = stage.app) =>
  Promise.all(Array.from({ length: count }, (_, index) => app.client.send(toLiaison(words(`第${index}条`)))))

it('is fetched once for many sends at once', async () => {
  const outcomes = await sendMany(20)
  expect(outcomes.every(({ type }) => type === 'sent')).toBe(true)
  expect(fetched()).toBe(1)
})

it('is fetched once for many replicas at once, and again by one of them before it expires', async () => {
  const replicas = [stage.app, stage.replica(), stage.replica()]
  await Promise.all(replicas.map((one) => sendMany(3, one)))
  expect(fetched()).toBe(1)
  stage.clock.move(2 * HOUR_MS - 60_000)
  await Promise.all(replicas.map((one) => sendMany(3, one)))
  expect(fetched()).toBe(2)
})

it('is renewed once when it is taken back in the middle of a batch', async () => {
  await sendMany(1)
  stage.platform.invalidateToken()
  const outcomes = await sendMany(10)
  expect(outcomes.every(({ type }) => type === 'sent')).toBe(true)
  expect(fetched()).toBe(2)
  expect(appBubbles(stage.world)).toHaveLength(11)
})

it('one that a replica has renewed is taken from the vault', async () => {
  const other = stage.replica()
  await Promise.all([sendMany(1), sendMany(1, other)])
  stage.platform.invalidateToken()
  await sendMany(1)
  await sendMany(1, other)
  expect(fetched()).toBe(2)
})

it('is not asked for again and again when it is refused again and again', async () => {
  stage.platform.faults.chance('token-dies', 1)
  expect(await stage.app.client.send(toLiaison(CARD))).toMatchObject({ type: 'retry-later' })
  expect([fetched(), stage.platform.calls('/cgi-bin/message/send')]).toEqual([2, 2])
})

it('a page in its place is no token, and nothing has left', async () => {
  stage.platform.faults.arm('html-page')
  expect(await stage.app.client.send(toLiaison(CARD))).toMatchObject({ type: 'retry-later' })
  expect(stage.platform.calls('/cgi-bin/message/send')).toBe(0)
})

it('is in no log', async () => {
  stage.platform.faults.arm('drop-response', 2)
  await sendMany(3)
  stage.platform.invalidateToken()
  await sendMany(2)
  expect(JSON.stringify(stage.lines)).not.toMatch(/access_token|corpsecret/)
})

it.each([82004, 81013, 99999])(
  'whatever else the platform answers instead of a token (%i), no message is given up',
  async (code) => {
    stage.platform.faults.refuse(code)
    const outcomes = await sendMany(3)
    expect(outcomes.map(({ type }) => type)).toEqual(['retry-later', 'retry-later', 'retry-later'])
    expect((await sendMany(1)).map(({ type }) => type)).toEqual(['sent'])
  },
)
