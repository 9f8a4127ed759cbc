// The phones of the people of a talk: what came, in words that can be compared, and what can be pressed.
import type { Bubble, World } from '../../src/sandbox/world.ts'
import type { Cast, Chat } from './talk-cast.ts'
import { ROLES, type Role, type Step } from './talk-script.ts'

export type Phones = Readonly<Partial<Record<Role, readonly Message[]>>>

export type Message = { readonly words: string; readonly buttons: readonly string[] }

/** Without the minute and without numbers of requests: whoever has to repeat himself is later than others. */
export function messageOf({ card, text, markdown }: Bubble): Message {
  const fields = card?.fields.map(({ label, value }) => `${label}：${value}`) ?? []
  const words = card ? [card.title, card.subtitle, ...fields, card.text] : [text, markdown]
  const seen = words.filter(Boolean).join('\n')
  return {
    words: seen.replace(/\d\d:\d\d/g, '时刻').replace(/登记编号\d+/g, '登记编号'),
    buttons: card?.buttons.filter(({ disabled }) => !disabled).map((button) => button.text) ?? [],
  }
}

/** Of these bubbles, those of each phone of the talk; phones without any are left out. */
export function phonesOf(cast: Cast, bubbles: readonly Bubble[]): Phones {
  const phones = ROLES.map((role) => {
    const chat = cast.chats[role]
    return [role, bubbles.filter((bubble) => chat && isIn(bubble, chat)).map(messageOf)] as const
  })
  return Object.fromEntries(phones.filter(([, messages]) => messages.length > 0))
}

/** The script's words as they are on the phones. */
export const filled = ({ names }: Cast, text: string): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? name)

export function chatOf(cast: Cast, role: Role): Chat {
  const chat = cast.chats[role]
  if (!chat) throw new Error(`nobody is ${role} in "${cast.talk.about}"`)
  return chat
}

export const isIn = (bubble: Bubble, chat: Chat): boolean =>
  bubble.chat === chat.id && bubble.platform === chat.platform

/** The bot's newest message in this chat that holds these words. */
export function newest(world: World, chat: Chat, words: string): Bubble {
  const found = world
    .bubbles()
    .filter(
      (bubble) => bubble.from === 'bot' && isIn(bubble, chat) && messageOf(bubble).words.includes(words),
    )
  const last = found.at(-1)
  if (!last) throw new Error(`nothing in ${chat.id} says ${words}`)
  return last
}

/** The button that a step presses, by the beginning of what stands on it. */
export function buttonFor(world: World, cast: Cast, { press = '', on = '', where }: Step) {
  const bubble = newest(world, chatOf(cast, where), filled(cast, on))
  const button = bubble.card?.buttons.find(({ text }) => text.startsWith(filled(cast, press)))
  if (!button) throw new Error(`no button ${press} on ${JSON.stringify(messageOf(bubble))}`)
  return { bubble: bubble.id, key: button.key }
}
