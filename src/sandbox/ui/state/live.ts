// The page's live stream: after every (re)connection the state is loaded anew, so that nothing missed stays missed.
import type { Ref } from 'vue'
import type { Bubble, ClockState, FaultState, OfficeState } from '../../page/wire.ts'
import { api, openEvents } from './api.ts'

export type LiveHandlers = {
  state(state: OfficeState): void
  bubble(bubble: Bubble): void
  clock(clock: ClockState): void
  faults(faults: FaultState): void
  ledger(): void
  /** False while the stream is down. */
  readonly connected: Ref<boolean>
}

const RETRY_MS = 2_000

/** Connects for as long as the page is open. Bubbles that arrive while the state loads are applied after it. */
export function connectLive(handlers: LiveHandlers): void {
  let loading = true
  let early: Bubble[] = []

  async function load(): Promise<void> {
    loading = true
    try {
      handlers.state(await api.state())
    } catch {
      window.setTimeout(() => void load(), RETRY_MS)
      return
    }
    loading = false
    for (const bubble of early) handlers.bubble(bubble)
    early = []
    handlers.connected.value = true
    handlers.ledger()
  }

  const events = openEvents()
  events.addEventListener('open', () => void load())
  events.addEventListener('error', () => {
    handlers.connected.value = false
  })
  on<Bubble>(events, 'bubble', (bubble) => {
    if (loading) early.push(bubble)
    else handlers.bubble(bubble)
  })
  on<ClockState>(events, 'clock', handlers.clock)
  on<FaultState>(events, 'faults', handlers.faults)
  on<object>(events, 'ledger', handlers.ledger)
}

function on<T>(events: EventSource, name: string, handle: (data: T) => void): void {
  events.addEventListener(name, (event) => handle(JSON.parse((event as MessageEvent<string>).data) as T))
}
