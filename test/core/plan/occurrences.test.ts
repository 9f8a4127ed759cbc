// The dates of every kind of timing, and the periods that reports are about.
import { describe, expect, it } from 'vitest'
import { stateCouncilCalendar, UnknownYearError } from '../../../src/core/calendar/workdays.ts'
import { type OccurrenceContext, occurrences } from '../../../src/core/plan/occurrences.ts'
import type { Cadence, Timing } from '../../../src/core/plan/types.ts'

const year2021 = { from: '2021-01-01', to: '2021-12-31' }
const none: OccurrenceContext = { events: [] }

function cadence(every: Cadence['every'], rest: Partial<Cadence> = {}): Cadence {
  return { type: 'cadence', every, from: '2021-01-01', until: '2021-12-31', ...rest }
}

function dues(timing: Timing, range = year2021, context = none): string[] {
  return occurrences(timing, stateCouncilCalendar, range, context).map((entry) => entry.due)
}

function periods(timing: Timing, about: 'same-period' | 'previous-period', range = year2021) {
  return occurrences(timing, stateCouncilCalendar, range, { events: [], about }).map((entry) => entry.period)
}

describe('listed dates', () => {
  it('gives a single date only inside the range', () => {
    expect(dues({ type: 'date', date: '2021-04-30' })).toEqual(['2021-04-30'])
    expect(dues({ type: 'date', date: '2022-03-31' })).toEqual([])
  })

  it('gives several dates in order, each once', () => {
    const dates = ['2021-07-15', '2021-04-15', '2021-07-15']
    expect(dues({ type: 'dates', dates })).toEqual(['2021-04-15', '2021-07-15'])
  })
})

describe('cadences', () => {
  it('asks each workday, make-up days too, and on no holiday', () => {
    const week = { from: '2021-04-23', to: '2021-05-10' }
    expect(dues(cadence('day'), week)).toEqual([
      '2021-04-23',
      '2021-04-25',
      '2021-04-26',
      '2021-04-27',
      '2021-04-28',
      '2021-04-29',
      '2021-04-30',
      '2021-05-06',
      '2021-05-07',
      '2021-05-08',
      '2021-05-10',
    ])
  })

  it('repeats weekly on the given weekday, without one on Sunday', () => {
    const april = { from: '2021-04-08', to: '2021-04-20' }
    expect(dues(cadence('week', { day: 1 }), april)).toEqual(['2021-04-12', '2021-04-19'])
    expect(dues(cadence('week'), april)).toEqual(['2021-04-11', '2021-04-18'])
  })

  it('ends ten days on the 10th, the 20th and the last day', () => {
    const spring = { from: '2021-02-11', to: '2021-03-10' }
    expect(dues(cadence('ten-days'), spring)).toEqual(['2021-02-20', '2021-02-28', '2021-03-10'])
  })

  it('takes the last day where a month lacks the day', () => {
    const winter = { from: '2021-01-01', to: '2021-04-30' }
    expect(dues(cadence('month', { day: 31 }), winter)).toEqual([
      '2021-01-31',
      '2021-02-28',
      '2021-03-31',
      '2021-04-30',
    ])
    expect(dues(cadence('month', { day: 'end' }), winter)).toEqual(dues(cadence('month'), winter))
  })

  it('places quarters, half-years and years by their month', () => {
    expect(dues(cadence('quarter', { month: 1, day: 15 }))).toEqual([
      '2021-01-15',
      '2021-04-15',
      '2021-07-15',
      '2021-10-15',
    ])
    expect(dues(cadence('half-year'))).toEqual(['2021-06-30', '2021-12-31'])
    expect(dues(cadence('year', { month: 1, day: 10 }))).toEqual(['2021-01-10'])
  })

  it('keeps to its own first and last day', () => {
    const mechanism = cadence('month', { day: 8, from: '2021-05-08', until: '2021-07-07' })
    expect(dues(mechanism)).toEqual(['2021-05-08', '2021-06-08'])
  })
})

