// Words, cards and clicks between the channel and the imitated platform, over real sockets.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Card } from '../../../src/core/message/types.ts'
import { botBubbles, GROUP, LIAISON, type Office, openOffice, outgoing, SILENT } from './office.ts'

const PROMPT: Card = {
  name: 'prompt',
  title: '请报送四月进度',
  fields: [{ label: '截止', value: '4月30日' }],
  text: '还没有收到贵市的进度。',
  buttons: [
    { key: 'done:t1', text: '已完成', style: 'primary' },
    { key: 'help:t1', text: '有困难', style: 'danger' },
  ],
}

let office: Office
beforeEach(async () => {
  office = await openOffice()
})
afterEach(() => office.stop())

it('hears a group mention without the name of the bot, and answers under it', async () => {
  const heard = office.next()
  await office.imitation.say(LIAISON, GROUP, { text: '已完成 3 个项目', mention: true })
  const inbound = await heard
  expect(inbound.content).toEqual({ type: 'text', text: '已完成 3 个项目', media: [] })
  expect(inbound.chat).toEqual({ channel: 'wecom', kind: 'group', id: GROUP })
  expect(inbound.sender).toBe(LIAISON)
  const answer = outgoing({ type: 'text', text: '收到' }, withReply(inbound.replyTo))
  expect(await office.channel.send(answer)).toEqual({ type: 'sent' })
  expect(botBubbles(office.world).map((bubble) => bubble.markdown)).toEqual(['收到'])
})

it('keeps the words of a direct chat as they are, with what was quoted', async () => {
  const card = outgoing({ type: 'card', card: PROMPT })
  await office.channel.send(card)
  const quote = botBubbles(office.world)[0]?.id ?? ''
  const heard = office.next()
  await office.imitation.say(LIAISON, LIAISON, { text: '@督办 助手 无变化', quote })
  const inbound = await heard
  expect(inbound.content).toMatchObject({
    text: '@督办 助手 无变化',
    quote: '请报送四月进度\n还没有收到贵市的进度。',
  })
  expect(inbound.chat).toEqual({ channel: 'wecom', kind: 'direct', id: LIAISON })
})

it('gives a redelivered message the same id', async () => {
  office.imitation.faults.arm('duplicate-callback')
  await office.imitation.say(LIAISON, LIAISON, { text: '收到' })
  await office.imitation.settled()
  expect(office.heard).toHaveLength(2)
  expect(office.heard[0]?.messageId).toBe(office.heard[1]?.messageId)
  expect(office.heard[0]?.replyTo?.reqId).not.toBe(office.heard[1]?.replyTo?.reqId)
})

it('survives a frame that is not JSON, and says so without its content', async () => {
  office.imitation.faults.arm('not-json')
  await office.imitation.say(LIAISON, LIAISON, { text: '收到' })
  await office.imitation.settled()
  expect(office.heard).toHaveLength(1)
  expect(office.lines.filter((line) => line.level === 'warn')).toHaveLength(1)
  expect(JSON.stringify(office.lines)).not.toContain('Gateway')
})

it('shows a card whose buttons come back with the click, and redraws it', async () => {
  const message = outgoing({ type: 'card', card: PROMPT })
  expect(await office.channel.send(message)).toEqual({ type: 'sent' })
  const bubble = botBubbles(office.world)[0]
  expect(bubble?.card).toMatchObject({
    id: message.id,
    title: PROMPT.title,
    text: PROMPT.text,
    fields: PROMPT.fields,
    buttons: PROMPT.buttons,
  })
  const heard = office.next()
  await office.imitation.click(LIAISON, bubble?.id ?? '', 'done:t1')
  const inbound = await heard
  expect(inbound.content).toEqual({ type: 'click', card: message.id, button: 'done:t1' })
  const closed: Card = { ...PROMPT, title: '已完成', buttons: [] }
  await office.channel.updateCard(message.id, closed, inbound.replyTo)
  expect(office.world.find(bubble?.id ?? '')?.card).toMatchObject({
    title: '已完成',
    buttons: [{ text: '已办理', disabled: true }],
  })
})

it('quietly leaves a card alone when its five seconds are over', async () => {
  const message = outgoing({ type: 'card', card: PROMPT })
  await office.channel.send(message)
  const bubble = botBubbles(office.world)[0]
  const heard = office.next()
  await office.imitation.click(LIAISON, bubble?.id ?? '', 'done:t1')
  const { replyTo } = await heard
  office.clock.move(6000)
  await office.channel.updateCard(message.id, { ...PROMPT, title: '已完成' }, replyTo)
  expect(office.world.find(bubble?.id ?? '')?.card?.title).toBe(PROMPT.title)
  expect(office.lines.filter((line) => line.level === 'warn')).toEqual([])
})

it('sends a card without buttons as a notice, or as words where it has nowhere to lead', async () => {
  const notice: Card = { ...PROMPT, buttons: [] }
  expect(await office.channel.send(outgoing({ type: 'card', card: notice }))).toEqual({ type: 'sent' })
  expect(botBubbles(office.world)[0]?.card?.title).toBe(PROMPT.title)
})

it('welcomes a person who opens the chat, though he has never spoken', async () => {
  const heard = office.next()
  await office.imitation.enter(SILENT)
  const inbound = await heard
  expect(inbound.content).toEqual({ type: 'entered' })
  const hello = outgoing({ type: 'text', text: '您好' }, { to: inbound.chat, ...withReply(inbound.replyTo) })
  expect(office.channel.isIdempotent(hello)).toBe(false)
  expect(await office.channel.send(hello)).toEqual({ type: 'sent' })
  office.clock.move(6000)
  const late = await office.channel.send({ ...hello, id: 'late' })
  expect(late).toMatchObject({ type: 'refused', code: '93006' })
})

it('fetches and decrypts a picture, until its link expires', async () => {
  const picture = Buffer.from('89504e470d0a1a0a00', 'hex')
  const heard = office.next()
  await office.imitation.say(LIAISON, GROUP, { text: '现场照片', images: [picture], mention: true })
  const { content } = await heard
  const media = content.type === 'text' ? content.media[0] : undefined
  if (!media) throw new Error('no media')
  const fetched = await office.channel.fetchMedia(media)
  expect(Buffer.from(fetched.bytes)).toEqual(picture)
  expect(fetched.name).toMatch(/^图片-.*\.png$/)
  office.clock.move(5 * 60_000 + 1)
  await expect(office.channel.fetchMedia(media)).rejects.toThrow('取不到')
})

const withReply = (replyTo: Office['heard'][number]['replyTo']) => (replyTo ? { replyTo } : {})
