// 撤回: within five minutes the last revision is taken back; it stays readable, and the task is as it was before.

import type { Instant } from '../../core/calendar/civil.ts'
import { formOf } from '../../core/form/forms.ts'
import { recordLines } from '../../core/form/show-field.ts'
import { awaitsAnswer, type Task } from '../../core/task/types.ts'
import { standing } from '../revisions.ts'
import type { SentCard, Submission } from '../store-port.ts'
import { answer, answerablePosts, answerProblem, record, type Turn, unchanged } from './context.ts'
import { titleOf } from './naming.ts'
import { forget } from './questions.ts'
import { shownOn } from './read-back.ts'
import { redrawPressed } from './redraw.ts'

/** Long enough to notice a slip; later the office may have seen the figures, and a correction with its reason is the way. */
const UNDO_MS = 5 * 60_000

/** More projects than one sentence reports. */
const MOST_AT_ONCE = 20

const UNDOES =
  /^(?:请|麻烦|帮我|把|我要|我想)*(?:刚才|刚刚|刚|上面|上一?条|最后一?[条次]|那条|这条|报的|登记|的|了)*(?:撤回|撤销|撤消|收回|作废)(?:一下|上一?条|刚才|刚刚|报|登记|那[条个]|这[条个]|的|吧|了|啊|谢谢|,|，)*[。.!！]*$/

export const asksToUndo = (text: string): boolean => UNDOES.test(text)

/** Takes back the revisions that this card shows. False when there was nothing to take back any more; then that was said. */
export async function undoShown(turn: Turn, card: SentCard, tasks: readonly Task[]): Promise<boolean> {
  const withdrawn: Withdrawn[] = []
  let isRefused = false
  for (const task of tasks) {
    const shown = shownOn(card).find((one) => one.task === task.id)?.revision
    const revisions = await turn.tx.submissionsOf(task.id)
    const last = standing(revisions)
    const title = titleOf(turn, task)
    if (last && last.revision === shown && mayUndo(turn, task, last)) {
      withdrawn.push(await withdraw(turn, task, last))
      continue
    }
    isRefused = true
    if (last && last.revision === shown) await answerProblem(turn, 'undo-too-late', { title })
    else await answerProblem(turn, 'already-done', { what: sinceShown(title, revisions, shown) })
  }
  if (withdrawn.length > 0) await tellWithdrawn(turn, withdrawn)
  return withdrawn.length > 0 && !isRefused
}

function sinceShown(title: string, revisions: readonly Submission[], shown: number | undefined): string {
  const isGone = revisions.some(
    ({ revision, withdrawnAt }) => revision === shown && withdrawnAt !== undefined,
  )
  return isGone ? `“${title}”这次登记已经撤回` : `“${title}”之后又更正过，请以最新一张核对卡为准`
}

/** By the word: everything that his last message reported, since that is what he sees before him. */
export async function undoLast(turn: Turn): Promise<void> {
  const tasks = await turn.tx.lastSubmittedOf(answerablePosts(turn), MOST_AT_ONCE)
  const [first] = tasks
  const newest = first && standing(await turn.tx.submissionsOf(first.id))
  if (!newest) return answer(turn, 'nothing-open', { note: '没有可以撤回的登记。' })
  const withdrawn: Withdrawn[] = []
  for (const task of tasks) {
    const last = standing(await turn.tx.submissionsOf(task.id))
    if (!last || last.inbound !== newest.inbound) continue
    if (!mayUndo(turn, task, last)) {
      await answerProblem(turn, 'undo-too-late', { title: titleOf(turn, task) })
      continue
    }
    const card = await turn.tx.readBackCard(task.id, last.revision)
    withdrawn.push(await withdraw(turn, task, last))
    if (card) redrawPressed(turn, card, 'undo')
  }
  if (withdrawn.length > 0) await tellWithdrawn(turn, withdrawn)
}

const mayUndo = ({ now }: Turn, { state }: Task, { at }: { at: Instant }): boolean =>
  state === 'submitted' && now - at <= UNDO_MS

/** What was taken back, and what holds now. */
type Withdrawn = { readonly task: Task; readonly left: string }

async function withdraw(turn: Turn, task: Task, last: Submission): Promise<Withdrawn> {
  const { tx, now, person } = turn
  await tx.withdrawSubmission(task.id, last.revision, person.key, now)
  const before = standing(await tx.submissionsOf(task.id))
  const state = last.stateBefore ?? 'open'
  await tx.saveTasks(
    [
      {
        ...unchanged(task),
        state,
        ...(before ? {} : { submittedAt: null }),
        // The next tick decides what the ladder says, and when: as if there had been no answer.
        ...(awaitsAnswer(state) ? { nextActionAt: now } : {}),
        lastEvent: before ? `已撤回第${last.revision}版，恢复第${before.revision}版` : '已撤回报送',
      },
    ],
    now,
  )
  if (last.stageBefore && task.project) await tx.setProjectStage(task.project, last.stageBefore, now)
  await record(turn, 'withdrawn', task.id, { revision: last.revision, state })
  await forget(turn, (question) => question.task === task.id)
  const left = before
    ? `现在以之前一版为准：\n${recordLines(formOf(task), before.fields).join('\n')}`
    : '这项任务又在等您报送，请重新报。'
  return { task, left }
}

async function tellWithdrawn(turn: Turn, withdrawn: readonly Withdrawn[]): Promise<void> {
  const [first, ...others] = withdrawn
  if (!first) return
  const isOne = others.length === 0
  const title = isOne ? titleOf(turn, first.task) : `${withdrawn.length}项`
  const now = isOne
    ? first.left
    : withdrawn.map(({ task, left }) => `${titleOf(turn, task)}：${left}`).join('\n')
  await answer(turn, 'withdrawn', { title, now }, { task: first.task.id })
}
