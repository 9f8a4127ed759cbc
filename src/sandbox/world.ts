// What the people of the imitated office see on their phones: chats and bubbles of both platforms, kept in a journal over restarts.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import type { Instant } from '../core/calendar/civil.ts'
import type { ChannelName } from '../core/people/directory.ts'

export type Persona = {
  readonly platform: ChannelName
  /** The platform's user id. */
  readonly account: string
  readonly name: string
  /** False: has never written to the bot, so the bot may not speak first where the platform forbids it. */
  readonly hasSpoken: boolean
}

export type Chat = {
  readonly platform: ChannelName
  /** For a direct chat the persona's account, for a group the platform's chat id. */
  readonly id: string
  readonly kind: 'direct' | 'group'
  readonly title: string
  readonly members: readonly string[]
}

export type ShownButton = {
  readonly key: string
  readonly text: string
  readonly style: 'primary' | 'default' | 'danger'
  readonly disabled?: boolean
}

/** One input of a card; `value` stands in it at first. */
export type ShownInput = {
  readonly name: string
  readonly label: string
  readonly type: 'line' | 'lines' | 'date' | 'choice'
  readonly required: boolean
  readonly value: string
  readonly placeholder?: string
  readonly options?: readonly { readonly value: string; readonly text: string }[]
}

export type ShownForm = { readonly title: string; readonly inputs: readonly ShownInput[] }

/** A card as the phone draws it, whatever the platform's format was. */
export type ShownCard = {
  /** The id the product gave it (task_id, outTrackId). */
  readonly id: string
  readonly title: string
  readonly subtitle?: string
  readonly fields: readonly { readonly label: string; readonly value: string }[]
  readonly text?: string
  readonly buttons: readonly ShownButton[]
  /** What can be filled in and sent in right on the card. */
  readonly form?: ShownForm
  /** A page that opens from the card. */
  readonly link?: { readonly text: string; readonly url: string }
}

export type Bubble = {
  readonly id: string
  readonly platform: ChannelName
  readonly chat: string
  readonly at: Instant
  /** `bot`, or the account of a persona. */
  readonly from: string
  readonly text?: string
  readonly markdown?: string
  readonly card?: ShownCard
  /** Data URLs of pictures. */
  readonly images?: readonly string[]
  readonly mentions?: readonly string[]
  readonly quote?: string
}

export type WorldChange =
  | { readonly type: 'bubble'; readonly bubble: Bubble }
  | { readonly type: 'memory'; readonly key: string; readonly value: string }

export type World = {
  readonly personas: readonly Persona[]
  readonly chats: readonly Chat[]
  bubbles(): readonly Bubble[]
  find(bubbleId: string): Bubble | undefined
  /** Adds a bubble, or redraws the one with the same id. Written to the journal before it returns. */
  show(bubble: Bubble): void
  /** What a platform remembers for good (task ids in use, who has spoken …): survives a restart like the bubbles. */
  remember(key: string, value: string): void
  recall(key: string): string | undefined
  onChange(listener: (change: WorldChange) => void): () => void
}

/** An empty world, or the one that `journal` (JSON lines) remembers. Without a journal nothing outlives the process. */
export function createWorld(cast: {
  personas: readonly Persona[]
  chats: readonly Chat[]
  journal?: string
}): World {
  const bubbles = new Map<string, Bubble>()
  const memory = new Map<string, string>()
  const listeners = new Set<(change: WorldChange) => void>()

  function apply(change: WorldChange): void {
    if (change.type === 'bubble') bubbles.set(change.bubble.id, change.bubble)
    else memory.set(change.key, change.value)
  }
  function commit(change: WorldChange): void {
    if (cast.journal) appendFileSync(cast.journal, `${JSON.stringify(change)}\n`)
    apply(change)
    for (const listener of listeners) listener(change)
  }
  if (cast.journal) for (const change of readJournal(cast.journal)) apply(change)

  return {
    personas: cast.personas,
    chats: cast.chats,
    bubbles: () => [...bubbles.values()],
    find: (id) => bubbles.get(id),
    show: (bubble) => commit({ type: 'bubble', bubble }),
    remember: (key, value) => commit({ type: 'memory', key, value }),
    recall: (key) => memory.get(key),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** A killed process may leave half a last line: it was never acknowledged, so it is skipped. */
function readJournal(file: string): WorldChange[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as WorldChange]
      } catch {
        return []
      }
    })
}
