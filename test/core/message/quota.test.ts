// A month and its end: who is warned, what waits first, and what a forecast costs.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseInstant } from '../../../src/core/calendar/civil.ts'
import {
  estimateMonths,
  levelOf,
  mayGo,
  meterOf,
  monthEnd,
  monthOf,
  NOTHING,
  type Planned,
  RANKS,
  type Rank,
  rankOf,
} from '../../../src/core/message/quota.ts'
import type { Address } from '../../../src/core/message/types.ts'

const at = (text: string): number => parseInstant(text) ?? Number.NaN
const direct: Address = { channel: 'dingtalk', kind: 'direct', id: 'kd' }
const group: Address = { channel: 'dingtalk', kind: 'group', id: 'cid==' }
const robot: Address = { channel: 'dingtalk', kind: 'group', id: 'webhook:kd' }

const duty = (kind: 'prompt' | 'reminder' | 'overdue-notice' | 'named') => ({
  family: 'duty' as const,
  saying: { type: 'duty' as const, task: '1', step: 's', kind, reader: 'assignee' as const },
})

describe('the month', () => {
  test('is that of Asia/Shanghai and ends at its midnight', () => {
    expect(monthOf(at('2021-04-30T23:59:59+08:00'))).toBe('2021-04')
    expect(monthOf(at('2021-04-30T16:00:00Z'))).toBe('2021-05')
    expect(monthEnd(at('2021-01-31T12:00:00+08:00'))).toBe(at('2021-02-01T00:00:00+08:00'))
    expect(monthEnd(at('2021-12-01T00:00:00+08:00'))).toBe(at('2022-01-01T00:00:00+08:00'))
  })

  test('is worth a warning from seventy in a hundred, and another word at its end', () => {
    expect([3_499, 3_500, 4_999, 5_000].map((used) => levelOf(used, 5_000))).toEqual([
      undefined,
      'short',
      'short',
      'spent',
    ])
  })

  test('a group with a robot of its own takes from the messages, everything else from the calls', () => {
    expect([direct, group, robot].map(meterOf)).toEqual(['calls', 'calls', 'messages'])
  })
})

describe('what waits first', () => {
  test.each<[Rank, Parameters<typeof rankOf>[0], Address]>([
    [
      'formal',
      [{ family: 'circular', saying: { type: 'formal', task: '1', step: 's', kind: 'circular' } }],
      direct,
    ],
    [
      'formal',
      [{ family: 'issued', saying: { type: 'issued', task: '1', kind: 'circular', by: 'x' } }],
      group,
    ],
    ['formal', [{ family: 'reply', saying: { type: 'card', words: 'quota-spent', slots: {} } }], direct],
    ['overdue', [duty('overdue-notice')], direct],
    ['overdue', [duty('named')], group],
    ['overdue', [duty('reminder'), duty('overdue-notice')], direct],
    [
      'overdue',
      [{ family: 'unreachable', saying: { type: 'unreachable', task: '1', whom: 'x', cure: 'y' } }],
      direct,
    ],
    ['reply', [{ family: 'reply', saying: { type: 'card', words: 'read-back', slots: {} } }], group],
    ['prompt', [duty('reminder'), duty('prompt')], direct],
    ['reminder', [duty('reminder')], direct],
    ['group', [duty('prompt')], group],
  ])('%s', (rank, items, to) => expect(rankOf(items, to)).toBe(rank))

  test('the worse never goes where the better must wait, and formal steps always go', () => {
    const size = fc.integer({ min: 1, max: 500_000 })
    fc.assert(
      fc.property(size, fc.double({ min: 0, max: 1.2, noNaN: true }), (month, share) => {
        const may = RANKS.map((rank) => mayGo(rank, Math.floor(month * share), month))
        expect(may[0]).toBe(true)
        // Once somebody must wait, everybody after him must.
        expect(may).toEqual(may.toSorted((a, b) => Number(b) - Number(a)))
      }),
    )
  })

  test('each rank stops at a point of its own', () => {
    const stops = RANKS.map((rank) =>
      Array.from({ length: 1_001 }, (_, used) => used).find((used) => !mayGo(rank, used, 1_000)),
    )
    expect(stops).toEqual([undefined, 990, 980, 950, 900, 850])
  })
})

describe('the estimate', () => {
  const planned = (month: string, to: Address, rank: Rank, about = 1): Planned => ({
    at: at(`${month}-12T09:00:00+08:00`),
    to,
    rank,
    about,
  })

  test('counts each month and platform apart, with what is used already and what answers would add', () => {
    const months = estimateMonths(
      [
        planned('2021-04', direct, 'prompt', 3),
        planned('2021-04', robot, 'group'),
        planned('2021-04', { ...direct, channel: 'wecom' }, 'prompt'),
        planned('2021-05', direct, 'reminder', 2),
      ],
      (channel, month) =>
        channel === 'dingtalk' && month === '2021-04' ? { calls: 100, messages: 20 } : NOTHING,
      () => undefined,
    )
    expect(months).toEqual([
      {
        month: '2021-04',
        channel: 'dingtalk',
        cost: { calls: 101, messages: 21 },
        answers: { calls: 6, messages: 3 },
        held: {},
      },
      {
        month: '2021-04',
        channel: 'wecom',
        cost: { calls: 1, messages: 0 },
        answers: { calls: 2, messages: 1 },
        held: {},
      },
      { month: '2021-05', channel: 'dingtalk', cost: { calls: 1, messages: 0 }, answers: NOTHING, held: {} },
    ])
  })

  test('says what would wait, formal steps never', () => {
    const ranks: Rank[] = ['group', 'reminder', 'prompt', 'formal', 'formal']
    const [month] = estimateMonths(
      ranks.map((rank) => planned('2021-04', rank === 'group' ? group : direct, rank)),
      () => ({ calls: 94, messages: 0 }),
      () => ({ calls: 100, messages: 100 }),
    )
    expect(month).toMatchObject({ cost: { calls: 97 }, held: { group: 1, reminder: 1 } })
  })
})
