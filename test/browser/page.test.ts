// What a newcomer does on the demo page, in a real browser at both widths.
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSmallOffice, type SmallOffice } from '../support/small-office.ts'
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

// One pixel, as small as a PNG can be.
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(async () => {
  await browser.close()
})

describe.each<Width>(['phone', 'desk'])('the demo page on a %s', (width) => {
  let office: SmallOffice
  let served: Served
  let page: Page
  let errors: string[]

  beforeEach(async () => {
    office = createSmallOffice()
    served = await serveOffice(office)
    ;({ page, errors } = await browser.open(served.url, width))
  })
  afterEach(async () => {
    expect(await sidewaysOverflow(page)).toBe(0)
    expect(errors).toEqual([])
    await page.close()
    await served.close()
  })

  const ledgerRow = (unit: string) =>
    page.getByLabel('台账', { exact: true }).locator('.row', { hasText: unit })

  it('says that this is a rehearsal and what time it is', async () => {
    await page.getByText('演练环境，时间为虚拟时间').waitFor()
    await page.getByText('2021年4月12日 星期一 08:30').waitFor()
  })

  it('shows a card, takes a press, redraws the card and the ledger', async () => {
    await choosePerson(page, '康定市联络员')
    const card = page.locator('.card', { hasText: '请报送自查报告' })
    await card.getByText('2021年4月30日').waitFor()
    await card.getByRole('button', { name: '收到' }).click()
    await card.getByRole('button', { name: '已签收' }).waitFor()
    expect(await card.getByRole('button', { name: '已签收' }).isDisabled()).toBe(true)
    expect(office.heard).toEqual([{ account: 'kangding', button: 'ack' }])
    await showTab(page, width, '台账')
    await ledgerRow('康定市').getByText('已签收', { exact: true }).waitFor()
    await ledgerRow('康定市').and(page.locator('.changed')).waitFor()
  })

  it('says something as a liaison, sees the answer and the ledger change', async () => {
    await choosePerson(page, '牟定县联络员')
    await page.getByLabel('消息').fill('本月完成投资320万元')
    await page.getByLabel('消息').press('Enter')
    await openChat(page).getByText('已收到：本月完成投资320万元').waitFor()
    expect(office.heard).toEqual([{ account: 'mouding', said: { text: '本月完成投资320万元' } }])
    await showTab(page, width, '台账')
    await ledgerRow('牟定县').getByText('已填报', { exact: true }).waitFor()
  })

  it('quotes a message and sends a picture byte for byte', async () => {
    await choosePerson(page, '康定市联络员')
    await page.getByRole('button', { name: '引用', exact: true }).first().click()
    await page.getByText('引用：[卡片] 请报送自查报告').waitFor()
    const file = { name: 'site.png', mimeType: 'image/png', buffer: PIXEL }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByAltText('要发的图片 1').waitFor()
    await page.getByRole('button', { name: '发送' }).click()
    await page.locator('.quoted', { hasText: '督办助手：[卡片] 请报送自查报告' }).waitFor()
    office.push({ platform: 'wecom', chat: 'kangding', from: 'bot', text: '见上', quote: '只有原话' })
    await page.locator('.quoted', { hasText: '只有原话' }).waitFor()
    const picture = page.locator('.picture img')
    await expect
      .poll(() => picture.evaluate((image: { readonly naturalWidth: number }) => image.naturalWidth))
      .toBe(1)
    expect(office.heard).toEqual([
      { account: 'kangding', said: { text: '', quote: 'b1', images: [new Uint8Array(PIXEL)] } },
    ])
  })

  it('tells in a group that the bot hears only what mentions it', async () => {
    await choosePerson(page, '泸定县联络员')
    if (width === 'phone') await page.getByRole('button', { name: '‹ 会话' }).click()
    await page.locator('.item', { hasText: '工作群' }).click()
    await page.getByRole('button', { name: '@机器人' }).click()
    await page.getByText('不 @ 机器人，它就听不到这条消息').waitFor()
    await page.getByLabel('消息').fill('大家看一下')
    await page.getByRole('button', { name: '发送' }).click()
    await page.getByText('群里没有 @机器人，它听不到这条消息。').waitFor()
    await page.getByLabel('发言人').selectOption({ label: '康定市联络员' })
    await page.getByRole('button', { name: '@机器人' }).click()
    await page.getByLabel('消息').fill('已完成')
    await page.getByLabel('消息').press('Enter')
    await openChat(page).getByText('已收到：已完成').waitFor()
    expect(office.heard.map((one) => [one.account, one.said?.mention])).toEqual([
      ['luding', false],
      ['kangding', true],
    ])
  })

  it('moves the clock, is busy meanwhile, and shows what happened', async () => {
    await choosePerson(page, '康定市联络员')
    const release = office.hold()
    await showTab(page, width, '时间')
    await page.getByRole('button', { name: '下一个到期日' }).click()
    await page.getByText('时间正在走，请稍等……').waitFor()
    expect(await page.getByRole('button', { name: '+1 小时' }).isDisabled()).toBe(true)
    release()
    await page.getByText('2021年5月1日 星期六 09:00').waitFor()
    await page.getByText('时间正在走，请稍等……').waitFor({ state: 'detached' })
    await showTab(page, width, '聊天')
    await openChat(page).getByText('提醒：自查报告今天到期。').waitFor()
    await showTab(page, width, '台账')
    await page.getByRole('button', { name: '逾期 3' }).waitFor()
    await ledgerRow('康定市').getByText('已逾期').waitFor()
  })

  it('switches a fault on and off, says so everywhere, and keeps it over a reload', async () => {
    const bar = page.getByText('平台故障已开 1 项')
    const drop = () => page.getByRole('group', { name: '钉钉' }).getByRole('checkbox', { name: '丢包' })
    const open = async () => {
      await showTab(page, width, '时间')
      await page.getByText('平台故障', { exact: false }).locator('visible=true').last().click()
    }
    await open()
    await page.getByText('种子 7').waitFor()
    const box = await drop().boundingBox()
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(40)
    await drop().check()
    await bar.waitFor()
    expect(office.faults.switches().map(({ on }) => on)).toEqual([false, true])
    await page.reload()
    await bar.waitFor()
    await open()
    expect(await drop().isChecked()).toBe(true)
    await drop().uncheck()
    await bar.waitFor({ state: 'detached' })
    expect(office.faults.switches().some(({ on }) => on)).toBe(false)
  })

  it('goes to a date, and says why when it cannot go on', async () => {
    await showTab(page, width, '时间')
    await page.getByLabel('要走到的日期').fill('2021-06-01')
    await page.getByRole('button', { name: '走到这一天' }).click()
    await page.getByText('2021年6月1日 星期二 09:00').waitFor()
    await page.getByRole('button', { name: '下一个到期日' }).click()
    await page.getByText('时间没有走到：后面没有到期的任务了。').waitFor()
    // The browser itself reports the refused request; it is the only one.
    expect(errors).toEqual([expect.stringContaining('422')])
    errors.length = 0
  })

  it('shows hostile text as text', async () => {
    const hostile = '<img src=x onerror="document.title=1"><script>document.title=1</script>'
    office.push({
      platform: 'wecom',
      chat: 'kangding',
      from: 'bot',
      markdown: `${hostile} **粗体** [坏](javascript:alert(1))`,
    })
    await choosePerson(page, '康定市联络员')
    await page.getByLabel('消息').fill(hostile)
    await page.getByLabel('消息').press('Enter')
    await page.locator('.own .text', { hasText: hostile }).waitFor()
    await page.locator('.rich', { hasText: `${hostile} 粗体 [坏](javascript:alert(1))` }).waitFor()
    expect(await page.title()).toBe('督办助手演练')
  })

  it('keeps the open chat over a reload, and leaves it by the back key', async () => {
    await choosePerson(page, '康定市联络员')
    await choosePerson(page, '泸定县联络员')
    await page.reload()
    await openChat(page).getByRole('heading', { name: '泸定县联络员' }).waitFor()
    await page.goBack()
    if (width === 'phone') await page.getByRole('heading', { name: '泸定县联络员的会话' }).waitFor()
    else await openChat(page).getByRole('heading', { name: '康定市联络员' }).waitFor()
  })

  it('finds its way back when the server was away', async () => {
    await choosePerson(page, '康定市联络员')
    await served.close()
    await page.getByText('和演练服务的连接断了，正在重新连接……').waitFor()
    office.push({ platform: 'wecom', chat: 'kangding', from: 'bot', text: '断线时发的' })
    served = await serveOffice(office, undefined, Number(new URL(served.url).port))
    await openChat(page).getByText('断线时发的').waitFor()
    await page.getByText('正在重新连接').waitFor({ state: 'detached' })
    await page.getByLabel('消息').fill('收到')
    await page.getByLabel('消息').press('Enter')
    await openChat(page).getByText('已收到：收到').waitFor()
    expect(
      errors.every((error) => error.includes('ERR_CONNECTION_REFUSED') || error.includes('ERR_INCOMPLETE')),
    ).toBe(true)
    errors.length = 0
  })
})

it('has nothing on a phone that is too small for a finger', async () => {
  const served = await serveOffice(createSmallOffice())
  const { page } = await browser.open(served.url, 'phone')
  await page.getByRole('button', { name: '我是' }).click()
  expect(await smallTargets(page)).toEqual([])
  await page.locator('.backdrop').click({ position: { x: 200, y: 800 } })
  await choosePerson(page, '康定市联络员')
  expect(await smallTargets(page)).toEqual([])
  for (const tab of ['台账', '时间'] as const) {
    await showTab(page, 'phone', tab)
    expect(await smallTargets(page)).toEqual([])
  }
  await page.close()
  await served.close()
})

/** Visible things to press that are lower than 40 px. */
async function smallTargets(page: Page): Promise<(string | null)[]> {
  const targets = await page.locator('button:visible, select:visible, input:visible, textarea:visible').all()
  expect(targets.length).toBeGreaterThan(3)
  const boxes = await Promise.all(targets.map(async (one) => ({ one, box: await one.boundingBox() })))
  const small = boxes.filter(({ box }) => box && (box.height < 40 || box.width < 40))
  return await Promise.all(small.map(({ one }) => one.textContent()))
}
