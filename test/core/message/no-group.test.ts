// Units without a work group: what would have been said there goes to the plan's office, in words that are true.
import { expect, test } from 'vitest'
import { compose } from '../../../src/core/message/compose/compose.ts'
import type { StepKind } from '../../../src/core/task/policy.ts'
import { fact, GROUP, NOW, PERSON, scene, task } from './fixtures.ts'

const DAY_MS = 86_400_000

const told = (kind: StepKind, index: number, dueAt: number) =>
  fact(
    { type: 'duty', task: String(index), step: kind, kind, reader: 'office' },
    task(index, { dueAt, rule: 'rule' }),
  )

test('duties that are only just open are not called overdue', () => {
  const facts = [1, 2, 3].map((index) => told('prompt', index, NOW + 3 * DAY_MS))
  const card = compose(facts, scene(PERSON, 'overdue-copy'))
  expect(card.title).toBe('新下达3项任务')
  expect(card.text).toContain('报送第1项材料：3家，5月14日')
  expect(card.text).toContain('没有登记工作群')
  expect(JSON.stringify(card)).not.toContain('逾期')
})

test('overdue ones are named, and mentioned in a group only', () => {
  const facts = [1, 2].map((index) => told('named', index, NOW - 5 * DAY_MS))
  const card = compose(facts, scene(PERSON, 'overdue-copy'))
  expect(card.title).toBe('2项任务逾期未报')
  expect(card.text).toContain('第1县、第2县')
  expect(card).not.toHaveProperty('mentions')
  expect(compose(facts, scene(GROUP, 'duty'))).toHaveProperty('mentions', ['account-1', 'account-2'])
})
