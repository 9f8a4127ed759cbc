// What people do in the imitated office, as frames that reach the bot, and as pictures on their phones.
import { createDecipheriv } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { encrypt } from '../../../src/sandbox/wecom/media.ts'
import { buttonCard, cardTo, GROUP, LIAISON, openStage, SILENT, START, type Stage } from './stage.ts'

const PNG = Buffer.from('89504e470d0a1a0a', 'hex')

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

it('carries a group mention as plain words at the front', async () => {
  expect(await stage.imitation.say(LIAISON, GROUP, { text: '收到', mention: true })).toEqual({
    reached: true,
  })
  const { cmd, headers, body } = await stage.client.callback()
  expect(cmd).toBe('aibot_msg_callback')
  expect(body).toMatchObject({
    aibotid: 'bot-1',
    chattype: 'group',
    chatid: GROUP,
    from: { userid: LIAISON },
    create_time: START / 1000,
    msgtype: 'text',
    text: { content: '@督办助手 收到' },
    response_url: expect.stringContaining('response_code='),
  })
  expect(headers.req_id).not.toBe('')
  expect(stage.world.bubbles()).toMatchObject([
    { from: LIAISON, chat: GROUP, text: '@督办助手 收到', at: START },
  ])
})

it('shows in the group what the bot does not hear', async () => {
  expect(await stage.imitation.say(LIAISON, GROUP, { text: '大家好' })).toMatchObject({ reached: false })
  expect(await stage.imitation.say(LIAISON, GROUP, { text: '', images: [PNG] })).toMatchObject({
    reached: false,
  })
  await stage.imitation.settled()
  expect(stage.client.frames.filter((frame) => frame.cmd)).toEqual([])
  expect(stage.world.bubbles()).toHaveLength(2)
  expect(stage.world.bubbles()[1]?.images?.[0]).toMatch(/^data:image\/png;base64,/)
})

it('has no chatid in a direct chat, and a picture alone is an image', async () => {
  await stage.imitation.say(LIAISON, LIAISON, { text: '', images: [PNG] })
  const { body } = await stage.client.callback()
  expect(body).toMatchObject({ chattype: 'single', msgtype: 'image' })
  expect(body).not.toHaveProperty('chatid')
  await stage.imitation.say(LIAISON, LIAISON, { text: '两张', images: [PNG, PNG] })
  const mixed = (await stage.client.callback()).body?.mixed as { msg_item: { msgtype: string }[] }
  expect(mixed.msg_item.map((item) => item.msgtype)).toEqual(['text', 'image', 'image'])
})

it('serves a picture as ciphertext under a key of its own for five minutes', async () => {
  await stage.imitation.say(LIAISON, LIAISON, { text: '', images: [PNG] })
  const image = (await stage.client.callback()).body?.image as { url: string; aeskey: string }
  expect(image.aeskey).not.toContain('=')
  const response = await fetch(image.url)
  const ciphertext = Buffer.from(await response.arrayBuffer())
  expect(ciphertext.length % 32).toBe(0)
  const key = Buffer.from(image.aeskey, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(ciphertext), decipher.final()])
  expect(padded.subarray(0, PNG.length)).toEqual(PNG)
  expect(padded.at(-1)).toBe(32 - PNG.length)
  expect(response.headers.get('content-disposition')).toContain('filename')
  stage.clock.move(5 * 60_000 + 1)
  expect((await fetch(image.url)).status).toBe(403)
  expect((await fetch(new URL('/media/none', image.url))).status).toBe(404)
})

it('encrypts the known vector', () => {
  const key = Buffer.from('0123456789abcdefghijklmnopqrstuv')
  expect(encrypt(Buffer.from('hello media'), key).toString('hex')).toBe(
    '3918da88d493eb929041ed630ec849a723da80f99853da4b20f889482a524b1e',
  )
})

it('quotes content only', async () => {
  await stage.client.ask('aibot_send_msg', cardTo(GROUP, buttonCard({ sub_title_text: '尚未报送' })))
  const card = stage.world.bubbles()[0]?.id ?? ''
  await stage.imitation.say(LIAISON, GROUP, { text: '已报', mention: true, quote: card })
  expect((await stage.client.callback()).body?.quote).toEqual({
    msgtype: 'text',
    text: { content: '请报送四月进度\n尚未报送' },
  })
  await stage.imitation.say(LIAISON, LIAISON, { text: '', images: [PNG] })
  const picture = stage.world.bubbles().at(-1)?.id ?? ''
  await stage.client.callback()
  await stage.imitation.say(LIAISON, LIAISON, { text: '见图', quote: picture })
  expect((await stage.client.callback()).body?.quote).toMatchObject({ msgtype: 'image' })
})

it('delivers a press once, with the key and the task_id under the name of the event', async () => {
  stage.imitation.faults.chance('duplicate-callback', 1)
  await stage.client.ask('aibot_send_msg', cardTo(GROUP, buttonCard()))
  const bubble = stage.world.bubbles()[0]?.id ?? ''
  expect(await stage.imitation.click(LIAISON, bubble, 'done')).toEqual({ reached: true })
  await stage.imitation.settled()
  const events = stage.client.frames.filter((frame) => frame.cmd === 'aibot_event_callback')
  expect(events).toHaveLength(1)
  expect(events[0]?.body).toMatchObject({
    chatid: GROUP,
    from: { userid: LIAISON },
    msgtype: 'event',
    event: {
      eventtype: 'template_card_event',
      template_card_event: { card_type: 'button_interaction', event_key: 'done', task_id: 'task-1' },
    },
  })
  expect(await stage.imitation.click(SILENT, bubble, 'done')).toMatchObject({ reached: false })
  expect(await stage.imitation.click(LIAISON, bubble, 'other')).toMatchObject({ reached: false })
  expect(await stage.imitation.click(LIAISON, 'no-bubble', 'done')).toMatchObject({ reached: false })
})

it('tells of an opened chat once a day by the wall clock of Shanghai', async () => {
  expect(await stage.imitation.enter(SILENT)).toEqual({ reached: true })
  expect((await stage.client.callback()).body?.event?.eventtype).toBe('enter_chat')
  stage.clock.move(14 * 3_600_000)
  expect(await stage.imitation.enter(SILENT)).toMatchObject({ reached: false })
  expect(await stage.imitation.enter(LIAISON)).toEqual({ reached: true })
  stage.clock.move(3_600_000)
  expect(await stage.imitation.enter(SILENT)).toEqual({ reached: true })
  expect(await stage.imitation.enter('nobody')).toMatchObject({ reached: false })
})

it('lets nobody speak where he does not belong', async () => {
  expect(await stage.imitation.say(SILENT, GROUP, { text: '收到', mention: true })).toMatchObject({
    reached: false,
  })
  expect(await stage.imitation.say(SILENT, 'nowhere', { text: '收到' })).toMatchObject({ reached: false })
  expect(stage.world.bubbles()).toEqual([])
})
