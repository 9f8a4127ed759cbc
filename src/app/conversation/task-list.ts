// The list of what somebody owes, and the numbers by which he answers from it.
import { dueText } from '../../core/message/compose/phrases.ts'
import { addressKey } from '../../core/message/types.ts'
import { byDue, type Task } from '../../core/task/types.ts'
import { answer, type Turn } from './context.ts'
import { LIST_LIFE_MS, recall, remember } from './memory.ts'
import { titleOf } from './naming.ts'
import { openQuestions } from './questions.ts'
import { exampleFor } from './reported.ts'

export async function listTasks(turn: Turn, tasks: readonly Task[]): Promise<void> {
  const unanswered = (await openQuestions(turn)).length
  const asked = unanswered > 0 ? `另有${unanswered}处数字在等您确认。` : ''
  if (tasks.length === 0) return answer(turn, 'nothing-open', { note: asked || '有新任务会及时告诉您。' })
  const lines = tasks.map(
    (task, index) =>
      `${index + 1}. ${titleOf(turn, task)}，${dueText(task.dueAt)}${turn.now > task.dueAt ? '（已逾期）' : ''}`,
  )
  // Remembered, so that "2 已报送" means the second line of what he has just read.
  const shown = tasks.map(({ id }) => id)
  await remember(turn, 'listed', shown)
  await answer(turn, 'task-list', {
    count: String(tasks.length),
    lines: lines.join('\n'),
    how: `${exampleFor(tasks)}${asked}`,
  })
}

/** `2 已报送`: a line of the list he was shown last. Not a number that belongs to an amount or a date. */
export async function byNumber(
  turn: Turn,
  text: string,
): Promise<{ task: Task; text: string } | 'none' | undefined> {
  const match = /^[(（]?(\d{1,2})[)）]?[\s.、．:：,，]+(?![\d月日号年万亿%％wW元点期])(.+)$/su.exec(text)
  const list = match ? await lastShownList(turn) : []
  if (!match || list.length < 2) return undefined
  const task = list[Number(match[1]) - 1]
  return task ? { task, text: match[2] ?? '' } : 'none'
}

/** The newer of what he asked to see and the last card with several duties, in the order in which it was numbered. */
async function lastShownList(turn: Turn): Promise<Task[]> {
  const asked = await recall(turn, 'listed')
  const own = turn.person.accounts.find(({ channel }) => channel === turn.stored.inbound.channel)
  const card = own && (await turn.tx.lastList(addressKey({ ...own, kind: 'direct' }), 'duty'))
  if (asked && !(card && card.startedAt > asked.at)) {
    const tasks = await turn.tx.tasks(asked.value)
    return asked.value.flatMap((id) => tasks.find((task) => task.id === id) ?? [])
  }
  if (!card || turn.now - card.startedAt > LIST_LIFE_MS) return []
  return (await turn.tx.tasks(card.tasks)).sort(byDue)
}
