// What every part of the imitated self-built app knows: its credentials, who can see it, and how it answers.
import type { ImitationClock } from '../../imitation.ts'
import type { Chat, Persona, World } from '../../world.ts'
import type { AppFaults } from '../faults.ts'
import { openIdOf } from '../open-ids.ts'

export type AppCredentials = {
  readonly corpId: string
  readonly agentId: number
  readonly secret: string
  /** Of the callback. */
  readonly token: string
  readonly encodingAesKey: string
}

export type AppPlatform = AppCredentials & {
  readonly world: World
  readonly clock: ImitationClock
  readonly faults: AppFaults
  /** Userids outside the app's visible range. */
  readonly hidden: Set<string>
  /** Where callbacks go; without it interactive cards are refused. */
  callbackUrl: string | undefined
  /** Host, with its port, that OAuth may lead back to (可信域名). */
  trustedDomain: string | undefined
}

/** Always under HTTP 200 (documented: 全局错误码). */
export type AppAnswer = {
  readonly errcode: number
  readonly errmsg: string
  readonly [field: string]: unknown
}

export type AppRequest = { readonly query: URLSearchParams; readonly body: unknown }

export const OK: AppAnswer = { errcode: 0, errmsg: 'ok' }

let hints = 0

/** (several reports) The text of a refusal goes on with a hint, the caller's address and a page; only the code is to be relied on. */
export function no(platform: Pick<AppPlatform, 'clock'>, errcode: number, text: string): AppAnswer {
  hints += 1
  const hint = `[${Math.floor(platform.clock.now() / 1000)}_${hints}_${(hints * 2_654_435_761).toString(16)}]`
  return {
    errcode,
    errmsg: `${text}, hint: ${hint}, from ip: 127.0.0.1, more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`,
  }
}

/** The chat of a member with the app, apart from the one with the bot. */
export const appChat = (account: string): string => `app:${account}`

export const isAppChat = (chatId: string): boolean => chatId.startsWith('app:')

/** The member with this id: case does not matter (documented: 读取成员), encrypted ids are others. */
export function memberOf({ world }: Pick<AppPlatform, 'world'>, userid: string): Persona | undefined {
  const wanted = userid.toLowerCase()
  return world.personas.find((one) => one.platform === 'wecom' && one.account.toLowerCase() === wanted)
}

export const isVisible = (platform: AppPlatform, { account }: Persona): boolean =>
  !platform.hidden.has(account)

/** (documented: 自建应用与第三方应用的对接) Only members in the app's range; plain ids are not taken. */
export function convertOpenIds(platform: AppPlatform, { body }: AppRequest): AppAnswer {
  const list = (body as { open_userid_list?: unknown } | undefined)?.open_userid_list
  if (!Array.isArray(list) || list.length < 1 || list.length > 1000)
    return no(platform, 40058, 'invalid open_userid_list')
  const known = new Map(
    platform.world.personas
      .filter((one) => one.platform === 'wecom' && isVisible(platform, one))
      .map(({ account }) => [openIdOf(account), account]),
  )
  return {
    ...OK,
    userid_list: list.flatMap((id) => (known.has(id) ? [{ open_userid: id, userid: known.get(id) }] : [])),
    invalid_open_userid_list: list.filter((id) => !known.has(id)),
  }
}

/** The members' chats with the app, for a world that shows them beside those with the bot. */
export function appChatsOf(personas: readonly Persona[]): Chat[] {
  return personas
    .filter(({ platform }) => platform === 'wecom')
    .map(({ account, name }) => ({
      platform: 'wecom',
      id: appChat(account),
      kind: 'direct',
      title: `${name}（应用）`,
      members: [account],
    }))
}
