// What people say on DingTalk reaches the product whole, once stored and only then acknowledged.
import { describe, expect, test } from 'vitest'
import { cardTo, direct, GROUP, HEAD, LIAISON, OUTSIDER, START, startPair, until } from './support.ts'

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])

describe('messages', () => {
  test('a direct text with everything that an answer needs', async () => {
    await using pair = await startPair()
    const delivered = await pair.platform.say(LIAISON, LIAISON, { text: '9月完成投资320万' })
    expect(delivered).toEqual({ reached: true })
    const [inbound] = pair.received
    expect(inbound).toMatchObject({
      channel: 'dingtalk',
      chat: direct(LIAISON),
      sender: LIAISON,
      sentAt: START,
      content: { type: 'text', text: '9月完成投资320万', media: [] },
      replyTo: { expiresAt: START + 90 * 60_000 },
    })
    expect(inbound?.messageId).toMatch(/^dingappkey1:msg.+/)
  })

  test('pictures, alone and with words, come as bytes', async () => {
    await using pair = await startPair()
    await pair.platform.say(LIAISON, LIAISON, { text: '', images: [PNG] })
    await pair.platform.say(LIAISON, GROUP, { text: '现场照片', mention: true, images: [PNG, PNG] })
    const [alone, both] = pair.received.map(({ content }) => content)
    expect(both).toMatchObject({ text: '现场照片', media: [{ kind: 'image' }, { kind: 'image' }] })
    if (alone?.type !== 'text' || !alone.media[0]) throw new Error('no picture')
    const file = await pair.channel.fetchMedia(alone.media[0])
    expect([...file.bytes]).toEqual([...PNG])
  })

  test.each([
    [
      { msgtype: 'audio', content: { downloadCode: 'c', recognition: '完成三百二十万', duration: 4000 } },
      { type: 'text', text: '完成三百二十万', media: [{ kind: 'voice' }] },
    ],
    [
      { msgtype: 'video', content: { downloadCode: 'c', duration: '5', videoType: 'mp4' } },
      { type: 'text', text: '', media: [{ kind: 'video' }] },
    ],
    [
      { msgtype: 'file', content: { downloadCode: 'c', fileName: '清单.xlsx' } },
      { type: 'text', media: [{ kind: 'file', name: '清单.xlsx' }] },
    ],
    [
      { msgtype: 'unknownMsgType', content: { unknownMsgType: '暂不支持' } },
      { type: 'unsupported', what: '位置、表情和转发的卡片' },
    ],
    [
      { msgtype: 'newKind2027', content: {} },
      { type: 'unsupported', what: '这类消息' },
    ],
    [
      { msgtype: 'richText', content: { richText: [{ type: 'at', atName: '督办助手' }, { text: '收到' }] } },
      { type: 'text', text: '收到' },
    ],
    [
      { msgtype: 'text', text: { content: '@督办助手 收到' } },
      { type: 'text', text: '收到' },
    ],
    [
      { msgtype: 'text', text: {} },
      { type: 'text', text: '' },
    ],
  ])('%o', async (body, content) => {
    await using pair = await startPair()
    await pair.platform.send(LIAISON, LIAISON, body)
    expect(pair.received[0]?.content).toMatchObject(content)
  })

  test('somebody of another organisation is heard without being anybody', async () => {
    await using pair = await startPair({ platform: { outsiders: [OUTSIDER] } })
    await pair.platform.say(OUTSIDER, GROUP, { text: '我来说两句', mention: true })
    expect(pair.received[0]).not.toHaveProperty('sender')
  })

  test('a message whose text the used-up quota swallowed says so', async () => {
    await using pair = await startPair()
    pair.platform.enforce({ api: 0, stream: 0 })
    await pair.platform.say(LIAISON, LIAISON, { text: '收到' })
    expect(pair.received[0]?.content).toEqual({ type: 'unsupported', what: 'quota' })
  })
})

