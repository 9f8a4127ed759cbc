// What the page may see and touch in the office: chats, people, and who may do what where.
import type { DemoOffice } from '../office.ts'
import type { Bubble, Chat, Persona, ShownCard } from '../world.ts'
import { PageError } from './errors.ts'
import { withPictureAddresses } from './pictures.ts'
import type { ClockState, FaultState, OfficeState } from './wire.ts'

type Who = { readonly platform: Persona['platform']; readonly account: string }

/** Everything that the page needs at its start, but for the ledger. */
export function stateOf(office: DemoOffice, clock: ClockState): OfficeState {
  const { world } = office
  return {
    clock,
    faults: faultsOf(office),
    people: world.personas,
    chats: allChats(office),
    bubbles: world.bubbles().map(withPictureAddresses),
  }
}

/** All switches as they stand. */
export const faultsOf = ({ faults }: DemoOffice): FaultState => ({
  seed: faults.seed,
  switches: faults.switches(),
})

// A persona's direct chat with the bot exists on every phone, whether the cast lists it or not.
function allChats({ world }: DemoOffice): Chat[] {
  const listed = new Set(world.chats.map((chat) => `${chat.platform}:${chat.id}`))
  const direct = world.personas
    .filter((one) => !listed.has(`${one.platform}:${one.account}`))
    .map(({ platform, account, name }): Chat => {
      return { platform, id: account, kind: 'direct', title: name, members: [account] }
    })
  return [...world.chats, ...direct]
}

/** The persona; 404 when the cast has none such. */
export function personaOf(office: DemoOffice, who: Who): Persona {
  const found = office.world.personas.find(
    (one) => one.platform === who.platform && one.account === who.account,
  )
  if (found) return found
  throw new PageError(404, 'unknown-person', '没有这个人，请刷新页面后重新选择。')
}

/** The chat, when it exists (404) and the persona is in it (403). */
export function chatFor(office: DemoOffice, who: Who, id: string): Chat {
  const persona = personaOf(office, who)
  const chat = allChats(office).find((one) => one.platform === who.platform && one.id === id)
  if (!chat) throw new PageError(404, 'unknown-chat', '没有这个会话，请刷新页面后重新选择。')
  if (chat.members.includes(persona.account)) return chat
  throw new PageError(403, 'not-a-member', `${persona.name}不在这个会话里，请换一个成员发言。`)
}

/** The bubble, when this persona sees it. */
function seenBy(office: DemoOffice, who: Who, bubbleId: string): Bubble {
  const bubble = office.world.find(bubbleId)
  if (!bubble || bubble.platform !== who.platform)
    throw new PageError(404, 'unknown-bubble', '没有这条消息，请刷新页面后再试。')
  chatFor(office, who, bubble.chat)
  return bubble
}

/** Refuses unless this persona can press this button of the card now. */
export function pressable(office: DemoOffice, who: Who, bubbleId: string, button: string): void {
  const shown = buttonOf(seenBy(office, who, bubbleId).card, button)
  if (!shown) throw new PageError(404, 'unknown-button', '这张卡片上没有这个按钮，卡片可能已经更新。')
  if (shown.disabled) throw new PageError(409, 'button-disabled', '这个按钮已经不能按了，卡片已经处理过。')
}

/** Refuses unless this persona can fill in the card now. */
export function fillable(office: DemoOffice, who: Who, bubbleId: string): void {
  if (!seenBy(office, who, bubbleId).card?.form)
    throw new PageError(404, 'no-form', '这张卡片上没有可以填的内容，卡片可能已经更新。')
}

function buttonOf(card: ShownCard | undefined, key: string): ShownCard['buttons'][number] | undefined {
  return card?.buttons.find((one) => one.key === key)
}
