// A recorded answer: a new revision, the task's new state, the read-back card. The only way a submission comes to be.
import type { StoredFields } from '../../core/reply/stored.ts'
import type { Stage } from '../../core/reply/types.ts'
import { withMaskedPhone } from '../../core/request/registration.ts'
import { afterAction } from '../../core/task/life.ts'
import type { Task } from '../../core/task/types.ts'
import { newestRevision, standing } from '../revisions.ts'
import type { Submission } from '../store-port.ts'
import { answerProblem, record, type Turn, unchanged } from './context.ts'
import { recall, remember } from './memory.ts'
import { projectOf, titleOf } from './naming.ts'
import { tellPrincipal } from './principal.ts'
import { readBack } from './read-back.ts'
import { askToConfirm } from './requests/review.ts'

export type Answered = {
  readonly task: Task
  readonly fields: StoredFields
  readonly text: string
  /** Why a recorded answer is changed, in the sender's words; without it something is only added. */
  readonly reason?: string
  /** What the read-back says under the values. */
  readonly note?: string
}

/** Records the answer and shows what was understood. False when the task can't take it any more; then that was said. */
export async function submit(turn: Turn, answered: Answered): Promise<boolean> {
  const { task } = answered
  const state = afterAction(task.state, 'submit')
  if (!state) {
    await answerProblem(turn, 'task-closed', { title: titleOf(turn, task) })
    return false
  }
  const revisions = await turn.tx.submissionsOf(task.id)
  const last = standing(revisions)
  const submission = revise(turn, answered, newestRevision(revisions) + 1, last)
  await turn.tx.insertSubmission(submission)
  const { nextActionAt: _, ...kept } = unchanged(task)
  const lastEvent = eventText(submission, last)
  await turn.tx.saveTasks([{ ...kept, state, submittedAt: turn.now, lastEvent }], turn.now)
  await record(turn, 'submitted', task.id, {
    revision: submission.revision,
    fields: withMaskedPhone(submission.fields),
    late: submission.late,
  })
  await noticeStage(turn, task, answered.fields)
  await remember(turn, 'unread')
  if ((await recall(turn, 'asked'))?.value === task.id) await remember(turn, 'asked')
  if ((await recall(turn, 'filling'))?.value.task === task.id) await remember(turn, 'filling')
  await tellPrincipal(turn, task, submission)
  const note =
    task.form === 'liaison-registration' ? await askToConfirm(turn, task, submission) : (answered.note ?? '')
  await readBack(turn, { task, submission, note })
  return true
}

/** The next revision: what stands now, changed by what is said now. A correction is as late as what it corrects. */
function revise(
  turn: Turn,
  { task, fields, text, reason }: Answered,
  revision: number,
  last: Submission | undefined,
): Submission {
  const project = stageIn(fields) && projectOf(turn, task)
  return {
    task: task.id,
    revision,
    fields: { ...last?.fields, ...fields },
    text,
    person: turn.person.key,
    channel: turn.stored.inbound.channel,
    inbound: turn.stored.id,
    at: turn.now,
    late: last?.late ?? turn.now > task.dueAt,
    ...(reason ? { reason } : {}),
    stateBefore: task.state,
    ...(project ? { stageBefore: project.stage } : {}),
  }
}

function eventText({ late, reason, revision }: Submission, last: Submission | undefined): string {
  if (last) return `${reason ? '已更正' : '已补充'}（第${revision}版）`
  return late ? '已补报（逾期）' : '已报送'
}

const stageIn = ({ stage }: StoredFields): Stage | undefined =>
  typeof stage === 'string' ? (stage as Stage) : undefined

/** The stage decides how often the project is asked (C4). */
async function noticeStage(turn: Turn, task: Task, fields: StoredFields): Promise<void> {
  const stage = stageIn(fields)
  if (task.project === undefined || !stage) return
  await turn.tx.setProjectStage(task.project, stage, turn.now)
}
