// The card that shows what was recorded, for one duty or for several at once; its buttons act on the very revisions that it shows.
import { formOf } from '../../core/form/forms.ts'
import { fittingFields } from '../../core/form/shape.ts'
import { recordLines } from '../../core/form/show-field.ts'
import type { Task } from '../../core/task/types.ts'
import type { SentCard, Submission } from '../store-port.ts'
import { answer, answerProblem, type Turn } from './context.ts'
import { monthText, titleOf } from './naming.ts'

/** `note`: what happens next, under the values. */
type Recorded = { readonly task: Task; readonly submission: Submission; readonly note: string }

/** What one sentence did to several duties; told in one card at its end. */
export type Together = { readonly recorded: Recorded[]; readonly first: Task[] }

const LATE = '本次报送已过截止时间，按逾期登记。'

export type Shown = { readonly task: string; readonly revision: number }

/** Tells at once, or with the rest of what is done together. */
export async function readBack(turn: Turn, recorded: Recorded): Promise<void> {
  if (turn.together) turn.together.recorded.push(recorded)
  else await showOne(turn, recorded)
}

/** 无变化 of what has never been reported. */
export async function nothingToRepeat(turn: Turn, task: Task): Promise<void> {
  if (turn.together) turn.together.first.push(task)
  else await answerProblem(turn, 'nothing-to-repeat', { title: `“${titleOf(turn, task)}”` })
}

/** Whatever is recorded while `work` runs is read back in one card. */
export async function together(turn: Turn, work: () => Promise<void>): Promise<void> {
  if (turn.together) return work()
  const all: Together = { recorded: [], first: [] }
  turn.together = all
  await work()
  turn.together = undefined
  const [only, ...others] = all.recorded
  if (only && others.length === 0) await showOne(turn, only)
  else if (only) await showAll(turn, all.recorded)
  if (all.first.length === 0) return
  const title = all.first.map((task) => `“${titleOf(turn, task)}”`).join('、')
  await answerProblem(turn, 'nothing-to-repeat', { title })
}

async function linesOf(turn: Turn, { task, submission: { fields } }: Recorded): Promise<string[]> {
  const previous = await turn.tx.previousSubmission(task)
  const form = formOf(task)
  return recordLines(form, fields, fittingFields(form, previous?.fields ?? {}))
}

async function showOne(turn: Turn, recorded: Recorded): Promise<void> {
  const { task, submission, note } = recorded
  const month = monthText(task.period)
  await answer(
    turn,
    'read-back',
    {
      title: titleOf(turn, task),
      late: [...(month ? [`${month}的数`] : []), ...(submission.late ? [LATE] : [])].join('。'),
      values: `${(await linesOf(turn, recorded)).join('\n')}${note}`,
      // Not shown: the buttons act on the revision that this card shows, and on no other.
      revision: String(submission.revision),
    },
    { task: task.id },
  )
}

async function showAll(turn: Turn, all: readonly Recorded[]): Promise<void> {
  const lines: string[] = []
  for (const [index, one] of all.entries())
    lines.push(`${index + 1}. ${titleOf(turn, one.task)}：${(await linesOf(turn, one)).join('；')}`)
  const late = all.filter(({ submission }) => submission.late).length
  const slots = {
    count: String(all.length),
    late: late > 0 ? `其中${late}项已过截止时间，按逾期登记。` : '',
    values: lines.join('\n'),
    revisions: all.map(({ task, submission }) => `${task.id}:${submission.revision}`).join(' '),
  }
  const [first] = all
  await answer(turn, 'read-back-all', slots, first ? { task: first.task.id } : {})
}

/** The revisions that a read-back card shows; none for any other card. */
export function shownOn({ sayings: [saying], tasks: [task] }: SentCard): Shown[] {
  if (saying?.type !== 'card') return []
  const { revision, revisions } = saying.slots
  if (revision !== undefined && task !== undefined) return [{ task, revision: Number(revision) }]
  return (revisions ?? '').split(' ').flatMap((pair) => {
    const [id = '', number] = pair.split(':')
    return number === undefined ? [] : [{ task: id, revision: Number(number) }]
  })
}
