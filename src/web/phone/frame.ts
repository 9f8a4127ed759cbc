// What all phone pages have around them, and the plain page that says why something can't be done.
import { createHash } from 'node:crypto'
import type { FormRefusal } from '../../app/open-form.ts'
import type { Instant } from '../../core/calendar/civil.ts'
import { type Html, html, raw } from './html.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'

/** As a Content-Security-Policy names a script or style that stands in the page. */
export const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Nothing comes from anywhere else, and nothing runs but the scripts named here. */
export const policyWith = (...scripts: readonly string[]): string =>
  [
    `default-src 'none'`,
    `style-src ${hashOf(STYLE)}`,
    `script-src ${scripts.join(' ')}`,
    `connect-src 'self'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')

export const CONTENT_POLICY = policyWith(hashOf(SCRIPT))

/** `rehearsal`: the clock is not the real one, which every page says. `home`: the way back to 我的任务, for who is signed in. */
export type PageFrame = { readonly rehearsal: boolean; readonly now: Instant; readonly home?: string }

/** A whole page; `scripts` come at its end. */
export function whole({ rehearsal, home }: PageFrame, title: string, body: Html, scripts?: Html): string {
  return html`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="format-detection" content="telephone=no"><title>${title}</title><style>${raw(STYLE)}</style></head><body><main>${rehearsal && html`<p class="rehearsal">演练环境，时间为虚拟时间</p>`}${body}${home && html`<p><a class="button plain" href="${home}">返回我的任务</a></p>`}</main>${scripts}</body></html>`
    .text
}

/** `next`: what the visitor can do from here. */
export function refusalPage(
  frame: PageFrame,
  { title, cure }: Omit<FormRefusal, 'problem'>,
  next?: { readonly text: string; readonly href: string },
): string {
  return whole(
    frame,
    title,
    html`<header><h1>${title}</h1></header><div class="box"><p>${cure}</p>${next && html`<a class="button" href="${next.href}">${next.text}</a>`}</div>`,
  )
}
