// What every part of the imitated platform knows: one organisation, one application with its robot, and the people's phones.
import { createHash } from 'node:crypto'
import type { ImitationClock } from '../imitation.ts'
import type { Chat, Persona, World } from '../world.ts'

export type Platform = {
  readonly world: World
  readonly clock: ImitationClock
  readonly clientId: string
  readonly clientSecret: string
  readonly robotCode: string
  readonly corpId: string
  readonly botName: string
  /** Ids of the card templates; `published` false is answered as the platform does (documented). `form`: it has the form component. */
  readonly templates: ReadonlyMap<string, { readonly published: boolean; readonly form: boolean }>
  /** Groups that no longer take messages, and why. */
  readonly closedGroups: Map<string, 'disbanded' | 'robot removed' | 'robot stopped'>
  /** Accounts that the robot may not write to for now. */
  readonly flowControlled: Set<string>
  /** Accounts of people who have left the organisation: nothing reaches them any more. */
  readonly left: Set<string>
  /** Permissions that the application does not have. */
  readonly revoked: Set<string>
  /** Groups' own robots by the token in their address. */
  readonly webhooks: ReadonlyMap<string, GroupRobot>
  /** Accounts of other organisations: their messages carry no staff id (field report). */
  readonly outsiders: Set<string>
}

/** A robot that somebody made in one group; `secret` and `keyword` are its security settings. */
export type GroupRobot = { readonly chatId: string; readonly secret?: string; readonly keyword?: string }

export const personaOf = ({ world }: Platform, account: string): Persona | undefined =>
  world.personas.find((persona) => persona.platform === 'dingtalk' && persona.account === account)

/** Whether the robot may write to this account: a member, not of another organisation, and still there. */
export const isReachable = (platform: Platform, account: string): boolean =>
  personaOf(platform, account) !== undefined &&
  !platform.outsiders.has(account) &&
  !platform.left.has(account)

/** The id that to-dos and logins use, the same in all of a developer's applications (documented). */
export const unionIdOf = (account: string): string =>
  createHash('sha1').update(`union/${account}`).digest('base64url').slice(0, 16)

export const accountOf = ({ world }: Platform, unionId: string): string | undefined =>
  world.personas.find(({ platform, account }) => platform === 'dingtalk' && unionIdOf(account) === unionId)
    ?.account

export const groupOf = ({ world }: Platform, id: string): Chat | undefined =>
  world.chats.find((chat) => chat.platform === 'dingtalk' && chat.kind === 'group' && chat.id === id)

/** Single chats have a conversation id too, which is no recipient for any API (documented). */
export function conversationOf(platform: Platform, chatId: string): string {
  if (groupOf(platform, chatId)) return chatId
  return `cid${createHash('sha1').update(`${platform.corpId}/${chatId}`).digest('base64')}`
}

/** The encrypted id that every sender has; no API takes it (documented). */
export const encryptedId = (account: string): string =>
  `$:LWCP_v1:$${createHash('sha1').update(account).digest('base64')}`
