// Plans that reach into a year whose workdays nobody has announced yet.
import { describe, expect, it } from 'vitest'
import { instantOf } from '../../../src/core/calendar/civil.ts'
import { stateCouncilCalendar, UnknownYearError } from '../../../src/core/calendar/workdays.ts'
import type { Directory } from '../../../src/core/people/directory.ts'
import { expandPlan, nextOpening } from '../../../src/core/plan/expand.ts'
import type { Plan } from '../../../src/core/plan/types.ts'
import { counties, during, midnight, monthly, officeOf, planOf, rule } from './plans.ts'

const calendar = stateCouncilCalendar

const draftsOf = (plan: Plan, directory: Directory, window: ReturnType<typeof during>) =>
  expandPlan(plan, directory, calendar, window).drafts

describe('a year that the calendar lacks', () => {
  const directory = officeOf(counties)
  const lasting = planOf([
    rule('monthly', { timing: monthly(8, { until: '2030-12-31' }) }),
    rule('daily', {
      timing: { type: 'cadence', every: 'day', from: '2026-01-01', until: '2030-12-31' },
      opens: { type: 'before', amount: 0, unit: 'days' },
    }),
  ])

  it('does no harm before its time has come', () => {
    const december = draftsOf(lasting, directory, during('2026-12-17', '2026-12-22'))
    expect(december.map((draft) => draft.rule)).toContain('daily')
    expect(nextOpening(lasting, directory, calendar, midnight('2026-12-17'))).toBe(
      instantOf('2026-12-17', '09:00'),
    )
  })

  it('lets the daily question of the last known day go out', () => {
    const daily = planOf(lasting.rules.slice(1))
    expect(draftsOf(daily, directory, during('2026-12-31', '2027-01-01'))).toHaveLength(18)
  })

  it('is an error when its workdays decide', () => {
    expect(() => draftsOf(lasting, directory, during('2026-12-17', '2027-01-15'))).toThrow(UnknownYearError)
    expect(() => nextOpening(lasting, directory, calendar, midnight('2027-01-01'))).toThrow(UnknownYearError)
  })

  it('is not asked for by a plan that is over', () => {
    const over = planOf([rule('r', { timing: monthly(8) })])
    expect(draftsOf(over, directory, during('2026-12-31', '2028-01-15'))).toEqual([])
    expect(nextOpening(over, directory, calendar, midnight('2027-01-01'))).toBeUndefined()
  })
})
