// How requests leave, who hears for somebody who is away, and what an extension makes untrue.
import { describe, expect, test } from 'vitest'
import { instantOf } from '../../../src/core/calendar/civil.ts'
import { listeners } from '../../../src/core/message/audience.ts'
import { bundle, type Waiting } from '../../../src/core/message/bundle.ts'
import { HANDED_OVER, type Saying } from '../../../src/core/message/notice.ts'
import { whyUntrue } from '../../../src/core/message/still-true.ts'
import type { Directory } from '../../../src/core/people/directory.ts'
import type { Plan } from '../../../src/core/plan/types.ts'
import { standardPolicy } from '../../../src/core/task/policy.ts'
import { NOW, OFFICE, task } from './fixtures.ts'

const request = (id: string): Waiting => ({ id, family: 'request', task: '1' })

describe('a request', () => {
  test('leaves alone and as often as there are any, though about one task and though one has left today', () => {
    const { go, held, merged } = bundle([request('1'), request('2')], new Set(['request']), OFFICE, NOW)
    expect(go.map(({ items }) => items.map(({ id }) => id))).toEqual([['1'], ['2']])
    expect([held, merged]).toEqual([[], []])
  })

  test('waits for working hours', () => {
    const { go, held } = bundle([request('1')], new Set(), OFFICE, instantOf('2021-05-07', '20:00'))
    expect(go).toEqual([])
    expect(held).toEqual([{ id: '1', until: instantOf('2021-05-08', '09:00') }])
  })
})

const PLAN: Plan = {
  ...{ key: 'plan', name: '方案', issuedOn: '2021-04-11', office: 'zhou' },
  ...{ phases: [], rules: [], policy: standardPolicy, events: [] },
}
const account = (id: string) => ({ key: id, name: id, accounts: [{ channel: 'wecom' as const, id }] })
const DIRECTORY: Directory = {
  units: [{ key: 'unit-1', name: '县局', short: '县局' }],
  posts: [
    { key: 'post-1', title: '联络员', unit: 'unit-1', role: 'liaison' },
    { key: 'head', title: '局长', unit: 'unit-1', role: 'head' },
  ],
  people: [
    account('holder'),
    account('second'),
    account('boss'),
    { key: 'mute', name: 'mute', accounts: [] },
  ],
  holdings: [
    { post: 'post-1', person: 'holder', from: '2021-01-01' },
    { post: 'head', person: 'boss', from: '2021-01-01' },
  ],
  delegations: [
    { post: 'post-1', to: 'second', from: '2021-05-10', until: '2021-05-12' },
    { post: 'post-1', to: 'mute', from: '2021-05-20', until: '2021-05-21' },
  ],
  groups: [],
  projects: [],
}

test.each([
  ['2021-05-09', 'holder'],
  ['2021-05-10', 'second'],
  ['2021-05-12', 'second'],
  ['2021-05-13', 'holder'],
  ['2021-05-20', 'holder'],
])('on %s the duty is put to %s', (day, whom) => {
  expect(listeners(task(1), 'assignee', PLAN, DIRECTORY, day).map(({ to }) => to.id)).toEqual([whom])
})

describe('after an extension', () => {
  const TO = { channel: 'wecom', kind: 'direct', id: 'second' } as const
  const extended = task(1, { dueAt: instantOf('2021-05-20', '23:59:59') })
  const why = (saying: Saying, about = extended) => whyUntrue(saying, TO, about, PLAN, DIRECTORY, NOW)
  const overdue = (step: string): Saying => ({
    ...{ type: 'duty', task: '1', step, kind: 'overdue-notice', reader: 'assignee' },
  })

  test('what only follows a missed deadline is not said, before the new one has passed', () => {
    expect(why(overdue('overdue+1'))).toBe('extended')
    expect(why(overdue('overdue+1'), task(1))).toBeUndefined()
    expect(why({ type: 'formal', task: '1', step: 'overdue+5', kind: 'circular' })).toBe('extended')
    expect(why({ type: 'issued', task: '1', kind: 'circular', by: 'boss' })).toBe('extended')
    expect(why({ ...overdue('due-1'), kind: 'reminder' } as Saying)).toBeUndefined()
  })

  test('a duty that is handed over late is still put to whoever gets it', () => {
    const prompt = (step: string): Saying => ({
      ...{ type: 'duty', task: '1', step, kind: 'prompt', reader: 'assignee' },
    })
    expect(why(prompt('open'), task(1))).toBe('deadline-passed')
    expect(why(prompt(HANDED_OVER), task(1))).toBeUndefined()
  })
})
