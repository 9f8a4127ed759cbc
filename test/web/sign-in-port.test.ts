// Signing in with a platform of the test's own behind the port: one that hangs, and addresses behind a proxy.
import type { AddressInfo } from 'node:net'
import express from 'express'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { SignIn, SignInOutcome } from '../../src/app/sign-in.ts'
import { OFFICE } from '../../src/commands/product.ts'
import { phoneRouter } from '../../src/web/phone.ts'
import { listen } from '../../src/web/server.ts'
import { openLoginOffice, side } from '../support/login-office.ts'
import { Visitor } from '../support/visitor.ts'

/** Answers when it is let go. */
function ownPlatform() {
  const waiting: ((outcome: SignInOutcome) => void)[] = []
  const signIn: SignIn = {
    channel: 'wecom',
    authorizeUrl: (redirectUri, state) =>
      `http://127.0.0.1/login?${new URLSearchParams({ redirectUri, state })}`,
    accountOf: () => new Promise((resolve) => waiting.push(resolve)),
  }
  return { signIn, waiting }
}

/** The pages on loopback; `publicUrl`: what they believe to be reached by, if not that. */
async function servePages(signIn: SignIn, publicUrl?: string): Promise<string> {
  const { office } = await openLoginOffice({ bots: true })
  const app = express()
  const server = await listen(app, 0, '127.0.0.1')
  onTestFinished(() => void server.close())
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { store } = office.product
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  const shared = { store, log, office: OFFICE, clock: office.clock, key: await store.linkKey() }
  const pages = { ...shared, publicUrl: publicUrl ?? base, rehearsal: true, signIns: [signIn] }
  app.use('/m', phoneRouter({ ...pages, recorded() {} }))
  return base
}

describe('a platform behind the port', { timeout: 60_000 }, () => {
  test('that hangs holds up fifty visitors, and the next is told at once', async () => {
    const { signIn, waiting } = ownPlatform()
    const base = await servePages(signIn)
    const visitor = new Visitor(side.liaison)
    const state = (await visitor.open(`${base}/m/`)).location?.searchParams.get('state')
    const back = `${base}/m/login/wecom?code=c&state=${state}`
    const held = Array.from({ length: 50 }, () => visitor.open(back))
    await expect.poll(() => waiting.length, { timeout: 20_000 }).toBe(50)
    const next = await visitor.open(back)
    expect([next.status, next.text.includes('D217')]).toEqual([503, true])
    for (const release of waiting) release({ type: 'account', id: side.liaison })
    expect(new Set((await Promise.all(held)).map(({ status }) => status))).toEqual(new Set([303]))
    const after = visitor.open(back)
    await expect.poll(() => waiting.length).toBe(51)
    waiting[50]?.({ type: 'later' })
    expect((await after).status).toBe(503)
  })

  test('behind a proxy with a path: cookies for https and for that path alone', async () => {
    const { signIn, waiting } = ownPlatform()
    const base = await servePages(signIn, 'https://duban.example.gov.cn/duban')
    const visitor = new Visitor(side.liaison)
    const start = await visitor.open(`${base}/m/login?to=/m/t/x`)
    const query = start.location?.searchParams
    expect(query?.get('redirectUri')).toBe('https://duban.example.gov.cn/duban/m/login/wecom')
    const back = visitor.open(`${base}/m/login/wecom?code=c&state=${query?.get('state')}`)
    await expect.poll(() => waiting.length).toBe(1)
    waiting[0]?.({ type: 'account', id: side.liaison })
    const arrived = await back
    expect(arrived.location?.pathname).toBe('/duban/m/')
    for (const page of [start, arrived])
      expect(page.headers.getSetCookie()).toEqual([
        expect.stringMatching(/; Path=\/duban\/m; .*HttpOnly; Secure; SameSite=Lax$/),
      ])
    expect((await visitor.open(`${base}/m/`)).text).toContain('action="/duban/m/logout"')
  })
})
