// Takes pictures of a running demo at both widths: npx tsx test/browser/screenshots.ts <url> <outdir> [person]
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { choosePerson, startBrowser } from './support.ts'

const [url, directory, person] = process.argv.slice(2)
if (!url || !directory) {
  process.stderr.write('usage: npx tsx test/browser/screenshots.ts <url> <outdir> [person]\n')
  process.exit(2)
}

const browser = await startBrowser()
try {
  const desk = await browser.open(url, 'desk')
  if (person) await choosePerson(desk.page, person)
  await shoot(desk.page, 'desk')

  const phone = await browser.open(url, 'phone')
  await shoot(phone.page, 'phone-chats')
  if (person) {
    await choosePerson(phone.page, person)
    await shoot(phone.page, 'phone-chat')
  }
  for (const [tab, name] of [
    ['台账', 'phone-ledger'],
    ['时间', 'phone-clock'],
  ] as const) {
    await phone.page.getByRole('navigation').getByRole('button', { name: tab }).click()
    await shoot(phone.page, name)
  }
} finally {
  await browser.close()
}

async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(directory ?? '', { recursive: true })
  await page.evaluate('document.fonts.ready')
  await page.screenshot({ path: join(directory ?? '', `${name}.png`) })
}
