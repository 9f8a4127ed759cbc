// The contract, refusals by class: each ends as one of the four outcomes, with a cure where a person can do something, and shows nothing twice.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SendOutcome } from '../../../src/core/message/types.ts'
import { CARD, kinds, kindsWith, message, type Stage, until } from './stage.ts'

const A_MINUTE_MS = 61_000
const HAN = /[\u4e00-\u9fff]{4}/

let stage: Stage

function expectCure(outcome: SendOutcome): void {
  expect(outcome).toMatchObject({ type: 'refused', code: expect.stringMatching(/./) })
  expect(outcome.type === 'refused' && outcome.cure).toMatch(HAN)
}

/** Sends it until it is taken, as the product does. */
async function insist(card: ReturnType<typeof message>): Promise<SendOutcome> {
  for (let times = 0; times < 20; times++) {
    await until(() => stage.channel.isReady())
    const outcome = await stage.channel.send(card)
    if (outcome.type === 'sent') return outcome
    stage.pass(A_MINUTE_MS)
  }
  throw new Error('never taken')
}

describe.each(kinds)('$name', ({ open }) => {
  beforeEach(async () => {
    stage = await open()
    await until(() => stage.channel.isReady())
  })
  afterEach(() => stage.stop())

  it('too fast: says when to try again, and is taken then', async () => {
    const card = message(stage.person, CARD)
    stage.trouble('too-fast')
    const outcome = await stage.channel.send(card)
    expect(outcome).toMatchObject({ type: 'retry-later', detail: expect.stringMatching(HAN) })
    expect(outcome.type === 'retry-later' && outcome.afterMs).toBeGreaterThan(0)
    expect(stage.seen(stage.person)).toEqual([])
    await insist(card)
    expect(stage.seen(stage.person)).toHaveLength(1)
  })

  it('words refused: says what to do, and shows nothing', async () => {
    stage.trouble('words-refused')
    expectCure(await stage.channel.send(message(stage.person, CARD)))
    expect(stage.seen(stage.person)).toEqual([])
  })

  it('token dead: renews what opens the door, and is taken', async () => {
    await insist(message(stage.person, CARD))
    stage.trouble('token-dead')
    const card = message(stage.person, CARD)
    expect(['sent', 'retry-later']).toContain((await stage.channel.send(card)).type)
    await insist(card)
    expect(stage.seen(stage.person)).toHaveLength(2)
  })

  it('answer lost: does not know, and shows it once when it is sent again', async () => {
    await insist(message(stage.person, CARD))
    const card = message(stage.person, CARD)
    stage.trouble('answer-lost')
    expect(await stage.channel.send(card)).toMatchObject({
      type: 'unknown',
      detail: expect.stringMatching(HAN),
    })
    await insist(card)
    expect(stage.seen(stage.person)).toHaveLength(2)
  })

  it('a code that nobody has heard of: does not know, and names it', async () => {
    await insist(message(stage.person, CARD))
    stage.trouble('unheard-of-code')
    expect(await stage.channel.send(message(stage.person, CARD))).toMatchObject({
      type: 'unknown',
      detail: expect.stringMatching(/99999|brand\.new\.code/),
    })
  })

  it('server down: tries again later, and never throws', async () => {
    await insist(message(stage.person, CARD))
    await stage.shutDown()
    const card = message(stage.person, CARD)
    // What was under way when the line broke may be lost; from then on it is known that nothing leaves.
    await until(async () => (await stage.channel.send(card)).type === 'retry-later')
  })

  it('a person who is gone: says what to do', async () => {
    expectCure(await stage.channel.send(message(stage.gone(), CARD)))
  })
})

describe.each(kindsWith('group'))('$name in a group', ({ open }) => {
  it('a group that does not let it speak: says what to do', async () => {
    stage = await open()
    await until(() => stage.channel.isReady())
    const group = stage.closedGroup?.()
    if (!group) throw new Error('no group')
    expectCure(await stage.channel.send(message(group, CARD)))
    expect(stage.seen(group)).toEqual([])
    await stage.stop()
  })
})
