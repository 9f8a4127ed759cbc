// The life of a task (domain §4): which action leads from which state to which, and nothing else.
import type { TaskState } from './types.ts'

export type TaskAction =
  | 'open'
  | 'acknowledge'
  | 'submit'
  | 'start-review'
  | 'accept'
  | 'return'
  | 'close'
  | 'cancel'

const transitions: Record<TaskAction, { readonly from: readonly TaskState[]; readonly to: TaskState }> = {
  open: { from: ['scheduled'], to: 'open' },
  acknowledge: { from: ['open', 'returned'], to: 'acknowledged' },
  // Answering early is fine, and so is a new revision of what was handed in already.
  submit: { from: ['scheduled', 'open', 'acknowledged', 'returned', 'submitted'], to: 'submitted' },
  'start-review': { from: ['submitted'], to: 'under-review' },
  accept: { from: ['submitted', 'under-review'], to: 'accepted' },
  return: { from: ['submitted', 'under-review'], to: 'returned' },
  close: { from: ['accepted'], to: 'closed' },
  cancel: {
    from: ['scheduled', 'open', 'acknowledged', 'submitted', 'under-review', 'returned'],
    to: 'cancelled',
  },
}

/** The state that `action` leads to, or undefined where it is not legal. */
export function afterAction(state: TaskState, action: TaskAction): TaskState | undefined {
  const { from, to } = transitions[action]
  return from.includes(state) ? to : undefined
}
