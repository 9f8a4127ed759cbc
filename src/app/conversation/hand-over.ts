// What the machine could not read twice goes to a person of the supervising office, who is told so.
import { dateOf } from '../../core/calendar/civil.ts'
import { nextWorkingMoment } from '../../core/calendar/working-hours.ts'
import { listeners } from '../../core/message/audience.ts'
import type { Task } from '../../core/task/types.ts'
import { answerProblem, record, type Turn } from './context.ts'
import { titleOf } from './submit.ts'

/** Tells the sender that a person takes over, and that person, in working hours, what was said. */
export async function handToOffice(turn: Turn, task: Task, text: string): Promise<void> {
  await record(turn, 'needs-person', task.id, { text })
  await answerProblem(turn, 'handed-to-person')
  const { snapshot, office, now } = turn
  const plan = snapshot.plans.find(({ key }) => key === task.plan)
  const to = plan && listeners(task, 'office', plan, snapshot.directory, dateOf(now))[0]?.to
  if (!to) return turn.log.error({ task: task.key }, 'an unclear answer has nobody to go to')
  const slots = { title: titleOf(turn, task), who: turn.person.name, text }
  await turn.tx.enqueue(
    [
      {
        dedupKey: `needs-person|${turn.stored.id}|${task.id}`,
        to,
        family: 'reply',
        saying: { type: 'card', words: 'needs-person', slots },
        task: task.id,
        notBefore: nextWorkingMoment(office.calendar, office.hours, now),
      },
    ],
    now,
  )
}
