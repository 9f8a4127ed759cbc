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
  const codes = new Codes(platform)
  const tokens = new Map<string, string>()
  return {
    code: (account) => codes.make(account),
    userToken(body) {
      const { clientId, clientSecret } = platform
      if (body.clientId !== clientId || body.clientSecret !== clientSecret)
        throw new Refusal('invalidClientIdOrSecret')
      const account = codes.redeem(body, 'invalidParameter.authCode.notFound')
      const accessToken = randomUUID()
      tokens.set(accessToken, account)
      return { accessToken, expireIn: 7_200 }
    },
    me(token) {
      const account = tokens.get(token ?? '')
      if (account === undefined) throw new Refusal('InvalidAuthentication')
      return { unionId: unionIdOf(account), nick: personaOf(platform, account)?.name ?? account }
    },
    ...contacts(platform, codes),
  }
}

/** Once only, and not for long (documented); the name of the browser's refusal is recalled. */
class Codes {
  private readonly codes = new Map<string, { account: string; until: Instant }>()
  private readonly platform: Platform

  constructor(platform: Platform) {
    this.platform = platform
  }

  make(account: string): string {
    const code = randomUUID()
    this.codes.set(code, { account, until: this.platform.clock.now() + CODE_LIFE_MS })
    return code
  }

  redeem(body: Body, refusal: string): string {
    const code = required(body, 'code', refusal)
    const known = this.codes.get(code)
    this.codes.delete(code)
    if (!known || this.platform.clock.now() >= known.until) throw new Refusal(refusal)
    return known.account
  }
}

function contacts(platform: Platform, codes: Codes) {
  return {
    userInfo: (body) => memberOf(platform, codes.redeem(body, '40078'), '60121'),
    byUnionId: (body) => memberOf(platform, accountOf(platform, required(body, 'unionid', '60121')), '60121'),
    user: (body) => memberOf(platform, required(body, 'userid', '33012'), '33012'),
  } satisfies Partial<Logins>
}

function memberOf(platform: Platform, account: string | undefined, refusal: string): object {
  if (account === undefined || !isReachable(platform, account)) throw new Refusal(refusal)
  const result = { userid: account, unionid: unionIdOf(account), name: personaOf(platform, account)?.name }
  return { errcode: 0, errmsg: 'ok', request_id: randomUUID(), result }
}
