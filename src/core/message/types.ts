// What the product can say, and what it hears: channel-neutral, so that no platform's word enters a decision.
import type { Instant } from '../calendar/civil.ts'
import type { ChannelName } from '../people/directory.ts'

/** Where a message goes: a person's direct chat (his account id) or a group (its chat id). */
export type Address = {
  readonly channel: ChannelName
  readonly kind: 'direct' | 'group'
  readonly id: string
}

export const addressKey = (address: Address): string => `${address.channel}:${address.kind}:${address.id}`

/** The address of a key made by `addressKey`; chat ids may hold colons themselves. */
export function addressOf(key: string): Address {
  const [channel = '', kind = '', ...id] = key.split(':')
  return { channel: channel as ChannelName, kind: kind as Address['kind'], id: id.join(':') }
}

/** A card as every channel can show it: WeCom as a template card, DingTalk as an interactive card or, without one, as markdown. */
export type Card = {
  /** Which words and which DingTalk template it uses; see cards/. */
  readonly name: string
  /** One line; also what the conversation list and the notification show. */
  readonly title: string
  readonly subtitle?: string
  /** At most six rows of label and value. */
  readonly fields: readonly CardField[]
  /** Plain text with line breaks, no markdown. */
  readonly text?: string
  /** At most six; without buttons the card only informs. */
  readonly buttons: readonly CardButton[]
  /** A page that opens from the card; for one reader only, so never on a card to a group. */
  readonly link?: CardLink
  /** What can be filled in right on the card, for one reader only; see `Channel.inputsShown`. */
  readonly form?: CardForm
  /** Shown to these people as a mention where the platform can (group cards). Account ids of the address's channel. */
  readonly mentions?: readonly string[]
}

export type CardField = { readonly label: string; readonly value: string }

export type CardLink = { readonly text: string; readonly url: string }

export type CardForm = {
  /** One line above the inputs. */
  readonly title: string
  /** The recorded revision that it was drawn from, 0 for none. */
  readonly revision: number
  /** Empty on a redrawn card: they are spent. */
  readonly inputs: readonly CardInput[]
}

/** `key` comes back with what was filled in; `value` is there at first, as somebody would type it. */
export type CardInput = {
  readonly key: string
  readonly label: string
  readonly type: 'line' | 'lines' | 'date' | 'choice'
  readonly value: string
  readonly required: boolean
  readonly hint?: string
  readonly choices?: readonly { readonly value: string; readonly text: string }[]
}

/** `key` comes back unchanged with the click. */
export type CardButton = {
  readonly key: string
  readonly text: string
  readonly style: 'primary' | 'default' | 'danger'
}

/**
 * One message to one address, ready to be sent. `id` is the idempotency key (≤ 64 of [0-9A-Za-z_-]): WeCom's task_id and stream id,
 * DingTalk's outTrackId. It stays the same when a send is tried again, so that the platform itself can say "had that already".
 */
export type Outgoing = {
  readonly id: string
  readonly to: Address
  readonly content: OutgoingContent
  /** Handle of the inbound message that this answers, as the channel gave it; the channel decides if it is still usable. */
  readonly replyTo?: ReplyHandle
}

export type OutgoingContent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'card'; readonly card: Card }

/** Whatever a channel needs to answer in the same conversation (WeCom req_id, DingTalk sessionWebhook with its expiry): opaque JSON. */
export type ReplyHandle = { readonly [key: string]: string | number | boolean }

/** Invariant 2. `unknown` is never repeated by itself: `detail` says what a person should look at. */
export type SendOutcome =
  | { readonly type: 'sent'; readonly platformId?: string }
  | { readonly type: 'retry-later'; readonly afterMs: number; readonly detail: string }
  | { readonly type: 'refused'; readonly code: string; readonly detail: string; readonly cure: string }
  | { readonly type: 'unknown'; readonly detail: string }

/** What a person said or pressed. */
export type Inbound = {
  readonly channel: ChannelName
  /** Unique per channel; redeliveries carry the same one (invariant 1). */
  readonly messageId: string
  readonly chat: Address
  /** The sender's account id; absent when the platform does not tell (DingTalk outsiders). */
  readonly sender?: string
  readonly sentAt?: Instant
  readonly content: InboundContent
  readonly replyTo?: ReplyHandle
}

export type InboundContent =
  | {
      readonly type: 'text'
      readonly text: string
      readonly quote?: string
      readonly media: readonly MediaRef[]
    }
  /** `card` is the Outgoing id of the card that was pressed. */
  | {
      readonly type: 'click'
      readonly card: string
      readonly button: string
      /** Option ids per question, for cards that let one choose. */
      readonly selected?: Readonly<Record<string, readonly string[]>>
    }
  /** The inputs of a card, sent in as they stood, by their keys. */
  | {
      readonly type: 'filled'
      readonly card: string
      readonly values: Readonly<Record<string, string>>
    }
  | { readonly type: 'entered' }
  /** A form page that was sent in, as it was typed. */
  | { readonly type: 'form'; readonly form: string; readonly values: Readonly<Record<string, string>> }
  /** `what` is told to the sender; `EMPTIED` when the platform itself left the words out. */
  | { readonly type: 'unsupported'; readonly what: string }

/** Messages that arrive without their words, because the platform's month is used up. */
export const EMPTIED = 'quota'

/** A picture or file still to be fetched; `ref` is the channel's own handle (url + key, download code). */
export type MediaRef = {
  readonly kind: 'image' | 'file' | 'voice' | 'video'
  readonly ref: ReplyHandle
  readonly name?: string
}
