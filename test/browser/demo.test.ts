// The real demo as a newcomer meets it: one command, one page, a card that is answered, and the ledger that follows.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import readline from 'node:readline'
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
