// Who opens a phone page: the code that DingTalk gives to the page, exchanged for the person's userId.
import { isObject } from '../unanswered.ts'
import { type Answer, answerOf, type Call } from './call.ts'
import { exchange } from './http.ts'

/** A person who proved to be this member of the organisation. */
export type DingtalkLogin = {
  /**
   * Inside DingTalk: the code of `dd.requestAuthCode` (five minutes, once; documented: 免登). Refused with a cure for an old code, and for one
   * of another organisation.
   */
  fromClient(code: string): Promise<Answer<string>>
  /** Where a browser outside DingTalk is sent; it comes back to `redirectUri` with `authCode` and `state`. */
  authorizeUrl(redirectUri: string, state: string): string
  /** In a browser: the `authCode` of the page above (recalled, the path seen in one field report). */
  fromBrowser(authCode: string): Promise<Answer<string>>
}

export type LoginOptions = {
  readonly call: Call
  readonly apiBase: string
  /** `https://login.dingtalk.com`. */
  readonly loginBase: string
  readonly clientId: string
  readonly clientSecret: string
  readonly timeoutMs: number
}

/** None of these calls counts against the month (documented: login and contact calls). */
export function dingtalkLogin(options: LoginOptions): DingtalkLogin {
  const { call } = options
  return {
    async fromClient(code) {
      const request = {
        method: 'POST',
        host: 'oapi',
        path: '/topapi/v2/user/getuserinfo',
        body: { code },
        free: true,
      } as const
      return answerOf(await call(request), userIdIn)
    },
    authorizeUrl(redirectUri, state) {
      const query = new URLSearchParams({
        redirect_uri: redirectUri,
        response_type: 'code',
        client_id: options.clientId,
        scope: 'openid',
        state,
        prompt: 'consent',
      })
      return `${options.loginBase}/oauth2/auth?${query}`
    },
    async fromBrowser(authCode) {
      const token = await userToken(options, authCode)
      if (token.type !== 'ok') return token
      const union = await unionIdOf(options, token.value)
      if (union.type !== 'ok') return union
      const request = {
        method: 'POST',
        host: 'oapi',
        path: '/topapi/user/getbyunionid',
        body: { unionid: union.value },
        free: true,
      } as const
      return answerOf(await call(request), userIdIn)
    },
  }
}

function userIdIn({ errcode, result }: { readonly [key: string]: unknown }): string | undefined {
  return errcode === 0 && isObject(result) && typeof result.userid === 'string' ? result.userid : undefined
}

async function userToken(options: LoginOptions, code: string): Promise<Answer<string>> {
  const { apiBase, clientId, clientSecret, timeoutMs } = options
  const body = { clientId, clientSecret, code, grantType: 'authorization_code' }
  const result = await exchange({
    method: 'POST',
    url: `${apiBase}/v1.0/oauth2/userAccessToken`,
    body,
    timeoutMs,
  })
  return answerOf(result, ({ accessToken }) => (typeof accessToken === 'string' ? accessToken : undefined))
}

async function unionIdOf({ apiBase, timeoutMs }: LoginOptions, token: string): Promise<Answer<string>> {
  const url = `${apiBase}/v1.0/contact/users/me`
  const result = await exchange({ method: 'GET', url, token, timeoutMs })
  return answerOf(result, ({ unionId }) => (typeof unionId === 'string' ? unionId : undefined))
}
