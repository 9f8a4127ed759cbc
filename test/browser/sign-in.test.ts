// A liaison signs in on a phone, finds the duty, hands it in, and sees it done; and the page inside DingTalk does its part by itself.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { DINGTALK, openLoginOffice, side } from '../support/login-office.ts'
import type { PhoneOffice } from '../support/phone-office.ts'
import { type Browser, sidewaysOverflow, startBrowser } from './support.ts'

let browser: Browser
let phone: PhoneOffice
beforeAll(async () => {
  browser = await startBrowser()
})
afterEach(() => phone.ignoreMessages())
afterAll(async () => {
  await browser.close()
})

async function shoot(page: Page, name: string): Promise<void> {
  const directory = process.env.SCREENSHOTS
  if (!directory) return
  mkdirSync(directory, { recursive: true })
  await page.screenshot({ path: path.join(directory, `my-tasks-${name}.png`), fullPage: true })
}

it('sign in by WeCom, open the form, hand it in, see it done', async () => {
  phone = await openLoginOffice()
  const { page, errors } = await browser.open(`${phone.base}/m/`, 'phone')
  await page.context().clearCookies()
  await page.reload()
  await shoot(page, 'chooser')
  await page.getByRole('link', { name: '用企业微信登录' }).click()
  await page.getByRole('link', { name: side.liaisonName }).click()

  await page.getByText(`${side.liaisonName}：1项待办`).waitFor()
  // What the platform's own page lacked (its icon) is not ours.
  errors.length = 0
  await shoot(page, 'list')
  for (const target of await page.locator('a.item, button').all())
    expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(48)
  expect(await sidewaysOverflow(page)).toBe(0)
  await page.getByRole('link', { name: '报送动员部署文件' }).click()
  await page.getByLabel('办理情况').fill('已报送，文号〔2021〕1号')
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await page.getByText('已登记，不会再催').waitFor()
  await page.getByRole('link', { name: '返回我的任务' }).click()

  await page.getByText('现在没有要办的任务').waitFor()
  await page.getByText('✔ 报送动员部署文件').waitFor()
  await shoot(page, 'done')
  expect(await phone.office.submissions(await phone.office.task())).toHaveLength(1)
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('link', { name: '用企业微信登录' }).waitFor()
  expect(errors).toEqual([])
  await page.close()
})

/** DingTalk's library, as far as our page uses it: `code` undefined for a client that gives none. */
const library = (code: string | undefined): string =>
  code === undefined
    ? `window.dd = { requestAuthCode: function (o) { o.onFail({ errorCode: 3, errorMessage: '1002' }) } }`
    : `window.dd = { requestAuthCode: function (o) { o.onSuccess({ code: o.corpId === 'dingsandbox' && o.clientId ? '${code}' : '' }) } }`

it('inside DingTalk the client’s code signs in by itself, and without one there is another way', async () => {
  phone = await openLoginOffice()
  const { page } = await browser.open('about:blank', 'phone')
  await page.context().clearCookies()
  await page.setExtraHTTPHeaders({ 'User-Agent': DINGTALK })
  const answers = [undefined, phone.office.platforms.imitations.dingtalk.loginCode('danba-zhuanzhi')]
  await page.route('https://g.alicdn.com/**', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: library(answers.shift()) }),
  )
  await page.goto(`${phone.base}/m/`)
  await page.getByText('没有从钉钉拿到登录码').waitFor()
  await shoot(page, 'no-code')
  expect(await page.getByRole('link', { name: '用钉钉账号登录' }).getAttribute('href')).toContain('browser=1')
  await page.reload()
  await page.getByText('丹巴县联络员：没有待办').waitFor()
  await page.close()
})
