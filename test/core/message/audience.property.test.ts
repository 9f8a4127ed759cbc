// An empty seat goes to its fallback, never to nobody, and nobody hears one step twice (invariant 11).
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { noticesOf } from '../../../src/core/message/audience.ts'
import { addressKey } from '../../../src/core/message/types.ts'
import type { Directory, PostRole } from '../../../src/core/people/directory.ts'
import type { Plan } from '../../../src/core/plan/types.ts'
import { type Audience, type Step, standardPolicy } from '../../../src/core/task/policy.ts'
import { NOW, task } from './fixtures.ts'

const AUDIENCES: readonly Audience[] = ['assignee', 'unit-head', 'group', 'office', 'leader']
const PLAN: Plan = {
  key: 'plan',
  name: '系统治理方案',
  issuedOn: '2021-04-11',
  office: 'zhou',
  leader: 'leader',
  phases: [],
  rules: [],
  policy: standardPolicy,
  events: [],
}
const SEATS: readonly (readonly [key: string, unit: string, role: PostRole])[] = [
  ['liaison', 'county', 'liaison'],
  ['head', 'county', 'head'],
  ['office', 'zhou', 'office'],
  ['leader', 'zhou', 'leader'],
]

/** Each seat may be vacant, held by somebody without an account, by somebody of his own, or by the holder of another seat. */
const directory = fc
  .record({
    holders: fc.tuple(...SEATS.map(() => fc.constantFrom('vacant', 'mute', 'a', 'b', 'c'))),
    grouped: fc.boolean(),
    headExists: fc.boolean(),
  })
  .map(({ holders, grouped, headExists }): Directory => {
    const seats = SEATS.filter(([key]) => headExists || key !== 'head')
    return {
      units: ['zhou', 'county'].map((key) => ({ key, name: key, short: key })),
      posts: seats.map(([key, unit, role]) => ({ key, title: key, unit, role })),
      people: ['mute', 'a', 'b', 'c'].map((key) => ({
        key,
        name: key,
        accounts: key === 'mute' ? [] : [{ channel: 'wecom', id: key }],
      })),
      holdings: seats.flatMap(([post]) => {
        const person = holders[SEATS.findIndex(([key]) => key === post)] ?? 'vacant'
        return person === 'vacant' ? [] : [{ post, person, from: '2021-01-01' }]
      }),
      delegations: [],
      groups: grouped
        ? [{ key: 'g', name: '群', channel: 'wecom', chatId: 'g', units: ['county'], plans: [] }]
        : [],
      projects: [],
    }
  })

const step = fc
  .record({
    kind: fc.constantFrom('prompt', 'reminder', 'overdue-notice', 'named', 'circular' as const),
    to: fc.subarray([...AUDIENCES], { minLength: 1 }),
  })
  .map(({ kind, to }): Step => ({ key: 'step', kind, at: { from: 'open' }, to }) as Step)

const reachable = ({ holdings }: Directory, post: string): string | undefined =>
  holdings.find((holding) => holding.post === post && holding.person !== 'mute')?.person

describe('noticesOf', () => {
  const duty = task(1, { unit: 'county', post: 'liaison' })

  test('one notice an address, each under a dedup key of its own', () => {
    fc.assert(
      fc.property(directory, step, (people, one) => {
        const notices = noticesOf(duty, one, PLAN, people, NOW)
        const addresses = notices.map(({ to }) => addressKey(to))
        expect(new Set(addresses).size).toBe(addresses.length)
        expect(new Set(notices.map(({ dedupKey }) => dedupKey)).size).toBe(notices.length)
      }),
    )
  })

  test('never nobody while the office has an account', () => {
    fc.assert(
      fc.property(directory, step, (people, one) => {
        fc.pre(reachable(people, 'office') !== undefined)
        expect(noticesOf(duty, one, PLAN, people, NOW)).not.toEqual([])
      }),
    )
  })

  test('the seat itself hears it when somebody who can be reached sits there', () => {
    fc.assert(
      fc.property(
        directory,
        fc.constantFrom(
          ['assignee', 'liaison'] as const,
          ['unit-head', 'head'] as const,
          ['leader', 'leader'] as const,
        ),
        (people, [audience, seat]) => {
          const person = reachable(people, seat)
          fc.pre(person !== undefined)
          const only: Step = { key: 'step', kind: 'prompt', at: { from: 'open' }, to: [audience] }
          expect(noticesOf(duty, only, PLAN, people, NOW).map(({ to }) => to.id)).toEqual([person])
        },
      ),
    )
  })
})
