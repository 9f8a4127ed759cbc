// The contract, out: whatever the product says arrives as it was meant, once, in order, on every platform.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Address } from '../../../src/core/message/types.ts'
import { CARD, kinds, kindsWith, message, type Stage, shownWords, until, words } from './stage.ts'

let stage: Stage

async function send(...given: Parameters<typeof message>): Promise<void> {
  expect(await stage.channel.send(message(...given))).toMatchObject({ type: 'sent' })
}

const groupOf = ({ group }: Stage): Address => group ?? { channel: 'wecom', kind: 'group', id: 'none' }

describe.each(kinds)('$name', ({ open }) => {
  beforeEach(async () => {
    stage = await open()
    await until(() => stage.channel.isReady())
  })
  afterEach(() => stage.stop())

  it('says words to a person, two messages in their order', async () => {
    await send(stage.person, words('第一条'))
    await send(stage.person, words('第二条'))
    expect(stage.seen(stage.person).map(shownWords)).toEqual(['第一条', '第二条'])
  })

  it('shows a card with its title, fields, text and buttons', async () => {
    await send(stage.person, CARD)
    const [bubble, ...others] = stage.seen(stage.person)
    expect(others).toEqual([])
    for (const part of ['请报送四月进度', '截止', '4月30日', '还没有收到贵市的进度'])
      expect(bubble && shownWords(bubble)).toContain(part)
    expect(bubble?.card?.buttons.map(({ key, text }) => [key, text])).toEqual([
      ['done:t1', '已报送'],
      ['ack:t1', '收到'],
    ])
  })

  it('shows a card that only informs', async () => {
    await send(stage.person, { type: 'card', card: { ...CARD.card, buttons: [] } })
    const [bubble, ...others] = stage.seen(stage.person)
    expect(others).toEqual([])
    expect(bubble && shownWords(bubble)).toContain('请报送四月进度')
    expect(bubble?.card?.buttons ?? []).toEqual([])
  })

  it('shows where a card leads', async () => {
    const link = { text: '填写', url: 'https://duban.example/m/t1' }
    await send(stage.person, { type: 'card', card: { ...CARD.card, link } })
    expect(JSON.stringify(stage.seen(stage.person))).toContain(link.url)
  })

  it('says a long text without losing its beginning or breaking a character', async () => {
    const text = Array.from({ length: 400 }, (_, index) => `${index}、康定市👨‍👩‍👧‍👦报送进度。`).join('\n')
    await send(stage.person, words(text))
    const shown = stage.seen(stage.person).map(shownWords).join('\n')
    expect(shown.startsWith(text.slice(0, 500))).toBe(true)
    expect(shown).not.toMatch(/\p{Surrogate}|\uFFFD/u)
  })

  it('shows a card once, however often it is sent under its id', async () => {
    const card = message(stage.person, CARD)
    expect(stage.channel.isIdempotent(card)).toBe(true)
    for (let times = 0; times < 3; times++)
      expect(await stage.channel.send(card)).toMatchObject({ type: 'sent' })
    expect(stage.seen(stage.person)).toHaveLength(1)
  })

  it('answers what was said, in the same chat', async () => {
    await stage.say(stage.person, { text: '什么时候截止' })
    await until(() => stage.heard.length === 1)
    const [inbound] = stage.heard
    if (!inbound) throw new Error('not heard')
    await send(inbound.chat, words('4月30日'), inbound.replyTo)
    expect(stage.seen(stage.person).map(shownWords)).toEqual(['4月30日'])
  })

  it('redraws a card that was pressed', async () => {
    const card = message(stage.person, CARD)
    await stage.channel.send(card)
    const bubble = stage.seen(stage.person)[0]?.id ?? ''
    await stage.press(bubble, 'done:t1')
    await until(() => stage.heard.length === 1)
    const [pressed] = stage.heard
    expect(pressed?.content).toEqual({ type: 'click', card: card.id, button: 'done:t1' })
    await stage.channel.updateCard(
      card.id,
      { ...CARD.card, title: '康定市已报送', buttons: [] },
      pressed?.replyTo,
    )
    expect(stage.seen(stage.person).map((one) => one.card?.title)).toEqual(['康定市已报送'])
  })
})

describe.each(kindsWith('group'))('$name in a group', ({ open }) => {
  beforeEach(async () => {
    stage = await open()
    await until(() => stage.channel.isReady())
  })
  afterEach(() => stage.stop())

  it('shows a card that mentions somebody', async () => {
    const mentions = [stage.person.id]
    await send(groupOf(stage), { type: 'card', card: { ...CARD.card, mentions } })
    const [bubble, ...others] = stage.seen(groupOf(stage))
    expect(others).toEqual([])
    expect(bubble && shownWords(bubble)).toContain('请报送四月进度')
  })

  it('says to the group what belongs there, and nothing to its members', async () => {
    await send(groupOf(stage), words('各位好'))
    expect(stage.seen(groupOf(stage)).map(shownWords)).toEqual(['各位好'])
    expect(stage.seen(stage.person)).toEqual([])
  })
})
