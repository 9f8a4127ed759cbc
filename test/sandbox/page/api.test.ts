// The demo page's server: who may drive it, what it checks, and what it answers.
import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OfficeState } from '../../../src/sandbox/page/wire.ts'
import { type Served, serveOffice } from '../../browser/support.ts'
import { createSmallOffice, type SmallOffice, START } from '../../support/small-office.ts'

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='

let office: SmallOffice
let served: Served
beforeEach(async () => {
  office = createSmallOffice()
  served = await serveOffice(office, 'test/sandbox/page')
})
afterEach(async () => {
  await served.close()
})

type Answer = {
  readonly status: number
  readonly code?: string
  readonly message?: string
  readonly body: unknown
}

/** Sends what fetch would not: foreign Host and Origin headers. */
function ask(path: string, headers: Record<string, string> = {}, body?: unknown): Promise<Answer> {
  const { hostname, port } = new URL(served.url)
  const payload = body === undefined ? undefined : JSON.stringify(body)
  const method = payload === undefined ? 'GET' : 'POST'
  const all = { ...(payload ? { 'content-type': 'application/json' } : {}), ...headers }
  return new Promise((resolve, reject) => {
    const asking = request({ hostname, port, path: `/sandbox/${path}`, method, headers: all }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part) => (text += part))
      response.on('end', () => {
        const json = text.startsWith('{') ? JSON.parse(text) : undefined
        resolve({ status: response.statusCode ?? 0, ...json?.error, body: json ?? text })
      })
    })
    asking.on('error', reject).end(payload)
  })
}
const post = (path: string, body: unknown): Promise<Answer> => ask(`api/${path}`, {}, body)
const liaison = { platform: 'wecom', account: 'kangding' }

