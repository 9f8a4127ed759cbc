// Acknowledgements that come late or never. The SDK waits its fixed 5 s, so the tests of this file wait side by side.
import { expect, it } from 'vitest'
import { botBubbles, GROUP, LIAISON, type Office, openOffice, outgoing } from './office.ts'

const card = {
  name: 'prompt',
  title: '请报送',
  fields: [],
  buttons: [{ key: 'k', text: '好', style: 'primary' }],
} as const

async function heardHandle(office: Office) {
  const heard = office.next()
  await office.imitation.say(LIAISON, GROUP, { text: '进度', mention: true })
  const { replyTo } = await heard
  return replyTo ? { replyTo } : {}
}

it.concurrent('calls an unacknowledged card and reply unknown; repeated, each is on the phone once', async () => {
  const office = await openOffice()
  const messages = [
    outgoing({ type: 'card', card }),
    outgoing({ type: 'text', text: '收到' }, await heardHandle(office)),
  ]
  office.imitation.faults.arm('drop-ack', 2)
  const outcomes = await Promise.all(messages.map((message) => office.channel.send(message)))
  expect(outcomes.map((outcome) => outcome.type)).toEqual(['unknown', 'unknown'])
  for (const message of messages) expect(await office.channel.send(message)).toEqual({ type: 'sent' })
  expect(botBubbles(office.world)).toHaveLength(2)
  await office.stop()
})

it.concurrent('does not take the late acknowledgement of one reply for that of the next', async () => {
  const office = await openOffice({ imitation: { timing: { ackDelayMs: 5500 } } })
  const replyTo = await heardHandle(office)
  const [first, second] = ['一', '二'].map((text) => outgoing({ type: 'text', text }, replyTo))
  if (!first || !second) throw new Error('two messages')
  office.imitation.faults.arm('delay-ack')
  const sending = office.channel.send(first)
  expect(await office.channel.send(second)).toMatchObject({ type: 'retry-later' })
  expect(await sending).toMatchObject({ type: 'unknown' })
  expect(await office.channel.send(second)).toMatchObject({ type: 'retry-later' })
  expect(await office.channel.send(first)).toEqual({ type: 'sent' })
  expect(botBubbles(office.world)).toHaveLength(1)
  await office.stop()
})
