// One HTTP exchange with WeCom's API, told apart by the question that decides about a repeat: did the request leave?
import { type JsonObject, parseObject, type Unanswered, unanswered } from '../../unanswered.ts'

/** `answered`: JSON with an errcode, whatever it says. */
export type Exchange =
  | { readonly type: 'answered'; readonly code: number; readonly body: JsonObject }
  | Unanswered

/** Never throws, never follows a redirect (the platform has none). Success is what the errcode says, never the HTTP status (documented: 全局错误码). */
export async function exchange(url: URL, init: RequestInit, timeoutMs: number): Promise<Exchange> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
    return read(response.status, await response.text())
  } catch (error) {
    return unanswered('企业微信', error)
  }
}

/** A page instead of JSON is a gateway's: what lay behind it may have carried the request out. */
function read(status: number, text: string): Exchange {
  const body = parseObject(text)
  return body && typeof body.errcode === 'number'
    ? { type: 'answered', code: body.errcode, body }
    : { type: 'lost', detail: `企业微信没有给出能读懂的回答（HTTP ${status}）` }
}
