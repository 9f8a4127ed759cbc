// Who speaks, which chat is open and which part of the page is shown.
import { type Ref, shallowRef } from 'vue'
import type { Chat, Persona } from '../../page/wire.ts'
import { addressChat, addressedChat } from './address.ts'
import { chatKey, isMember } from './keys.ts'

export type Tab = 'chat' | 'ledger' | 'clock'

export type Stage = {
  readonly speaker: Ref<Persona | undefined>
  readonly chat: Ref<Chat | undefined>
  readonly tab: Ref<Tab>
  /** Speaks as this person from now on and opens his direct chat. */
  choosePerson(person: Persona): void
  /** Speaks as this member in the open group. */
  speakAs(person: Persona): void
  /** Opens a chat; a direct one makes its owner the speaker. */
  openChat(chat: Chat): void
  closeChat(): void
  /** Opens the chat that the page's address names; closes the open one when it names none. */
  openAddressed(): void
  /** True when new messages of this chat appear right before the user's eyes. */
  isSeen(key: string): boolean
  /** True when all three parts are shown side by side. */
  isWide(): boolean
}

// Below this width the page shows one part at a time (the style sheets have the same figure).
const WIDE = '(min-width: 1000px)'

/** Nobody speaks and nothing is open at first. `opened` is told each chat that comes before the user's eyes. */
export function createStage(
  people: Ref<readonly Persona[]>,
  chats: Ref<readonly Chat[]>,
  opened: (key: string) => void,
): Stage {
  const [speaker, chat, tab] = [shallowRef<Persona>(), shallowRef<Chat>(), shallowRef<Tab>('chat')]
  const wide = window.matchMedia(WIDE)

  function openChat(next: Chat): void {
    if (next.kind === 'direct') speaker.value = people.value.find((one) => isMember(next, one))
    chat.value = next
    tab.value = 'chat'
    addressChat(chatKey(next))
    opened(chatKey(next))
  }
  function openAddressed(): void {
    const next = chats.value.find((one) => chatKey(one) === addressedChat())
    if (next) openChat(next)
    else chat.value = undefined
  }

  function choosePerson(person: Persona): void {
    const direct = chats.value.find((one) => one.kind === 'direct' && isMember(one, person))
    if (direct) openChat(direct)
  }

  return {
    ...{ speaker, chat, tab, openChat, openAddressed, choosePerson },
    speakAs(person) {
      speaker.value = person
    },
    closeChat() {
      addressChat('')
      chat.value = undefined
    },
    isSeen: (key) =>
      (wide.matches || tab.value === 'chat') && chat.value !== undefined && chatKey(chat.value) === key,
    isWide: () => wide.matches,
  }
}
