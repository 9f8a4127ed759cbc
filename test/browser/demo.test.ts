// The real demo as a newcomer meets it: one command, one page, a card that is answered, and the ledger that follows.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import readline from 'node:readline'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Browser, choosePerson, openChat, startBrowser } from './support.ts'

const MAIN = path.join(import.meta.dirname, '../../src/main.ts')
const data = mkdtempSync(path.join(tmpdir(), 'duban-demo-'))
let demo: ChildProcess
let address: string
let browser: Browser

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('the demo has no output')
  for await (const line of readline.createInterface({ input: stdout })) {
    const found = /http:\/\/\S+/.exec(line)?.[0]
    if (found) return found
  }
  throw new Error('the demo ended without an address')
}

beforeAll(async () => {
  demo = spawn(process.execPath, ['--import', 'tsx', MAIN, 'demo'], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, DUBAN_DATA: data, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  address = await addressOf(demo)
  browser = await startBrowser()
}, 120_000)

afterAll(async () => {
  await browser.close()
  demo.kill('SIGTERM')
  await once(demo, 'exit')
  rmSync(data, { recursive: true, force: true })
})

it('shows the first prompts, moves to the next due date, and writes an answer into the ledger', async () => {
  const { page, errors } = await browser.open(address, 'desk')
  await choosePerson(page, '丹巴县联络员')
  await openChat(page).getByText('新任务：报送领导机构').waitFor()
  await page.getByRole('button', { name: '下一个到期日' }).click()
  await page.getByText('2021年4月15日').first().waitFor()
  await openChat(page).getByRole('button', { name: '已报送' }).first().click()
  await openChat(page).getByText('已登记，请核对').first().waitFor()
  const row = page
    .getByLabel('台账')
    .locator('.row', { hasText: '丹巴县经信局' })
    .filter({ hasText: '已报送' })
  await row.first().waitFor()
  expect(errors).toEqual([])
}, 120_000)

/** Says something until the switch has struck at least once; returns how many times he spoke. */
async function speakUntilStruck(page: Page, struck: Locator, text: string): Promise<number> {
  for (let times = 1; times <= 30; times++) {
    await page.getByLabel('消息').fill(text)
    await page.getByLabel('消息').press('Enter')
    await openChat(page)
      .locator('.own', { hasText: text })
      .nth(times - 1)
      .waitFor()
    // The page is told of a strike with the ledger's hint, a moment later.
    const happened = await struck.waitFor({ timeout: 2_500 }).then(
      () => true,
      () => false,
    )
    if (happened) return times
  }
  throw new Error('the switch never struck')
}

it.each([
  ['重复推送', 'a message that is pushed twice is answered once'],
  ['丢包', 'an answer whose receipt is lost is shown once'],
])(
  '%s: %s',
  async (name) => {
    const { page, errors } = await browser.open(address, 'desk')
    await choosePerson(page, '州水务局联络员')
    await page.locator('summary', { hasText: '平台故障' }).click()
    const one = page.getByRole('group', { name: '钉钉' }).locator('.switch', { hasText: name })
    const answers = openChat(page).locator('.card', { hasText: '项待办' })
    const before = await answers.count()
    await one.getByRole('checkbox').check()
    await page.getByText('平台故障已开 1 项').waitFor()
    const spoken = await speakUntilStruck(page, one.locator('.struck'), '我的任务')
    await one.getByRole('checkbox').uncheck()
    await page.getByText('平台故障已开').waitFor({ state: 'detached' })
    await expect.poll(() => answers.count(), { timeout: 40_000 }).toBe(before + spoken)
    // Whatever would still come a second time comes with the next look of the product or the platform.
    await page.getByRole('button', { name: '+1 小时' }).click()
    await page.getByText('时间正在走').waitFor({ state: 'detached' })
    expect(await answers.count()).toBe(before + spoken)
    expect(errors).toEqual([])
    await page.close()
  },
  180_000,
)
