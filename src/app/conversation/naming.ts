// What a duty is called in a conversation.
import type { Project } from '../../core/people/directory.ts'
import { projectByKey } from '../../core/people/lookup.ts'
import type { Task } from '../../core/task/types.ts'
import type { Turn } from './context.ts'

export const projectOf = (turn: Turn, task: Task): Project | undefined =>
  task.project === undefined ? undefined : projectByKey(turn.snapshot.directory, task.project)

/** `长河水库·月度进展（4月）` or just the duty's title. */
export function titleOf(turn: Turn, task: Task): string {
  const project = projectOf(turn, task)
  return project ? `${project.name}·${task.title}` : task.title
}

/** `4月`, or nothing for what is about no month. */
export const monthText = (period: string | undefined): string =>
  /^\d{4}-\d{2}$/.test(period ?? '') ? `${Number(period?.slice(5))}月` : ''

/** The first duty of each subject, in the order given. */
export const onePerSubject = (turn: Turn, tasks: readonly Task[]): Task[] =>
  tasks.filter(
    (task, index) => tasks.findIndex((one) => subjectOf(turn, one) === subjectOf(turn, task)) === index,
  )

/** What a sentence names: the project, else the duty itself. */
export const subjectOf = (turn: Turn, task: Task): string => projectOf(turn, task)?.name ?? task.title
