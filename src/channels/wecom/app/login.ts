// Who opened a page inside WeCom: the address to send him through, and the code that he comes back with (documented: 网页授权登录).
import type { SignInOutcome } from '../../../app/sign-in.ts'
import type { Api } from './api.ts'
import { judge } from './refusals.ts'

export type LoginSettings = { readonly oauthBase: string; readonly corpId: string; readonly agentId: string }

export type WecomLogin = {
  /** `state`: up to 128 of [0-9A-Za-z], bound to the visitor's session. Throws for another. */
  authorizeUrl(redirectUri: string, state: string): string
  /**
   * Whose code it is, by his userid; a code is good once, for five minutes. Never throws. `again` is worth one new sign-in, unless the visitor has a
   * session already, since a client may open the address twice (several reports).
   */
  userOf(code: string): Promise<SignInOutcome>
}

const USED_UP = new Set([40029, 42003, 42022])

/** (documented) What the platform's page says when the address we lead back to is not the app's: shown by whoever explains it. */
export const REDIRECT_DOMAIN_CURE =
  '打开后若见“redirect_uri 与配置的授权完成回调域名不一致（50001）”：请管理员在“应用管理 › 本应用 › 网页授权及JS-SDK”把可信域名设为 PUBLIC_URL 的域名，端口也要一致'

export function createWecomLogin({ oauthBase, corpId, agentId }: LoginSettings, api: Api): WecomLogin {
  return {
    authorizeUrl(redirectUri, state) {
      if (!/^[0-9A-Za-z]{1,128}$/.test(state)) throw new Error('state must be 1 to 128 letters and digits')
      const url = new URL('/connect/oauth2/authorize', oauthBase)
      const parameters = {
        appid: corpId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'snsapi_base',
        state,
        agentid: agentId,
      }
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
      // (documented) Required, though no server ever sees it.
      url.hash = 'wechat_redirect'
      return url.href
    },
    async userOf(code) {
      if (code === '' || code.length > 512) return { type: 'again' }
      const answer = await api.call({ path: '/cgi-bin/auth/getuserinfo', query: { code } })
      if (answer.type !== 'answered') return { type: 'later' }
      if (USED_UP.has(answer.code)) return { type: 'again' }
      if (answer.code === 50001) return { type: 'refused', cure: REDIRECT_DOMAIN_CURE }
      if (answer.code !== 0) return problemOf(answer)
      // The older path writes it with a capital (recalled).
      const userid = answer.body.userid ?? answer.body.UserId
      return typeof userid === 'string' && userid !== ''
        ? { type: 'account', id: userid }
        : { type: 'outsider' }
    },
  }
}

function problemOf(answer: Parameters<typeof judge>[0]): SignInOutcome {
  const { outcome, alarm } = judge(answer, 0)
  const cure = alarm ?? (outcome.type === 'refused' ? outcome.cure : undefined)
  return cure === undefined ? { type: 'later' } : { type: 'refused', cure }
}
