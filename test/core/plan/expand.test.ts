// Plans become tasks: who has them, when they open, under which key.
import { describe, expect, it } from 'vitest'
import { formatInstant, instantOf } from '../../../src/core/calendar/civil.ts'
import { stateCouncilCalendar } from '../../../src/core/calendar/workdays.ts'
import type { Form } from '../../../src/core/form/types.ts'
import type { Directory } from '../../../src/core/people/directory.ts'
import { expandPlan, nextOpening } from '../../../src/core/plan/expand.ts'
import type { Opening, Plan, Timing } from '../../../src/core/plan/types.ts'
import { promptOnlyPolicy } from '../../../src/core/task/policy.ts'
import { counties, during, midnight, monthly, officeOf, planOf, project, rule } from './plans.ts'

const calendar = stateCouncilCalendar
const always = during('2021-01-01', '2022-12-31')

const draftsOf = (plan: Plan, directory: Directory, window = always) =>
  expandPlan(plan, directory, calendar, window).drafts

function openingOf(timing: Timing, opens: Opening, rest: { dueTime?: string } = {}): string {
  const plan = planOf([
    rule('r', { timing, opens, responsible: { type: 'units', units: ['county-1'] }, ...rest }),
  ])
  const [draft] = draftsOf(plan, officeOf(counties))
  return draft === undefined ? 'never' : formatInstant(draft.openAt)
}

describe('units', () => {
  const plan = planOf([rule('ledger', { timing: { type: 'date', date: '2021-05-10' }, measure: 'm2-1' })])

  it('gives one task for each of the 18 counties (G1), to its liaison', () => {
    const drafts = draftsOf(plan, officeOf(counties))
    expect(drafts).toHaveLength(18)
    expect(drafts[0]).toEqual({
      key: 'plan/ledger/2021-05-10/county-1',
      plan: 'plan',
      rule: 'ledger',
      measure: 'm2-1',
      kind: 'report',
      form: 'none',
      title: 'ledger',
      unit: 'county-1',
      post: 'county-1-ll',
      openAt: instantOf('2021-04-29', '09:00'),
      firstDueAt: instantOf('2021-05-10', '23:59:59'),
      policy: plan.policy,
    })
  })

  it('lets the office stand in for a unit without a liaison, and says so', () => {
    const directory = officeOf(counties)
    const posts = directory.posts.filter((post) => post.unit !== 'county-7')
    const { drafts, gaps } = expandPlan(plan, { ...directory, posts }, calendar, always)
    expect(drafts.find((draft) => draft.unit === 'county-7')?.post).toBe('duban')
    expect(gaps).toEqual([
      { key: 'plan/ledger/2021-05-10/county-7', rule: 'ledger', unit: 'county-7', standIn: 'duban' },
    ])
  })

  it('reports the duties that nobody at all can take', () => {
    const { drafts, gaps } = expandPlan(plan, { ...officeOf(counties), posts: [] }, calendar, always)
    expect(drafts).toEqual([])
    expect(gaps).toHaveLength(18)
    expect(gaps.every((gap) => gap.standIn === undefined)).toBe(true)
  })

  it("uses the rule's own ladder and hour where it has them", () => {
    const own = rule('ask', {
      timing: { type: 'date', date: '2021-05-10' },
      policy: promptOnlyPolicy,
      dueTime: '17:00',
    })
    const [draft] = draftsOf(planOf([own]), officeOf(counties))
    expect(draft?.policy).toBe(promptOnlyPolicy)
    expect(draft?.firstDueAt).toBe(instantOf('2021-05-10', '17:00'))
  })

  it("carries the plan's own form as it is now", () => {
    const asks = rule('ask', { timing: { type: 'date', date: '2021-05-10' }, form: 'yonggong' })
    const form: Form = {
      name: 'yonggong',
      title: '用工',
      fields: [{ key: 'workers', label: '用工', type: 'integer' }],
      checks: [],
    }
    const [draft] = draftsOf({ ...planOf([asks]), forms: [form] }, officeOf(counties))
    expect(draft).toMatchObject({ form: 'own', ownForm: form })
    expect(() => draftsOf(planOf([asks]), officeOf(counties))).toThrow('no form yonggong')
  })
})

describe('opening', () => {
  const due = (date: string): Timing => ({ type: 'date', date })
  const ahead = (amount: number, unit: 'days' | 'workdays'): Opening => ({ type: 'before', amount, unit })

  it('is on a given day, moved to the next workday', () => {
    expect(openingOf(due('2021-05-31'), { type: 'date', date: '2021-05-17' })).toBe(
      '2021-05-17T09:00:00+08:00',
    )
    expect(openingOf(due('2021-05-31'), { type: 'date', date: '2021-05-01' })).toBe(
      '2021-05-06T09:00:00+08:00',
    )
  })

  it('is days or workdays before the due date', () => {
    expect(openingOf(due('2021-05-31'), ahead(7, 'days'))).toBe('2021-05-24T09:00:00+08:00')
    expect(openingOf(due('2021-05-31'), ahead(8, 'days'))).toBe('2021-05-24T09:00:00+08:00')
    expect(openingOf(due('2021-05-08'), ahead(3, 'workdays'))).toBe('2021-04-30T09:00:00+08:00')
    expect(openingOf(due('2021-05-10'), ahead(0, 'workdays'))).toBe('2021-05-10T09:00:00+08:00')
  })

  it('moves back when only days off are left until the due date', () => {
    expect(openingOf(due('2021-05-05'), ahead(4, 'days'))).toBe('2021-04-30T09:00:00+08:00')
  })

  it('comes the workday before for a duty that is due before the opening hour', () => {
    expect(openingOf(due('2021-05-10'), ahead(0, 'days'), { dueTime: '08:30' })).toBe(
      '2021-05-08T09:00:00+08:00',
    )
    expect(openingOf(due('2021-05-10'), ahead(0, 'days'), { dueTime: '10:00' })).toBe(
      '2021-05-10T09:00:00+08:00',
    )
  })
})

