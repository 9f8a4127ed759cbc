// A small office and plans over it, for the tests of expansion.
import { instantOf } from '../../../src/core/calendar/civil.ts'
import type { Directory, Project, ProjectStage } from '../../../src/core/people/directory.ts'
import type { Cadence, Plan, Rule } from '../../../src/core/plan/types.ts'
import { standardPolicy } from '../../../src/core/task/policy.ts'

export const midnight = (date: string) => instantOf(date, '00:00')
export const during = (from: string, to: string) => ({ after: midnight(from), upTo: midnight(to) })

export const monthly = (day: number, rest: Partial<Cadence> = {}): Cadence => ({
  type: 'cadence',
  every: 'month',
  day,
  from: '2021-04-01',
  until: '2021-12-31',
  ...rest,
})

export const counties = Array.from({ length: 18 }, (_, i) => `county-${i + 1}`)

const nothing = { people: [], holdings: [], delegations: [], groups: [] }

/** A bureau with an office post and counties with one liaison each. */
export function officeOf(units: readonly string[], projects: readonly Project[] = []): Directory {
  return {
    ...nothing,
    units: ['bureau', ...units].map((key) => ({ key, name: key, short: key })),
    posts: [
      { key: 'duban', title: '督办专员', unit: 'bureau', role: 'office' },
      ...units.map((unit) => ({ key: `${unit}-ll`, title: '联络员', unit, role: 'liaison' as const })),
    ],
    projects,
  }
}

export function project(key: string, stage: ProjectStage, rest: Partial<Project> = {}): Project {
  return { key, name: key, unit: 'county-1', stage, plans: ['plan'], ...rest }
}

export function rule(key: string, rest: Partial<Rule> & Pick<Rule, 'timing'>): Rule {
  return {
    key,
    title: key,
    kind: 'report',
    form: 'none',
    opens: { type: 'before', amount: 5, unit: 'workdays' },
    responsible: { type: 'units', units: counties },
    overlap: 'keep',
    ...rest,
  }
}

export function planOf(rules: readonly Rule[], events: Plan['events'] = []): Plan {
  return {
    key: 'plan',
    name: '方案',
    issuedOn: '2021-04-11',
    office: 'bureau',
    phases: [],
    rules,
    policy: standardPolicy,
    events,
  }
}
