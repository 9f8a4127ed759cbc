// The login page for browsers outside the client (its address and parameters seen in a field report; what it checks is recalled).
import type { ServerResponse } from 'node:http'
import type { Logins } from './logins.ts'
import type { Platform } from './platform.ts'

/** With `persona` in the query that person goes straight on; without it the page asks who one is. */
export type LoginPage = (url: URL, response: ServerResponse) => void

export function createLoginPage(platform: Platform, logins: Logins): LoginPage {
  return ({ pathname, searchParams: query }, response) => {
    const redirect = query.get('redirect_uri') ?? ''
    const isKnown = query.get('client_id') === platform.clientId && query.get('response_type') === 'code'
    const persona = query.get('persona')
    if (!isKnown || query.get('scope') !== 'openid' || !URL.canParse(redirect)) {
      page(response, '<p>参数错误，请联系应用的管理员</p>')
    } else if (persona === null) {
      page(response, chooser(platform, `${pathname}?${query}`))
    } else {
      const target = new URL(redirect)
      target.searchParams.set('authCode', logins.code(persona))
      target.searchParams.set('state', query.get('state') ?? '')
      response.writeHead(302, { location: target.href }).end()
    }
  }
}

function page(response: ServerResponse, body: string): void {
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end(`<!doctype html><title>钉钉登录（模拟）</title>${body}`)
}

function chooser({ world }: Platform, address: string): string {
  const links = world.personas
    .filter((one) => one.platform === 'dingtalk')
    .map(({ account, name }) => {
      const href = `${address}&persona=${encodeURIComponent(account)}`
      return `<li><a href="${escaped(href)}">${escaped(name)}</a></li>`
    })
  return `<p>以谁的身份登录？</p><ul>${links.join('')}</ul>`
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
