// A pressed button reaches the product whatever its shape, and the card is redrawn after the answer.
import { describe, expect, test } from 'vitest'
import { cardTo, direct, group, HEAD, LIAISON, nextId, startPair } from './support.ts'

describe('presses', () => {
  test.each(['content', 'value', 'params-beside', 'ids-only'] as const)('told as %s', async (shape) => {
    await using pair = await startPair()
    pair.platform.pressAs(shape)
    const id = nextId()
    await pair.channel.send(cardTo(group, undefined, id))
    const bubble = pair.world.bubbles()[0]?.id ?? ''
    expect(await pair.platform.click(HEAD, bubble, 'ack:t1')).toEqual({ reached: true })
    expect(pair.received[0]).toMatchObject({
      chat: group,
      sender: HEAD,
      content: { type: 'click', card: id, button: 'ack:t1' },
    })
  })

  test('in a direct chat, twice: two messages with ids of their own', async () => {
    await using pair = await startPair()
    await pair.channel.send(cardTo(direct(LIAISON)))
    const bubble = pair.world.bubbles()[0]?.id ?? ''
    await pair.platform.click(LIAISON, bubble, 'none:t1')
    await pair.platform.click(LIAISON, bubble, 'none:t1')
    expect(pair.received.map(({ chat }) => chat)).toEqual([direct(LIAISON), direct(LIAISON)])
    expect(new Set(pair.received.map(({ messageId }) => messageId)).size).toBe(2)
  })

  test('a press that could not be stored is shown as failed', async () => {
    await using pair = await startPair({ platform: { timing: { cardAckMs: 100 } } })
    pair.onReceive(() => Promise.reject(new Error('database away')))
    await pair.channel.send(cardTo(direct(LIAISON)))
    const bubble = pair.world.bubbles()[0]?.id ?? ''
    expect(await pair.platform.click(LIAISON, bubble, 'ack:t1')).toMatchObject({ reached: false })
  })

  test('the card is redrawn for everybody, and only after the press was answered', async () => {
    await using pair = await startPair()
    const id = nextId()
    await pair.channel.send(cardTo(group, undefined, id))
    const bubble = pair.world.bubbles()[0]?.id ?? ''
    let redrawn: Promise<void> | undefined
    pair.onReceive(async ({ content, replyTo }) => {
      if (content.type !== 'click') return
      const card = { name: 'prompt', title: '已收到', fields: [], buttons: [] }
      redrawn = pair.channel.updateCard(id, card, replyTo)
      // Time enough for an update that doesn't wait to overtake the answer.
      for (const text of ['一', '二', '三']) await pair.platform.say(LIAISON, LIAISON, { text })
    })
    await pair.platform.click(HEAD, bubble, 'ack:t1')
    await redrawn
    expect(pair.world.find(bubble)?.card).toMatchObject({ title: '已收到', fields: [], buttons: [] })
    expect(pair.platform.complaints()).toEqual([])
  })
})
