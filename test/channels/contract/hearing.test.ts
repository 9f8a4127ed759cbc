// The contract, in: whatever people do reaches the product whole, under an id that a repeat shares.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Inbound } from '../../../src/core/message/types.ts'
import { type Ability, CARD, type Kind, kinds, kindsWith, message, type Stage, until } from './stage.ts'

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])

let stage: Stage

/** What is heard next, after this. */
async function after(act: () => Promise<unknown> | undefined): Promise<Inbound> {
  const before = stage.heard.length
  await act()
  await until(() => stage.heard.length > before)
  const inbound = stage.heard[before]
  if (!inbound) throw new Error('not heard')
  return inbound
}

function onEach(which: readonly Kind[], title: string, tests: () => void): void {
  describe.each(which)(`$name ${title}`, ({ open }) => {
    beforeEach(async () => {
      stage = await open()
      await until(() => stage.channel.isReady())
    })
    afterEach(() => stage.stop())
    tests()
  })
}
const onEachWith = (ability: Ability, tests: () => void): void =>
  onEach(kindsWith(ability), `(${ability})`, tests)

onEach(kinds, 'hears', () => {
  it('words, who said them and where', async () => {
    const inbound = await after(() => stage.say(stage.person, { text: '本月完成投资320万' }))
    expect(inbound).toMatchObject({
      channel: stage.person.channel,
      chat: stage.person,
      sender: stage.person.id,
      content: { type: 'text', text: '本月完成投资320万', media: [] },
    })
    expect(inbound.messageId).not.toBe('')
  })

  it('a picture, byte for byte', async () => {
    const { content } = await after(() => stage.say(stage.person, { text: '', images: [PNG] }))
    if (content.type !== 'text' || !content.media[0]) throw new Error('no picture')
    expect(content.media[0].kind).toBe('image')
    const { bytes } = await stage.channel.fetchMedia(content.media[0])
    expect([...bytes]).toEqual([...PNG])
  })

  it('which button of which card was pressed, by whom', async () => {
    const card = message(stage.person, CARD)
    await stage.channel.send(card)
    const bubble = stage.seen(stage.person)[0]?.id ?? ''
    const inbound = await after(() => stage.press(bubble, 'ack:t1'))
    expect(inbound).toMatchObject({
      chat: stage.person,
      sender: stage.person.id,
      content: { type: 'click', card: card.id, button: 'ack:t1' },
    })
  })

  it('a message that is pushed twice under one id, and two messages under two', async () => {
    await after(() => stage.say(stage.person, { text: '收到' }))
    await after(() => stage.say(stage.person, { text: '收到' }))
    stage.repeatPushes()
    await stage.say(stage.person, { text: '已报送' })
    await until(() => stage.heard.length === 4)
    const ids = stage.heard.map(({ messageId }) => messageId)
    expect(new Set(ids).size).toBe(3)
    expect(ids[2]).toBe(ids[3])
  })
})

onEachWith('group', () => {
  it('hears a mention without the name of the bot, and nothing else', async () => {
    const { group } = stage
    if (!group) throw new Error('no group')
    expect(await stage.say(group, { text: '今天开会' })).toMatchObject({ reached: false })
    const inbound = await after(() => stage.say(group, { text: '已报送', mention: true }))
    expect(inbound).toMatchObject({ chat: group, sender: stage.person.id, content: { text: '已报送' } })
    expect(stage.heard).toHaveLength(1)
  })
})

onEachWith('quote', () => {
  it('hears what was quoted', async () => {
    await stage.channel.send(message(stage.person, CARD))
    const quote = stage.seen(stage.person)[0]?.id ?? ''
    const { content } = await after(() => stage.say(stage.person, { text: '无变化', quote }))
    expect(content).toMatchObject({ type: 'text', text: '无变化' })
    expect(content.type === 'text' && content.quote).toContain('请报送四月进度')
  })
})

onEachWith('file', () => {
  it('hears of a file', async () => {
    const { content } = await after(() => stage.sendFile?.())
    expect(content).toMatchObject({ type: 'text', text: '', media: [{ kind: 'file' }] })
  })
})

onEachWith('other-kinds', () => {
  it('says what it can do nothing with', async () => {
    const { content } = await after(() => stage.sendOther?.())
    expect(content).toMatchObject({ type: 'unsupported', what: expect.stringMatching(/./) })
  })
})

onEachWith('entered', () => {
  it('hears that the chat was opened', async () => {
    const inbound = await after(() => stage.enter?.())
    expect(inbound).toMatchObject({
      chat: stage.person,
      sender: stage.person.id,
      content: { type: 'entered' },
    })
  })
})

onEachWith('outsiders', () => {
  it('hears somebody of another organisation without taking him for anybody', async () => {
    const inbound = await after(() => stage.sayAsOutsider?.())
    expect(inbound.sender).toBeUndefined()
    expect(inbound.content).toMatchObject({ type: 'text', text: '我来说两句' })
  })
})