describe('projects', () => {
  const forProjects = { responsible: { type: 'projects' } } as const
  const report = rule('monthly', { timing: monthly(8), about: 'previous-period', ...forProjects })

  it("asks each project's own liaison, else its unit's", () => {
    const projects = [
      project('road', 'under-construction', { liaison: 'county-2-ll' }),
      project('dam', 'under-construction'),
      project('elsewhere', 'under-construction', { plans: ['other'] }),
    ]
    const drafts = draftsOf(
      planOf([report]),
      officeOf(counties, projects),
      during('2021-04-25', '2021-05-25'),
    )
    expect(drafts.map(({ key, post, project: about, period }) => ({ key, post, about, period }))).toEqual([
      { key: 'plan/monthly/2021-04/road', post: 'county-2-ll', about: 'road', period: '2021-04' },
      { key: 'plan/monthly/2021-04/dam', post: 'county-1-ll', about: 'dam', period: '2021-04' },
    ])
  })

  it('leaves out projects that are off the list (C9)', () => {
    const projects = [
      project('left', 'under-construction', { listedUntil: '2021-07-01' }),
      project('joined', 'under-construction', { listedFrom: '2021-10-08' }),
    ]
    const drafts = draftsOf(planOf([report]), officeOf(counties, projects))
    expect(drafts.map((draft) => `${draft.project} ${draft.period}`)).toEqual([
      'left 2021-03',
      'left 2021-04',
      'left 2021-05',
      'joined 2021-10',
      'joined 2021-11',
    ])
  })

  it('changes its rhythm with the stage (C4)', () => {
    const span = { from: '2021-04-12', until: '2021-04-30' }
    const dispatch = rule('dispatch', {
      timing: {
        type: 'by-stage',
        stages: {
          'not-started': { type: 'cadence', every: 'day', ...span },
          'about-to-start': { type: 'cadence', every: 'ten-days', ...span },
          'under-construction': monthly(25, span),
        },
      },
      about: 'same-period',
      opens: { type: 'before', amount: 0, unit: 'days' },
      ...forProjects,
    })
    const count = (stage: Parameters<typeof project>[1]) =>
      draftsOf(planOf([dispatch]), officeOf(counties, [project('road', stage)])).length
    expect([count('not-started'), count('about-to-start'), count('under-construction')]).toEqual([16, 2, 1])
    expect(count('suspended')).toBe(0)
  })

  it("follows each project's own event, under a key that a corrected date does not change", () => {
    const filing = rule('filing', {
      timing: { type: 'offset', event: '推荐', amount: 5, unit: 'workdays' },
      opens: { type: 'before', amount: 0, unit: 'days' },
      ...forProjects,
    })
    const directory = officeOf(counties, [project('road', 'not-started'), project('dam', 'not-started')])
    const keysWith = (date: string) =>
      draftsOf(planOf([filing], [{ event: '推荐', subject: 'road', date }]), directory).map(
        (draft) => draft.key,
      )
    expect(keysWith('2021-05-10')).toEqual(['plan/filing/推荐/road'])
    expect(keysWith('2021-05-12')).toEqual(['plan/filing/推荐/road'])
  })
})

describe('the next opening', () => {
  const directory = officeOf(counties)

  it('is the first of all rules, and none after the last', () => {
    const plan = planOf([
      rule('b', { timing: { type: 'date', date: '2021-05-31' } }),
      rule('a', { timing: { type: 'date', date: '2021-05-10' } }),
    ])
    const first = nextOpening(plan, directory, calendar, midnight('2021-04-12'))
    expect(first).toBe(instantOf('2021-04-29', '09:00'))
    const second = nextOpening(plan, directory, calendar, first ?? 0)
    expect(second).toBe(instantOf('2021-05-24', '09:00'))
    expect(nextOpening(plan, directory, calendar, second ?? 0)).toBeUndefined()
  })

  it('is none for a plan without projects', () => {
    const plan = planOf([rule('r', { timing: monthly(8), responsible: { type: 'projects' } })])
    expect(nextOpening(plan, directory, calendar, 0)).toBeUndefined()
    const left = officeOf(counties, [project('left', 'accepted', { listedUntil: '2021-03-31' })])
    expect(nextOpening(plan, left, calendar, midnight('2021-04-12'))).toBeUndefined()
  })
})
