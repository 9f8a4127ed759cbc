// The sample data: imports without a problem, twice without a change, and gives the duties that the notices ask for.
import { beforeAll, describe, expect, it } from 'vitest'
import { emptySnapshot, type ImportPlan, planImport } from '../../../src/app/import/index.ts'
import { dateOf, instantOf } from '../../../src/core/calendar/civil.ts'
import { stateCouncilCalendar } from '../../../src/core/calendar/workdays.ts'
import { groupsFor, holderOf } from '../../../src/core/people/lookup.ts'
import { expandPlan } from '../../../src/core/plan/expand.ts'
import type { TaskDraft } from '../../../src/core/task/types.ts'

let sample: ImportPlan

beforeAll(async () => {
  sample = await planImport(['prisma/seed'], emptySnapshot)
})

function tasksOf(key: string): readonly TaskDraft[] {
  const plan = sample.next.plans.find((entry) => entry.key === key)
  if (plan === undefined) throw new Error(`The sample data has no plan ${key}`)
  const window = { after: instantOf('2021-04-12', '00:00'), upTo: instantOf('2022-12-31') }
  const { drafts, gaps } = expandPlan(plan, sample.next.directory, stateCouncilCalendar, window)
  expect(gaps).toEqual([])
  return drafts
}

function datesOf(tasks: readonly TaskDraft[], rule: string): string[] {
  return [...new Set(tasks.filter((task) => task.rule === rule).map((task) => dateOf(task.firstDueAt)))]
}

describe('the import of the sample data', () => {
  it('has no problem and no warning', () => {
    expect(sample.problems).toEqual([])
    expect(sample.changes.every((change) => change.kind === 'added')).toBe(true)
  })

  it('changes nothing when it is imported again, also after a trip through JSON', async () => {
    const stored = JSON.parse(JSON.stringify(sample.next))
    const again = await planImport(['prisma/seed'], stored)
    expect(again.changes).toEqual([])
    expect(again.unchanged).toBe(sample.changes.length)
    expect(again.next).toEqual(sample.next)
  })

  it('is the same however the files are given', async () => {
    const files = ['groups', 'plan', 'people'].map((name) => `prisma/seed/ganzi/${name}.yaml`)
    const split = await planImport([...files, 'prisma/seed/chuxiong', ...files], emptySnapshot)
    expect(split.problems).toEqual([])
    expect((await planImport(['prisma/seed'], split.next)).changes).toEqual([])
  })
})

describe('Ganzi 2021', () => {
  it('gives each of the 18 counties every measure once, and the bureau its own duty', () => {
    const tasks = tasksOf('ganzi')
    const perRule = new Map<string, number>()
    for (const task of tasks) perRule.set(task.rule, (perRule.get(task.rule) ?? 0) + 1)
    expect(perRule.get('r1-2-zhou')).toBe(1)
    perRule.delete('r1-2-zhou')
    expect(perRule.size).toBe(16)
    expect(new Set(perRule.values())).toEqual(new Set([18]))
  })

  it('has the deadlines of the notice (G1, G5, G6)', () => {
    const tasks = tasksOf('ganzi')
    const rules = [
      'r1-1',
      'r1-2-zhou',
      'r1-2',
      'dengji',
      'r2-1',
      'r2-2',
      'r2-3',
      'r3-1',
      'r4-1',
      'r5-1',
      'r6-1',
    ]
    expect(rules.flatMap((rule) => datesOf(tasks, rule))).toEqual([
      '2021-04-30',
      '2021-04-25',
      '2021-04-30',
      '2021-05-10',
      '2021-05-10',
      '2021-05-15',
      '2021-05-31',
      '2021-11-30',
      '2022-03-31',
      '2022-05-30',
      '2022-07-15',
    ])
    const stages = [1, 2, 3, 4, 5, 6].flatMap((number) => datesOf(tasks, `jieduan-${number}`))
    expect(stages).toEqual([
      '2021-05-05',
      '2021-06-05',
      '2021-12-05',
      '2022-04-05',
      '2022-06-04',
      '2022-07-20',
    ])
  })

  it('never opens two duties for one county on the same day', () => {
    const opened = tasksOf('ganzi').map((task) => `${task.unit} ${dateOf(task.openAt)}`)
    expect(new Set(opened).size).toBe(opened.length)
  })

  it('reaches a person on WeCom and the group of the plan for every task', () => {
    for (const task of tasksOf('ganzi')) {
      const holder = holderOf(sample.next.directory, task.post, dateOf(task.openAt))
      expect(holder?.accounts[0]?.channel).toBe('wecom')
      expect(groupsFor(sample.next.directory, task)).toHaveLength(1)
    }
  })
})

describe('Chuxiong', () => {
  it('asks each project by the 8th about the month before (C2)', () => {
    const may = tasksOf('chuxiong').filter((task) => task.rule === 'yuebao' && task.period === '2021-04')
    expect(may).toHaveLength(5)
    expect(new Set(may.map((task) => dateOf(task.firstDueAt)))).toEqual(new Set(['2021-05-08']))
    expect(may.find((task) => task.project === 'cx-shuiku')?.post).toBe('cx-shuiku-lianluo')
  })

  it('asks for written reports and one for the whole year (C3)', () => {
    const tasks = tasksOf('chuxiong')
    expect(datesOf(tasks, 'jibao')).toEqual(['2021-04-15', '2021-07-15', '2021-10-15'])
    expect(datesOf(tasks, 'nianbao')).toEqual(['2022-01-10'])
  })

  it('asks by stage: every workday, every ten days, every month (C4)', () => {
    const inMay = tasksOf('chuxiong').filter(
      (task) => task.rule === 'diaodu' && dateOf(task.firstDueAt).startsWith('2021-05'),
    )
    const count = (project: string) => inMay.filter((task) => task.project === project).length
    expect([count('cx-shuiku'), count('cx-wushui'), count('cx-gonglu')]).toEqual([19, 3, 1])
  })
})
