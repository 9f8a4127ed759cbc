// The platform's limit on what a bot says in one chat: sliding windows on the world's clock.
import type { Instant } from '../../core/calendar/civil.ts'
import type { World } from '../world.ts'

// Replies and pushes together, per chat (documented: 智能机器人长连接). Whether every frame of a stream counts is not stated: here it does.
const WINDOWS = [
  { count: 30, ms: 60_000 },
  { count: 1000, ms: 3_600_000 },
] as const
const LONGEST_MS = 3_600_000

export type Pace = {
  allows(chat: string, now: Instant): boolean
  count(chat: string, now: Instant): void
}

/** Starts from the bubbles that the world remembers, so that a restart does not open the gate. */
export function createPace(world: World, now: Instant): Pace {
  const sent = new Map<string, Instant[]>()
  function count(chat: string, at: Instant): void {
    const kept = (sent.get(chat) ?? []).filter((earlier) => earlier > at - LONGEST_MS)
    kept.push(at)
    sent.set(chat, kept)
  }
  for (const bubble of world.bubbles()) {
    const recent = bubble.at > now - LONGEST_MS && bubble.at <= now
    if (recent && bubble.platform === 'wecom' && bubble.from === 'bot') count(bubble.chat, bubble.at)
  }
  return {
    count,
    allows(chat, at) {
      const times = sent.get(chat) ?? []
      return WINDOWS.every(
        ({ count: most, ms }) => times.filter((earlier) => earlier > at - ms).length < most,
      )
    },
  }
}
