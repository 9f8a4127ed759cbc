// Ten thousand callbacks with something changed after they were signed: every one refused, none read by the parser.
import { Agent, request } from 'node:http'
import { expect, it } from 'vitest'
import { createFaultBox } from '../../../../src/sandbox/faults.ts'
import { seal, sign } from '../../../../src/sandbox/wecom/app/seal.ts'
import { toXml } from '../../../../src/sandbox/wecom/app/xml.ts'
import { APP, LIAISON, openAppStage, START } from './stage.ts'

const COUNT = 10_000
const LANES = 8
const SEED = 20_261_122

type Signed = { signature: string; timestamp: string; nonce: string; sealed: string }
type Shot = { readonly query: string; readonly body: Buffer }
type Draw = (below: number) => number

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Another character in the place of one that was drawn. */
function changed(text: string, alphabet: string, draw: Draw): string {
  const at = draw(text.length)
  const others = alphabet.replace(text[at] ?? '', '')
  return text.slice(0, at) + others[draw(others.length)] + text.slice(at + 1)
}

const written = (sealed: string): Buffer => Buffer.from(toXml({ ToUserName: APP.corpId, Encrypt: sealed }))
const shot = (signed: Signed, body = written(signed.sealed)): Shot => ({
  query: new URLSearchParams({
    msg_signature: signed.signature,
    timestamp: signed.timestamp,
    nonce: signed.nonce,
  }).toString(),
  body,
})

/** Each changes something that the signature covers, or the shape around it. */
const MUTATIONS: readonly ((signed: Signed, draw: Draw) => Shot)[] = [
  (one, draw) => shot({ ...one, signature: changed(one.signature, '0123456789abcdef', draw) }),
  (one, draw) => shot({ ...one, timestamp: changed(one.timestamp, '0123456789', draw) }),
  (one, draw) => shot({ ...one, nonce: changed(one.nonce, '0123456789', draw) }),
  (one, draw) => shot({ ...one, sealed: changed(one.sealed, BASE64, draw) }),
  (one, draw) => shot({ ...one, sealed: one.sealed.slice(0, draw(one.sealed.length)) }),
  (one, draw) => shot({ ...one, sealed: one.sealed + BASE64[draw(64)] }),
  (one) => shot({ ...one, signature: one.signature.toUpperCase().replace(/^[0-9]+$/, 'A') }),
  (one, draw) => shot({ ...one, signature: one.signature.slice(0, draw(40)) }),
  (one) => shot({ ...one, timestamp: `${one.timestamp}0` }),
  (one) => shot({ ...one, timestamp: '', nonce: one.timestamp + one.nonce }),
  (one, draw) => shot(one, written(one.sealed).subarray(0, draw(60 + one.sealed.length))),
  (one) => shot(one, Buffer.concat([written(one.sealed), written(one.sealed)])),
  (one) => shot(one, Buffer.from(`<xml><encrypt>${one.sealed}</encrypt></xml>`)),
  (one) => shot(one, Buffer.from(JSON.stringify({ Encrypt: one.sealed }))),
  (one, draw) => ({ ...shot(one), query: shot(one).query.split('&').toSpliced(draw(3), 1).join('&') }),
  (one) => ({ ...shot(one), query: `${shot(one).query}&nonce=1` }),
  (one, draw) => shot(one, Buffer.from(toXml({ Encrypt: seal(APP, 'x'.repeat(draw(64)), APP.corpId) }))),
]

it(`refuses ${COUNT} of them before anything is parsed`, { timeout: 180_000 }, async () => {
  const stage = await openAppStage()
  const { random } = createFaultBox<never, never>(SEED)
  const draw: Draw = (below) => Math.floor(random() * below)
  const shots = Array.from({ length: COUNT }, (_, index) => mutated(index, draw))
  const agent = new Agent({ keepAlive: true, maxSockets: LANES })
  const statuses = new Map<number, number>()
  const lane = async (): Promise<void> => {
    for (let next = shots.shift(); next; next = shots.shift()) {
      const status = await fire(stage.callbackUrl, next, agent)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  agent.destroy()
  expect([...statuses]).toEqual([[403, COUNT]])
  expect([stage.parsed(), stage.heard.length]).toEqual([0, 0])
  // The door is not simply shut.
  expect(await stage.platform.say(LIAISON, { text: '收到' })).toEqual({ reached: true })
  expect([stage.parsed(), stage.heard.length]).toEqual([1, 1])
  await stage.stop()
})

function mutated(index: number, draw: Draw): Shot {
  const xml = toXml({ FromUserName: LIAISON, MsgType: 'text', Content: `第${index}条`, MsgId: String(index) })
  const sealed = seal(APP, xml, APP.corpId)
  const timestamp = String(START / 1000)
  const nonce = String(draw(2 ** 31))
  const signature = sign(APP, timestamp, nonce, sealed)
  const mutate = MUTATIONS[index % MUTATIONS.length]
  if (!mutate) throw new Error('no mutation')
  return mutate({ signature, timestamp, nonce, sealed }, draw)
}

function fire(url: string, { query, body }: Shot, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const post = request(`${url}?${query}`, { method: 'POST', agent }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0))
    })
    post.on('error', reject)
    post.end(body)
  })
}
