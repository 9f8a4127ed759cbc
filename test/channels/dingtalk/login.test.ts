// Who opens a phone page: in the client and in a browser, once for each code.
import { describe, expect, test } from 'vitest'
import { startApi } from './api-office.ts'
import { HEAD, LIAISON, OUTSIDER } from './support.ts'

describe('logins', () => {
  test('a code of the client is a person, once and for five minutes', async () => {
    await using office = await startApi()
    const code = office.platform.loginCode(LIAISON)
    expect(await office.login.fromClient(code)).toEqual({ type: 'ok', value: LIAISON })
    const stale = { type: 'refused', code: '40078', cure: expect.stringContaining('重新打开') }
    expect(await office.login.fromClient(code)).toMatchObject(stale)
    const late = office.platform.loginCode(LIAISON)
    office.clock.at += 5 * 60_000
    expect(await office.login.fromClient(late)).toMatchObject(stale)
  })

  test('a browser is sent to the login page and comes back as the same person', async () => {
    await using office = await startApi()
    const url = new URL(office.login.authorizeUrl('https://duban.example.gov.cn/m/login', 's1'))
    expect(url.origin).toBe(office.platform.base)
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'dingappkey1',
      redirect_uri: 'https://duban.example.gov.cn/m/login',
      state: 's1',
      scope: 'openid',
    })
    const code = office.platform.loginCode(HEAD)
    expect(await office.login.fromBrowser(code)).toEqual({ type: 'ok', value: HEAD })
    expect(await office.login.fromBrowser(code)).toMatchObject({
      type: 'refused',
      cure: expect.stringContaining('重新打开'),
    })
    expect(office.counted).toEqual([])
  })

  test('somebody of another office or gone is nobody here', async () => {
    await using office = await startApi({ outsiders: [OUTSIDER] })
    office.platform.leave(HEAD)
    for (const who of [OUTSIDER, HEAD]) {
      for (const login of [office.login.fromClient, office.login.fromBrowser]) {
        expect(await login(office.platform.loginCode(who))).toMatchObject({ type: 'refused', code: '60121' })
      }
    }
  })

  test('a token that the platform dropped is renewed on the older host too', async () => {
    await using office = await startApi()
    await office.login.fromClient(office.platform.loginCode(LIAISON))
    office.platform.faults.arm('token-gone')
    expect(await office.login.fromClient(office.platform.loginCode(LIAISON))).toEqual({
      type: 'ok',
      value: LIAISON,
    })
  })
})
