// Frames of every kind, tolerant of what is new in them and deaf to what is broken.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decode } from '../../../src/channels/wecom/decode.ts'
import type { Inbound } from '../../../src/core/message/types.ts'

const reader = { botName: '督办 助手', now: 5000 }
const common = { msgid: 'm1', aibotid: 'b', chattype: 'group', chatid: 'wrAbC', from: { userid: 'u1' } }

function frame(body: object, cmd = 'aibot_msg_callback'): object {
  return { cmd, headers: { req_id: 'r1' }, body: { ...common, create_time: 7, new_field: {}, ...body } }
}

function heard(raw: unknown): Inbound {
  const decoded = decode(raw, reader)
  if (decoded.type !== 'inbound') throw new Error(JSON.stringify(decoded))
  return decoded.inbound
}

const contentOf = (body: object) => heard(frame(body)).content

it('reads who, where, when and how to answer', () => {
  expect(heard(frame({ msgtype: 'text', text: { content: '@督办 助手 收到' } }))).toEqual({
    channel: 'wecom',
    messageId: 'm1',
    chat: { channel: 'wecom', kind: 'group', id: 'wrAbC' },
    sender: 'u1',
    sentAt: 7000,
    content: { type: 'text', text: '收到', media: [] },
    replyTo: { reqId: 'r1', kind: 'message', receivedAt: 5000 },
  })
  const direct = heard(
    frame({ chatid: undefined, chattype: 'single', msgtype: 'text', text: { content: ' a ' } }),
  )
  expect(direct.chat).toEqual({ channel: 'wecom', kind: 'direct', id: 'u1' })
  expect(direct.content).toMatchObject({ text: ' a ' })
})

it.each([
  ['@督办 助手\u2005完成80%', '完成80%'],
  ['  @督办 助手收到', '收到'],
  ['@督办 助手', ''],
  ['@督办 别人 收到', '@督办 别人 收到'],
  ['收到 @督办 助手', '收到 @督办 助手'],
])('strips the mention of the bot alone from %j', (content, text) => {
  expect(contentOf({ msgtype: 'text', text: { content } })).toMatchObject({ text })
})

it('reads words with pictures, and each kind of media', () => {
  const image = { url: 'https://x/1', aeskey: 'k' }
  const items = [
    { msgtype: 'text', text: { content: '@督办 助手 现场' } },
    { msgtype: 'image', image },
    { msgtype: 'text', text: { content: '两张' } },
    { msgtype: 'image', image: { url: 'https://x/2' } },
  ]
  expect(contentOf({ msgtype: 'mixed', mixed: { msg_item: items } })).toEqual({
    type: 'text',
    text: '现场\n两张',
    media: [
      { kind: 'image', ref: image },
      { kind: 'image', ref: { url: 'https://x/2' } },
    ],
  })
  for (const kind of ['image', 'file', 'video'])
    expect(contentOf({ msgtype: kind, [kind]: image })).toEqual({
      type: 'text',
      text: '',
      media: [{ kind, ref: image }],
    })
  expect(contentOf({ msgtype: 'voice', voice: { content: '完成了' } })).toMatchObject({
    text: '完成了',
    media: [],
  })
})

it('reads the words of a quote, and goes on without one that it cannot read', () => {
  const text = { content: '收到' }
  const quoted = (quote: object) => contentOf({ msgtype: 'text', text, quote })
  expect(quoted({ msgtype: 'text', text: { content: '#A7K2 请报' } })).toMatchObject({ quote: '#A7K2 请报' })
  expect(quoted({ msgtype: 'voice', voice: { content: '语音' } })).toMatchObject({ quote: '语音' })
  const mixed = { msg_item: [{ msgtype: 'text', text: { content: '图文' } }] }
  expect(quoted({ msgtype: 'mixed', mixed })).toMatchObject({ quote: '图文' })
  expect(quoted({ msgtype: 'image', image: { url: 'x' } })).not.toHaveProperty('quote')
  expect(quoted({ msgtype: 'text', text: 'no object' })).toMatchObject({ text: '收到' })
})

it('reads a press in both shapes, with a key of its own where the platform gives none', () => {
  const data = { event_key: 'done:t1', task_id: 'c1', card_type: 'button_interaction' }
  const shapes = [{ template_card_event: data }, data]
  for (const shape of shapes) {
    const body = { msgtype: 'event', event: { eventtype: 'template_card_event', ...shape } }
    const inbound = heard(frame(body, 'aibot_event_callback'))
    expect(inbound.content).toEqual({ type: 'click', card: 'c1', button: 'done:t1' })
    expect(inbound).toMatchObject({ messageId: 'm1', replyTo: { reqId: 'r1', kind: 'click' } })
    const nameless = heard(frame({ ...body, msgid: undefined }, 'aibot_event_callback'))
    expect(nameless.messageId).toBe('click:u1:7:c1:done:t1')
  }
})

it('knows an opened chat, and leaves other events alone', () => {
  const event = (eventtype: string) =>
    frame({ msgtype: 'event', event: { eventtype } }, 'aibot_event_callback')
  expect(heard(event('enter_chat')).content).toEqual({ type: 'entered' })
  expect(decode(event('feedback_event'), reader)).toEqual({ type: 'ignored', what: 'feedback_event' })
  const evicted = { headers: {}, body: { event: { eventtype: 'disconnected_event' } } }
  expect(decode(evicted, reader)).toEqual({ type: 'ignored', what: 'disconnected_event' })
})

it('passes on what it does not understand from somebody, so that he can be told', () => {
  expect(contentOf({ msgtype: 'location', location: {} })).toEqual({ type: 'unsupported', what: 'location' })
  expect(contentOf({ msgtype: 'text', text: {} })).toEqual({ type: 'unsupported', what: 'text' })
})

it('never throws, and never names content when a frame is unreadable', () => {
  const noSender = frame({ msgtype: 'text', text: { content: '机密' }, from: {} })
  expect(decode(noSender, reader)).toEqual({ type: 'unreadable', where: 'body.from.userid' })
  expect(decode(frame({ msgtype: 'text', msgid: undefined }), reader)).toMatchObject({ type: 'unreadable' })
  const pressedNothing = frame({ msgtype: 'event', event: { eventtype: 'template_card_event' } })
  expect(decode(pressedNothing, reader)).toMatchObject({ type: 'unreadable' })
  fc.assert(fc.property(fc.anything(), (raw) => decode(raw, reader).type === 'unreadable'))
})