describe('quotes', () => {
  test('a quoted text and a quoted card are read, an id alone is not', async () => {
    await using pair = await startPair()
    await pair.channel.send(cardTo(direct(LIAISON), undefined, 'quoted'))
    await pair.platform.say(LIAISON, LIAISON, { text: '第一句' })
    const [card, text] = pair.world.bubbles()
    await pair.platform.say(LIAISON, LIAISON, { text: '这个', quote: card?.id ?? '' })
    await pair.platform.say(LIAISON, LIAISON, { text: '那个', quote: text?.id ?? '' })
    const quotes = pair.received.map(({ content }) => content.type === 'text' && content.quote)
    expect(quotes).toEqual([undefined, expect.stringContaining('4月25日前报送自查清单'), '第一句'])
  })

  test.each([
    [
      {
        text: {
          content: '好',
          repliedMsg: {
            msgType: 'richText',
            content: { richText: [{ msgType: 'text', content: '甲' }, { text: '乙' }] },
          },
        },
      },
      '甲\n乙',
    ],
    [
      { text: { content: '好' }, quoteMessage: { msgtype: 'text', text: { content: '旧式引用' } } },
      '旧式引用',
    ],
    [{ text: { content: '好', isReplyMsg: true, originalMsgId: 'msg1' } }, undefined],
    [
      { text: { content: '好', repliedMsg: { msgType: 'picture', content: { downloadCode: 'c' } } } },
      undefined,
    ],
  ])('shape %#', async (body, quote) => {
    await using pair = await startPair()
    await pair.platform.send(LIAISON, LIAISON, { msgtype: 'text', ...body })
    const content = pair.received[0]?.content
    expect(content?.type === 'text' ? content.quote : 'no text').toBe(quote)
  })
})

describe('acknowledgement', () => {
  test('only after receive resolved', async () => {
    await using pair = await startPair()
    let store = (): void => {}
    pair.onReceive(({ sender }) => {
      if (sender === HEAD) return Promise.resolve()
      return new Promise((resolve) => {
        store = resolve
      })
    })
    let acknowledged = false
    const said = pair.platform.say(LIAISON, LIAISON, { text: '收到' }).then((delivered) => {
      acknowledged = delivered.reached
    })
    await until(() => pair.received.length === 1, 'the message arrives')
    // Frames keep their order: an early acknowledgement would have arrived before this later one.
    await pair.platform.say(HEAD, HEAD, { text: '在吗' })
    expect(acknowledged).toBe(false)
    store()
    await said
    expect(acknowledged).toBe(true)
  })

  test('a message that could not be stored comes again with the same id', async () => {
    await using pair = await startPair({ platform: { timing: { ackMs: 500 } } })
    pair.onReceive(() => Promise.reject(new Error('database away')))
    expect(await pair.platform.say(LIAISON, LIAISON, { text: '收到' })).toMatchObject({ reached: false })
    pair.onReceive(() => Promise.resolve())
    await pair.platform.redeliverDue()
    expect(pair.received).toHaveLength(1)
    pair.clock.at += 60_000
    await pair.platform.redeliverDue()
    expect(pair.received).toHaveLength(2)
    expect(pair.received[1]?.messageId).toBe(pair.received[0]?.messageId)
    expect(pair.platform.lost()).toBe(0)
  })

  test('a push that was delayed arrives after what was said later, once', async () => {
    await using pair = await startPair()
    pair.platform.faults.arm('late-push')
    await pair.platform.say(LIAISON, LIAISON, { text: '第一句' })
    pair.clock.at += 1_000
    await pair.platform.say(LIAISON, LIAISON, { text: '第二句' })
    for (const _ of [1, 2, 3]) {
      pair.clock.at += 60_000
      await pair.platform.redeliverDue()
    }
    expect(pair.received.map(({ content }) => content)).toMatchObject([
      { text: '第二句' },
      { text: '第一句' },
    ])
    // When it was said tells the order, whatever came first.
    expect(pair.received.map(({ sentAt }) => sentAt)).toEqual([START + 1_000, START])
  })

  test('what was said while nobody listened is heard later', async () => {
    await using pair = await startPair()
    await pair.channel.stop()
    expect(await pair.platform.say(LIAISON, LIAISON, { text: '收到' })).toMatchObject({ reached: false })
    await pair.channel.start(async (inbound) => {
      pair.received.push(inbound)
    })
    pair.clock.at += 60_000
    await pair.platform.redeliverDue()
    expect(pair.received.map(({ content }) => content)).toMatchObject([{ text: '收到' }])
  })

  test('frames that make no sense end nothing', async () => {
    await using pair = await startPair()
    const frames = [
      'not json',
      '[]',
      'null',
      '{}',
      '{"type":"SYSTEM"}',
      '{"type":"CALLBACK","headers":{"topic":"error"}}',
      '{"type":"EVENT","headers":{"topic":"*"},"data":"{}"}',
      '{"type":"CALLBACK","headers":{"topic":"/v1.0/im/bot/messages/get","messageId":"x"},"data":"no json"}',
      '{"type":"CALLBACK","headers":{"topic":"/v1.0/card/instances/callback","messageId":"y"},"data":"{}"}',
    ]
    for (const frame of frames) pair.platform.broadcast(frame)
    expect(await pair.platform.say(LIAISON, LIAISON, { text: '还在吗' })).toEqual({ reached: true })
    expect(pair.received).toHaveLength(1)
    expect(pair.channel.isReady()).toBe(true)
  })
})
