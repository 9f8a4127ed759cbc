// Signing in to the phone pages, over real HTTP and through the imitated platforms: every way in, and every way to be refused.
import { afterEach, describe, expect, test } from 'vitest'
import { DINGTALK, openLoginOffice, STRANGER, side, WXWORK } from '../support/login-office.ts'
import type { PhoneOffice } from '../support/phone-office.ts'
import { type Page, Visitor } from '../support/visitor.ts'

let phone: PhoneOffice
afterEach(() => phone.ignoreMessages())

const list = (): string => `${phone.base}/m/`

function refused(page: Page, status: number, ...words: readonly string[]): void {
  expect(page.status).toBe(status)
  for (const part of words) expect(page.text).toContain(part)
}

describe('inside WeCom', { timeout: 60_000 }, () => {
  test('to the platform and back, on to the form, and the list shows it done', async () => {
    phone = await openLoginOffice()
    const visitor = new Visitor(side.liaison, WXWORK)
    const first = await visitor.open(list())
    expect(first.location?.pathname).toBe('/connect/oauth2/authorize')
    const [attempt = ''] = first.headers.getSetCookie()
    expect(attempt).toMatch(/^duban_attempt=[\w.-]+; Max-Age=600; Path=\/m; .*HttpOnly; SameSite=Lax$/)
    expect(attempt).not.toContain('Secure')

    const back = await visitor.toPlatform(list())
    const arrived = await visitor.open(back)
    expect(arrived.location?.href).toBe(list())
    expect(arrived.headers.getSetCookie()[0]).toMatch(
      /^duban_session=[\w.-]+; Max-Age=43200; Path=\/m; .*HttpOnly; SameSite=Lax$/,
    )
    const page = await visitor.open(list())
    refused(page, 200, `${side.liaisonName}：1项待办`, '报送动员部署文件', '截止：4月30日', '还有')
    expect(page.headers.get('content-security-policy')).toContain(`default-src 'none'`)
    expect(page.headers.get('cache-control')).toBe('no-store')

    const form = /<a class="item" href="([^"]+)"/.exec(page.text)?.[1] ?? ''
    expect(new URL(form).pathname).toMatch(/^\/m\/t\//)
    refused(await visitor.open(form), 200, '办理情况', '返回我的任务')
    expect((await visitor.open(form, { revision: '0', statement: '已报送' })).status).toBe(303)
    refused(
      await visitor.open(list()),
      200,
      '没有待办',
      '现在没有要办的任务',
      '最近报送',
      '✔ 报送动员部署文件',
    )

    const out = await visitor.open(`${phone.base}/m/logout`, {})
    expect(out.location?.pathname).toBe('/m/login')
    expect((await visitor.open(list())).location?.pathname).toBe('/connect/oauth2/authorize')
  })

  test('the same address opened twice, one after the other and at once', async () => {
    phone = await openLoginOffice()
    const visitor = new Visitor(side.liaison, WXWORK)
    const back = await visitor.toPlatform(list())
    expect((await visitor.open(back)).location?.href).toBe(list())
    expect((await visitor.open(back)).location?.href).toBe(list())

    const hasty = new Visitor(side.liaison, WXWORK)
    const twice = await hasty.toPlatform(list())
    const answers = await Promise.all([hasty.open(twice), hasty.open(twice)])
    // One is in; the other is sent to the platform once more.
    const ways = answers.map(({ location }) => location?.pathname).sort()
    expect(ways).toEqual(['/connect/oauth2/authorize', '/m/'])
    refused(await hasty.visit(list()), 200, side.liaisonName)
  })

  test('a used code is tried anew once, and then explained', async () => {
    phone = await openLoginOffice()
    const back = await new Visitor(side.liaison, WXWORK).toPlatform(list())
    const code = back.searchParams.get('code') ?? ''
    const visitor = new Visitor(side.head, WXWORK)
    const own = await visitor.toPlatform(list())
    expect((await visitor.open(own)).location?.href).toBe(list())
    visitor.cookies.delete('duban_session')
    const again = await visitor.open(own)
    expect(again.location?.pathname).toBe('/connect/oauth2/authorize')
    const state = again.location?.searchParams.get('state') ?? ''
    await phone.office.advanceTo('2021-04-19 09:06')
    const page = await visitor.open(`${phone.base}/m/login/wecom?code=${code}&state=${state}`)
    refused(page, 403, '登录码只能用一次', '重新登录', 'D214')
    refused(await visitor.open(`${phone.base}/m/login/wecom?state=${state}`), 403, 'D214')
    expect(phone.logged.join()).not.toContain(code)
  })
})

