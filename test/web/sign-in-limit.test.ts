// A platform that hangs holds up so many sign-ins and no more: the next visitor is told at once.
import type { AddressInfo } from 'node:net'
import express from 'express'
import { expect, onTestFinished, test } from 'vitest'
import type { SignIn, SignInOutcome } from '../../src/app/sign-in.ts'
import { OFFICE } from '../../src/commands/product.ts'
import { phoneRouter } from '../../src/web/phone.ts'
import { listen } from '../../src/web/server.ts'
import { openLoginOffice, side } from '../support/login-office.ts'
import { Visitor } from '../support/visitor.ts'

/** A platform that answers when it is let go. */
function hangingPlatform() {
  const waiting: ((outcome: SignInOutcome) => void)[] = []
  const signIn: SignIn = {
    channel: 'wecom',
    authorizeUrl: (_redirectUri, state) => `http://127.0.0.1/login?state=${state}`,
    accountOf: () => new Promise((resolve) => waiting.push(resolve)),
  }
  return { signIn, waiting }
}

test('fifty at once', { timeout: 60_000 }, async () => {
  const phone = await openLoginOffice({ bots: true })
  const { signIn, waiting } = hangingPlatform()
  const app = express()
  const server = await listen(app, 0, '127.0.0.1')
  onTestFinished(() => void server.close())
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { store } = phone.office.product
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  const shared = { store, log, office: OFFICE, clock: phone.office.clock, key: await store.linkKey() }
  app.use('/m', phoneRouter({ ...shared, publicUrl, rehearsal: true, signIns: [signIn], recorded() {} }))

  const visitor = new Visitor(side.liaison)
  const state = (await visitor.open(`${publicUrl}/m/`)).location?.searchParams.get('state')
  const back = `${publicUrl}/m/login/wecom?code=c&state=${state}`
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