describe('who may drive the page', () => {
  it.each(['localhost:1', '127.0.0.1', '[::1]:8080', 'LOCALHOST'])('answers to Host %s', async (host) => {
    expect((await ask('api/state', { host })).status).toBe(200)
  })

  it.each(['evil.example', 'localhost.evil.example:80', '192.168.0.9:8080', '127.0.0.1.evil.example'])(
    'refuses Host "%s"',
    async (host) => {
      expect(await ask('api/state', { host })).toMatchObject({ status: 403, code: 'foreign-host' })
      expect((await ask('', { host })).status).toBe(403)
    },
  )

  it.each([
    { origin: 'http://evil.example' },
    { origin: 'http://localhost:1' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('refuses a request that another page makes: %j', async (headers) => {
    const said = { ...liaison, chat: 'kangding', text: '收到' }
    expect(await ask('api/say', headers, said)).toMatchObject({ status: 403, code: 'foreign-origin' })
    expect((await ask('api/events', headers)).status).toBe(403)
    expect(office.heard).toEqual([])
  })

  it('takes its own page, whatever name it was opened under', async () => {
    const { port } = new URL(served.url)
    const own = {
      host: `localhost:${port}`,
      origin: `http://localhost:${port}`,
      'sec-fetch-site': 'same-origin',
    }
    expect((await ask('api/enter', own, liaison)).status).toBe(200)
  })

  it('refuses a body that a form could send', async () => {
    const plain = { 'content-type': 'text/plain' }
    expect(await ask('api/enter', plain, liaison)).toMatchObject({ status: 415, code: 'not-json' })
  })
})

describe('the page itself', () => {
  it('asks for the build when there is none, and allows nothing foreign', async () => {
    const response = await fetch(served.url)
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('npm run build')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('content-security-policy')).not.toMatch(/unsafe|https?:/)
    expect(response.headers.get('strict-transport-security')).toBeNull()
  })
})

describe('reading', () => {
  it('gives the office, with a direct chat for everybody and pictures by address', async () => {
    office.push({
      platform: 'wecom',
      chat: 'luding',
      from: 'luding',
      images: [`data:image/png;base64,${PNG}`],
    })
    const { body } = await ask('api/state')
    const state = body as OfficeState
    expect(state.clock).toEqual({ now: START, leaping: false })
    expect(state.people).toEqual(office.world.personas)
    expect(state.chats.filter((chat) => chat.kind === 'direct').map((chat) => chat.id)).toEqual(
      office.world.personas.map((persona) => persona.account),
    )
    const address = state.bubbles.at(-1)?.images?.[0]
    const picture = await fetch(new URL(address ?? '', served.url))
    expect(picture.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await picture.arrayBuffer()).toString('base64')).toBe(PNG)
  })

  it('serves nothing but pictures from a bubble', async () => {
    office.push({
      id: 'x',
      platform: 'wecom',
      chat: 'luding',
      from: 'luding',
      images: ['data:text/html;base64,PGI+'],
    })
    expect((await ask('api/pictures/x/0')).status).toBe(404)
    expect((await ask('api/pictures/x/1')).status).toBe(404)
    expect((await ask('api/pictures/none/0')).status).toBe(404)
  })

  it('gives the ledger', async () => {
    expect((await ask('api/ledger')).body).toEqual({ lines: await office.ledger() })
  })
})

describe('acting', () => {
  it('passes on what a person says, whole', async () => {
    const said = { text: '见图', mention: true, images: [PNG] }
    office.push({ id: 'q', platform: 'wecom', chat: 'group-1', from: 'bot', text: '请报送' })
    const answer = await post('say', { ...liaison, chat: 'group-1', quote: 'q', ...said })
    expect(answer.body).toEqual({ reached: true })
    const images = [new Uint8Array(Buffer.from(PNG, 'base64'))]
    expect(office.heard).toEqual([
      { account: 'kangding', said: { text: '见图', mention: true, quote: 'q', images } },
    ])
  })

  it('tells when the bot did not hear it', async () => {
    const answer = await post('say', { ...liaison, chat: 'group-1', text: '在吗' })
    expect(answer.body).toMatchObject({ reached: false, note: expect.stringContaining('@机器人') })
  })

  const say = { ...liaison, chat: 'kangding', text: '收到' }
  const big = Buffer.concat([Buffer.from(PNG, 'base64'), Buffer.alloc(8 * 1024 * 1024)]).toString('base64')
  it.each<[number, string, string, object]>([
    [400, 'bad-request', 'say', {}],
    [400, 'bad-request', 'say', { ...say, platform: 'fax' }],
    [400, 'bad-request', 'say', { ...say, text: 'x'.repeat(200_001) }],
    [400, 'bad-request', 'say', { ...say, images: Array(10).fill(PNG) }],
    [400, 'bad-request', 'say', { ...say, surprise: 1 }],
    [400, 'empty', 'say', { ...say, text: ' \n' }],
    [400, 'not-a-picture', 'say', { ...say, images: [Buffer.from('<svg/>').toString('base64')] }],
    [400, 'not-a-picture', 'say', { ...say, images: ['%%%'] }],
    [413, 'too-large', 'say', { ...say, images: [big, big] }],
    [413, 'too-large', 'say', { ...say, images: [big, big, big] }],
    [403, 'not-a-member', 'say', { ...say, chat: 'luding' }],
    [404, 'unknown-person', 'say', { ...say, account: 'nobody' }],
    [404, 'unknown-chat', 'say', { ...say, chat: 'nowhere' }],
    [404, 'unknown-quote', 'say', { ...say, chat: 'group-1', quote: 'b1' }],
    [403, 'not-a-member', 'click', { platform: 'wecom', account: 'luding', bubble: 'b1', button: 'ack' }],
    [404, 'unknown-bubble', 'click', { ...liaison, bubble: 'b99', button: 'ack' }],
    [404, 'unknown-bubble', 'click', { ...liaison, bubble: 'b2', button: 'ack' }],
    [404, 'unknown-button', 'click', { ...liaison, bubble: 'b1', button: 'nothing' }],
    [404, 'unknown-person', 'enter', { platform: 'dingtalk', account: 'kangding' }],
    [400, 'bad-request', 'clock', { type: 'yesterday' }],
    [400, 'bad-request', 'clock', { type: 'to-date', date: '2021-02-30' }],
    [400, 'past-date', 'clock', { type: 'to-date', date: '2021-04-12' }],
    [404, 'unknown-address', 'nothing', {}],
  ])('answers %i %s to %s', async (status, code, path, body) => {
    const answer = await post(path, body)
    expect(answer).toMatchObject({ status, code, message: expect.stringMatching(/\p{Script=Han}.*。$/u) })
    expect(office.heard).toEqual([])
    expect(office.now()).toBe(START)
  })

  it('refuses a button that the phone shows grey', async () => {
    const press = { ...liaison, bubble: 'b1', button: 'ack' }
    expect((await post('click', press)).body).toEqual({ reached: true })
    expect(await post('click', press)).toMatchObject({ status: 409, code: 'button-disabled' })
  })

  it('refuses JSON that is none', async () => {
    const { status } = await fetch(new URL('api/say', served.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"platform":',
    })
    expect(status).toBe(400)
  })

  it('lets one leap run at a time and says why one failed', async () => {
    const release = office.hold()
    const first = post('clock', { type: 'hour' })
    await expect.poll(async () => (await ask('api/state')).body).toMatchObject({ clock: { leaping: true } })
    expect(await post('clock', { type: 'hour' })).toMatchObject({ status: 409, code: 'leaping' })
    release()
    expect((await first).body).toEqual({ now: START + 3_600_000, leaping: false })
    await post('clock', { type: 'to-date', date: '2021-06-01' })
    const last = await post('clock', { type: 'next-due' })
    expect(last).toMatchObject({
      status: 422,
      code: 'leap-failed',
      message: expect.stringContaining('后面没有到期'),
    })
    expect((await ask('api/state')).body).toMatchObject({ clock: { leaping: false } })
  })
})

describe('the switches', () => {
  const faults = async () => ((await ask('api/state')).body as OfficeState).faults
  const on = async () => (await faults()).switches.filter((one) => one.on).map(({ id }) => id)

  it('stand as they were left, for whoever opens the page next', async () => {
    expect(await faults()).toMatchObject({ seed: 7, switches: [{ name: '丢包', struck: 2 }, {}] })
    const turned = await post('faults', { id: 'wecom/drop', on: true })
    expect(turned).toMatchObject({
      status: 200,
      body: { switches: [{ id: 'wecom/drop', on: true }, { on: false }] },
    })
    expect(await on()).toEqual(['wecom/drop'])
    await post('faults', { id: 'wecom/drop', on: false })
    expect(await on()).toEqual([])
  })

  it('are turned by its own page only, and only those that there are', async () => {
    const body = { id: 'wecom/drop', on: true }
    const foreign = await ask('api/faults', { origin: 'http://evil.example' }, body)
    expect(foreign.code).toBe('foreign-origin')
    expect(await post('faults', { id: 'no-such', on: true })).toMatchObject({
      status: 404,
      code: 'unknown-switch',
    })
    expect(await post('faults', { id: 'wecom/drop', on: 'yes' })).toMatchObject({ status: 400 })
    expect(await on()).toEqual([])
  })
})