describe('events', () => {
  const events = [
    { event: '开工', date: '2021-01-31' },
    { event: '开工', subject: 'road', date: '2021-03-31' },
  ]
  const dueAfter = (amount: number, unit: 'days' | 'workdays' | 'months' | 'years', subject?: string) =>
    dues({ type: 'offset', event: '开工', amount, unit }, year2021, {
      events,
      ...(subject !== undefined && { subject }),
    })

  it('counts days, workdays, months and years', () => {
    expect(dueAfter(5, 'days')).toEqual(['2021-02-05'])
    expect(dueAfter(5, 'workdays')).toEqual(['2021-02-05'])
    expect(dueAfter(10, 'workdays')).toEqual(['2021-02-18'])
    expect(dueAfter(1, 'months')).toEqual(['2021-02-28'])
    expect(dueAfter(0, 'years')).toEqual(['2021-01-31'])
  })

  it("prefers the subject's own event", () => {
    expect(dueAfter(6, 'months', 'road')).toEqual(['2021-09-30'])
    expect(dueAfter(1, 'months', 'bridge')).toEqual(['2021-02-28'])
  })

  it('gives nothing before the event is known', () => {
    expect(dues({ type: 'offset', event: '竣工', amount: 1, unit: 'months' })).toEqual([])
  })
})

describe('by stage (C4)', () => {
  const timing: Timing = {
    type: 'by-stage',
    stages: { 'about-to-start': cadence('ten-days'), 'under-construction': cadence('month') },
  }
  const april = { from: '2021-04-01', to: '2021-04-30' }

  it('follows the cadence of the present stage', () => {
    expect(dues(timing, april, { events: [], stage: 'about-to-start' })).toEqual([
      '2021-04-10',
      '2021-04-20',
      '2021-04-30',
    ])
    expect(dues(timing, april, { events: [], stage: 'under-construction' })).toEqual(['2021-04-30'])
  })

  it('asks nothing in a stage without a cadence, nor of what has no stage', () => {
    expect(dues(timing, april, { events: [], stage: 'completed' })).toEqual([])
    expect(dues(timing, april)).toEqual([])
  })
})

describe('periods', () => {
  it('reports the month before (C2)', () => {
    const may = { from: '2021-05-01', to: '2021-05-31' }
    expect(periods(cadence('month', { day: 8 }), 'previous-period', may)).toEqual(['2021-04'])
    const january = { from: '2021-01-01', to: '2021-01-31' }
    expect(periods(cadence('month', { day: 31 }), 'previous-period', january)).toEqual(['2020-12'])
  })

  it('names quarters, half-years and years', () => {
    const first = { month: 1, day: 15 }
    expect(periods(cadence('quarter', first), 'previous-period')).toEqual([
      '2020-Q4',
      '2021-Q1',
      '2021-Q2',
      '2021-Q3',
    ])
    expect(periods(cadence('half-year'), 'same-period')).toEqual(['2021-H1', '2021-H2'])
    expect(periods(cadence('year', first), 'previous-period')).toEqual(['2020'])
  })

  it('names days, weeks and ten days by a date', () => {
    const days = { from: '2021-05-06', to: '2021-05-10' }
    expect(periods(cadence('day'), 'same-period', days)[0]).toBe('2021-05-06')
    expect(periods(cadence('day'), 'previous-period', days)[0]).toBe('2021-04-30')
    expect(periods(cadence('week', { day: 5 }), 'previous-period', days)).toEqual(['2021-04-26'])
    expect(periods(cadence('ten-days'), 'previous-period', days)).toEqual(['2021-04-30'])
    expect(periods(cadence('ten-days'), 'same-period', days)).toEqual(['2021-05-10'])
  })

  it('leaves duties that are about no period without one', () => {
    expect(occurrences(cadence('year'), stateCouncilCalendar, year2021, none)).toEqual([
      { due: '2021-12-31' },
    ])
  })
})

describe('a year that the calendar lacks', () => {
  const future = { from: '2026-12-28', to: '2027-01-31' }
  const lasting = { until: '2030-12-31' }

  it('is no hindrance to dates that need no workdays', () => {
    expect(dues(cadence('month', { day: 8, ...lasting }), future)).toEqual(['2027-01-08'])
  })

  it('is an error where workdays are asked for', () => {
    expect(() => dues(cadence('day', lasting), future)).toThrow(UnknownYearError)
  })
})
