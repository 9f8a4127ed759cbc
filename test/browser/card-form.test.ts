// A form right on a DingTalk card of the demo page: filled in, refused with what was typed, and recorded, as a liaison would do it.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DemoOffice } from '../../src/sandbox/office.ts'
import { databases } from '../support/databases.ts'
import type { TestOffice } from '../support/office.ts'
import { SIDES } from '../support/office-cast.ts'
import { openPhoneOffice } from '../support/phone-office.ts'
import {
  type Browser,
  choosePerson,
  openChat,
  serveOffice,
  sidewaysOverflow,
  startBrowser,
  type Width,
} from './support.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(async () => {
  await browser.close()
})

const pageOf = ({ platforms, clock }: TestOffice): DemoOffice => ({
  world: platforms.world,
  imitations: platforms.imitations,
  faults: platforms.faults,
  now: clock.now,
  leap: () => Promise.reject(new Error('时间不走')),
  ledger: async () => [],
})

it.each<Width>(['phone', 'desk'])('on a %s', async (width) => {
  const [{ place }, side] = [databases[0], SIDES[1]]
  if (!side) throw new Error('no side')
  const { office, ignoreMessages } = await openPhoneOffice({
    ...{ place, side, plans: ['yonggong'], at: '2021-05-06 09:30' },
  })
  await office.advanceTo('2021-05-06 09:30')
  const served = await serveOffice(pageOf(office))
  const { page, errors } = await browser.open(served.url, width)
  const shoot = async (name: string): Promise<void> => {
    const directory = process.env.SCREENSHOTS
    if (!directory) return
    mkdirSync(directory, { recursive: true })
    await page.screenshot({ path: path.join(directory, `card-form-${width}-${name}.png`) })
  }
  await choosePerson(page, side.liaisonName)
  const card = openChat(page).locator('.card', { hasText: '新任务：填报用工和资金情况' })
  await card.getByLabel('到位资金（万元）').fill('三百来万')
  await card.getByLabel('用工（人）').fill('45')
  await card.getByLabel('进度判断').selectOption('滞后')
  await card.getByLabel('计划复工日期').fill('2021-06-30')
  await shoot('filled')
  // What other people see meanwhile redraws the page; nothing that was typed goes.
  office.platforms.world.show({
    ...{
      id: 'x1',
      platform: 'dingtalk',
      chat: side.liaison,
      from: 'bot',
      at: office.clock.now(),
      text: '您好',
    },
  })
  await openChat(page).getByText('您好').waitFor()
  await card.getByRole('button', { name: '提交' }).click()

  const again = openChat(page).locator('.card', { hasText: '还差几项' })
  await again.getByText('到位资金“三百来万”：请只填数字').waitFor()
  expect(await again.getByLabel('到位资金（万元）').inputValue()).toBe('三百来万')
  expect(await again.getByLabel('进度判断').inputValue()).toBe('滞后')
  expect(await card.getByLabel('用工（人）').inputValue()).toBe('45')
  await shoot('refused')
  await again.getByLabel('到位资金（万元）').fill('320')
  await again.getByRole('button', { name: '提交' }).click()
  await openChat(page).getByText('已登记，请核对').waitFor()
  await again.getByText('已提交表单').waitFor()
  expect(await again.getByRole('button', { name: '提交' }).count()).toBe(0)
  await shoot('recorded')

  const fields = { inPlace: '3200000.00', workers: 45, light: '滞后', restart: '2021-06-30' }
  expect((await office.submissions(await office.task())).map((one) => one.fields)).toEqual([fields])
  expect(await sidewaysOverflow(page)).toBe(0)
  expect(errors).toEqual([])
  ignoreMessages()
  office.skip()
  await page.close()
  await served.close()
})
