// 收到: noted, thanked for, and no more than that.
import { dueText } from '../../core/message/compose/phrases.ts'
import { afterAction } from '../../core/task/life.ts'
import { awaitsAnswer, type Task } from '../../core/task/types.ts'
import { answer, answerProblem, record, type Turn, unchanged } from './context.ts'
import { titleOf } from './naming.ts'

/** 收到 is not a report: it stops no reminder (domain §4). False when there was nothing left to acknowledge. */
export async function acknowledge(turn: Turn, tasks: readonly Task[]): Promise<boolean> {
  const open = tasks.filter((task) => afterAction(task.state, 'acknowledge') !== undefined)
  const first = tasks[0]
  if (!first) {
    await answer(turn, 'nothing-open', { note: '有新任务会及时告诉您。' })
    return false
  }
  if (open.length === 0) {
    const what = awaitsAnswer(first.state)
      ? `已记下您收到“${titleOf(turn, first)}”`
      : `“${titleOf(turn, first)}”已经报送`
    await answerProblem(turn, 'already-done', { what })
    return false
  }
  await turn.tx.saveTasks(
    open.map((task) => ({ ...unchanged(task), state: 'acknowledged', lastEvent: '联络员已确认收到' })),
    turn.now,
  )
  for (const task of open) await record(turn, 'acknowledged', task.id)
  const title = open.length > 1 ? `${open.length}项任务` : titleOf(turn, first)
  await answer(turn, 'acknowledged', { title, due: dueText(Math.min(...open.map(({ dueAt }) => dueAt))) })
  return true
}
