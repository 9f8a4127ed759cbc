// What becomes of a send: each answer of the platform is one of the four outcomes, and a repeat never shows a second bubble.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { knownCodes } from '../../../src/channels/wecom/refusals.ts'
import type { Card, Outgoing, OutgoingContent, SendOutcome } from '../../../src/core/message/types.ts'
import { botBubbles, GROUP, LIAISON, type Office, openOffice, outgoing, START, until } from './office.ts'

const CARD: OutgoingContent = {
  type: 'card',
  card: {
    name: 'prompt',
    title: '请报送四月进度',
    fields: [],
    buttons: [{ key: 'k', text: '已完成', style: 'primary' }],
  },
}
const WORDS: OutgoingContent = { type: 'text', text: '收到' }
const REFUSED = new Set([
  40003, 40008, 40016, 40058, 40063, 42027, 42028, 42030, 42031, 42033, 42035, 42038, 42039, 42045, 44004,
  45002, 48002, 48006, 50003, 60011, 60111, 81012, 81013, 82004, 93006, 846605,
])
const LATER = new Set([-1, 6000, 45009, 45033, 846609])

let office: Office
beforeEach(async () => {
  office = await openOffice()
})
afterEach(() => office.stop())

it('knows an outcome for every code of its table', async () => {
  expect(new Set(knownCodes)).toEqual(new Set([...REFUSED, ...LATER]))
  for (const code of knownCodes) {
    await until(() => office.channel.isReady())
    office.imitation.faults.refuse(code)
    const outcome = await office.channel.send(outgoing(CARD))
    expect([code, outcome.type]).toEqual([code, REFUSED.has(code) ? 'refused' : 'retry-later'])
    if (outcome.type === 'refused') expect(outcome.cure).toMatch(/[\u4e00-\u9fff]{4}/)
  }
  expect(botBubbles(office.world)).toEqual([])
})

it('holds what it does not understand', async () => {
  office.imitation.faults.refuse(99_999)
  expect(await office.channel.send(outgoing(CARD))).toMatchObject({
    type: 'unknown',
    detail: expect.stringContaining('99999'),
  })
})

it('takes a used task_id for an arrived card, but not for arrived words', async () => {
  const message = outgoing(CARD)
  expect(office.channel.isIdempotent(message)).toBe(true)
  expect(await sendTwice(message)).toEqual([{ type: 'sent' }, { type: 'sent' }])
  expect(botBubbles(office.world)).toHaveLength(1)
  office.imitation.faults.refuse(42014)
  expect(await office.channel.send(outgoing(WORDS))).toMatchObject({ type: 'unknown' })
})

it('takes a finished stream for an arrived reply', async () => {
  const message = await reply(WORDS)
  expect(office.channel.isIdempotent(message)).toBe(true)
  expect(await sendTwice(message)).toEqual([{ type: 'sent' }, { type: 'sent' }])
  expect(botBubbles(office.world)).toHaveLength(1)
})

it('pushes words when there is nothing to reply to, and does not call that repeatable', async () => {
  const message = outgoing(WORDS)
  expect(office.channel.isIdempotent(message)).toBe(false)
  expect(await office.channel.send(message)).toEqual({ type: 'sent' })
  office.clock.move(24 * 3_600_000)
  expect(office.channel.isIdempotent({ ...message, replyTo: handle('gone') })).toBe(false)
})

it('pushes instead when the platform takes no answer any more', async () => {
  const message = outgoing(WORDS, { replyTo: handle('nobody-asked') })
  expect(await office.channel.send(message)).toEqual({ type: 'sent' })
  expect(botBubbles(office.world).map((bubble) => bubble.markdown)).toEqual(['收到'])
  expect(office.channel.isIdempotent(message)).toBe(true)
})

it('no longer calls a reply repeatable once it may have been pushed', async () => {
  const message = outgoing(WORDS, { replyTo: handle('nobody-asked') })
  office.imitation.faults.refuse(846605)
  office.imitation.faults.arm('cut-socket')
  expect(await office.channel.send(message)).toMatchObject({ type: 'unknown' })
  expect(office.channel.isIdempotent(message)).toBe(false)
})

it('does not know what became of a message whose socket was cut, and shows it once when repeated', async () => {
  for (const message of [outgoing(CARD), await reply(WORDS)]) {
    office.imitation.faults.arm('cut-socket')
    expect(await office.channel.send(message)).toMatchObject({ type: 'unknown' })
    expect(await office.channel.send(message)).toMatchObject({ type: 'retry-later' })
    await until(() => office.channel.isReady())
    expect(await office.channel.send(message)).toEqual({ type: 'sent' })
  }
  expect(botBubbles(office.world)).toHaveLength(2)
})

it('cannot speak first where nobody has spoken, nor to an id in the wrong case', async () => {
  for (const id of ['wrLudingGroup', GROUP.toLowerCase(), 'nobody']) {
    const outcome = await office.channel.send(outgoing(CARD, { to: { channel: 'wecom', kind: 'group', id } }))
    expect(outcome).toMatchObject({
      type: 'refused',
      code: '93006',
      cure: expect.stringContaining('先说一句话'),
    })
  }
  const direct = outgoing(CARD, { to: { channel: 'wecom', kind: 'direct', id: LIAISON } })
  expect(await office.channel.send(direct)).toEqual({ type: 'sent' })
})

it('waits for the next minute when it has spoken too often', async () => {
  office.clock.move(15_000)
  const outcomes: SendOutcome[] = []
  for (let count = 0; count < 31; count++) outcomes.push(await office.channel.send(outgoing(WORDS)))
  expect(outcomes.slice(0, 30).every((outcome) => outcome.type === 'sent')).toBe(true)
  const [last] = outcomes.slice(-1)
  expect(last).toMatchObject({ type: 'retry-later', afterMs: 60_000 - ((START + 15_000) % 60_000) })
  office.clock.move(60_000)
  expect(await office.channel.send(outgoing(WORDS))).toEqual({ type: 'sent' })
})

it('refuses an id that the platform could take for a used one', async () => {
  const outcome = await office.channel.send({ ...outgoing(CARD), id: '含汉字' })
  expect(outcome).toMatchObject({ type: 'refused', code: 'bad-id' })
  expect(botBubbles(office.world)).toEqual([])
})

it('sends a card without buttons as words when there is no page to lead to', async () => {
  const bare = await openOffice({ withoutUrl: true })
  const card: Card = {
    name: 'digest',
    title: '本周情况',
    fields: [{ label: '已报', value: '16' }],
    buttons: [],
  }
  const message = outgoing({ type: 'card', card })
  expect(bare.channel.isIdempotent(message)).toBe(false)
  expect(await bare.channel.send(message)).toEqual({ type: 'sent' })
  expect(botBubbles(bare.world)[0]?.markdown).toBe('**本周情况**\n已报：16')
  await bare.stop()
})

async function sendTwice(message: Outgoing): Promise<SendOutcome[]> {
  return [await office.channel.send(message), await office.channel.send(message)]
}

const handle = (reqId: string) => ({ reqId, kind: 'message', receivedAt: START })

async function reply(content: OutgoingContent): Promise<Outgoing> {
  const heard = office.next()
  await office.imitation.say(LIAISON, GROUP, { text: '进度', mention: true })
  const { replyTo } = await heard
  return outgoing(content, replyTo ? { replyTo } : {})
}
