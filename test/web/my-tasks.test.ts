// 我的任务: whose duties it shows and how, and where a visitor comes out once he is signed in.
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { targetOf } from '../../src/web/phone/target.ts'
import { openLoginOffice, side, WXWORK } from '../support/login-office.ts'
import type { PhoneOffice } from '../support/phone-office.ts'
import { Visitor } from '../support/visitor.ts'

describe('the list', { timeout: 60_000 }, () => {
  let phone: PhoneOffice
  afterEach(() => phone.ignoreMessages())

  test('one’s own and what one stands in for, with what is overdue', async () => {
    phone = await openLoginOffice()
    await phone.office.import(
      `delegations:\n  - { post: ${side.liaison}, to: ${side.successor}, from: 2021-04-19, until: 2021-05-10 }\n`,
    )
    // Three workdays after the long holiday: the Saturday is one.
    await phone.office.advanceTo('2021-05-08 10:00')
    const standIn = new Visitor(side.successor, WXWORK)
    const page = await standIn.visit(`${phone.base}/m/`)
    expect(page.text).toContain('1项待办，其中1项已逾期')
    expect(page.text).toContain('class="item late"')
    expect(page.text).toContain('已逾期3个工作日')
    expect(page.text).toContain(`代${side.liaisonName}办理`)
    const own = await new Visitor(side.liaison, WXWORK).visit(`${phone.base}/m/`)
    expect(own.text).toContain('报送动员部署文件')
    expect(own.text).not.toContain('办理</span>')
    const head = await new Visitor(side.head, WXWORK).visit(`${phone.base}/m/`)
    expect(head.text).toContain('现在没有要办的任务')
  })

  test('an expired link leads through the sign-in to the same form', async () => {
    phone = await openLoginOffice()
    const old = await phone.linkTo('', side.liaison)
    await phone.office.advanceTo('2021-05-31 00:01')
    const visitor = new Visitor(side.liaison, WXWORK)
    const refused = await visitor.open(old)
    expect([refused.status, refused.text.includes('登录后继续办理')]).toEqual([410, true])
    const way = /<a class="button" href="([^"]+)">登录后/.exec(refused.text)?.[1] ?? ''
    const form = await visitor.visit(new URL(way, old))
    expect([form.status, form.text.includes('办理情况')]).toEqual([200, true])
    expect(form.url.href).not.toBe(old)
    const other = await new Visitor(side.head, WXWORK).visit(new URL(way, old))
    expect([other.status, other.text.includes('不在您名下')]).toEqual([403, true])
  })

  test('nobody is led to another site', async () => {
    phone = await openLoginOffice()
    for (const to of ['https://evil.example/m/', '//evil.example/m/', '/m/../sandbox/', '/m/logout']) {
      const visitor = new Visitor(side.liaison, WXWORK)
      const start = `${phone.base}/m/login?to=${encodeURIComponent(to)}`
      expect((await visitor.visit(start)).url.href).toBe(`${phone.base}/m/`)
      expect((await visitor.open(start)).location?.href).toBe(`${phone.base}/m/`)
    }
  })
})

describe('where to', () => {
  test.each(['/m/', '/m/t/abc.def', '/m/t/abc?edit=1', '/m/t//evil.example'])('%s is ours', (path) => {
    expect(targetOf('/m/', path)).toBe(path)
  })

  test.each([
    'https://evil.example/m/',
    '//evil.example/m/',
    '/\\evil.example/m/',
    '/m/../x',
    '/m/%2e%2e/x',
    '/m/login?to=/m/',
    '/m/logout',
    '/m/\n',
    '/mx/',
    ['/m/t/a', '/m/t/b'],
    `/m/${'x'.repeat(700)}`,
    undefined,
  ])('%s is not', (path) => {
    expect(targetOf('/m/', path)).toBe('/m/')
  })

  test('below another path, too, it never leaves', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      'm',
      '.',
      '..',
      '%2e',
      '%5c',
      ':',
      '@',
      '?',
      '#',
      'https:',
      'evil.example',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const target = new URL(targetOf('/duban/m/', `/duban${parts.join('')}`), 'https://ours.example')
        expect(target.origin).toBe('https://ours.example')
        expect(target.pathname.startsWith('/duban/m/')).toBe(true)
      }),
    )
  })
})
