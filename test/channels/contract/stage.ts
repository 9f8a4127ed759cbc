// What the contract needs of a platform: a channel against its imitation, what people do there, and what they see.
import type { Channel } from '../../../src/app/ports.ts'
import type { Address, Inbound, Outgoing, OutgoingContent } from '../../../src/core/message/types.ts'
import type { Delivered, Said } from '../../../src/sandbox/imitation.ts'
import type { Bubble } from '../../../src/sandbox/world.ts'
import { openDingtalk } from './dingtalk.ts'
import { openApp } from './wecom-app.ts'
import { openBot } from './wecom-bot.ts'

/** What not every platform has, as its documents say. */
export type Ability = 'group' | 'quote' | 'file' | 'other-kinds' | 'entered' | 'outsiders'

/** What the platform can be told to do to the next message. */
export type Trouble = 'too-fast' | 'words-refused' | 'token-dead' | 'answer-lost' | 'unheard-of-code'

export type Stage = {
  readonly channel: Channel
  /** Everything that was stored, oldest first. */
  readonly heard: readonly Inbound[]
  /** A person who has a chat with us, and a group of his; a person whom we can't reach, and a group that does not let us speak. */
  readonly person: Address
  readonly group?: Address
  readonly gone: () => Address
  readonly closedGroup?: () => Address
  /** What we have said there, oldest first. */
  seen(to: Address): readonly Bubble[]
  /** The person writes in his own chat, or in the group. */
  say(to: Address, said: Said): Promise<Delivered>
  press(bubble: string, button: string): Promise<Delivered>
  enter?(): Promise<Delivered>
  sendFile?(): Promise<Delivered>
  /** A kind of message that we can do nothing with. */
  sendOther?(): Promise<Delivered>
  /** Somebody of another organisation writes. */
  sayAsOutsider?(): Promise<Delivered>
  /** Everything that is said from now on is pushed twice. */
  repeatPushes(): void
  trouble(what: Trouble): void
  /** Lets rehearsed time pass. */
  pass(ms: number): void
  shutDown(): Promise<void>
  stop(): Promise<void>
}

export type Kind = {
  readonly name: string
  readonly can: readonly Ability[]
  open(): Promise<Stage>
}

export const kinds: readonly Kind[] = [
  { name: 'WeCom bot', can: ['group', 'quote', 'entered'], open: openBot },
  { name: 'WeCom app', can: ['file', 'other-kinds', 'entered'], open: openApp },
  { name: 'DingTalk', can: ['group', 'quote', 'file', 'other-kinds', 'outsiders'], open: openDingtalk },
]

/** The kinds that have all of these. */
export const kindsWith = (...abilities: readonly Ability[]): Kind[] =>
  kinds.filter(({ can }) => abilities.every((ability) => can.includes(ability)))

let serial = 0

export function message(
  to: Address,
  content: OutgoingContent,
  replyTo?: Inbound['replyTo'],
  id = `c-${++serial}`,
): Outgoing {
  return { id, to, content, ...(replyTo ? { replyTo } : {}) }
}

export const words = (text: string): OutgoingContent => ({ type: 'text', text })

export const CARD: OutgoingContent & { type: 'card' } = {
  type: 'card',
  card: {
    name: 'prompt',
    title: '请报送四月进度',
    fields: [{ label: '截止', value: '4月30日' }],
    text: '还没有收到贵市的进度。',
    buttons: [
      { key: 'done:t1', text: '已报送', style: 'primary' },
      { key: 'ack:t1', text: '收到', style: 'default' },
    ],
  },
}

/** All that a phone shows of a message, as plain words. */
export function shownWords({ card, text, markdown }: Bubble): string {
  if (!card) return text ?? markdown ?? ''
  const fields = card.fields.map(({ label, value }) => `${label} ${value}`)
  return [card.title, card.subtitle, ...fields, card.text].filter(Boolean).join('\n')
}

/** Resolves when `condition` holds; rejects after five seconds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 5_000
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`never happened: ${condition}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
