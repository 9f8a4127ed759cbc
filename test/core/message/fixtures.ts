// Tasks and facts for the tests of what is said.

import { loadWords } from '../../../src/commands/words.ts'
import { instantOf } from '../../../src/core/calendar/civil.ts'
import { stateCouncilCalendar } from '../../../src/core/calendar/workdays.ts'
import { standardHours } from '../../../src/core/calendar/working-hours.ts'
import type { Fact, Scene } from '../../../src/core/message/compose/compose.ts'
import type { Family, Saying } from '../../../src/core/message/notice.ts'
import type { Address } from '../../../src/core/message/types.ts'
import { type StepKind, standardPolicy } from '../../../src/core/task/policy.ts'
import type { Task } from '../../../src/core/task/types.ts'

export const OFFICE = { calendar: stateCouncilCalendar, hours: standardHours }
export const NOW = instantOf('2021-05-11', '09:00')
export const PERSON: Address = { channel: 'wecom', kind: 'direct', id: 'kangding-lianluo' }
export const GROUP: Address = { channel: 'wecom', kind: 'group', id: 'wrXianshi' }

export const STEP_KINDS: readonly StepKind[] = standardPolicy.steps.map(({ kind }) => kind)

export function task(index: number, about: Partial<Task> = {}): Task {
  return {
    id: String(index),
    key: `plan|rule|unit-${index}`,
    plan: 'plan',
    rule: `rule-${index % 7}`,
    kind: 'deliverable',
    form: 'none',
    title: `报送第${index}项材料`,
    unit: `unit-${index}`,
    post: `post-${index}`,
    state: 'open',
    openAt: instantOf('2021-04-19', '09:00'),
    firstDueAt: instantOf('2021-04-30', '23:59:59'),
    dueAt: instantOf('2021-04-30', '23:59:59'),
    policy: standardPolicy,
    stepsDone: [],
    version: 0,
    ...about,
  }
}

export function fact(saying: Saying, about: Task): Fact {
  return {
    saying,
    task: about,
    unit: `第${about.id}县`,
    plan: '系统治理方案',
    account: `account-${about.id}`,
  }
}

export function scene(to: Address, family: Family): Scene {
  return { to, family, office: OFFICE, now: NOW, words: loadWords(), proof: [] }
}