describe('who does not get in', { timeout: 60_000 }, () => {
  test('strangers, outsiders, and members whom the app does not see', async () => {
    phone = await openLoginOffice()
    const tried = (who: string) => new Visitor(who, WXWORK).visit(list())
    refused(await tried(STRANGER), 403, '还不认识您', `企业微信账号 ${STRANGER}`, 'D213')
    refused(await tried('outsider'), 403, '不是本单位的企业微信成员', 'D212')
    phone.office.platforms.imitations.wecom.app?.hide(side.liaison, true)
    refused(await tried(side.liaison), 502, '可见范围', '转给管理员', 'D216')
    expect(phone.logged).toEqual([expect.stringContaining('可见范围')])
  })

  test('a domain that is not trusted, and a platform that is away', async () => {
    phone = await openLoginOffice()
    const faults = phone.office.platforms.imitations.wecom.app?.faults
    const visitor = new Visitor(side.liaison, WXWORK)
    await visitor.visit(list())
    visitor.cookies.clear()
    faults?.refuse(50001, 1)
    refused(await visitor.visit(list()), 502, '50001', '可信域名', 'D216')
    faults?.arm('html-page')
    refused(await visitor.visit(list()), 503, '没有应答', '请过几分钟再试', 'D217')
  })

  test('another state, an old one, one of the other platform, and none', async () => {
    phone = await openLoginOffice()
    const visitor = new Visitor(side.liaison, WXWORK)
    const back = await visitor.toPlatform(list())
    const other = new URL(back)
    other.searchParams.set('state', 'a'.repeat(32))
    refused(await visitor.open(other), 403, '不是从本页开始的', 'D215')
    refused(await new Visitor(side.liaison, WXWORK).open(back), 403, 'D215')
    const wrongPlatform = new URL(back)
    wrongPlatform.pathname = '/m/login/dingtalk'
    refused(await visitor.open(wrongPlatform), 403, 'D215')
    await phone.office.advanceTo('2021-04-19 09:11')
    refused(await visitor.open(back), 403, 'D215')
    expect(visitor.cookies.has('duban_session')).toBe(false)
  })

  test('a cookie that was touched, that is something else, or whose time is over', async () => {
    phone = await openLoginOffice()
    const visitor = new Visitor(side.liaison, WXWORK)
    await visitor.visit(list())
    const session = visitor.cookies.get('duban_session') ?? ''
    const isIn = async (cookie: string): Promise<boolean> => {
      visitor.cookies.set('duban_session', cookie)
      return (await visitor.open(list())).status === 200
    }
    const [payload = '', signed = ''] = session.split('.')
    const facts = JSON.parse(Buffer.from(payload, 'base64url').toString()) as string[]
    const head = Buffer.from(JSON.stringify([side.head, ...facts.slice(1)])).toString('base64url')
    const token = (await phone.linkTo('', side.liaison)).split('/t/')[1] ?? ''
    const attempt = visitor.cookies.get('duban_attempt') ?? ''
    for (const wrong of [
      `${head}.${signed}`,
      `${payload}.${signed.slice(0, -2)}AA`,
      payload,
      token,
      attempt,
      'x.',
      '.',
    ])
      expect(await isIn(wrong)).toBe(false)
    // A session is no form's link either.
    visitor.cookies.set('duban_session', session)
    expect((await visitor.open(`${phone.base}/m/t/${session}`)).status).toBe(404)
    await phone.office.advanceTo('2021-04-19 20:59')
    expect(await isIn(session)).toBe(true)
    await phone.office.advanceTo('2021-04-19 21:01')
    expect(await isIn(session)).toBe(false)
  })
})

describe('DingTalk', { timeout: 60_000 }, () => {
  const who = 'danba-zhuanzhi'
  const code = (): string => phone.office.platforms.imitations.dingtalk.loginCode(who)
  const stateIn = ({ text }: Page): string => /name="state" value="(\w+)"/.exec(text)?.[1] ?? ''

  test('the page inside gets a code and sends it on', async () => {
    phone = await openLoginOffice()
    const visitor = new Visitor(who, DINGTALK)
    const action = `${phone.base}/m/login/dingtalk`
    const page = await visitor.visit(list())
    refused(page, 200, 'data-corp="dingsandbox"', 'action="/m/login/dingtalk"', '点这里登录')
    expect(page.headers.get('content-security-policy')).toMatch(
      /script-src 'sha256-[^']+' https:\/\/g\.alicdn\.com\/\S+\.js;/,
    )
    const state = stateIn(page)
    const first = code()
    const foreign = { Origin: 'https://evil.example' }
    refused(await visitor.open(action, { code: first, state }, foreign), 403, 'D205')
    refused(await visitor.open(action, { code: first, state: 'x' }), 403, 'D215')
    refused(await visitor.open(action, { code: 'x'.repeat(9_000), state }), 413, 'D204')
    expect((await visitor.open(action, { code: first, state })).location?.href).toBe(list())
    refused(await visitor.open(list()), 200, '丹巴县联络员：没有待办', '现在没有要办的任务')

    const late = new Visitor(who, DINGTALK)
    const anew = await late.open(action, { code: first, state: stateIn(await late.visit(list())) })
    expect(stateIn(anew)).toMatch(/^\w{32}$/)
    refused(await late.open(action, { code: first, state: stateIn(anew) }), 403, 'D214')
    expect(phone.logged.join()).not.toContain(first)
  })

  test('a browser goes by the login page; people who left stay outside', async () => {
    phone = await openLoginOffice()
    const outside = new Visitor(who)
    refused(await outside.visit(list()), 200, '用企业微信登录', '用钉钉登录')
    refused(await outside.visit(`${phone.base}/m/login?via=dingtalk`), 200, '丹巴县联络员')
    const inside = new Visitor(who, DINGTALK)
    refused(await inside.visit(`${phone.base}/m/login?via=dingtalk&browser=1`), 200, '丹巴县联络员')
    phone.office.platforms.imitations.dingtalk.leave(who)
    const gone = new Visitor(who)
    refused(await gone.visit(`${phone.base}/m/?via=dingtalk`), 403, '不是本单位的钉钉成员', 'D212')
  })

  test('where only bots are connected, WeCom has no sign-in, and says so', async () => {
    phone = await openLoginOffice({ bots: true })
    refused(
      await new Visitor(side.liaison, WXWORK).visit(list()),
      404,
      '企业微信的网页登录还没有接通',
      'D211',
    )
    refused(await new Visitor(who).visit(list()), 200, '丹巴县联络员')
  })
})
