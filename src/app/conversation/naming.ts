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

/** What a sentence names: the project, else the duty itself. */
export const subjectOf = (turn: Turn, task: Task): string => projectOf(turn, task)?.name ?? task.title
