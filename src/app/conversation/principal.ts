// Whoever was answered for by his stand-in is told what was said in his name (domain §5).

import { dateOf } from '../../core/calendar/civil.ts'
import { nextWorkingMoment } from '../../core/calendar/working-hours.ts'
import { formOf } from '../../core/form/forms.ts'
import { recordLines } from '../../core/form/show-field.ts'
import { holderOf } from '../../core/people/lookup.ts'
import type { Task } from '../../core/task/types.ts'
import type { Submission } from '../store-port.ts'
import type { Turn } from './context.ts'
import { titleOf } from './naming.ts'

/** A card to the post's own holder in working hours; nothing where he answered himself, or where the post is vacant. */
export async function tellPrincipal(turn: Turn, task: Task, submission: Submission): Promise<void> {
  const { tx, snapshot, office, now, person } = turn
  const holder = holderOf(snapshot.directory, task.post, dateOf(now))
  const account = holder?.accounts[0]
  if (!account || holder.key === person.key) return
  const slots = {
    title: titleOf(turn, task),
    who: person.name,
    values: recordLines(formOf(task), submission.fields).join('\n'),
  }
  await tx.enqueue(
    [
      {
        dedupKey: ['answered-for', task.id, submission.revision].join('|'),
        to: { ...account, kind: 'direct' },
        family: 'reply',
        saying: { type: 'card', words: 'answered-for', slots },
        task: task.id,
        notBefore: nextWorkingMoment(office.calendar, office.hours, now),
      },
    ],
    now,
  )
}
