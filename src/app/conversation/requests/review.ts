// A registered liaison goes to the unit's head (G6): however it was handed in, in chat or on the phone page.

import { unitByKey } from '../../../core/people/lookup.ts'
import type { StoredFields } from '../../../core/reply/stored.ts'
import { decisionKey } from '../../../core/request/types.ts'
import type { Task } from '../../../core/task/types.ts'
import type { Turn } from '../context.ts'
import { openRequest } from './open-request.ts'
import { askerText, deciderFor, tell } from './say.ts'

/** Asks for the confirmation of this revision; what the read-back card says of it. The phone number is on the card only. */
export async function askToConfirm(
  turn: Turn,
  task: Task,
  { revision, fields }: { readonly revision: number; readonly fields: StoredFields },
): Promise<string> {
  const decider = deciderFor(turn, 'registration', task)
  if (!decider) return ''
  const { request } = await openRequest(turn, 'registration', task, decider.post.key, {
    submission: revision,
  })
  const text = (key: string): string => (typeof fields[key] === 'string' ? fields[key] : '')
  await tell(turn, request, decider.to, {
    words: 'registration-request',
    slots: {
      unit: unitByKey(turn.snapshot.directory, task.unit)?.short ?? task.unit,
      name: text('liaisonName'),
      post: text('liaisonPost'),
      phone: text('liaisonPhone'),
      who: askerText(turn, task.unit),
    },
    choices: [
      { key: decisionKey('confirm-reg', request), text: '确认' },
      { key: decisionKey('return-reg', request), text: '退回' },
    ],
  })
  return `\n已送${decider.person.name}确认，结果会告诉您。`
}
