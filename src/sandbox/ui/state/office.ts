// The page's state in one place: the office, who speaks, which chat is open, and what can be done.
import { computed, type InjectionKey, inject, type Ref, shallowRef } from 'vue'
import type { Chat, Persona } from '../../page/wire.ts'
import { type Acting, createActing } from './acting.ts'
import { type BubbleBook, createBubbleBook } from './bubbles.ts'
import { type ClockBook, createClockBook } from './clock.ts'
import { BOT_NAME, chatKey, isMember, personKey } from './keys.ts'
import { createLedgerBook, type LedgerBook } from './ledger.ts'
import { connectLive } from './live.ts'

export type Tab = 'chat' | 'ledger' | 'clock'

export type Office = Acting & {
  readonly people: Ref<readonly Persona[]>
  readonly chats: Ref<readonly Chat[]>
  readonly bubbles: BubbleBook
  readonly clock: ClockBook
  readonly ledger: LedgerBook
  /** False while the live stream is down. */
  readonly connected: Ref<boolean>
  /** False until the office has been loaded once. */
  readonly ready: Ref<boolean>
  /** What the page has to tell for a moment; empty for nothing. */
  readonly notice: Ref<string>
  readonly speaker: Ref<Persona | undefined>
  readonly chat: Ref<Chat | undefined>
  readonly tab: Ref<Tab>
  connect(): void
  /** Speaks as this person from now on and opens his direct chat. */
  choosePerson(person: Persona): void
  /** Speaks as this member in the open group. */
  speakAs(person: Persona): void
  /** Opens a chat; a direct one makes its owner the speaker. */
  openChat(chat: Chat): void
  closeChat(): void
  nameOf(platform: string, account: string): string
}

export const OFFICE: InjectionKey<Office> = Symbol('office')

/** The office that main.ts provides. */
export function useOffice(): Office {
  const office = inject(OFFICE)
  if (!office) throw new Error('no office provided')
  return office
}

// Below this width the page shows one part at a time (style.css has the same figure).
const WIDE = '(min-width: 1000px)'

/** An office that shows nothing until `connect`. */
export function createOffice(): Office {
  const people = shallowRef<readonly Persona[]>([])
  const chats = shallowRef<readonly Chat[]>([])
  const [connected, ready, notice] = [shallowRef(true), shallowRef(false), shallowRef('')]
  const [speaker, chat] = [shallowRef<Persona>(), shallowRef<Chat>()]
  const tab = shallowRef<Tab>('chat')
  const clock = createClockBook()
  const ledger = createLedgerBook()
  const wide = window.matchMedia(WIDE)
  const isSeen = (key: string): boolean =>
    chat.value !== undefined && chatKey(chat.value) === key && (wide.matches || tab.value === 'chat')
  const bubbles = createBubbleBook(isSeen)
  const names = computed(() => new Map(people.value.map((one) => [personKey(one), one.name])))
  function refreshLedger(): void {
    ledger.refresh().catch((error: Error) => {
      notice.value = error.message
    })
  }

  function openChat(next: Chat): void {
    const owner = next.kind === 'direct' ? people.value.find((one) => isMember(next, one)) : undefined
    if (owner) speaker.value = owner
    chat.value = next
    tab.value = 'chat'
    bubbles.markRead(chatKey(next))
  }

  function choosePerson(person: Persona): void {
    speaker.value = person
    const direct = chats.value.find((one) => one.kind === 'direct' && isMember(one, person))
    if (direct) openChat(direct)
  }

  function connect(): void {
    connectLive({
      state(state) {
        people.value = state.people
        chats.value = state.chats
        clock.set(state.clock)
        bubbles.load(state.bubbles)
        ready.value = true
      },
      bubble: bubbles.add,
      clock: clock.set,
      ledger: refreshLedger,
      connected(isConnected) {
        connected.value = isConnected
      },
    })
  }

  return {
    ...{ people, chats, bubbles, clock, ledger, connected, ready, notice, speaker, chat, tab },
    ...createActing({ speaker, chat, notice, clock }),
    ...{ connect, choosePerson, openChat },
    speakAs(person) {
      speaker.value = person
    },
    closeChat() {
      chat.value = undefined
    },
    nameOf: (platform, account) =>
      account === 'bot' ? BOT_NAME : (names.value.get(personKey({ platform, account })) ?? account),
  }
}
