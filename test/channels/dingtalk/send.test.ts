// Sending: cards, texts and pictures through the real client to the imitation, and what comes of each.
import { describe, expect, test } from 'vitest'
import {
  CARD,
  cardTo,
  direct,
  GROUP,
  group,
  HEAD,
  LIAISON,
  OUTSIDER,
  START,
  startPair,
  textTo,
} from './support.ts'

describe('cards with a template', () => {
  test('show rows, words and buttons in a group, with the mentioned', async () => {
    await using pair = await startPair()
    const message = cardTo(group, { ...CARD, mentions: [LIAISON] })
    expect(await pair.channel.send(message)).toMatchObject({ type: 'sent', platformId: expect.any(String) })
    const { name: _, ...drawn } = CARD
    expect(pair.world.bubbles()).toMatchObject([
      { chat: GROUP, from: 'bot', at: START, mentions: [LIAISON], card: { id: message.id, ...drawn } },
    ])
  })

  test('the same message again is one bubble and sent both times', async () => {
    await using pair = await startPair()
    const message = cardTo(direct(LIAISON))
    expect(await pair.channel.send(message)).toMatchObject({ type: 'sent' })
    expect(await pair.channel.send(message)).toMatchObject({ type: 'sent' })
    expect(pair.world.bubbles()).toHaveLength(1)
    expect(pair.channel.isIdempotent(message)).toBe(true)
  })

  test('an answer that got lost is unknown, and the repeat finds the card there', async () => {
    await using pair = await startPair()
    const message = cardTo(direct(LIAISON))
    pair.platform.faults.arm('drop-response')
    expect(await pair.channel.send(message)).toMatchObject({ type: 'unknown' })
    expect(pair.log.filter(({ level }) => level === 'error')).toHaveLength(1)
    expect(await pair.channel.send(message)).toMatchObject({ type: 'sent' })
    expect(pair.world.bubbles()).toHaveLength(1)
  })

  test('a space that gets nothing is a refusal although the answer was 200', async () => {
    await using pair = await startPair()
    for (const to of [direct('nobody'), { ...group, id: GROUP.toLowerCase() }]) {
      expect(await pair.channel.send(cardTo(to))).toMatchObject({
        type: 'refused',
        code: 'card.notDelivered',
        detail: expect.stringContaining('spaceId is illegal'),
      })
    }
    expect(pair.world.bubbles()).toEqual([])
  })

  test('a long text loses nothing up to three values, and rows give way before their labels', async () => {
    await using pair = await startPair()
    const text = Array.from(
      { length: 24 },
      (_, index) => `${index}、康定市经信局应于四月二十五日前报送自查清单`,
    ).join('\n')
    const fields = Array.from({ length: 6 }, (_, index) => ({
      label: `栏目${index}`,
      value: '很长的内容'.repeat(60),
    }))
    await pair.channel.send(cardTo(group, { ...CARD, text, fields }))
    const shown = pair.world.bubbles()[0]?.card
    expect(shown?.text).toBe(text)
    expect(shown?.fields.map(({ label }) => label)).toEqual(fields.map(({ label }) => label))
    expect(shown?.fields.every(({ value }) => value.endsWith('…'))).toBe(true)
  })

  test('an id that the platform could not take is refused before it leaves', async () => {
    await using pair = await startPair()
    expect(await pair.channel.send(cardTo(group, CARD, 'x'.repeat(101)))).toMatchObject({ type: 'refused' })
    expect(pair.platform.calls().map(({ api }) => api)).toEqual(['POST /v1.0/gateway/connections/open'])
  })

  test('redrawing a card that does not exist is said in the log and nowhere else', async () => {
    await using pair = await startPair()
    await pair.channel.updateCard('never-sent', CARD, undefined)
    expect(pair.log.at(-1)).toMatchObject({
      level: 'warn',
      fields: { outcome: { code: 'param.cardNotExist' } },
    })
  })

  test('updates of one card keep their order', async () => {
    await using pair = await startPair()
    const message = cardTo(group)
    await pair.channel.send(message)
    const titles = Array.from({ length: 10 }, (_, index) => `第${index}版`)
    await Promise.all(
      titles.map((title) => pair.channel.updateCard(message.id, { ...CARD, title }, undefined)),
    )
    expect(pair.world.bubbles()[0]?.card?.title).toBe('第9版')
  })
})

