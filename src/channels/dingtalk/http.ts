// One HTTP exchange with the platform, told apart by the question that decides about a repeat: did the request leave?
import { type JsonObject, parseObject, type Unanswered, unanswered } from '../unanswered.ts'

/** `answered` with the JSON object of the answer (undefined for HTML or anything else). */
export type Exchange =
  | { readonly type: 'answered'; readonly status: number; readonly body: JsonObject | undefined }
  | Unanswered

export type Request = {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly body?: object
  readonly token?: string
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

/** Never throws. Redirects are not followed: the platform has none, so one means that something else answered. */
export async function exchange(request: Request): Promise<Exchange> {
  const timeout = AbortSignal.timeout(request.timeoutMs)
  try {
    const response = await fetch(request.url, {
      method: request.method,
      redirect: 'manual',
      // Without Accept the gateway answers XML.
      headers: {
        accept: 'application/json',
        ...(request.body && { 'content-type': 'application/json' }),
        ...(request.token && { 'x-acs-dingtalk-access-token': request.token }),
      },
      ...(request.body && { body: JSON.stringify(request.body) }),
      signal: request.signal ? AbortSignal.any([timeout, request.signal]) : timeout,
    })
    return { type: 'answered', status: response.status, body: parseObject(await response.text()) }
  } catch (error) {
    return unanswered('钉钉', error)
  }
}
