// How the people of the story behave: fixed by a seed, so that every run of the story is the same.
import { HOUR_MS } from '../../core/calendar/civil.ts'

/** When a liaison answers: at the first prompt, on the last day, after the point-to-point notice, or weeks after it. */
export type Temper = 'prompt' | 'last-day' | 'after-notice' | 'stubborn'

/** Deterministic noise in [0, 1) (FNV-1a, then mixed). */
export function noise(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5
  for (const char of parts.join('|')) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32
}

export function temperOf(seed: number, account: string): Temper {
  const roll = noise(seed, account, 'temper')
  if (roll < 0.5) return 'prompt'
  if (roll < 0.72) return 'last-day'
  return roll < 0.86 ? 'after-notice' : 'stubborn'
}

/** Half an hour to a day and a half; the stubborn take one to four weeks. */
export function delayMs(seed: number, account: string, what: string): number {
  const share = noise(seed, account, what)
  const hours = temperOf(seed, account) === 'stubborn' ? 168 + share * 504 : 0.5 + share * 35.5
  return Math.round(hours * HOUR_MS)
}
