// The callback over real HTTP: what the platform sends is stored before it is answered, what others send gets nowhere.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seal, sign } from '../../../../src/sandbox/wecom/app/seal.ts'
import { toXml } from '../../../../src/sandbox/wecom/app/xml.ts'
import { APP, type AppStage, CARD, LIAISON, openAppStage, SILENT, START, toLiaison } from './stage.ts'

let stage: AppStage
beforeEach(async () => {
  stage = await openAppStage()
})
afterEach(() => stage.stop())

type Forged = {
  token?: string
  key?: string
  receiver?: string
  timestamp?: string
  nonce?: string
  body?: (sealed: string) => string | Uint8Array
}

let nonce = 0

/** Posts an XML text as the platform would, but for what is forged; resolves with the status. */
async function post(xml: string, forged: Forged = {}): Promise<number> {
  const secrets = { token: forged.token ?? APP.token, encodingAesKey: forged.key ?? APP.encodingAesKey }
  const sealed = seal(secrets, xml, forged.receiver ?? APP.corpId)
  const timestamp = forged.timestamp ?? String(stage.clock.now() / 1000)
  const own = forged.nonce ?? String(++nonce)
  const url = new URL(stage.callbackUrl)
  url.searchParams.set('msg_signature', sign(secrets, timestamp, own, sealed))
  url.searchParams.set('timestamp', timestamp)
  url.searchParams.set('nonce', own)
  const body = forged.body?.(sealed) ?? toXml({ ToUserName: APP.corpId, Encrypt: sealed })
  return (await fetch(url, { method: 'POST', body: typeof body === 'string' ? body : new Uint8Array(body) }))
    .status
}

const text = (content: string, more: object = {}): string =>
  toXml({
    FromUserName: LIAISON,
    CreateTime: 1,
    MsgType: 'text',
    Content: content,
    MsgId: '7',
    AgentID: '1000002',
    ...more,
  })

describe('what members do', () => {
  it('text arrives with its id as a string and a way back', async () => {
    expect(await stage.platform.say(LIAISON, { text: '  已完成 ]]> 80% & <b>  ' })).toEqual({ reached: true })
    const [inbound] = stage.heard
    expect(inbound).toMatchObject({
      channel: 'wecom',
      messageId: expect.stringMatching(/^app:\d{19}$/),
      chat: { channel: 'wecom', kind: 'direct', id: LIAISON },
      sender: LIAISON,
      sentAt: START,
      content: { type: 'text', text: '已完成 ]]> 80% & <b>', media: [] },
      replyTo: { via: 'app', kind: 'message' },
    })
    expect(stage.platform.complaints()).toEqual([])
  })

  it.each(['image', 'voice', 'video', 'file'] as const)('%s can be fetched', async (kind) => {
    const bytes = Buffer.from('#!AMR some bytes')
    await stage.platform.send(LIAISON, { kind, name: '进度 四月.dat', bytes })
    const content = stage.heard[0]?.content
    const [media] = content?.type === 'text' ? content.media : []
    expect(media).toMatchObject({ kind })
    if (!media) throw new Error('no media')
    const fetched = await stage.app.fetchMedia(media)
    expect(Buffer.from(fetched.bytes)).toEqual(bytes)
    expect(fetched.name).toBe('进度 四月.dat')
    stage.clock.move(3 * 24 * 3_600_000 + 1)
    await expect(stage.app.fetchMedia(media)).rejects.toThrow('40007')
  })

  it('a location is named, a menu entry speaks, opening is heard once a day', async () => {
    await stage.platform.send(LIAISON, {
      kind: 'location',
      label: '炉城镇',
      latitude: 30.05,
      longitude: 101.96,
    })
    await stage.platform.menu(LIAISON, '我的任务')
    for (const ms of [0, 60_000, 24 * 3_600_000]) {
      stage.clock.move(ms)
      await stage.platform.enter(LIAISON)
    }
    expect(stage.heard.map(({ content }) => content)).toEqual([
      { type: 'unsupported', what: '位置' },
      { type: 'text', text: '我的任务', media: [] },
      ...[1, 2, 3].map(() => ({ type: 'entered' })),
    ])
    const ids = stage.heard.slice(2).map(({ messageId }) => messageId)
    expect(ids[0]).toBe(ids[1])
    expect(ids[2]).not.toBe(ids[0])
  })

  it('two presses in one second are two, with the choices as lists', async () => {
    const task = {
      task_id: 'vote-1',
      main_title: { title: '何时开会' },
      submit_button: { text: '提交', key: 'ok' },
    }
    const option_list = ['a', 'b', 'c'].map((id) => ({ id, text: id }))
    await stage.app.client.sendCard(LIAISON, {
      card_type: 'vote_interaction',
      ...task,
      checkbox: { question_key: 'q', mode: 1, option_list },
    })
    const bubble = stage.world.bubbles().at(-1)?.id ?? ''
    expect((await stage.platform.click(LIAISON, bubble, 'ok', { q: ['x'] })).reached).toBe(false)
    await stage.platform.click(LIAISON, bubble, 'ok', { q: ['b'] })
    await stage.platform.click(LIAISON, bubble, 'ok', { q: ['a', 'c'] })
    expect(stage.heard.map(({ content }) => content)).toEqual([
      { type: 'click', card: 'vote-1', button: 'ok', selected: { q: ['b'] } },
      { type: 'click', card: 'vote-1', button: 'ok', selected: { q: ['a', 'c'] } },
    ])
    expect(new Set(stage.heard.map(({ messageId }) => messageId)).size).toBe(2)
  })

  it('warnings of the platform reach the administrator, other events nobody', async () => {
    await stage.platform.event('sys', 'close_inactive_agent')
    await stage.platform.event(LIAISON, 'subscribe')
    expect(stage.heard).toEqual([])
    expect(stage.lines.filter(({ level }) => level === 'error')).toHaveLength(1)
  })
})

