// The bubbles by chat, and how many of them nobody has looked at yet.
import { shallowReactive } from 'vue'
import type { Bubble } from '../../page/wire.ts'
import { chatKey } from './keys.ts'

const NONE: readonly Bubble[] = []
// A leap brings thousands of bubbles: they are taken in together, or each would redraw the page.
const GATHER_MS = 50

export type BubbleBook = {
  /** Replaces everything; what the people have not answered yet counts as unread. */
  load(bubbles: readonly Bubble[]): void
  /** Takes in a new bubble, or redraws the one with the same id, a moment later. */
  add(bubble: Bubble): void
  of(key: string): readonly Bubble[]
  unreadOf(key: string): number
  markRead(key: string): void
}

/** `isSeen` says whether a new bubble of this chat appears right before the user's eyes. */
export function createBubbleBook(isSeen: (key: string) => boolean): BubbleBook {
  const byChat = shallowReactive(new Map<string, readonly Bubble[]>())
  const unread = shallowReactive(new Map<string, number>())
  let waiting: Bubble[] = []

  function flush(): void {
    const arrived = waiting
    waiting = []
    for (const [key, news] of groupByChat(arrived)) {
      const before = byChat.get(key) ?? NONE
      const after = mergeBubbles(before, news)
      byChat.set(key, after)
      const heard = after.slice(before.length).filter((bubble) => bubble.from === 'bot').length
      if (heard > 0 && !isSeen(key)) unread.set(key, (unread.get(key) ?? 0) + heard)
    }
  }

  return {
    load(bubbles) {
      byChat.clear()
      for (const [key, list] of groupByChat(bubbles)) {
        byChat.set(key, list)
        unread.set(key, isSeen(key) ? 0 : countUnanswered(list))
      }
    },
    add(bubble) {
      if (waiting.length === 0) window.setTimeout(flush, GATHER_MS)
      waiting.push(bubble)
    },
    of: (key) => byChat.get(key) ?? NONE,
    unreadOf: (key) => unread.get(key) ?? 0,
    markRead: (key) => void unread.set(key, 0),
  }
}

function groupByChat(bubbles: readonly Bubble[]): Map<string, Bubble[]> {
  const grouped = new Map<string, Bubble[]>()
  for (const bubble of bubbles) {
    const key = chatKey({ platform: bubble.platform, id: bubble.chat })
    const list = grouped.get(key)
    if (list) list.push(bubble)
    else grouped.set(key, [bubble])
  }
  return grouped
}

/** The list with `news` at its end; a bubble that is there already is redrawn in its place. */
export function mergeBubbles(list: readonly Bubble[], news: readonly Bubble[]): readonly Bubble[] {
  const merged = new Map(list.map((bubble) => [bubble.id, bubble]))
  for (const bubble of news) merged.set(bubble.id, bubble)
  return [...merged.values()]
}

/** How many messages of the bot have come since a person last wrote. */
export function countUnanswered(list: readonly Bubble[]): number {
  let count = 0
  for (let i = list.length - 1; i >= 0 && list[i]?.from === 'bot'; i--) count++
  return count
}
