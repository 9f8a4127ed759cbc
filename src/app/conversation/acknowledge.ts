// 收到: noted, thanked for, and no more than that.
import { dueText } from '../../core/message/compose/phrases.ts'
import { afterAction } from '../../core/task/life.ts'
import { awaitsAnswer, type Task } from '../../core/task/types.ts'
import { answer, answerProblem, record, type Turn, unchanged } from './context.ts'
import { titleOf } from './naming.ts'

/** 收到, 好嘞, 👌 and 谢谢: whoever says it again hears what is still open, not that he has pressed something twice. */
export async function acknowledgeByWords(turn: Turn, tasks: readonly Task[]): Promise<void> {
  const first = tasks[0]
  if (!first || tasks.some(({ state }) => afterAction(state, 'acknowledge') !== undefined)) {
    await acknowledge(turn, tasks)
    return
  }
  const slots = {
    count: String(tasks.length),
    title: titleOf(turn, first),
    due: dueWithLate(turn, first.dueAt),
  }
  await answer(turn, 'still-open', slots)
}

const dueWithLate = ({ now }: Turn, dueAt: number): string =>
  `${dueText(dueAt)}${now > dueAt ? '（已逾期）' : ''}`

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
  const nearest = Math.min(...open.map(({ dueAt }) => dueAt))
  const due = `${open.length > 1 ? '最近一项' : ''}${dueWithLate(turn, nearest)}`
  await answer(turn, 'acknowledged', { title, due })
  return true
}
