// What the machine could not read goes to a person of the supervising office, who is told so.
import { dateOf } from '../../core/calendar/civil.ts'
import { nextWorkingMoment } from '../../core/calendar/working-hours.ts'
import { listeners } from '../../core/message/audience.ts'
import type { Slots } from '../../core/message/notice.ts'
import { postsOf } from '../../core/people/lookup.ts'
import type { Plan } from '../../core/plan/types.ts'
import type { Task } from '../../core/task/types.ts'
import { answerProblem, record, type Turn } from './context.ts'
import { titleOf } from './naming.ts'
import { forget } from './questions.ts'

/** Tells the sender that a person takes over, and that person, in working hours, what was said. */
export async function handToOffice(turn: Turn, task: Task, text: string): Promise<void> {
  await record(turn, 'needs-person', task.id, { text })
  await answerProblem(turn, 'handed-to-person')
  await forget(turn, (question) => question.task === task.id)
  await tellOffice(turn, task, {
    key: `needs-person|${turn.stored.id}|${task.id}`,
    words: 'needs-person',
    slots: { title: titleOf(turn, task), who: turn.person.name, text },
  })
}

type Told = { readonly key: string; readonly words: string; readonly slots: Slots }

/** A card to the office of the task's plan; without a task, to the office that supervises his unit. Once for each `key`. */
export async function tellOffice(
  turn: Turn,
  task: Task | undefined,
  { key, words, slots }: Told,
): Promise<void> {
  const { snapshot, office, now, tx, person, log } = turn
  const day = dateOf(now)
  const unit = task?.unit ?? postsOf(snapshot.directory, person.key, day)[0]?.unit ?? ''
  const plan = planFor(turn, task, unit)
  const about = { post: task?.post ?? '', unit, plan: plan?.key ?? '' }
  const to = plan && listeners(about, 'office', plan, snapshot.directory, day)[0]?.to
  if (!to) return log.error({ person: person.key, words }, 'what a person should look at has nobody to go to')
  await tx.enqueue(
    [
      {
        dedupKey: key,
        to,
        family: 'reply',
        saying: { type: 'card', words, slots },
        ...(task ? { task: task.id } : {}),
        notBefore: nextWorkingMoment(office.calendar, office.hours, now),
      },
    ],
    now,
  )
}

function planFor({ snapshot }: Turn, task: Task | undefined, unit: string): Plan | undefined {
  const { plans, directory } = snapshot
  if (task) return plans.find(({ key }) => key === task.plan)
  const parent = directory.units.find(({ key }) => key === unit)?.parent
  return plans.find(({ office }) => office === parent || office === unit) ?? plans[0]
}
