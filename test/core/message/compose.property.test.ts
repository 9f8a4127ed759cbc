// Whatever leaves together becomes one card that every platform can show.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compose } from '../../../src/core/message/compose/compose.ts'
import type { Family, Reader, Saying } from '../../../src/core/message/notice.ts'
import type { Card } from '../../../src/core/message/types.ts'
import type { FormalKind } from '../../../src/core/task/policy.ts'
import { fact, GROUP, PERSON, STEP_KINDS, scene, task } from './fixtures.ts'

const FORMAL: readonly FormalKind[] = ['circular', 'admonition', 'letter']
const FORMS = ['none', 'monthly-progress', 'stage-report', 'liaison-registration', 'problem-report'] as const
const READERS: readonly Reader[] = ['assignee', 'unit-head', 'group', 'office']

const title = fc.string({
  unit: fc.constantFrom(...'报送动员部署材料（2021年）、A1'),
  minLength: 1,
  maxLength: 80,
})
const tasks = fc
  .array(fc.record({ form: fc.constantFrom(...FORMS), title }), {
    minLength: 1,
    maxLength: 200,
  })
  .map((all) => all.map((about, index) => task(index + 1, about)))

function isShowable(card: Card): void {
  expect(card.title.trim()).not.toBe('')
  expect(card.title).not.toContain('undefined')
  expect(card.fields.length).toBeLessThanOrEqual(6)
  expect(card.buttons.length).toBeLessThanOrEqual(6)
  expect(new Set(card.buttons.map(({ key }) => key)).size).toBe(card.buttons.length)
  for (const { text } of card.buttons) expect([...text].length).toBeLessThanOrEqual(10)
  for (const { label } of card.fields) expect([...label].length).toBeLessThanOrEqual(5)
  expect(`${card.title}${card.text}`).not.toMatch(/\{[a-zA-Z]+\}|NaN/)
}

describe('compose', () => {
  test.each(READERS)('duties for the %s', (reader) => {
    const to = reader === 'group' ? GROUP : PERSON
    const family: Family = reader === 'unit-head' || reader === 'office' ? 'overdue-copy' : 'duty'
    fc.assert(
      fc.property(tasks, fc.constantFrom(...STEP_KINDS), (all, kind) => {
        const facts = all.map((one) => fact({ type: 'duty', task: one.id, step: kind, kind, reader }, one))
        isShowable(compose(facts, scene(to, family)))
      }),
      { numRuns: 30 },
    )
  })

  test.each(FORMAL)('drafts and issued steps: %s', (kind) => {
    fc.assert(
      fc.property(tasks, (all) => {
        const draft = all.map((one) => fact({ type: 'formal', task: one.id, step: kind, kind }, one))
        const card = compose(draft, scene(PERSON, kind))
        isShowable(card)
        expect(card.buttons.map(({ key }) => key)).toEqual(['issue', 'hold'])
        const issued = all.map((one) => fact({ type: 'issued', task: one.id, kind, by: 'someone' }, one))
        isShowable(compose(issued, scene(GROUP, 'issued')))
      }),
      { numRuns: 30 },
    )
  })

  test('who could not be reached is named once', () => {
    const saying = (whom: string): Saying => ({
      type: 'unreachable',
      task: '1',
      whom,
      cure: '请他先说一句话',
    })
    const facts = ['甲', '乙', '甲'].map((whom) => fact(saying(whom), task(1)))
    const card = compose(facts, scene(PERSON, 'unreachable'))
    isShowable(card)
    expect(card.title).toBe('有2人收不到督办消息')
  })

  test('the group mentions exactly those who are named', () => {
    const named = fact({ type: 'duty', task: '1', step: 'x', kind: 'named', reader: 'group' }, task(1))
    const fresh = fact({ type: 'duty', task: '2', step: 'y', kind: 'prompt', reader: 'group' }, task(2))
    expect(compose([named, fresh], scene(GROUP, 'duty')).mentions).toEqual(['account-1'])
    expect(compose([fresh], scene(GROUP, 'duty')).mentions).toBeUndefined()
  })
})
