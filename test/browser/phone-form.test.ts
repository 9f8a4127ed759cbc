// A liaison fills the form on a phone: prefilled, drafts kept, sums offered, nothing lost without a signal.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { databases } from '../support/databases.ts'
import { SIDES } from '../support/office-cast.ts'
import { openPhoneOffice } from '../support/phone-office.ts'
import { type Browser, sidewaysOverflow, startBrowser } from './support.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(async () => {
  await browser.close()
})

/** The second half of an office with a May report in, just when the June one opens. */
async function openJune() {
  const [{ place }, side] = [databases[0], SIDES[1]]
  if (!side) throw new Error('no side')
  const phone = await openPhoneOffice({ place, side, plans: ['yuebao'], at: '2021-05-07 09:30' })
  const { office, linkTo, post, ignoreMessages } = phone
  const april = (await office.ledger()).find(({ project }) => project === 'jt-qiao')
  await post(await linkTo(april?.key ?? '', side.liaison), {
    ...{ revision: '0', investedThisMonth: '500', investedTotal: '1.2亿', percentComplete: '40' },
    ...{ physicalProgress: '桥墩完成6个', problems: '征地还差3户' },
  })
  await office.advanceTo('2021-06-07 09:30')
  ignoreMessages()
  const june = (await office.ledger()).find(
    ({ project, period }) => project === 'jt-qiao' && period === '2021-05',
  )
  return { ...phone, june: june?.id ?? '', url: await linkTo(june?.key ?? '', side.liaison) }
}

it('is filled on a phone', async () => {
  const { office, ignoreMessages, url, june } = await openJune()
  const { page, errors } = await browser.open(url, 'phone')
  const shoot = async (name: string): Promise<void> => {
    const directory = process.env.SCREENSHOTS
    if (!directory) return
    mkdirSync(directory, { recursive: true })
    await page.screenshot({ path: path.join(directory, `phone-form-${name}.png`), fullPage: true })
  }
  const month = page.getByLabel('本月完成投资')
  const total = page.getByLabel('累计完成投资')
  await shoot('empty')
  expect(await page.locator('#add').isVisible()).toBe(false)
  expect(await page.getByLabel('支付资金').isVisible()).toBe(false)
  expect(await total.inputValue()).toBe('12000')
  await page.getByText('上期：1.2亿元').waitFor()

  await month.fill('320')
  await page.reload()
  await page.getByText('已恢复您上次没有交的内容').waitFor()
  expect(await month.inputValue()).toBe('320')
  await page.getByRole('button', { name: '12320 万元，点这里填入' }).click()
  expect(await total.inputValue()).toBe('12320')
  await page.getByText('即 1.232 亿元').waitFor()

  await page.getByLabel('形象进度').fill('142')
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await page.getByText('还没有交上：有1处要改').waitFor()
  await shoot('problem')
  await page.getByLabel('形象进度').fill('42')
  await total.fill('12330')
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await page.getByText('还没有交上：还差一句说明').waitFor()
  await shoot('question')
  await page.getByLabel('确实如此，请写一句原因').fill('含上月补报10万元')

  await page.context().setOffline(true)
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await page.getByText('现在没有信号，还没有交上').waitFor()
  await shoot('offline')
  await page.context().setOffline(false)
  await page.getByRole('button', { name: '提交', exact: true }).dblclick()
  await page.getByText('已登记，不会再催').waitFor()
  await shoot('recorded')
  expect(await office.submissions({ id: june })).toMatchObject([
    { revision: 1, fields: { investedTotal: '123300000.00', percentComplete: 42 } },
  ])
  expect(await page.evaluate('Object.keys(localStorage)')).toEqual([])

  await page.getByRole('link', { name: '有误，我要更正' }).click()
  expect(await total.inputValue()).toBe('12330')
  await shoot('correct')
  for (const box of await page
    .locator('input:visible, textarea:visible, select:visible, button:visible')
    .all())
    expect((await box.boundingBox())?.height).toBeGreaterThanOrEqual(48)
  expect(await sidewaysOverflow(page)).toBe(0)
  // The wrong form was answered with 422, and the lost signal is the browser's own complaint.
  expect(errors.filter((text) => !/422|ERR_INTERNET_DISCONNECTED/.test(text))).toEqual([])
  await page.close()
  await office.settle()
  ignoreMessages()
})

it('can be sent in without its script', async () => {
  const { office, ignoreMessages, url, june } = await openJune()
  const { page } = await browser.open('about:blank', 'phone')
  await page.route('**/m/t/**', async (route) => {
    const response = await route.fetch({ maxRedirects: 0 })
    const headers = { ...response.headers(), 'content-security-policy': `script-src 'none'` }
    await route.fulfill({ response, headers })
  })
  await page.goto(url)
  await page.getByLabel('累计完成投资').fill('12320')
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await page.getByText('已登记，不会再催').waitFor()
  expect(await office.submissions({ id: june })).toHaveLength(1)
  await page.close()
  await office.settle()
  ignoreMessages()
})
