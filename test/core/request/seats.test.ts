// Who decides, who may be given a duty, and who is meant by a name.
import { describe, expect, test } from 'vitest'
import type { Directory } from '../../../src/core/people/directory.ts'
import type { Plan } from '../../../src/core/plan/types.ts'
import { colleagues, deciderOf, meantSeats } from '../../../src/core/request/seats.ts'
import { standardPolicy } from '../../../src/core/task/policy.ts'

const DAY = '2021-04-20'
const PLAN: Plan = {
  ...{ key: 'plan', name: '方案', issuedOn: '2021-04-11', office: 'zhou', leader: 'leader' },
  ...{ complaints: 'outside', phases: [], rules: [], policy: standardPolicy, events: [] },
}
const SEATS = [
  ['liaison', 'county', 'liaison', '联络员', '康定市联络员'],
  ['head', 'county', 'head', '局长', '康定市局长'],
  ['clerk', 'section', 'other', '主任', '王甲'],
  ['clerk-2', 'county', 'other', '主任', '王乙'],
  ['office', 'zhou', 'office', '督办专员', '督办专员'],
  ['leader', 'zhou', 'leader', '局领导', '局领导'],
  ['outside', 'jiwei', 'other', '主任', '纪检主任'],
] as const

const directory = (vacant: readonly string[] = []): Directory => ({
  units: [
    ...['zhou', 'county', 'jiwei'].map((key) => ({ key, name: key, short: key })),
    { key: 'section', name: 'section', short: 'section', parent: 'county' },
  ],
  posts: SEATS.map(([key, unit, role, title]) => ({ key, unit, role, title })),
  people: SEATS.map(([key, , , , name]) => ({ key, name, accounts: [{ channel: 'wecom', id: key }] })),
  holdings: SEATS.filter(([key]) => !vacant.includes(key)).map(([key]) => ({
    ...{ post: key, person: key, from: '2021-01-01' },
  })),
  delegations: [],
  groups: [],
  projects: [],
})

describe('deciderOf', () => {
  test.each([
    ['extension', 'liaison', [], 'office'],
    ['extension', 'office', [], 'leader'],
    ['extension', 'liaison', ['office'], 'leader'],
    ['reassign', 'liaison', [], 'head'],
    ['reassign', 'head', [], 'office'],
    ['registration', 'liaison', ['head'], 'office'],
    ['complaint', 'liaison', [], 'outside'],
    ['complaint', 'liaison', ['outside'], 'leader'],
    ['complaint', 'leader', ['outside'], 'office'],
    ['extension', 'liaison', ['office', 'leader'], undefined],
  ] as const)('%s of %s while %j are vacant: %s', (kind, asker, vacant, decider) => {
    const about = { plan: PLAN, unit: 'county', asker }
    expect(deciderOf(kind, about, directory(vacant), DAY)?.person.key).toBe(decider)
  })
})

test('colleagues are those of the unit and of what is below it, liaisons first', () => {
  const found = colleagues(directory(), 'county', DAY, ['head'])
  expect(found.map(({ person }) => person)).toEqual(['liaison', 'clerk', 'clerk-2'])
  expect(colleagues(directory(), 'section', DAY, [])).toMatchObject([{ post: 'clerk', name: '王甲' }])
})

test.each([
  ['找王甲', undefined, ['clerk']],
  ['由王主任代', '王主任', ['clerk', 'clerk-2']],
  ['由小王代', '小王', ['clerk', 'clerk-2']],
  ['由王局长代', '王局长', []],
  ['由李主任代', '李主任', []],
  ['谁都行', undefined, []],
])('%s means %j', (text, said, whom) => {
  const all = colleagues(directory(), 'county', DAY, [])
  expect(meantSeats(all, text, said, directory()).map(({ person }) => person)).toEqual(whom)
})

test('of names that hold one another the longest is meant', () => {
  const seats = ['联络员', '新任联络员'].map((name) => ({ post: name, person: name, name }))
  expect(meantSeats(seats, '找新任联络员', undefined, directory())).toMatchObject([{ name: '新任联络员' }])
})
