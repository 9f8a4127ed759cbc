// The choke point's promises for one address, under any row of waiting notices and any clock.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HOUR_MS, instantOf } from '../../../src/core/calendar/civil.ts'
import { stateCouncilCalendar } from '../../../src/core/calendar/workdays.ts'
import { isWorkingTime, standardHours } from '../../../src/core/calendar/working-hours.ts'
import { bundle, type Waiting } from '../../../src/core/message/bundle.ts'
import type { Family } from '../../../src/core/message/notice.ts'

const OFFICE = { calendar: stateCouncilCalendar, hours: standardHours }
const FAMILIES: readonly Family[] = ['duty', 'overdue-copy', 'circular', 'issued', 'unreachable', 'reply']
const START = instantOf('2021-04-24', '00:00')

const moment = fc.integer({ min: 0, max: 24 * 14 * 4 }).map((quarter) => START + (quarter * HOUR_MS) / 4)
const waiting = fc
  .array(
    fc.record(
      {
        family: fc.constantFrom(...FAMILIES),
        task: fc.constantFrom('1', '2', '3', '4'),
        deadline: moment,
        sendId: fc.constantFrom('d-1', 'd-2'),
      },
      { requiredKeys: ['family'] },
    ),
    { maxLength: 30 },
  )
  .map((notices): Waiting[] => notices.map((notice, index) => ({ ...notice, id: String(index + 1) })))
const spoken = fc.subarray([...FAMILIES]).map((families) => new Set(families))

const isFresh = (one: Waiting): boolean => one.sendId === undefined
const isPush = (one: Waiting): boolean => isFresh(one) && one.family !== 'reply'

describe('bundle', () => {
  test('nothing is lost and nothing doubled: each id goes, waits or was merged', () => {
    fc.assert(
      fc.property(waiting, spoken, moment, (notices, families, now) => {
        const { go, held, merged } = bundle(notices, families, OFFICE, now)
        const all = [
          ...go.flatMap(({ items }) => items.map(({ id }) => id)),
          ...held.map(({ id }) => id),
          ...merged,
        ]
        expect(all.toSorted(byNumber)).toEqual(notices.map(({ id }) => id))
      }),
    )
  })

  test('one card a family, and none for a family that had its card today unless a deadline presses', () => {
    fc.assert(
      fc.property(waiting, spoken, moment, (notices, families, now) => {
        const pushes = bundle(notices, families, OFFICE, now).go.filter(({ items }) => items.every(isPush))
        expect(new Set(pushes.map(({ family }) => family)).size).toBe(pushes.length)
        for (const { family, items } of pushes) {
          expect(new Set(items.map(({ task, id }) => task ?? id)).size).toBe(items.length)
          if (families.has(family)) for (const one of items) expect(one.deadline).toBeGreaterThanOrEqual(now)
        }
      }),
    )
  })

  test('outside working hours only answers, unfinished tries and pressing deadlines leave', () => {
    fc.assert(
      fc.property(waiting, spoken, moment, (notices, families, now) => {
        fc.pre(!isWorkingTime(OFFICE.calendar, OFFICE.hours, now))
        const { go, held } = bundle(notices, families, OFFICE, now)
        const pushed = go.flatMap(({ items }) => items.filter(isPush))
        for (const one of pushed) expect(one.deadline).toBeGreaterThanOrEqual(now)
        for (const { until } of held) {
          expect(until).toBeGreaterThan(now)
          expect(isWorkingTime(OFFICE.calendar, OFFICE.hours, until)).toBe(true)
        }
        const waits = new Set(held.map(({ id }) => id))
        // A deadline that would pass while it waits is never waited for.
        for (const { id, until } of held) {
          const deadline = notices.find((one) => one.id === id)?.deadline
          if (deadline !== undefined) expect(deadline < now || deadline >= until).toBe(true)
        }
        expect(notices.filter((one) => !isPush(one)).every(({ id }) => !waits.has(id))).toBe(true)
      }),
    )
  })

  test('an answer goes alone; an unfinished try goes again with the same notices under the same id', () => {
    fc.assert(
      fc.property(waiting, spoken, moment, (notices, families, now) => {
        const { go } = bundle(notices, families, OFFICE, now)
        for (const { items, sendId } of go) {
          if (sendId === undefined) {
            if (items[0]?.family === 'reply') expect(items).toHaveLength(1)
          } else expect(items).toEqual(notices.filter((one) => one.sendId === sendId))
        }
      }),
    )
  })

  test('of several notices about one task in a card the newest is said', () => {
    const notices: Waiting[] = ['1', '2', '3'].map((id) => ({ id, family: 'duty', task: '7' }))
    const { go, merged } = bundle(notices, new Set(), OFFICE, instantOf('2021-04-26', '10:00'))
    expect(go.map(({ items }) => items.map(({ id }) => id))).toEqual([['3']])
    expect(merged).toEqual(['1', '2'])
  })
})

const byNumber = (a: string, b: string): number => Number(a) - Number(b)
