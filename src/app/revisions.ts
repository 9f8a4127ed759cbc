// Which of a task's revisions counts, and what its figures are compared with: the same for chat and for the phone page.
import type { CheckContext } from '../core/form/cross-checks.ts'
import { formOf } from '../core/form/forms.ts'
import { fittingFields } from '../core/form/shape.ts'
import type { Directory } from '../core/people/directory.ts'
import { projectByKey } from '../core/people/lookup.ts'
import type { Task } from '../core/task/types.ts'
import type { Submission, Tx } from './store-port.ts'

/** The newest revision that was not taken back; undefined while nothing stands. */
export const standing = (revisions: readonly Submission[]): Submission | undefined =>
  revisions.findLast(({ withdrawnAt }) => withdrawnAt === undefined)

/** The number of the newest revision, standing or not; 0 for none. */
export const newestRevision = (revisions: readonly Submission[]): number => revisions.at(-1)?.revision ?? 0

/** Last period's record and the project's plan, for the cross-checks of domain §5. */
export async function comparedWith(tx: Tx, directory: Directory, task: Task): Promise<CheckContext> {
  const project = task.project === undefined ? undefined : projectByKey(directory, task.project)
  return {
    ...(task.period === undefined ? {} : { period: task.period }),
    ...(project?.totalInvestment === undefined ? {} : { planned: project.totalInvestment }),
    // Where nothing carries over from period to period there is nothing to compare or to show.
    ...(formOf(task).fields.some(({ carries }) => carries) ? await previousOf(tx, task) : {}),
  }
}

async function previousOf(tx: Tx, task: Task): Promise<Pick<CheckContext, 'previous'>> {
  const found = await tx.previousSubmission(task)
  if (!found) return {}
  const [about] = await tx.tasks([found.task])
  const period = about?.period === undefined ? {} : { period: about.period }
  return { previous: { fields: fittingFields(formOf(task), found.fields), ...period } }
}
