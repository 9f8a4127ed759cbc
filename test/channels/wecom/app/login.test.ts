// Signing in: through the platform's page and back with a code that is good once.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type AppStage, LIAISON, openAppStage } from './stage.ts'

const BACK = 'https://duban.example/m/login'

let stage: AppStage
beforeEach(async () => {
  stage = await openAppStage()
  stage.platform.trustDomain('duban.example')
})
afterEach(() => stage.stop())

/** What the client of this persona comes back with. */
async function codeOf(persona: string, back = BACK): Promise<string | undefined> {
  const url = new URL(stage.app.login.authorizeUrl(back, 'state1'))
  expect(url.hash).toBe('#wechat_redirect')
  url.searchParams.set('persona', persona)
  const response = await fetch(url, { redirect: 'manual' })
  const target = response.headers.get('location')
  if (!target) return undefined
  expect(new URL(target).searchParams.get('state')).toBe('state1')
  return new URL(target).searchParams.get('code') ?? undefined
}

it('names the member once', async () => {
  const code = (await codeOf(LIAISON)) ?? ''
  expect(await stage.app.login.userOf(code)).toEqual({ type: 'account', id: LIAISON })
  expect(await stage.app.login.userOf(code)).toEqual({ type: 'again' })
})

it('asks again for an old or invented code', async () => {
  const code = (await codeOf(LIAISON)) ?? ''
  stage.clock.move(5 * 60_000 + 1)
  expect(await stage.app.login.userOf(code)).toEqual({ type: 'again' })
  expect(await stage.app.login.userOf('invented')).toEqual({ type: 'again' })
  expect(await stage.app.login.userOf('')).toEqual({ type: 'again' })
})

it('tells outsiders from members', async () => {
  expect(await stage.app.login.userOf((await codeOf('outsider')) ?? '')).toEqual({ type: 'outsider' })
})

it('the page asks who one is, and refuses a domain with another port', async () => {
  const chooser = await (await fetch(stage.app.login.authorizeUrl(BACK, 's'))).text()
  expect(chooser).toContain('康定市联络员')
  const refused = await fetch(stage.app.login.authorizeUrl('https://duban.example:8443/m', 's'))
  expect(await refused.text()).toContain('50001')
  expect(await codeOf(LIAISON, 'https://elsewhere.example/')).toBeUndefined()
})

it('explains what an administrator must do, and waits for a platform that is away', async () => {
  // With a token in hand, so that the refusal meets the question itself.
  await stage.app.login.userOf('x')
  for (const [code, word] of [
    [50001, '可信域名'],
    [60020, '企业可信IP'],
    [50002, '可见范围'],
  ] as const) {
    stage.platform.faults.refuse(code, 1)
    expect(await stage.app.login.userOf('x')).toMatchObject({
      type: 'refused',
      cure: expect.stringContaining(word),
    })
  }
  stage.platform.faults.arm('html-page')
  expect(await stage.app.login.userOf('x')).toEqual({ type: 'later' })
})

it('takes no state that the platform would refuse', () => {
  expect(() => stage.app.login.authorizeUrl(BACK, 'a-b')).toThrow('state')
})
