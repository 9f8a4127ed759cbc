// Workdays: well-known days, counting over holidays, and the refusal to guess a year that nobody has entered.
import { describe, expect, it } from 'vitest'
import {
  addWorkdays,
  type Calendar,
  stateCouncilCalendar as calendar,
  isWorkday,
  lastWorkdayBefore,
  lastWorkdayOnOrBefore,
  nextWorkdayOnOrAfter,
  UnknownYearError,
  workdaysBetween,
} from '../../../src/core/calendar/workdays.ts'

describe('isWorkday', () => {
  it.each([
    ['2018-12-29', true, 'a Saturday that the notice for 2019 makes a workday'],
    ['2018-12-31', false, 'a Monday that the notice for 2019 takes off'],
    ['2019-05-02', false, 'off since Labour Day 2019 was lengthened'],
    ['2019-05-05', true, 'a Sunday worked for it'],
    ['2020-01-19', true, 'a Sunday worked before Spring Festival'],
    ['2020-01-31', false, 'epidemic'],
    ['2020-02-01', false, 'epidemic: a make-up day that was not worked'],
    ['2020-02-02', false, 'epidemic'],
    ['2020-02-03', true, 'work begins again'],
    ['2021-04-12', true, 'an ordinary Monday'],
    ['2021-04-24', false, 'an ordinary Saturday'],
    ['2021-04-25', true, 'a Sunday worked for Labour Day'],
    ['2021-05-03', false, 'Labour Day'],
    ['2021-05-08', true, 'a Saturday worked for Labour Day'],
    ['2022-12-31', false, 'a Saturday of New Year'],
    ['2023-10-06', false, 'Mid-Autumn and National Day together'],
    ['2023-10-07', true, 'a Saturday worked for it'],
    ['2023-12-31', false, 'an ordinary Sunday before New Year'],
    ['2024-02-09', true, "New Year's Eve, with leave encouraged but not given"],
    ['2025-10-08', false, 'the eighth day of National Day'],
    ['2026-02-23', false, 'the ninth day of Spring Festival'],
    ['2026-02-28', true, 'a Saturday worked for it'],
  ])('%s: %s (%s)', (date, expected) => {
    expect(isWorkday(calendar, date)).toBe(expected)
  })
})

describe('addWorkdays', () => {
  it.each([
    ['2021-04-30', 1, '2021-05-06', 'over Labour Day'],
    ['2021-04-30', 2, '2021-05-07', ''],
    ['2021-04-30', 3, '2021-05-08', 'the make-up Saturday counts'],
    ['2021-04-30', 4, '2021-05-10', ''],
    ['2021-05-02', 1, '2021-05-06', 'from a day off'],
    ['2021-05-10', -3, '2021-05-06', 'reminder three workdays ahead'],
    ['2021-05-03', -1, '2021-04-30', 'back from a day off'],
    ['2021-05-03', 0, '2021-05-03', 'nothing to add, even on a day off'],
    ['2020-01-23', 1, '2020-02-03', 'over the lengthened Spring Festival'],
    ['2021-12-31', 1, '2022-01-04', 'into another year'],
    ['2022-01-04', -1, '2021-12-31', ''],
    ['2018-01-02', 1996, '2026-01-04', 'over eight years, to a make-up Sunday'],
  ])('%s and %i is %s %s', (date, n, expected) => {
    expect(addWorkdays(calendar, date, n)).toBe(expected)
  })

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d workdays', (n) => {
    expect(() => addWorkdays(calendar, '2021-04-30', n)).toThrow(RangeError)
  })
})

describe('the workday beside a date', () => {
  it.each([
    // date, on or before, strictly before, on or after
    ['2021-05-04', '2021-04-30', '2021-04-30', '2021-05-06'],
    ['2021-05-08', '2021-05-08', '2021-05-07', '2021-05-08'],
    ['2021-05-09', '2021-05-08', '2021-05-08', '2021-05-10'],
    ['2021-10-08', '2021-10-08', '2021-09-30', '2021-10-08'],
  ])('%s', (date, onOrBefore, before, onOrAfter) => {
    expect(lastWorkdayOnOrBefore(calendar, date)).toBe(onOrBefore)
    expect(lastWorkdayBefore(calendar, date)).toBe(before)
    expect(nextWorkdayOnOrAfter(calendar, date)).toBe(onOrAfter)
  })
})

