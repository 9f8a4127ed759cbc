// A small office whose phone pages are served on loopback, as `serve` and the demo mount them.
import type { AddressInfo } from 'node:net'
import express from 'express'
import { onTestFinished } from 'vitest'
import { formLinks } from '../../src/app/form-link.ts'
import { phonePages } from '../../src/commands/phone-pages.ts'
import { mountCallbacks } from '../../src/commands/serve.ts'
import { listen } from '../../src/web/server.ts'
import { openOffice, type Seen, type TestOffice } from './office.ts'
import type { OfficeOptions } from './office-cast.ts'

export type PhoneOffice = {
  readonly office: TestOffice
  readonly base: string
  /** The link under a card, as it was drawn. */
  linkIn(seen: Seen): string
  /** A link as the product would make it now. */
  linkTo(taskPart: string, person: string): Promise<string>
  get(url: string): Promise<Answer>
  /** Sends the form, not following where it leads. */
  post(url: string, values: Record<string, string>, headers?: Record<string, string>): Promise<Answer>
  /** All that the pages have logged. */
  readonly logged: readonly string[]
  /** Nobody's other messages matter to this test. */
  ignoreMessages(): void
}

export type Answer = { readonly status: number; readonly page: string; readonly location: string | null }

export async function openPhoneOffice(options: OfficeOptions): Promise<PhoneOffice> {
  const app = express()
  const server = await listen(app, 0, '127.0.0.1')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const office = await openOffice({
    ...options,
    place: async () => {
      const place = await options.place()
      return { ...place, environment: { ...place.environment, PUBLIC_URL: base } }
    },
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const logged: string[] = []
  const write = (fields: object, message: string) => void logged.push(JSON.stringify([message, fields]))
  const log = { debug: write, info: write, warn: write, error: write }
  const pages = { publicUrl: base, rehearsal: true, clock: office.clock, log }
  app.use('/m', await phonePages(office.product, pages))
  mountCallbacks(app, office.product)
  const wecomApp = office.platforms.imitations.wecom.app
  wecomApp?.trustDomain(new URL(base).host)
  await wecomApp?.setCallback(`${base}/wecom/callback`)
  return {
    office,
    base,
    logged,
    linkIn(seen) {
      const url = office.platforms.world.find(seen.bubble)?.card?.link?.url
      if (!url) throw new Error('the card has no link')
      return url
    },
    async linkTo(taskPart, person) {
      const links = formLinks(base, await office.product.store.linkKey())
      return links(await office.task(taskPart), person, office.platformOf(person), office.clock.now())
    },
    get: (url) => ask(url, {}),
    post: (url, values, headers = {}) =>
      ask(url, { method: 'POST', body: new URLSearchParams(values), redirect: 'manual', headers }),
    ignoreMessages() {
      for (const { to } of office.unread()) office.expectCard(to)
    },
  }
}

async function ask(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init)
  return { status: response.status, page: await response.text(), location: response.headers.get('location') }
}
