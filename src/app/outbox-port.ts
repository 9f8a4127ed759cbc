// What waits to be said, what is written down before it leaves, and how that ends: one half of the store's port.
import type { CivilDate, Instant } from '../core/calendar/civil.ts'
import type { Family, Saying } from '../core/message/notice.ts'
import type { OutgoingContent, ReplyHandle } from '../core/message/types.ts'
import type { ChannelName } from '../core/people/directory.ts'

/** A message as it left, or is about to leave, under its own id. */
export type SendRecord = {
  readonly id: string
  readonly address: string
  readonly channel: ChannelName
  readonly family: Family
  readonly day: CivilDate
  readonly content: OutgoingContent
  readonly idempotent: boolean
  readonly startedAt: Instant
}

export type QueuedNotice = {
  readonly id: string
  readonly address: string
  readonly family: Family
  readonly saying: Saying
  readonly task?: string
  readonly step?: string
  readonly deadline?: Instant
  readonly replyTo?: ReplyHandle
  /** The send that was begun and not settled before: its id, how often it was tried, and whether trying again is harmless. */
  readonly sendId?: string
  readonly attempts?: number
  readonly idempotent?: boolean
  /** False when the earlier try was not heard of again (a crash between send and settle). */
  readonly settled?: boolean
  /** True when one of the earlier tries was never answered, so that it may be on the phone already. */
  readonly unheard?: boolean
}

export type SettledState = 'sent' | 'retry' | 'refused' | 'unknown' | 'dropped'

export type Settlement = {
  readonly id: string
  readonly state: SettledState
  readonly at: Instant
  readonly platformId?: string
  readonly code?: string
  readonly detail?: string
  /** For `retry`: when to try again, and whether a try was never answered. */
  readonly notBefore?: Instant
  readonly unheard?: boolean
}
