// A recorded answer: a new revision, the task's new state, the read-back card. The only way a submission comes to be.
import { type StoredFields, valueLines } from '../../core/reply/stored.ts'
import type { Stage } from '../../core/reply/types.ts'
import { afterAction } from '../../core/task/life.ts'
import type { Task } from '../../core/task/types.ts'
import type { Submission } from '../store-port.ts'
import { answer, answerProblem, record, type Turn } from './context.ts'

export type Answered = {
  readonly task: Task
  readonly fields: StoredFields
  readonly text: string
  /** Why a recorded answer is changed, in the sender's words. */
  readonly reason?: string
}

/** Records the answer and shows what was understood. False when the task can't take it any more; then that was said. */
export async function submit(turn: Turn, answered: Answered): Promise<boolean> {
  const { task } = answered
  const state = afterAction(task.state, 'submit')
  if (!state) {
    await answerProblem(turn, 'task-closed', { title: titleOf(turn, task) })
    return false
  }
  const last = (await turn.tx.submissionsOf(task.id)).at(-1)
  const submission = revise(turn, answered, last)
  await turn.tx.insertSubmission(submission)
  await turn.tx.saveTasks(
    [
      {
        id: task.id,
        state,
        stepsDone: task.stepsDone,
        submittedAt: turn.now,
        lastEvent: eventText(submission),
      },
    ],
    turn.now,
  )
  await record(turn, 'submitted', task.id, {
    revision: submission.revision,
    fields: submission.fields,
    late: submission.late,
  })
  await noticeStage(turn, task, submission.fields)
  await readBack(turn, task, submission)
  return true
}

/** The next revision: what was handed in before, changed by what is said now. */
function revise(
  turn: Turn,
  { task, fields, text, reason }: Answered,
  last: Submission | undefined,
): Submission {
  return {
    task: task.id,
    revision: (last?.revision ?? 0) + 1,
    fields: { ...last?.fields, ...fields },
    text,
    person: turn.person.key,
    channel: turn.stored.inbound.channel,
    inbound: turn.stored.id,
    at: turn.now,
    late: turn.now > task.dueAt,
    ...(reason ? { reason } : {}),
  }
}

const eventText = ({ late, revision }: Submission): string =>
  revision > 1 ? `已更正（第${revision}版）` : late ? '已补报（逾期）' : '已报送'

/** The stage decides how often the project is asked (C4). */
async function noticeStage(turn: Turn, task: Task, fields: StoredFields): Promise<void> {
  const stage = fields.stage
  if (task.project === undefined || typeof stage !== 'string') return
  await turn.tx.setProjectStage(task.project, stage as Stage, turn.now)
}

async function readBack(turn: Turn, task: Task, submission: Submission): Promise<void> {
  const previous = await turn.tx.previousSubmission(task)
  await answer(
    turn,
    'read-back',
    {
      title: titleOf(turn, task),
      late: submission.late ? '本次报送已过截止时间，按逾期登记。' : '',
      values: valueLines(submission.fields, previous?.fields).join('\n'),
    },
    { task: task.id },
  )
}

/** `长河水库·月度进展（4月）` or just the duty's title. */
export function titleOf(turn: Turn, task: Task): string {
  const project = turn.snapshot.directory.projects.find(({ key }) => key === task.project)
  return project ? `${project.name}·${task.title}` : task.title
}
