// Laws of workday arithmetic over the whole table, against a plain day-by-day walk.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type CivilDate } from '../../../src/core/calendar/civil.ts'
import {
  addWorkdays,
  stateCouncilCalendar as calendar,
  isWorkday,
  lastWorkdayBefore,
  lastWorkdayOnOrBefore,
  nextWorkdayOnOrAfter,
  workdaysBetween,
} from '../../../src/core/calendar/workdays.ts'

// From 1 April 2018 to 26 September 2026: 60 workdays either way stay inside the table.
const date = fc.integer({ min: 0, max: 3100 }).map((days) => addDays('2018-04-01', days))
const few = fc.integer({ min: -30, max: 30 })
const some = fc.integer({ min: 1, max: 30 })

// The definition, one day at a time.
function walk(from: CivilDate, n: number): CivilDate {
  let at = from
  for (let left = Math.abs(n); left > 0; ) {
    at = addDays(at, Math.sign(n))
    if (isWorkday(calendar, at)) left--
  }
  return at
}

describe('workday arithmetic', () => {
  it('equals walking day by day', () => {
    fc.assert(
      fc.property(date, few, (from, n) => {
        expect(addWorkdays(calendar, from, n)).toBe(walk(from, n))
      }),
    )
  })

  it('ends on a workday, later for later days and for more workdays', () => {
    fc.assert(
      fc.property(date, date, some, (one, other, n) => {
        const [early, late] = one < other ? [one, other] : [other, one]
        const reached = addWorkdays(calendar, early, n)
        expect(isWorkday(calendar, reached)).toBe(true)
        expect(reached > early).toBe(true)
        expect(reached <= addWorkdays(calendar, late, n)).toBe(true)
        expect(reached < addWorkdays(calendar, early, n + 1)).toBe(true)
      }),
    )
  })

  it('goes back the way it came, to the workday on either side of a day off', () => {
    fc.assert(
      fc.property(date, some, (from, n) => {
        const there = addWorkdays(calendar, from, n)
        const back = addWorkdays(calendar, from, -n)
        expect(addWorkdays(calendar, there, -n)).toBe(lastWorkdayOnOrBefore(calendar, from))
        expect(addWorkdays(calendar, back, n)).toBe(nextWorkdayOnOrAfter(calendar, from))
      }),
    )
  })

  it('adds up from a workday', () => {
    fc.assert(
      fc.property(date, few, few, (day, a, b) => {
        const from = nextWorkdayOnOrAfter(calendar, day)
        expect(addWorkdays(calendar, addWorkdays(calendar, from, a), b)).toBe(
          addWorkdays(calendar, from, a + b),
        )
      }),
    )
  })

  it('counts what it added', () => {
    fc.assert(
      fc.property(date, few, (day, n) => {
        const from = nextWorkdayOnOrAfter(calendar, day)
        expect(workdaysBetween(calendar, from, addWorkdays(calendar, from, n))).toBe(n)
      }),
    )
  })

  it('counts the same there and back, and in pieces', () => {
    fc.assert(
      fc.property(date, date, date, (a, b, c) => {
        expect(workdaysBetween(calendar, a, b) + workdaysBetween(calendar, b, a)).toBe(0)
        expect(workdaysBetween(calendar, a, b) + workdaysBetween(calendar, b, c)).toBe(
          workdaysBetween(calendar, a, c),
        )
      }),
    )
  })

  it('has no workday between a date and its neighbours', () => {
    fc.assert(
      fc.property(date, (day) => {
        const before = lastWorkdayBefore(calendar, day)
        const after = nextWorkdayOnOrAfter(calendar, day)
        expect(isWorkday(calendar, before)).toBe(true)
        expect(isWorkday(calendar, after)).toBe(true)
        expect(before < day && day <= after).toBe(true)
        expect(workdaysBetween(calendar, before, after)).toBe(1)
      }),
    )
  })
})
