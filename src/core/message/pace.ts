// Pacing by a platform's published limits: pure arithmetic over the sends of the recent past (invariant 4).
import type { Instant } from '../calendar/civil.ts'

/** At most `count` sends in any window of `windowMs`, counted per chat or over the whole channel. */
export type RateLimit = {
  readonly per: 'chat' | 'channel'
  readonly count: number
  readonly windowMs: number
}

export type RecentSend = { readonly address: string; readonly at: Instant }

/** The longest window of these limits in ms: how far back the stored sends must be read. */
export const longestWindow = (limits: readonly RateLimit[]): number =>
  Math.max(0, ...limits.map(({ windowMs }) => windowMs))

/**
 * The first instant at which one more send to `address` keeps every limit; `now` when it may go at once.
 * `recent` holds the channel's sends of at least the longest window, in any order.
 */
export function earliestSend(
  limits: readonly RateLimit[],
  recent: readonly RecentSend[],
  address: string,
  now: Instant,
): Instant {
  return Math.max(now, ...limits.map((limit) => freeAt(limit, recent, address, now)))
}

function freeAt(limit: RateLimit, recent: readonly RecentSend[], address: string, now: Instant): Instant {
  const inWindow = recent
    .filter((send) => send.at > now - limit.windowMs && (limit.per === 'channel' || send.address === address))
    .map(({ at }) => at)
    .sort((a, b) => a - b)
  const blocking = inWindow.at(-limit.count)
  return blocking === undefined ? now : blocking + limit.windowMs
}
