// Civil dates and instants: what exists, what is added, and that the quick reading of a date agrees with Temporal.
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  addYears,
  DAY_MS,
  dateOf,
  dayNumber,
  formatInstant,
  HOUR_MS,
  instantOf,
  isCivilDate,
  lastDayOfMonth,
  parseInstant,
  timeOf,
  weekdayOf,
} from '../../../src/core/calendar/civil.ts'

const epoch = Temporal.PlainDate.from('1970-01-01')
// From 0000-01-01 to 9999-12-31, the dates that YYYY-MM-DD can write.
const anyDay = fc.integer({ min: -719_528, max: 2_932_896 })
const modernDate = fc.integer({ min: 0, max: 36_524 }).map((day) => epoch.add({ days: day }).toString())
// Whole seconds from 1992 (no summer time any more) to 2069.
const anyInstant = fc.integer({ min: 694_224_000, max: 3_124_224_000 }).map((seconds) => seconds * 1000)

describe('day numbers', () => {
  it.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-02-29', 11_016],
    ['2021-04-12', 18_729],
    ['0021-04-12', -711_756],
  ])('%s is day %i', (date, day) => {
    expect(dayNumber(date)).toBe(day)
  })

  it('agree with Temporal for every date that YYYY-MM-DD can write', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const date = epoch.add({ days: day })
        expect(dayNumber(date.toString())).toBe(day)
        expect(weekdayOf(date.toString())).toBe(date.dayOfWeek)
      }),
    )
  })

  it.each(['20210412', '2021-04-12T23:59:59', '+002021-04-12'])(
    'read the ISO form %s as Temporal does',
    (text) => {
      expect(dayNumber(text)).toBe(18_729)
    },
  )

  it.each([
    '2021-02-29',
    '1900-02-29',
    '2021-04-31',
    '2021-00-10',
    '2021-13-01',
    '2021-01-00',
    '2021-01-32',
    '2021-1-001',
    '2021/01/01',
    '2021-01/01',
    '202a-01-01',
    '2/21-01-01',
    '２０２１-01-01',
    '',
  ])('refuse "%s"', (text) => {
    expect(() => dayNumber(text)).toThrow(RangeError)
    expect(isCivilDate(text)).toBe(false)
  })
})

describe('date arithmetic', () => {
  it.each([
    ['2021-01-31', 1, '2021-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2021-08-31', -6, '2021-02-28'],
    ['2021-10-15', 6, '2022-04-15'],
    ['2021-12-31', 2, '2022-02-28'],
  ])('%s and %i months is %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected)
  })

  it('clamps months to the last day and never lands in another month', () => {
    fc.assert(
      fc.property(modernDate, fc.integer({ min: -240, max: 240 }), (date, months) => {
        const moved = addMonths(date, months)
        const monthIndex = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
        expect(monthIndex(moved)).toBe(monthIndex(date) + months)
        const expected = Math.min(Number(date.slice(8)), Number(lastDayOfMonth(moved).slice(8)))
        expect(Number(moved.slice(8))).toBe(expected)
      }),
    )
  })

  it('adds days as differences of day numbers', () => {
    fc.assert(
      fc.property(modernDate, fc.integer({ min: -1000, max: 1000 }), (date, days) => {
        expect(dayNumber(addDays(date, days))).toBe(dayNumber(date) + days)
      }),
    )
  })

  it('turns 29 February into the 28th in a common year', () => {
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28')
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29')
  })
})

describe('instants', () => {
  it('end a day without an hour at 23:59:59 in Asia/Shanghai', () => {
    expect(instantOf('2021-04-30')).toBe(Date.UTC(2021, 3, 30, 15, 59, 59))
    expect(instantOf('2021-04-30', '08:30')).toBe(Date.UTC(2021, 3, 30, 0, 30))
  })

  it('belong to the next date from midnight in Asia/Shanghai on', () => {
    const midnight = instantOf('2021-05-01', '00:00')
    expect([dateOf(midnight - 1), timeOf(midnight - 1)]).toEqual(['2021-04-30', '23:59:59'])
    expect([dateOf(midnight), timeOf(midnight)]).toEqual(['2021-05-01', '00:00:00'])
    expect(instantOf('2021-05-02', '00:00') - midnight).toBe(DAY_MS)
    expect(instantOf('2021-05-01', '01:00') - midnight).toBe(HOUR_MS)
  })

  it('come back from date and time, and from text, and agree with the zone data', () => {
    fc.assert(
      fc.property(anyInstant, (at) => {
        expect(instantOf(dateOf(at), timeOf(at))).toBe(at)
        expect(parseInstant(formatInstant(at))).toBe(at)
        const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Asia/Shanghai')
        expect(dateOf(at)).toBe(zoned.toPlainDate().toString())
        expect(timeOf(at)).toBe(zoned.toPlainTime().toString({ smallestUnit: 'second' }))
      }),
    )
  })

  it.each(['2021-04-12', '2021-04-12T08:30:00', '明天'])(
    'are not read from "%s", which names no offset',
    (text) => {
      expect(parseInstant(text)).toBeUndefined()
    },
  )
})
