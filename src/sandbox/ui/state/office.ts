// The page's state in one place: the office, its live changes, and what can be done in it.
import { computed, type InjectionKey, inject, type Ref, type ShallowRef, shallowRef } from 'vue'
import type { Bubble, Chat, FaultState, OfficeState, Persona } from '../../page/wire.ts'
import { type Acting, createActing } from './acting.ts'
import { type BubbleBook, createBubbleBook } from './bubbles.ts'
import { type ClockBook, createClockBook } from './clock.ts'
import { BOT_NAME, chatKey, personKey } from './keys.ts'
import { createLedgerBook, type LedgerBook } from './ledger.ts'
import { connectLive } from './live.ts'
import { createStage, type Stage } from './stage.ts'

export type Office = Acting &
  Stage & {
    readonly people: Ref<readonly Persona[]>
    readonly chats: Ref<readonly Chat[]>
    readonly bubbles: BubbleBook
    readonly clock: ClockBook
    readonly faults: Ref<FaultState>
    readonly ledger: LedgerBook
    /** False while the live stream is down. */
    readonly connected: Ref<boolean>
    /** False until the office has been loaded once. */
    readonly ready: Ref<boolean>
    /** What the page has to tell for a moment; empty for nothing. */
    readonly notice: Ref<string>
    connect(): void
    nameOf(platform: string, account: string): string
  }

export const OFFICE: InjectionKey<Office> = Symbol('office')

/** The office that main.ts provides. */
export function useOffice(): Office {
  const office = inject(OFFICE)
  if (!office) throw new Error('no office provided')
  return office
}

/** An office that shows nothing until `connect`. */
export function createOffice(): Office {
  const people = shallowRef<readonly Persona[]>([])
  const chats = shallowRef<readonly Chat[]>([])
  const [connected, ready] = [shallowRef(true), shallowRef(false)]
  const [notice, setNotice] = settable('')
  const bubbles = createBubbleBook((key) => stage.isSeen(key))
  const stage = createStage(people, chats, bubbles.markRead)
  const clock = createClockBook()
  const [faults, setFaults] = settable<FaultState>({ seed: 0, switches: [] })
  const ledger = createLedgerBook()

  function take(state: OfficeState): void {
    people.value = state.people
    chats.value = state.chats
    clock.set(state.clock)
    setFaults(state.faults)
    bubbles.load(state.bubbles)
    if (ready.value) return
    ready.value = true
    openFirst(stage, state)
  }
  const refreshLedger = (): void => void ledger.refresh().catch(({ message }) => setNotice(message))

  const heard = {
    state: take,
    bubble: bubbles.add,
    clock: clock.set,
    ledger: refreshLedger,
    faults: setFaults,
  }
  return {
    ...{ people, chats, bubbles, clock, faults, ledger, connected, ready, notice },
    ...stage,
    ...createActing({ ...stage, notice, clock, faults }),
    connect: () => connectLive({ ...heard, connected }),
    nameOf: namer(people),
  }
}

function settable<T>(initial: T): [ShallowRef<T>, (value: T) => void] {
  const held = shallowRef(initial)
  return [
    held,
    (value) => {
      held.value = value
    },
  ]
}

function namer(people: Ref<readonly Persona[]>): Office['nameOf'] {
  const names = computed(() => new Map(people.value.map((one) => [personKey(one), one.name])))
  return (platform, account) =>
    account === 'bot' ? BOT_NAME : (names.value.get(personKey({ platform, account })) ?? account)
}

/** What the address names; else, on a wide screen, somebody who is being asked. */
function openFirst(stage: Stage, { chats, bubbles }: OfficeState): void {
  stage.openAddressed()
  window.addEventListener('hashchange', stage.openAddressed)
  const first = firstAsked(chats, bubbles)
  if (stage.isWide() && !stage.chat.value && first) stage.openChat(first)
}

// Where the page starts when there is room for it: with the first person who is being asked something.
function firstAsked(chats: readonly Chat[], bubbles: readonly Bubble[]): Chat | undefined {
  const direct = new Map(chats.filter((one) => one.kind === 'direct').map((one) => [chatKey(one), one]))
  const keys = bubbles
    .filter((one) => one.card)
    .map((one) => chatKey({ platform: one.platform, id: one.chat }))
  return direct.get(keys.find((key) => direct.has(key)) ?? '')
}
