// The life of a task: every legal step of domain §4, and no other.
import { expect, test } from 'vitest'
import { afterAction, type TaskAction } from '../../../src/core/task/life.ts'
import { awaitsAnswer, isFinal, type TaskState } from '../../../src/core/task/types.ts'

const STATES: readonly TaskState[] = [
  'scheduled',
  'open',
  'acknowledged',
  'submitted',
  'under-review',
  'accepted',
  'returned',
  'closed',
  'cancelled',
]

const LEGAL: Record<TaskAction, Partial<Record<TaskState, TaskState>>> = {
  open: { scheduled: 'open' },
  acknowledge: { open: 'acknowledged', returned: 'acknowledged' },
  submit: {
    scheduled: 'submitted',
    open: 'submitted',
    acknowledged: 'submitted',
    returned: 'submitted',
    submitted: 'submitted',
  },
  'start-review': { submitted: 'under-review' },
  accept: { submitted: 'accepted', 'under-review': 'accepted' },
  return: { submitted: 'returned', 'under-review': 'returned' },
  close: { accepted: 'closed' },
  cancel: {
    scheduled: 'cancelled',
    open: 'cancelled',
    acknowledged: 'cancelled',
    submitted: 'cancelled',
    'under-review': 'cancelled',
    returned: 'cancelled',
  },
}

test.each(Object.entries(LEGAL) as [TaskAction, (typeof LEGAL)[TaskAction]][])('%s', (action, legal) => {
  const found = STATES.map((state) => [state, afterAction(state, action)])
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(STATES.map((state) => [state, legal[state]])))
})

test('nothing leads out of an end, and an end waits for nobody', () => {
  for (const state of STATES.filter(isFinal)) {
    expect(awaitsAnswer(state)).toBe(false)
    for (const action of Object.keys(LEGAL) as TaskAction[])
      expect(afterAction(state, action)).toBeUndefined()
  }
})
