// What the use cases need from outside: owned here, implemented by channels, the composition root and tests.
import type { Instant } from '../core/calendar/civil.ts'
import type { RateLimit } from '../core/message/pace.ts'
import type { Amounts } from '../core/message/quota.ts'
import type {
  Card,
  CardInput,
  Inbound,
  MediaRef,
  Outgoing,
  ReplyHandle,
  SendOutcome,
} from '../core/message/types.ts'
import type { ChannelName } from '../core/people/directory.ts'

/** The product's time. Real, started elsewhere (`DUBAN_NOW`), or moved by hand in the demo and in tests. */
export interface Clock {
  now(): Instant
}

/** Static messages with fields beside them; never secrets, never phone numbers. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Stores what came in; resolves after the commit, and only then may the platform be told (invariant 1). */
export type Receive = (inbound: Inbound) => Promise<void>

export interface Channel {
  readonly name: ChannelName
  /** Connects and keeps connected until `stop`, after which it may be started again; rejects only for a configuration that can't work. */
  start(receive: Receive): Promise<void>
  /** True while a message could go out now; false while connecting or evicted. */
  isReady(): boolean
  /** True while another process has the only connection there may be: not ready, and all is well. */
  isStandby?(): boolean
  /** What can be served although the channel is not ready, as on a standby; absent where nothing can. */
  partly?(): Partly
  /** Never throws: whatever happens is one of the four outcomes (invariant 2). */
  send(message: Outgoing): Promise<SendOutcome>
  /**
   * Those of a form's inputs that one of its cards can show, in their order: every required one, else none at all. Absent where
   * cards have no inputs.
   */
  inputsShown?(inputs: readonly CardInput[]): readonly CardInput[]
  /** True when sending the same `Outgoing.id` again is harmless because the platform recognises it. */
  isIdempotent(message: Outgoing): boolean
  /** Redraws the card that was just pressed, for everybody where the platform can; best effort, within the platform's few seconds. */
  updateCard(id: string, card: Card, replyTo: ReplyHandle | undefined): Promise<void>
  /** Fetches a picture or file before its handle expires. */
  fetchMedia(media: MediaRef): Promise<{ bytes: Uint8Array; mimeType?: string; name?: string }>
  /**
   * Rings for a message that was just taken (DING), where the operator asked for it: at most once, since no platform knows a repeat.
   * Never throws.
   */
  insist?(message: Outgoing): Promise<SendOutcome>
  /** What a month of the whole organisation holds, where the platform has an end to it. */
  readonly quota?: Amounts
  /** Published limits, as data for the pacing of the choke point (invariant 4). */
  readonly limits: readonly RateLimit[]
  stop(): Promise<void>
}

/** Beginnings of address keys and of message ids, both without the channel's name: `direct:`, `group:webhook:`, `app:`. */
export type Partly = { readonly addresses: readonly string[]; readonly messages: readonly string[] }

export type { RateLimit }
