// Never more than a platform allows in any window, however the wishes to send fall.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  earliestSend,
  longestWindow,
  type RateLimit,
  type RecentSend,
} from '../../../src/core/message/pace.ts'

const limit = fc.record({
  per: fc.constantFrom('chat' as const, 'channel' as const),
  count: fc.integer({ min: 1, max: 5 }),
  windowMs: fc.integer({ min: 1, max: 60 }),
})
const wishes = fc.array(
  fc.record({ address: fc.constantFrom('a', 'b', 'c'), after: fc.integer({ min: 0, max: 20 }) }),
  { maxLength: 60 },
)

const inWindow = ({ per, windowMs }: RateLimit, sends: readonly RecentSend[], last: RecentSend): number =>
  sends.filter(
    ({ at, address }) =>
      at > last.at - windowMs && at <= last.at && (per === 'channel' || address === last.address),
  ).length

test('every window keeps every limit, and nobody waits longer than a window', () => {
  fc.assert(
    fc.property(fc.array(limit, { maxLength: 3 }), wishes, (limits, asked) => {
      const sends: RecentSend[] = []
      let now = 0
      for (const { address, after } of asked) {
        now += after
        const at = earliestSend(limits, sends, address, now)
        expect(at).toBeGreaterThanOrEqual(now)
        expect(at - now).toBeLessThanOrEqual(longestWindow(limits))
        now = at
        const send = { address, at }
        sends.push(send)
        for (const one of limits) expect(inWindow(one, sends, send)).toBeLessThanOrEqual(one.count)
      }
    }),
  )
})

test('without limits everything goes at once', () => {
  expect(earliestSend([], [], 'a', 5)).toBe(5)
  expect(longestWindow([])).toBe(0)
})
