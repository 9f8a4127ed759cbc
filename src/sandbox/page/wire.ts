// What the server and the demo page say to each other: types only, shared by both.
import type { Instant } from '../../core/calendar/civil.ts'
import type { Delivered } from '../imitation.ts'
import type { FaultSwitch, Leap, LedgerLine } from '../office.ts'
import type { Bubble, Chat, Persona, ShownButton, ShownCard, ShownForm } from '../world.ts'

export type {
  Bubble,
  Chat,
  Delivered,
  FaultSwitch,
  Instant,
  Leap,
  LedgerLine,
  Persona,
  ShownButton,
  ShownCard,
  ShownForm,
}

export type ClockState = { readonly now: Instant; readonly leaping: boolean }

/** GET api/faults, and told again whenever something may have happened. */
export type FaultState = { readonly seed: number; readonly switches: readonly FaultSwitch[] }

/**
 * GET api/state: everything but the ledger. Every persona has a direct chat, listed in the world or not.
 * Bubbles come oldest first; their pictures are addresses on this server, so that the state stays small.
 */
export type OfficeState = {
  readonly clock: ClockState
  readonly faults: FaultState
  readonly people: readonly Persona[]
  readonly chats: readonly Chat[]
  readonly bubbles: readonly Bubble[]
}

/** GET api/ledger. */
export type LedgerState = { readonly lines: readonly LedgerLine[] }

/** Every refusal: a stable code and a sentence in Chinese that says what to do. */
export type WireError = { readonly error: { readonly code: string; readonly message: string } }
