// The box of faults and the switches that the page makes of it: drawn from a seed, counted, and off when they are off.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DingtalkImitation, startDingtalkImitation } from '../../src/sandbox/dingtalk/index.ts'
import { createFaultBox } from '../../src/sandbox/faults.ts'
import { createFaultDesk } from '../../src/sandbox/mishaps.ts'
import { startWecomImitation, type WecomImitation } from '../../src/sandbox/wecom/index.ts'
import { createWorld } from '../../src/sandbox/world.ts'
import { APP } from '../channels/wecom/app/stage.ts'

const OCCASIONS = 1_000

describe('the box', () => {
  const day = (seed: number): string => {
    const box = createFaultBox<'drop', number>(seed, { drop: 0.3 })
    box.refuseAtRandom(45009, 0.1)
    return Array.from({ length: OCCASIONS }, () => `${box.strikes('drop')} ${box.refusal()}`).join()
  }

  it('gives the same day for the same seed, and another for another', () => {
    expect(day(7)).toBe(day(7))
    expect(day(7)).not.toBe(day(8))
  })

  it('strikes about as often as it was told, counts it, and stops when it is off', () => {
    const box = createFaultBox<'drop', number>(1)
    expect(box.strikes('drop') || box.refusal() !== undefined).toBe(false)
    box.chance('drop', 0.3)
    box.refuseAtRandom(45009, 0.1)
    let [drops, refusals] = [0, 0]
    for (let count = 0; count < OCCASIONS; count++) {
      if (box.strikes('drop')) drops++
      if (box.refusal() === 45009) refusals++
    }
    expect([box.struck('drop'), box.struck(45009)]).toEqual([drops, refusals])
    expect(drops).toBeGreaterThan(200)
    expect(drops).toBeLessThan(400)
    expect(refusals).toBeGreaterThan(50)
    expect(refusals).toBeLessThan(150)
    box.chance('drop', 0)
    box.refuseAtRandom(45009, 0)
    for (let count = 0; count < OCCASIONS; count++) box.strikes('drop') || box.refusal()
    expect([box.struck('drop'), box.struck(45009)]).toEqual([drops, refusals])
  })

  it('refuses for certain what was ordered, before what comes by chance', () => {
    const box = createFaultBox<'drop', number>(1)
    box.refuseAtRandom(45009, 1)
    box.refuse(82004, 2)
    expect([box.refusal(), box.refusal(), box.refusal()]).toEqual([82004, 82004, 45009])
  })
})

describe('the switches', () => {
  let wecom: WecomImitation
  let dingtalk: DingtalkImitation
  beforeEach(async () => {
    const shared = {
      world: createWorld({ personas: [], chats: [] }),
      clock: { now: () => 0 },
      botName: '督办助手',
    }
    wecom = await startWecomImitation({ ...shared, botId: 'bot', secret: 'secret', app: APP })
    dingtalk = await startDingtalkImitation({
      ...shared,
      ...{
        clientId: 'client',
        clientSecret: 'secret',
        robotCode: 'client',
        corpId: 'corp',
        cardTemplates: {},
      },
    })
  })
  afterEach(async () => {
    await wecom.close()
    await dingtalk.close()
  })

  it('are all off at first, each with its own name in its place', () => {
    const switches = createFaultDesk({ wecom, dingtalk }, 7).switches()
    expect(new Set(switches.map(({ place }) => place))).toEqual(
      new Set(['企业微信机器人', '企业微信应用', '钉钉']),
    )
    expect(new Set(switches.map(({ place, name }) => `${place} ${name}`)).size).toBe(switches.length)
    expect(switches.filter(({ on, struck }) => on || struck > 0)).toEqual([])
  })

  it('each act on the platform, and on nothing once they are off again', async () => {
    const desk = createFaultDesk({ wecom, dingtalk }, 7)
    const ask = () =>
      fetch(`${dingtalk.base}/v1.0/robot/oToMessages/batchSend`, { method: 'POST', body: '{}' }).then(
        (answer) => answer.text(),
        () => 'cut',
      )
    const struck = (): number => desk.switches().find(({ id }) => id === '钉钉/html-page')?.struck ?? 0
    expect(desk.turn('钉钉/html-page', true)).toBe(true)
    for (let times = 0; times < 60; times++) await ask()
    const before = struck()
    expect(before).toBeGreaterThan(0)
    expect(desk.turn('钉钉/html-page', false)).toBe(true)
    for (let times = 0; times < 20; times++) expect(await ask()).not.toContain('<html')
    expect(struck()).toBe(before)
    expect(desk.turn('no such switch', true)).toBe(false)
  })
})
