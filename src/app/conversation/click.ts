// Buttons: each carries its card's id, acts once, and answers a second or stale press with who did what since (invariant 10).
import { repeated, valueLines } from '../../core/reply/stored.ts'
import { awaitsAnswer, byDue, type Task } from '../../core/task/types.ts'
import type { SentCard } from '../store-port.ts'
import { acknowledge } from './acknowledge.ts'
import { answer, answerProblem, mayAnswer, record, responsibleName, type Turn } from './context.ts'
import { decideDraft } from './formal.ts'
import { submit, titleOf } from './submit.ts'
import { readForTask } from './text.ts'

export async function handleClick(turn: Turn, cardId: string, button: string): Promise<void> {
  const card = await turn.tx.sentCard(cardId)
  if (!card) return answerProblem(turn, 'card-unknown')
  if (button === 'issue' || button === 'hold') return decideDraft(turn, card, button)
  const chosen = button.startsWith('choose:') ? [button.slice('choose:'.length)] : card.tasks
  const tasks = (await turn.tx.tasks(chosen, { lock: true })).sort(byDue)
  const first = tasks[0]
  if (!first) return answerProblem(turn, 'card-unknown')
  const foreign = tasks.find((task) => !mayAnswer(turn, task))
  if (foreign) return answerProblem(turn, 'not-entitled', { who: responsibleName(turn, foreign) })
  await act(turn, button, card, tasks, first)
}

async function act(
  turn: Turn,
  button: string,
  card: SentCard,
  tasks: readonly Task[],
  first: Task,
): Promise<void> {
  if (button.startsWith('choose:')) return useChoice(turn, first)
  switch (button) {
    case 'ack':
      return acknowledge(turn, tasks)
    case 'done':
      return done(turn, first)
    case 'no-change':
      return noChange(turn, first)
    case 'confirm':
      return confirm(turn, first)
    case 'correct':
      return askCorrection(turn, first)
    default:
      turn.log.warn({ button, card: card.id }, 'unknown button')
      return answerProblem(turn, 'card-unknown')
  }
}

async function alreadyAnswered(turn: Turn, task: Task): Promise<boolean> {
  if (awaitsAnswer(task.state)) return false
  const last = (await turn.tx.submissionsOf(task.id)).at(-1)
  const what = last ? `“${titleOf(turn, task)}”已报送` : `“${titleOf(turn, task)}”已经办结`
  await answerProblem(turn, 'already-done', { what })
  return true
}

async function done(turn: Turn, task: Task): Promise<void> {
  if (await alreadyAnswered(turn, task)) return
  await submit(turn, { task, fields: { statement: '已报送' }, text: '（按钮）已报送' })
}

export async function noChange(turn: Turn, task: Task): Promise<void> {
  if (await alreadyAnswered(turn, task)) return
  const previous = await turn.tx.previousSubmission(task)
  if (!previous)
    return answerProblem(turn, 'not-understood', {
      how: '还没有上期数据，请直接报数，如：累计完成投资1.5亿，形象进度64%。',
    })
  await submit(turn, { task, fields: repeated(previous.fields), text: '（按钮）无变化' })
}

async function confirm(turn: Turn, task: Task): Promise<void> {
  const last = (await turn.tx.submissionsOf(task.id)).at(-1)
  if (!last) return answerProblem(turn, 'card-unknown')
  await turn.tx.confirmSubmission(task.id)
  await record(turn, 'confirmed', task.id, { revision: last.revision })
  await answer(
    turn,
    'confirmed',
    { title: titleOf(turn, task), values: valueLines(last.fields).join('\n') },
    { task: task.id },
  )
}

async function askCorrection(turn: Turn, task: Task): Promise<void> {
  await turn.tx.saveConversation(turn.person.key, { correcting: task.id }, turn.now)
  await answer(turn, 'how-to-correct', { title: titleOf(turn, task) }, { task: task.id })
}

async function useChoice(turn: Turn, task: Task): Promise<void> {
  const state = await turn.tx.conversation(turn.person.key)
  const text = state?.choosing
  if (typeof text !== 'string') return answerProblem(turn, 'card-unknown')
  await turn.tx.saveConversation(turn.person.key, undefined, turn.now)
  await readForTask(turn, task, text)
}
