// The published vectors of the callback's envelope, opened by us and made by the imitation, which is written independently.
import { describe, expect, it } from 'vitest'
import { isSigned, unseal } from '../../../../src/channels/wecom/app/crypto.ts'
import { seal, sign, unseal as unsealByPlatform } from '../../../../src/sandbox/wecom/app/seal.ts'
import { encrypt } from '../../../../src/sandbox/wecom/media.ts'

const KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C'
const TOKEN = 'QDG6eK'
const [TIMESTAMP, NONCE] = ['1409659813', '1372623149']
const RANDOM = Buffer.from('0123456789abcdef')

const VECTORS = [
  [
    'hello',
    'wx5823bf96d3bd56c7',
    'sKqRbbiSUnDhFHOvPjtUMd2aKGsnO1wGUhhgmucZyOooAmp9WiC5uDkjoOv6eP1l5uh45DeEw9aco5AR3vyVtA==',
    '6963916188a9972dd57e779c6eb680b07cf4fa99',
  ],
  [
    '{"msgid":"m1"}',
    '',
    'sKqRbbiSUnDhFHOvPjtUMfVjahBaR/vjZ5OPZn2smTZw1GEbhzCwzbLV/KAxttk7TX88xLmz4JI1UVEd5Ekmwg==',
    'fbb695ddee837ccdc0d9add8488a037c0d8fffe6',
  ],
  ['你好', 'ww1', 'sKqRbbiSUnDhFHOvPjtUMe5JnJ2bRCFa/F/iLvUWM1U=', '338c101f1429583f60f94bca4c449b6d80e51ac4'],
  [
    'xxxxxxxxxxxx',
    '',
    'sKqRbbiSUnDhFHOvPjtUMT04SBXqyecnV0R+mVLqu11Se0CAxtEP8Zs4hONFU+GhnY2XmfYUSF/20UR5dRgc0w==',
    undefined,
  ],
] as const

describe.each(VECTORS)('%s for "%s"', (text, corpId, sealed, signature) => {
  const secrets = { corpId, token: TOKEN, encodingAesKey: KEY }

  it('is opened by us', () => {
    expect(unseal(secrets, sealed)).toBe(text)
  })

  it('is sealed and opened by the imitation', () => {
    expect(seal(secrets, text, corpId, RANDOM)).toBe(sealed)
    expect(unsealByPlatform(secrets, sealed)).toEqual({ text, receiveId: corpId })
  })

  it('has the published signature on both sides', () => {
    const right = signature ?? sign(secrets, TIMESTAMP, NONCE, sealed)
    expect(sign(secrets, TIMESTAMP, NONCE, sealed)).toBe(right)
    expect(isSigned(secrets, { signature: right, timestamp: TIMESTAMP, nonce: NONCE }, sealed)).toBe(true)
    expect(isSigned(secrets, { signature: right, timestamp: TIMESTAMP, nonce: '1' }, sealed)).toBe(false)
  })
})

describe('what does not open', () => {
  const secrets = { corpId: 'ww1', token: TOKEN, encodingAesKey: KEY }
  const good = seal(secrets, '你好', 'ww1')

  it.each([
    ['another receiver', seal(secrets, '你好', 'ww2')],
    ['another key', seal({ ...secrets, encodingAesKey: `a${KEY.slice(1)}` }, '你好', 'ww1')],
    ['nothing', ''],
    ['one block', 'AAAAAAAAAAAAAAAAAAAAAA=='],
    ['half', good.slice(0, 24)],
    ['a length that lies', seal(secrets, 'x', '').replace(/^..../, 'AAAA')],
    ['text that is no UTF-8', sealBytes(Buffer.from([0xff, 0xfe, 0xfd]))],
  ])('%s', (_what, sealed) => {
    expect(unseal(secrets, sealed)).toBeUndefined()
  })

  // The platform's layout around bytes that are no text; latin1 keeps them one to one.
  function sealBytes(bytes: Buffer): string {
    const marker = '\u0001'.repeat(bytes.length)
    const plain = Buffer.concat([RANDOM, Buffer.from([0, 0, 0, bytes.length]), bytes, Buffer.from('ww1')])
    expect(unseal(secrets, seal(secrets, marker, 'ww1'))).toBe(marker)
    return encryptPlain(plain)
  }
})

function encryptPlain(plain: Buffer): string {
  return encrypt(plain, Buffer.from(`${KEY}=`, 'base64')).toString('base64')
}
