// Working hours around weekends, make-up Saturdays and long holidays, and where reminders move.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatInstant, HOUR_MS, type Instant, instantOf } from '../../../src/core/calendar/civil.ts'
import { stateCouncilCalendar as calendar, UnknownYearError } from '../../../src/core/calendar/workdays.ts'
import {
  standardHours as hours,
  isWorkingTime,
  lastWorkingMorningBefore,
  movedIntoHours,
  nextWorkingMoment,
  nextWorkingMorning,
  previousWorkingMoment,
} from '../../../src/core/calendar/working-hours.ts'

/** `2021-05-08 09:00` in Asia/Shanghai. */
function at(text: string): Instant {
  const [date = '', time = ''] = text.split(' ')
  return instantOf(date, time)
}

const shown = (moment: Instant): string => formatInstant(moment).slice(0, 16).replace('T', ' ')

describe('isWorkingTime', () => {
  it.each([
    ['2021-04-12 08:59:59', false],
    ['2021-04-12 09:00', true],
    ['2021-04-12 17:30', true],
    ['2021-04-12 17:30:01', false],
    ['2021-04-24 10:00', false], // an ordinary Saturday
    ['2021-05-08 10:00', true], // a make-up Saturday
    ['2021-04-25 10:00', true], // a make-up Sunday
    ['2021-05-03 10:00', false], // a Monday of Labour Day
    ['2020-02-01 10:00', false],
  ])('%s: %s', (moment, expected) => {
    expect(isWorkingTime(calendar, hours, at(moment))).toBe(expected)
  })

  it('goes by the hours that it is given', () => {
    const tibet = { from: '09:30', to: '18:30' }
    expect(isWorkingTime(calendar, tibet, at('2021-04-12 09:15'))).toBe(false)
    expect(isWorkingTime(calendar, tibet, at('2021-04-12 18:15'))).toBe(true)
  })
})

describe('working moments beside a moment', () => {
  it.each([
    // moment, next moment, next morning, previous moment, last morning
    ['2021-04-12 10:00', '2021-04-12 10:00', '2021-04-13 09:00', '2021-04-12 10:00', '2021-04-12 09:00'],
    ['2021-04-12 09:00', '2021-04-12 09:00', '2021-04-13 09:00', '2021-04-12 09:00', '2021-04-12 09:00'],
    ['2021-04-13 08:00', '2021-04-13 09:00', '2021-04-13 09:00', '2021-04-12 17:30', '2021-04-12 09:00'],
    ['2021-04-13 00:00', '2021-04-13 09:00', '2021-04-13 09:00', '2021-04-12 17:30', '2021-04-12 09:00'],
    ['2021-04-12 17:30', '2021-04-12 17:30', '2021-04-13 09:00', '2021-04-12 17:30', '2021-04-12 09:00'],
    ['2021-04-12 20:00', '2021-04-13 09:00', '2021-04-13 09:00', '2021-04-12 17:30', '2021-04-12 09:00'],
    // Saturday 24 April is off, Sunday 25 April is worked.
    ['2021-04-24 12:00', '2021-04-25 09:00', '2021-04-25 09:00', '2021-04-23 17:30', '2021-04-23 09:00'],
    // Labour Day, 1 to 5 May.
    ['2021-04-30 18:00', '2021-05-06 09:00', '2021-05-06 09:00', '2021-04-30 17:30', '2021-04-30 09:00'],
    ['2021-05-03 10:00', '2021-05-06 09:00', '2021-05-06 09:00', '2021-04-30 17:30', '2021-04-30 09:00'],
    ['2021-05-06 08:59', '2021-05-06 09:00', '2021-05-06 09:00', '2021-04-30 17:30', '2021-04-30 09:00'],
    // The make-up Saturday after it and its Sunday.
    ['2021-05-07 19:00', '2021-05-08 09:00', '2021-05-08 09:00', '2021-05-07 17:30', '2021-05-07 09:00'],
    ['2021-05-08 18:00', '2021-05-10 09:00', '2021-05-10 09:00', '2021-05-08 17:30', '2021-05-08 09:00'],
    // Spring Festival 2020, lengthened to 2 February.
    ['2020-01-30 10:00', '2020-02-03 09:00', '2020-02-03 09:00', '2020-01-23 17:30', '2020-01-23 09:00'],
    // New Year 2019 began on Sunday 30 December after a worked Saturday.
    ['2018-12-30 10:00', '2019-01-02 09:00', '2019-01-02 09:00', '2018-12-29 17:30', '2018-12-29 09:00'],
  ])('%s', (moment, nextMoment, nextMorning, previousMoment, lastMorning) => {
    const now = at(moment)
    expect(shown(nextWorkingMoment(calendar, hours, now))).toBe(nextMoment)
    expect(shown(nextWorkingMorning(calendar, hours, now))).toBe(nextMorning)
    expect(shown(previousWorkingMoment(calendar, hours, now))).toBe(previousMoment)
    expect(shown(lastWorkingMorningBefore(calendar, hours, now))).toBe(lastMorning)
  })

  it('lie on their side of the moment, in working time, with none nearer', () => {
    const from = instantOf('2018-02-01', '00:00')
    const moment = fc.integer({ min: 0, max: 3100 * 24 * 60 }).map((minutes) => from + minutes * 60_000)
    fc.assert(
      fc.property(moment, fc.double({ min: 0, max: 1, noNaN: true }), (now, share) => {
        const next = nextWorkingMoment(calendar, hours, now)
        const previous = previousWorkingMoment(calendar, hours, now)
        expect(previous <= now && now <= next).toBe(true)
        expect(isWorkingTime(calendar, hours, next) && isWorkingTime(calendar, hours, previous)).toBe(true)
        const between = previous + Math.floor(share * (next - previous))
        if (between > previous && between < next) expect(isWorkingTime(calendar, hours, between)).toBe(false)
        expect(nextWorkingMorning(calendar, hours, now) > now).toBe(true)
        const lastMorning = lastWorkingMorningBefore(calendar, hours, now)
        expect(lastMorning <= now).toBe(true)
        expect(nextWorkingMorning(calendar, hours, lastMorning)).toBe(
          nextWorkingMorning(calendar, hours, now),
        )
      }),
    )
  })

  it('are not guessed beyond the table', () => {
    expect(shown(previousWorkingMoment(calendar, hours, at('2026-12-31 20:00')))).toBe('2026-12-31 17:30')
    expect(() => nextWorkingMorning(calendar, hours, at('2026-12-31 20:00'))).toThrow(UnknownYearError)
    expect(() => previousWorkingMoment(calendar, hours, at('2018-01-02 08:00'))).toThrow(UnknownYearError)
    expect(() => lastWorkingMorningBefore(calendar, hours, at('2018-01-01 10:00'))).toThrow(UnknownYearError)
    expect(() => isWorkingTime(calendar, hours, at('2027-01-04 10:00'))).toThrow(UnknownYearError)
  })
})