describe('delivery', () => {
  it('what is delivered again keeps its id', async () => {
    stage.platform.faults.arm('repeat-callback', 2)
    await stage.platform.say(LIAISON, { text: '收到' })
    await stage.app.client.send(toLiaison(CARD))
    await stage.platform.click(LIAISON, stage.world.bubbles().at(-1)?.id ?? '', 'done')
    const ids = stage.heard.map(({ messageId }) => messageId)
    expect([ids.length, new Set(ids).size]).toEqual([4, 2])
  })

  it('what could not be stored comes again', async () => {
    let failures = 2
    stage.onReceive(async () => {
      if (failures-- > 0) throw new Error('database away')
    })
    expect(await stage.platform.say(LIAISON, { text: '收到' })).toEqual({ reached: true })
    expect(stage.heard).toHaveLength(1)
  })

  it('is given up by the platform after three tries', async () => {
    stage.onReceive(() => Promise.reject(new Error('database away')))
    expect((await stage.platform.say(LIAISON, { text: '收到' })).reached).toBe(false)
    expect(stage.lines.filter(({ message }) => message.includes('not stored'))).toHaveLength(3)
  })

  it('a forger beside the platform is not heard', async () => {
    for (const fault of ['bad-signature', 'wrong-receiver', 'plain-callback'] as const)
      stage.platform.faults.arm(fault)
    await stage.platform.say(SILENT, { text: '收到' })
    expect([stage.heard.length, stage.parsed()]).toEqual([1, 1])
  })
})

describe('the address', () => {
  it('is verified with the bare echo, and not for another token', async () => {
    expect(await stage.platform.setCallback(stage.callbackUrl)).toBe(true)
    const url = new URL(stage.callbackUrl)
    for (const [name, value] of Object.entries({
      msg_signature: 'a'.repeat(40),
      timestamp: String(START / 1000),
      nonce: '1',
      echostr: 'AAAA',
    }))
      url.searchParams.set(name, value)
    const refused = await fetch(url)
    expect([refused.status, await refused.text()]).toEqual([403, ''])
  })
})

describe('refused without a look inside', () => {
  it.each<[string, Forged]>([
    ['a wrong token', { token: 'guessed' }],
    ['no Encrypt', { body: () => text('forged') }],
    [
      'two Encrypts',
      { body: (sealed) => `<xml><Encrypt>${sealed}</Encrypt><Encrypt>${sealed}</Encrypt></xml>` },
    ],
    ['half a body', { body: (sealed) => `<xml><Encrypt>${sealed.slice(0, 40)}` }],
    ['bytes that are no text', { body: () => Uint8Array.from([0xff, 0xfe, 0x00, 0x80]) }],
    ['an hour-old timestamp', { timestamp: String(START / 1000 - 3600) }],
    ['a timestamp of tomorrow', { timestamp: String(START / 1000 + 86_400) }],
    ['another receiver', { receiver: 'ww-other' }],
    ['another key', { key: `a${APP.encodingAesKey.slice(1)}` }],
  ])('%s', async (_what, forged) => {
    expect(await post(text('forged'), forged)).toBe(403)
    expect([stage.heard.length, stage.parsed()]).toEqual([0, 0])
  })

  it('10 MB', async () => {
    const status = await post(text('x'), { body: () => Buffer.alloc(10 * 1024 * 1024, 'x') }).catch(() => 413)
    expect(status).toBe(413)
    expect(stage.parsed()).toBe(0)
  })

  it('a replay', async () => {
    const send = replaying(text('once'))
    expect([await send(), await send()]).toEqual([200, 403])
    expect(stage.heard).toHaveLength(1)
  })
})

describe('signed and yet unreadable', () => {
  it.each<[string, string]>([
    ['a bomb of entities', `<!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${text('&b;')}`],
    ['an entity outside CDATA', '<xml><FromUserName>&bomb;</FromUserName><MsgType>text</MsgType></xml>'],
    ['a thousand levels', `<xml>${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}</xml>`],
    ['broken tags', '<xml><FromUserName>a</MsgType></xml>'],
    ['another root', '<html><body>hi</body></html>'],
    ['nothing', ''],
    ['no sender', toXml({ MsgType: 'text', Content: 'x', MsgId: '1' })],
  ])('%s is acknowledged, logged and not heard', async (_what, xml) => {
    expect(await post(xml)).toBe(200)
    expect(stage.heard).toEqual([])
  })

  it('a doctype in what a member wrote is only text', async () => {
    expect(await post(text('<!DOCTYPE html><?php ?>'))).toBe(200)
    expect(stage.heard[0]?.content).toMatchObject({ text: '<!DOCTYPE html><?php ?>' })
  })
})

it('never logs what a member wrote, nor a secret', async () => {
  await stage.platform.say(LIAISON, { text: '机密数字 4711' })
  await post(text('4711'), { token: 'guessed' })
  const log = JSON.stringify(stage.lines)
  for (const secret of ['4711', APP.token, APP.secret, APP.encodingAesKey]) expect(log).not.toContain(secret)
})

/** The same request, byte for byte, each time. */
function replaying(xml: string): () => Promise<number> {
  const sealed = seal(APP, xml, APP.corpId)
  const timestamp = String(stage.clock.now() / 1000)
  const url = new URL(stage.callbackUrl)
  url.searchParams.set('msg_signature', sign(APP, timestamp, 'same', sealed))
  url.searchParams.set('timestamp', timestamp)
  url.searchParams.set('nonce', 'same')
  return async () => (await fetch(url, { method: 'POST', body: toXml({ Encrypt: sealed }) })).status
}