describe('without a template', () => {
  const plain = { config: { cardTemplates: {} } }

  test('a card becomes markdown that says what to answer', async () => {
    await using pair = await startPair(plain)
    const message = cardTo(direct(LIAISON))
    expect(await pair.channel.send(message)).toMatchObject({ type: 'sent' })
    expect(pair.channel.isIdempotent(message)).toBe(false)
    const markdown = pair.world.bubbles()[0]?.markdown
    expect(markdown).toContain('### 4月25日前报送自查清单')
    expect(markdown).toContain('**责任单位**：康定市经信局')
    expect(markdown).toContain('回复“收到”或“无变化”')
  })

  test('a mention goes by the session webhook while that lives, and without the mention afterwards', async () => {
    await using pair = await startPair(plain)
    await pair.platform.say(LIAISON, GROUP, { text: '收到', mention: true })
    const replyTo = pair.received[0]?.replyTo ?? {}
    const message = { ...cardTo(group, { ...CARD, mentions: [LIAISON] }), replyTo }
    await pair.channel.send(message)
    pair.clock.at += 86 * 60_000
    await pair.channel.send(message)
    expect(
      pair.world
        .bubbles()
        .slice(1)
        .map(({ mentions }) => mentions),
    ).toEqual([[LIAISON], undefined])
  })

  test('a session that ended early falls back to the API', async () => {
    await using pair = await startPair(plain)
    const replyTo = {
      sessionWebhook: `${pair.platform.base}/robot/sendBySession?session=gone`,
      expiresAt: START + 5_400_000,
    }
    expect(
      await pair.channel.send({ ...cardTo(group, { ...CARD, mentions: [LIAISON] }), replyTo }),
    ).toMatchObject({ type: 'sent' })
    expect(pair.world.bubbles()).toHaveLength(1)
  })

  test('a webhook of another host is never called', async () => {
    await using pair = await startPair(plain)
    const replyTo = {
      sessionWebhook: 'http://127.0.0.1:9/robot/sendBySession?session=x',
      expiresAt: START + 5_400_000,
    }
    expect(
      await pair.channel.send({ ...cardTo(group, { ...CARD, mentions: [LIAISON] }), replyTo }),
    ).toMatchObject({ type: 'sent' })
  })
})

describe('text', () => {
  test('goes to a group and to a person by the API', async () => {
    await using pair = await startPair()
    await pair.channel.send(textTo(group, '各位好'))
    await pair.channel.send(textTo(direct(HEAD), '您好'))
    expect(pair.world.bubbles()).toMatchObject([
      { chat: GROUP, text: '各位好' },
      { chat: HEAD, text: '您好' },
    ])
    expect(pair.channel.isIdempotent(textTo(group, ''))).toBe(false)
  })

  test('of any length is cut to what the platform takes', async () => {
    await using pair = await startPair()
    expect(await pair.channel.send(textTo(group, '"很长"\n'.repeat(20_000)))).toMatchObject({ type: 'sent' })
    expect(pair.world.bubbles()[0]?.text?.endsWith('…')).toBe(true)
  })

  test('a person who can not be written to', async () => {
    await using pair = await startPair()
    pair.platform.flowControl(HEAD)
    expect(await pair.channel.send(textTo(direct('nobody'), '您好'))).toMatchObject({
      type: 'refused',
      code: 'invalidStaffId',
    })
    expect(await pair.channel.send(textTo(direct(HEAD), '您好'))).toMatchObject({ type: 'retry-later' })
  })

  test('somebody of another organisation is answered in his session only', async () => {
    await using pair = await startPair({ platform: { outsiders: [OUTSIDER] } })
    await pair.platform.say(OUTSIDER, OUTSIDER, { text: '你好' })
    const heard = pair.received[0]
    if (!heard) throw new Error('nothing received')
    const { chat, replyTo = {} } = heard
    const message = textTo(chat, '请联系您单位的联络员')
    expect(await pair.channel.send({ ...message, replyTo })).toMatchObject({ type: 'sent' })
    expect(await pair.channel.send(message)).toMatchObject({ type: 'refused', code: '300001' })
    expect(pair.channel.isIdempotent(cardTo(chat))).toBe(false)
    expect(pair.world.bubbles().at(-1)).toMatchObject({ chat: OUTSIDER, text: '请联系您单位的联络员' })
  })
})
