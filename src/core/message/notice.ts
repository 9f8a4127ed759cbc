// One thing to be said to one address: what waits in the outbox.
import type { Instant } from '../calendar/civil.ts'
import type { FormalKind, StepKind } from '../task/policy.ts'
import type { Address, ReplyHandle } from './types.ts'

/**
 * Notices of one family to one address share a card, one a day; `reply` answers somebody and goes at once, alone; `request` asks or
 * tells somebody about a request: alone, in working hours, as often as there are any.
 */
export type Family = 'duty' | 'overdue-copy' | FormalKind | 'issued' | 'unreachable' | 'request' | 'reply'

/** The step under which a duty is put to whoever it was given to, in time or not. */
export const HANDED_OVER = 'handed-over'

/** Whose eyes a card about a duty is made for. */
export type Reader = 'assignee' | 'unit-head' | 'group' | 'office'

/** What is said. Duties are named by id only: the words are made, and the truth checked, when the message leaves (invariant 3). */
export type Saying =
  | {
      readonly type: 'duty'
      readonly task: string
      readonly step: string
      readonly kind: StepKind
      readonly reader: Reader
    }
  | { readonly type: 'formal'; readonly task: string; readonly step: string; readonly kind: FormalKind }
  | { readonly type: 'issued'; readonly task: string; readonly kind: FormalKind; readonly by: string }
  | { readonly type: 'unreachable'; readonly task: string; readonly whom: string; readonly cure: string }
  | {
      readonly type: 'card'
      readonly words: string
      readonly slots: Slots
      readonly choices?: readonly Choice[]
    }

export type Slots = Readonly<Record<string, string>>

/** A button made from data, such as one of several tasks to choose from. */
export type Choice = { readonly key: string; readonly text: string }

export type Notice = {
  /** Unique for ever: the same thing is never queued twice (invariant 2). */
  readonly dedupKey: string
  readonly to: Address
  readonly family: Family
  readonly saying: Saying
  readonly task?: string
  readonly step?: string
  readonly notBefore: Instant
  /** After this instant it would be pointless: a reminder's due time. */
  readonly deadline?: Instant
  readonly replyTo?: ReplyHandle
}
