// Starts Chromium and serves an office's page on loopback, for the browser tests and the screenshots.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import type { DemoOffice } from '../../src/sandbox/office.ts'
import { sandboxRouter } from '../../src/sandbox/page.ts'

export const WIDTHS = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 800 } } as const
export type Width = keyof typeof WIDTHS

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=zh-CN',
]

export type Browser = {
  /** A new page with its own list of errors; nothing is shared with earlier pages but the browser. */
  open(url: string, width: Width): Promise<{ page: Page; errors: string[] }>
  close(): Promise<void>
}

/** Debian's Chromium with a profile of its own, thrown away on `close`. */
export async function startBrowser(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'duban-browser-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: FLAGS,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    env: { ...process.env, LANGUAGE: 'zh_CN' },
  })
  return {
    open: (url, width) => openPage(context, url, width),
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

async function openPage(context: BrowserContext, url: string, width: Width) {
  const page = await context.newPage()
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.setViewportSize(WIDTHS[width])
  await page.goto(url)
  return { page, errors }
}

export type Served = { readonly url: string; close(): Promise<void> }

/** The office's page on a free port or the given one, as the demo command mounts it. `url` ends in /sandbox/. */
export async function serveOffice(
  office: DemoOffice,
  uiDirectory = 'dist/sandbox-ui',
  fixedPort = 0,
): Promise<Served> {
  const app = express()
  app.use('/sandbox', sandboxRouter(office, { uiDirectory }))
  const server: Server = createServer(app)
  await new Promise<void>((resolve) => server.listen(fixedPort, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/sandbox/`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** How far the page can be scrolled sideways, in pixels: 0 when everything fits. */
export const sidewaysOverflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')

/** Becomes this person by typing his name into the picker; his direct chat opens. */
export async function choosePerson(page: Page, name: string): Promise<void> {
  // On a phone another part or another chat may be in front of the list.
  for (const way of ['聊天', '‹ 会话']) {
    const button = page.getByRole('button', { name: way, exact: true })
    if (await button.isVisible()) await button.click()
  }
  await page.getByRole('button', { name: '我是' }).click()
  await page.getByLabel('查找人员').fill(name)
  await page.locator('.person', { hasText: name }).first().click()
  await page.getByRole('heading', { name, level: 2 }).first().waitFor()
}

/** On a phone the three parts are tabs; on a desk they are all there already. */
export async function showTab(page: Page, width: Width, tab: '聊天' | '台账' | '时间'): Promise<void> {
  if (width === 'phone') await page.getByRole('navigation').getByRole('button', { name: tab }).click()
}

/** The chat that is open: its header, messages and composer. */
export const openChat = (page: Page): Locator => page.getByRole('region', { name: '会话' })
