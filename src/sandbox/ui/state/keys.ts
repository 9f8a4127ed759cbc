// How chats and people are told apart on the page: an account may exist on both platforms.
import type { Chat, Persona } from '../../page/wire.ts'

export const chatKey = (chat: { readonly platform: string; readonly id: string }): string =>
  `${chat.platform}:${chat.id}`

export const personKey = (person: { readonly platform: string; readonly account: string }): string =>
  `${person.platform}:${person.account}`

/** True when the person takes part in the chat. */
export const isMember = (chat: Chat, person: Persona): boolean =>
  chat.platform === person.platform && chat.members.includes(person.account)

export const PLATFORM_NAMES = { wecom: '企业微信', dingtalk: '钉钉' } as const

export const BOT_NAME = '督办助手'
