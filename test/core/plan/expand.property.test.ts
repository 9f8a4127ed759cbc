// Laws of expansion that hold for every plan: no window loses or doubles a task, and the next opening is never missed.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, dateOf, HOUR_MS, instantOf } from '../../../src/core/calendar/civil.ts'
import { isWorkday, stateCouncilCalendar } from '../../../src/core/calendar/workdays.ts'
import { expandPlan, nextOpening } from '../../../src/core/plan/expand.ts'
import type { Cadence, Opening, Rule, Timing } from '../../../src/core/plan/types.ts'
import { counties, officeOf, planOf, project, rule } from './plans.ts'

const date = fc.integer({ min: 0, max: 700 }).map((days) => addDays('2020-06-01', days))
const instant = fc
  .integer({ min: 0, max: 700 * 24 })
  .map((hours) => instantOf('2020-06-01', '00:00') + hours * HOUR_MS)

const cadence: fc.Arbitrary<Cadence> = fc
  .record({
    every: fc.constantFrom('day', 'week', 'ten-days', 'month', 'quarter', 'half-year', 'year' as const),
    day: fc.oneof(fc.integer({ min: 1, max: 7 }), fc.constant('end' as const)),
    from: date,
    length: fc.integer({ min: 0, max: 200 }),
  })
  .map(({ every, day, from, length }) => ({
    type: 'cadence' as const,
    every,
    day,
    from,
    until: addDays(from, length),
  }))

const timing: fc.Arbitrary<Timing> = fc.oneof(
  date.map((due) => ({ type: 'date' as const, date: due })),
  fc.array(date, { minLength: 1, maxLength: 4 }).map((dates) => ({ type: 'dates' as const, dates })),
  cadence,
  fc.record({
    type: fc.constant('offset' as const),
    event: fc.constant('开工'),
    amount: fc.integer({ min: 0, max: 8 }),
    unit: fc.constantFrom('days', 'workdays', 'months' as const),
  }),
  fc.tuple(cadence, cadence).map(([early, late]) => ({
    type: 'by-stage' as const,
    stages: { 'not-started': early, 'under-construction': late },
  })),
)

const opens: fc.Arbitrary<Opening> = fc.oneof(
  date.map((day) => ({ type: 'date' as const, date: day })),
  fc.record({
    type: fc.constant('before' as const),
    amount: fc.integer({ min: 0, max: 20 }),
    unit: fc.constantFrom('days', 'workdays' as const),
  }),
)

const rules: fc.Arbitrary<Rule[]> = fc
  .array(
    fc.record({
      timing,
      opens,
      dueTime: fc.constantFrom('08:30', '17:30'),
      responsible: fc.constantFrom<Rule['responsible']>(
        { type: 'projects' },
        { type: 'units', units: ['county-1', 'county-2'] },
      ),
      about: fc.constantFrom('same-period', 'previous-period' as const),
    }),
    { maxLength: 3 },
  )
  .map((parts) => parts.map((part, i) => rule(`rule-${i}`, part)))

const calendar = stateCouncilCalendar
const directory = officeOf(counties.slice(0, 2), [
  project('early', 'not-started', { listedFrom: '2020-12-01' }),
  project('late', 'under-construction', { listedUntil: '2021-09-30' }),
])
const planWith = (some: Rule[]) => planOf(some, [{ event: '开工', date: '2021-01-31' }])

it('gives the same tasks however the time is cut', () => {
  fc.assert(
    fc.property(rules, fc.tuple(instant, instant, instant), (some, instants) => {
      const [a = 0, b = 0, c = 0] = instants.toSorted((x, y) => x - y)
      const drafts = (after: number, upTo: number) =>
        expandPlan(planWith(some), directory, calendar, { after, upTo }).drafts
      expect([...drafts(a, b), ...drafts(b, c)]).toEqual(drafts(a, c))
    }),
  )
})

it('gives no key twice, and opens each task on a workday morning before it is due', () => {
  fc.assert(
    fc.property(rules, (some) => {
      const window = { after: instantOf('2020-01-10'), upTo: instantOf('2023-12-31') }
      const { drafts } = expandPlan(planWith(some), directory, calendar, window)
      expect(new Set(drafts.map((draft) => draft.key)).size).toBe(drafts.length)
      for (const { openAt, firstDueAt } of drafts) {
        expect(openAt).toBe(instantOf(dateOf(openAt), '09:00'))
        expect(isWorkday(calendar, dateOf(openAt))).toBe(true)
        expect(openAt).toBeLessThan(firstDueAt)
      }
    }),
  )
})

it('names a next opening before which nothing opens', () => {
  fc.assert(
    fc.property(rules, instant, (some, after) => {
      const plan = planWith(some)
      const next = nextOpening(plan, directory, calendar, after)
      const upTo = next === undefined ? instantOf('2023-12-31') : next - 1
      expect(expandPlan(plan, directory, calendar, { after, upTo }).drafts).toEqual([])
    }),
  )
})

it('names a next opening at which a unit has a task', () => {
  fc.assert(
    fc.property(rules, instant, (some, after) => {
      const plan = planWith(some.filter((entry) => entry.responsible.type === 'units'))
      const next = nextOpening(plan, directory, calendar, after)
      fc.pre(next !== undefined)
      expect(expandPlan(plan, directory, calendar, { after, upTo: next }).drafts).not.toEqual([])
    }),
  )
})
