// Who opens a page: codes for pages inside DingTalk and for browsers, each good once and for five minutes (documented: 免登).
import { randomUUID } from 'node:crypto'
import type { Instant } from '../../core/calendar/civil.ts'
import { accountOf, isReachable, type Platform, personaOf, unionIdOf } from './platform.ts'
import { type Body, Refusal, required } from './refusal.ts'

const CODE_LIFE_MS = 5 * 60_000

export type Logins = {
  /** The code that the page of this person gets, in the client or, as `authCode`, in a browser. */
  code(account: string): string
  userInfo(body: Body): object
  userToken(body: Body): { accessToken: string; expireIn: number }
  me(token: string | undefined): { unionId: string; nick: string }
  byUnionId(body: Body): object
  user(body: Body): object
}

export function createLogins(platform: Platform): Logins {
  const codes = new Map<string, { account: string; until: Instant }>()
  const tokens = new Map<string, string>()

  // Once only, and not for long (documented); the browser's code name is recalled.
  function redeem(code: string, refusal: string): string {
    const known = codes.get(code)
    codes.delete(code)
    if (!known || platform.clock.now() >= known.until) throw new Refusal(refusal)
    return known.account
  }

  return {
    code(account) {
      const code = randomUUID()
      codes.set(code, { account, until: platform.clock.now() + CODE_LIFE_MS })
      return code
    },
    userInfo: (body) => {
      const account = redeem(required(body, 'code', '40078'), '40078')
      if (!isReachable(platform, account)) throw new Refusal('60121')
      return ok({
        userid: account,
        unionid: unionIdOf(account),
        name: personaOf(platform, account)?.name,
        sys_level: 0,
      })
    },
    userToken(body) {
      const { clientId, clientSecret } = platform
      if (body.clientId !== clientId || body.clientSecret !== clientSecret)
        throw new Refusal('invalidClientIdOrSecret')
      const account = redeem(
        required(body, 'code', 'invalidParameter.authCode.notFound'),
        'invalidParameter.authCode.notFound',
      )
      const accessToken = randomUUID()
      tokens.set(accessToken, account)
      return { accessToken, expireIn: 7_200 }
    },
    me(token) {
      const account = tokens.get(token ?? '')
      if (account === undefined) throw new Refusal('InvalidAuthentication')
      return { unionId: unionIdOf(account), nick: personaOf(platform, account)?.name ?? account }
    },
    byUnionId: (body) => {
      const account = accountOf(platform, required(body, 'unionid', '60121'))
      if (account === undefined || !isReachable(platform, account)) throw new Refusal('60121')
      return ok({ userid: account, contact_type: 0 })
    },
    user: (body) => {
      const account = required(body, 'userid', '33012')
      if (!isReachable(platform, account)) throw new Refusal('33012')
      return ok({ userid: account, unionid: unionIdOf(account), name: personaOf(platform, account)?.name })
    },
  }
}

const ok = (result: object): object => ({ errcode: 0, errmsg: 'ok', request_id: randomUUID(), result })
