// The demo page with as much as a whole year brings: it stays quick to scroll and nothing sticks out.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LedgerLine } from '../../src/sandbox/office.ts'
import { createSmallOffice, type SmallOffice, START } from '../support/small-office.ts'
import {
  type Browser,
  choosePerson,
  openChat,
  type Served,
  serveOffice,
  showTab,
  sidewaysOverflow,
  startBrowser,
  type Width,
} from './support.ts'

const BUBBLES = 5_000
const ROWS = 400
const DAY_MS = 86_400_000

type ScrollBox = {
  readonly scrollTop: number
  readonly scrollWidth: number
  readonly scrollHeight: number
  readonly clientWidth: number
  readonly clientHeight: number
  scrollTo(x: number, y: number): void
}
const belowView = (box: ScrollBox): number => box.scrollHeight - box.scrollTop - box.clientHeight

function fill(office: SmallOffice): void {
  const last = BUBBLES - office.world.bubbles().length
  for (let i = 1; i <= last; i++)
    office.push({ platform: 'wecom', chat: 'kangding', from: 'bot', text: `第${i}条` })
  office.setLedger(
    Array.from(
      { length: ROWS },
      (_, i): LedgerLine => ({
        id: `t${i}`,
        plan: '资金管理突出问题专项整治',
        title: `第${i}项${'很长的任务名称'.repeat(i % 9)}`,
        unit: i % 2 ? '康定市' : '泸定县',
        project: 'A'.repeat(i % 60),
        state: i % 3 ? '待填报' : '已填报',
        due: START + i * DAY_MS,
        overdue: i < 5,
        lastEvent: `https://example.invalid/${'x'.repeat(i % 200)}`,
        lastEventAt: START - i,
      }),
    ),
  )
}

describe.each<Width>(['phone', 'desk'])('a busy office on a %s', (width) => {
  let browser: Browser
  let office: SmallOffice
  let served: Served
  let page: Page

  beforeAll(async () => {
    browser = await startBrowser()
    office = createSmallOffice()
    fill(office)
    served = await serveOffice(office)
    page = (await browser.open(served.url, width)).page
  })
  afterAll(async () => {
    await browser.close()
    await served.close()
  })

  it('draws the last 200 messages and older ones on demand, and stays where the reader is', async () => {
    await choosePerson(page, '康定市联络员')
    const chat = openChat(page)
    await chat.getByText('第4998条').waitFor()
    expect(await chat.locator('.row').count()).toBe(200)
    await chat.getByRole('button', { name: '更早的消息（还有 4799 条）' }).click()
    await chat.locator('.row').nth(399).waitFor()
    const box = chat.locator('.scroll')
    await box.evaluate((element: ScrollBox) => element.scrollTo(0, 0))
    await expect.poll(() => box.evaluate(belowView)).toBeGreaterThan(10_000)
    office.push({ platform: 'wecom', chat: 'kangding', from: 'bot', text: '又来一条' })
    await chat.getByRole('button', { name: '有 1 条新消息 ↓' }).click()
    await expect.poll(() => box.evaluate(belowView)).toBeLessThan(2)
    office.push({ platform: 'wecom', chat: 'kangding', from: 'bot', text: '最后一条' })
    await chat.getByText('最后一条').waitFor()
    expect(await chat.getByRole('button', { name: '新消息' }).count()).toBe(0)
  })

  it('takes in thousands of messages at once', async () => {
    for (let i = 1; i <= 3_000; i++)
      office.push({ platform: 'wecom', chat: 'luding', from: 'bot', text: `提醒${i}` })
    await choosePerson(page, '泸定县联络员')
    await openChat(page).getByText('提醒3000', { exact: true }).waitFor()
    expect(await openChat(page).locator('.row').count()).toBe(200)
  })

  it('pages through the ledger and narrows it', async () => {
    await showTab(page, width, '台账')
    const ledger = page.getByRole('region', { name: '台账' })
    await ledger.getByText('台账 400 项').waitFor()
    expect(await ledger.locator('.row').count()).toBe(60)
    await ledger.getByRole('button', { name: '再显示 60 项（共 400 项）' }).click()
    expect(await ledger.locator('.row').count()).toBe(120)
    await ledger.getByRole('button', { name: '逾期 5' }).click()
    expect(await ledger.locator('.row.overdue').count()).toBe(5)
    await ledger.getByLabel('单位').selectOption('康定市')
    expect(await ledger.locator('.row').count()).toBe(2)
    await ledger.getByRole('button', { name: '清除筛选' }).click()
    await ledger.getByLabel('查找台账').fill('第399项')
    expect(await ledger.locator('.row').count()).toBe(1)
    await ledger.locator('.row').click()
    await page.getByRole('heading', { name: '康定市联络员', level: 2 }).first().waitFor()
    await showTab(page, width, '台账')
    await ledger.getByRole('button', { name: '清除筛选' }).click()
    expect(await sidewaysOverflow(page)).toBe(0)
    expect(await ledger.evaluate((element: ScrollBox) => element.scrollWidth - element.clientWidth)).toBe(0)
  })
})
