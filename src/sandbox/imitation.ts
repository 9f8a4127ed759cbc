// What both imitated platforms offer to the demo page, the story and the tests.
import type { Instant } from '../core/calendar/civil.ts'
import type { ChannelName } from '../core/people/directory.ts'

/** What a persona writes. In a group the bot only hears it with `mention`, as on the real platforms. */
export type Said = {
  readonly text: string
  readonly mention?: boolean
  /** Bubble id of the message that is quoted. */
  readonly quote?: string
  readonly images?: readonly Uint8Array[]
}

/** What became of something a persona did: reached the product, or why not (as the phone would show it). */
export type Delivered = { readonly reached: boolean; readonly note?: string }

export interface Imitation {
  readonly platform: ChannelName
  /** Environment variables that point the product at this imitation. */
  readonly settings: Readonly<Record<string, string>>
  say(account: string, chatId: string, said: Said): Promise<Delivered>
  /** Presses a button of the card in this bubble. */
  click(account: string, bubbleId: string, button: string): Promise<Delivered>
  /** Fills in the form of the card in this bubble and sends it in; absent where cards have no inputs. What is not named stays as it was. */
  fill?(account: string, bubbleId: string, values: Readonly<Record<string, string>>): Promise<Delivered>
  /** The persona opens the direct chat with the bot, or the one named by `chatId` where a platform has several. */
  enter(account: string, chatId?: string): Promise<Delivered>
  /** Resolves when no push to the product waits for its acknowledgement. */
  settled(): Promise<void>
  close(): Promise<void>
}

export type ImitationClock = { now(): Instant }