describe('workdaysBetween', () => {
  it.each([
    ['2021-04-30', '2021-04-30', 0],
    ['2021-04-30', '2021-05-05', 0],
    ['2021-04-30', '2021-05-08', 3],
    ['2021-05-08', '2021-04-30', -3],
    ['2021-05-02', '2021-05-06', 1],
    ['2020-12-31', '2021-12-31', 250],
  ])('%s to %s: %i', (from, to, expected) => {
    expect(workdaysBetween(calendar, from, to)).toBe(expected)
  })
})

describe('a year that the table does not have', () => {
  const cases: [string, number, () => unknown][] = [
    ['a date before', 2017, () => isWorkday(calendar, '2017-12-29')],
    ['the very next day', 2027, () => isWorkday(calendar, '2027-01-01')],
    ['a date after', 2027, () => isWorkday(calendar, '2027-01-04')],
    ['a date far after', 2031, () => isWorkday(calendar, '2031-06-01')],
    ['nothing to add', 2027, () => addWorkdays(calendar, '2027-01-04', 0)],
    ['walking into the next', 2027, () => addWorkdays(calendar, '2026-12-31', 1)],
    ['walking far into it', 2027, () => addWorkdays(calendar, '2026-12-30', 400)],
    ['walking into the one before', 2017, () => addWorkdays(calendar, '2018-01-02', -1)],
    ['looking back from a holiday', 2017, () => lastWorkdayOnOrBefore(calendar, '2018-01-01')],
    ['looking back from the first workday', 2017, () => lastWorkdayBefore(calendar, '2018-01-02')],
    ['looking ahead', 2027, () => nextWorkdayOnOrAfter(calendar, '2027-01-01')],
    ['counting from', 2017, () => workdaysBetween(calendar, '2017-12-31', '2018-01-05')],
    ['counting up to', 2027, () => workdaysBetween(calendar, '2026-12-31', '2027-01-05')],
  ]

  it.each(cases)('is an error: %s', (_, year, ask) => {
    expect(ask).toThrow(UnknownYearError)
    expect(ask).toThrow(expect.objectContaining({ year }))
  })

  it('is explained in Chinese, with the file and what to put into it', () => {
    const { message } = new UnknownYearError(2027)
    for (const part of [
      '2027年',
      '不作猜测',
      'src/core/calendar/years.ts',
      'sources',
      'daysOff',
      'makeUpDays',
    ]) {
      expect(message).toContain(part)
    }
  })

  it('is an error between two known years as well', () => {
    const years = new Map([...calendar.years].filter(([year]) => year === 2019 || year === 2021))
    const gap: Calendar = { years, version: 'gap' }
    expect(isWorkday(gap, '2021-04-25')).toBe(true)
    expect(() => isWorkday(gap, '2020-06-01')).toThrow(expect.objectContaining({ year: 2020 }))
    expect(() => addWorkdays(gap, '2019-12-31', 1)).toThrow(expect.objectContaining({ year: 2020 }))
    expect(() => addWorkdays(gap, '2021-01-04', -1)).toThrow(expect.objectContaining({ year: 2020 }))
    expect(() => workdaysBetween(gap, '2019-12-31', '2021-01-04')).toThrow(
      expect.objectContaining({ year: 2020 }),
    )
    expect(() => workdaysBetween(gap, '2021-01-04', '2019-12-31')).toThrow(
      expect.objectContaining({ year: 2020 }),
    )
  })

  it('is not what a date that does not exist gets', () => {
    expect(() => isWorkday(calendar, '2021-02-29')).toThrow(RangeError)
    expect(() => addWorkdays(calendar, '2021-04-31', 1)).toThrow(RangeError)
  })
})
