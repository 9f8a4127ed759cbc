// How visitors of the phone pages sign in: each platform's own login behind one port.
import type { Clock } from '../app/ports.ts'
import type { SignIn, SignInOutcome } from '../app/sign-in.ts'
import { createDingtalkApi } from '../channels/dingtalk/api.ts'
import type { DingtalkLogin } from '../channels/dingtalk/login.ts'
import type { Wecom, WecomLogin } from '../channels/wecom/index.ts'
import type { Config, DingtalkSettings } from '../config.ts'

/** Every platform that can say who somebody is: WeCom where the self-built app is connected (a bot knows no pages), DingTalk always. */
export function signInsOf({ dingtalk }: Config, wecom: Wecom | undefined, clock: Clock): SignIn[] {
  return [
    ...(wecom?.app ? [wecomSignIn(wecom.app.login)] : []),
    ...(dingtalk ? [dingtalkSignIn(dingtalk, clock)] : []),
  ]
}

function wecomSignIn(login: WecomLogin): SignIn {
  return {
    channel: 'wecom',
    authorizeUrl: login.authorizeUrl,
    accountOf: (code) => login.userOf(code),
  }
}

function dingtalkSignIn(settings: DingtalkSettings, clock: Clock): SignIn {
  const { corpId, clientId } = settings
  // None of the login's calls counts against the month (documented).
  const { login } = createDingtalkApi(settings, { clock, count: () => undefined })
  return {
    channel: 'dingtalk',
    ...(corpId === undefined ? {} : { inClient: { corpId, clientId } }),
    authorizeUrl: login.authorizeUrl,
    accountOf: async (code, from) =>
      outcomeOf(await (from === 'client' ? login.fromClient(code) : login.fromBrowser(code))),
  }
}

/** (documented: 40078; recalled: the browser's) The code is used up, too old or unknown. */
const USED_UP = new Set(['40078', 'invalidParameter.authCode.notFound'])
/** (documented) Nobody of this organisation, or nobody whom the application may see. */
const NOT_A_MEMBER = new Set(['60121', '33012'])

function outcomeOf(answer: Awaited<ReturnType<DingtalkLogin['fromClient']>>): SignInOutcome {
  if (answer.type === 'ok') return { type: 'account', id: answer.value }
  if (answer.type !== 'refused') return { type: 'later' }
  if (USED_UP.has(answer.code)) return { type: 'again' }
  return NOT_A_MEMBER.has(answer.code) ? { type: 'outsider' } : { type: 'refused', cure: answer.cure }
}
