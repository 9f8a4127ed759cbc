// The pages of signing in: which platform, and the one inside DingTalk that gets its code from the client.
import type { ChannelName } from '../../core/people/directory.ts'
import { hashOf, type PageFrame, policyWith, whole } from './frame.ts'
import { html, raw } from './html.ts'

/** As the visitor knows them. */
export const PLATFORMS: Readonly<Record<ChannelName, string>> = { wecom: '企业微信', dingtalk: '钉钉' }

/** Asked where neither the browser nor the address tells. `login`: the address that each choice goes on to. */
export function chooserPage(
  frame: PageFrame,
  channels: readonly ChannelName[],
  login: (channel: ChannelName) => string,
): string {
  return whole(
    frame,
    '登录',
    html`<header><h1>我的任务</h1><p>请先登录，看看有哪些任务要办</p></header>${channels.map(
      (channel) => html`<p><a class="button" href="${login(channel)}">用${PLATFORMS[channel]}登录</a></p>`,
    )}<p class="small">选您平时收督办消息的那一个。用企业微信登录，要在企业微信里打开本页。</p>`,
  )
}

/** DingTalk's library for pages (documented: a script of its own host; this version is the one that most pages were seen with). */
const DINGTALK_LIBRARY = 'https://g.alicdn.com/dingding/dingtalk-jsapi/3.0.25/dingtalk.open.js'

// Newer clients know the first call (documented: from 7.0.45 on), older ones the second. Whatever fails, or hangs, ends with the button.
const CLIENT_SCRIPT = `
(function () {
  var form = document.querySelector('form')
  var timer = setTimeout(fail, 10000)
  function fail() {
    clearTimeout(timer)
    document.getElementById('wait').hidden = true
    document.getElementById('failed').hidden = false
  }
  function go(result) {
    if (!result || !result.code) return fail()
    clearTimeout(timer)
    form.elements.code.value = result.code
    form.submit()
  }
  function ask(ways) {
    if (ways.length === 0) return fail()
    var next = function () { ask(ways.slice(1)) }
    try {
      ways[0]({ corpId: form.getAttribute('data-corp'), clientId: form.getAttribute('data-client'), onSuccess: go, onFail: next })
    } catch (e) { next() }
  }
  var dd = window.dd || {}
  var old = dd.runtime && dd.runtime.permission && dd.runtime.permission.requestAuthCode
  ask([dd.requestAuthCode, old].filter(Boolean))
})()
`

/** The page inside DingTalk may also load that one script. */
export const CLIENT_POLICY = policyWith(hashOf(CLIENT_SCRIPT), DINGTALK_LIBRARY)

export type ClientPage = {
  readonly corpId: string
  readonly clientId: string
  readonly state: string
  /** Where the code is sent. */
  readonly action: string
  /** The way by the platform's login page, for when the client gives none. */
  readonly otherwise: string
}

/** Gets a login code from the DingTalk client and sends it on by itself. */
export function clientPage(frame: PageFrame, page: ClientPage): string {
  const { corpId, clientId, state, action, otherwise } = page
  const scripts = html`<script src="${DINGTALK_LIBRARY}"></script><script>${raw(CLIENT_SCRIPT)}</script>`
  return whole(
    frame,
    '登录',
    html`<header><h1>我的任务</h1><p>正在用钉钉登录</p></header>
<form method="post" action="${action}" data-corp="${corpId}" data-client="${clientId}"><input type="hidden" name="state" value="${state}"><input type="hidden" name="code"></form>
<div class="box" id="wait"><p>请稍等，马上就好。</p><p class="small">一直没有反应，请<a href="${otherwise}">点这里登录</a>。</p></div>
<div class="box wrong" id="failed" role="alert" hidden><p>没有从钉钉拿到登录码。请更新钉钉，或者换一种方式登录。</p><a class="button" href="${otherwise}">用钉钉账号登录</a></div>`,
    scripts,
  )
}