describe('a reminder', () => {
  it.each([
    // planned, deadline, sent
    ['2021-04-30 10:00', '2021-04-30 23:59:59', '2021-04-30 10:00', 'inside working hours: at once'],
    ['2021-04-29 20:00', '2021-04-30 23:59:59', '2021-04-30 09:00', 'next morning, in time'],
    ['2021-04-30 20:00', '2021-04-30 23:59:59', '2021-04-30 17:30', 'back: the day would end'],
    ['2021-05-15 09:00', '2021-05-15 23:59:59', '2021-05-14 17:30', 'back: due on a free Saturday'],
    ['2021-05-02 09:00', '2021-05-04 23:59:59', '2021-04-30 17:30', 'back: due inside Labour Day'],
    ['2021-05-02 09:00', '2021-05-06 23:59:59', '2021-05-06 09:00', 'due on the first workday after it'],
    [
      '2021-05-02 09:00',
      '2021-05-06 09:00',
      '2021-04-30 17:30',
      'the first morning would be the deadline itself',
    ],
    ['2021-05-02 09:00', '2021-05-06 09:00:01', '2021-05-06 09:00', 'a moment is left'],
    [
      '2021-05-07 20:00',
      '2021-05-08 23:59:59',
      '2021-05-08 09:00',
      'a make-up Saturday is a morning like others',
    ],
    ['2021-05-15 23:59:59', '2021-05-15 23:59:59', '2021-05-14 17:30', 'planned at the very deadline'],
    ['2021-05-15 09:00', '2021-05-14 23:59:59', '2021-05-17 09:00', 'a nudge after the deadline'],
    ['2021-05-15 09:00', '2022-05-30 23:59:59', '2021-05-17 09:00', 'a deadline far away'],
  ])('planned for %s, due %s, goes out at %s: %s', (planned, deadline, sent) => {
    expect(shown(movedIntoHours(calendar, hours, at(planned), at(deadline)))).toBe(sent)
  })

  it('goes out in working hours, before its deadline if it was planned before, and stays where it was moved', () => {
    const from = instantOf('2018-02-01', '00:00')
    const hour = fc.integer({ min: 0, max: 3000 * 24 }).map((count) => from + count * HOUR_MS)
    fc.assert(
      fc.property(hour, fc.integer({ min: -240, max: 240 }), (planned, distance) => {
        const deadline = planned + distance * HOUR_MS
        const sent = movedIntoHours(calendar, hours, planned, deadline)
        expect(isWorkingTime(calendar, hours, sent)).toBe(true)
        expect(movedIntoHours(calendar, hours, sent, deadline)).toBe(sent)
        if (planned <= deadline) expect(sent <= deadline).toBe(true)
        if (planned > deadline) expect(sent >= planned).toBe(true)
      }),
    )
  })
})
