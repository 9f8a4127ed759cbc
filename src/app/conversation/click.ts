// Buttons: each carries its card's id, acts once, and answers a second or stale press with who did what since (invariant 10).
import { formOf } from '../../core/form/forms.ts'
import { recordLines } from '../../core/form/show-field.ts'
import { repeated } from '../../core/reply/stored.ts'
import { awaitsAnswer, byDue, type Task } from '../../core/task/types.ts'
import { standing } from '../revisions.ts'
import type { SentCard, Submission } from '../store-port.ts'
import { acknowledge } from './acknowledge.ts'
import { chosenTasks, takeChosen } from './choose.ts'
import { answer, answerProblem, mayAnswer, record, responsibleName, type Turn } from './context.ts'
import { decideDraft } from './formal.ts'
import { remember } from './memory.ts'
import { titleOf } from './naming.ts'
import { shownOn } from './read-back.ts'
import { fillByPress, fillsByPress } from './read-forms.ts'
import { redrawPressed } from './redraw.ts'
import { report } from './report.ts'
import { pressRequest } from './requests/press.ts'
import { settleByPress, settlesByPress } from './settle.ts'
import { readForChosen } from './text.ts'
import { undoShown } from './undo.ts'

export async function handleClick(turn: Turn, cardId: string, button: string): Promise<void> {
  const card = await turn.tx.sentCard(cardId)
  if (!card) return answerProblem(turn, 'card-unknown')
  const acted = await (pressRequest(turn, card, button) ??
    (button === 'issue' || button === 'hold'
      ? decideDraft(turn, card, button)
      : pressForDuty(turn, button, card)))
  if (acted) redrawPressed(turn, card, button)
}

/** Each action answers by itself; true when it did something. */
async function pressForDuty(turn: Turn, button: string, card: SentCard): Promise<boolean> {
  const chosen = button.startsWith('choose:') ? chosenTasks(card, button) : tasksOn(card)
  const tasks = (await turn.tx.tasks(chosen, { lock: true })).sort(byDue)
  const first = tasks[0]
  if (!first) return refused(turn, 'card-unknown')
  const foreign = tasks.find((task) => !mayAnswer(turn, task))
  if (foreign) return refused(turn, 'not-entitled', { who: responsibleName(turn, foreign) })
  return act(turn, button, card, tasks, first)
}

/** A card that reads back several duties names each with its revision. */
const tasksOn = (card: SentCard): readonly string[] => {
  const shown = shownOn(card)
  return shown.length > 0 ? shown.map(({ task }) => task) : card.tasks
}

async function refused(...problem: Parameters<typeof answerProblem>): Promise<false> {
  await answerProblem(...problem)
  return false
}

async function act(
  turn: Turn,
  button: string,
  card: SentCard,
  tasks: readonly Task[],
  first: Task,
): Promise<boolean> {
  if (button.startsWith('choose:')) return useChoice(turn, card, tasks)
  if (settlesByPress(button)) return settleByPress(turn, card, button, first)
  if (fillsByPress(button)) return fillByPress(turn, card, button, first)
  switch (button) {
    case 'ack':
      return acknowledge(turn, tasks)
    case 'done':
      return done(turn, first)
    case 'no-change':
      return noChange(turn, first)
    case 'confirm':
      return confirm(turn, card, tasks)
    case 'correct':
      return askCorrection(turn, first)
    case 'undo':
      return undoShown(turn, card, tasks)
    default:
      turn.log.warn({ button, card: card.id }, 'unknown button')
      return refused(turn, 'card-unknown')
  }
}

async function alreadyAnswered(turn: Turn, task: Task): Promise<boolean> {
  if (awaitsAnswer(task.state)) return false
  const last = standing(await turn.tx.submissionsOf(task.id))
  const what = last ? `“${titleOf(turn, task)}”已报送` : `“${titleOf(turn, task)}”已经办结`
  await answerProblem(turn, 'already-done', { what })
  return true
}

async function done(turn: Turn, task: Task): Promise<boolean> {
  if (await alreadyAnswered(turn, task)) return false
  return report(turn, { task, fields: { statement: '已报送' }, text: '（按钮）已报送' })
}

async function noChange(turn: Turn, task: Task): Promise<boolean> {
  if (await alreadyAnswered(turn, task)) return false
  const previous = await turn.tx.previousSubmission(task)
  if (!previous) return refused(turn, 'nothing-to-repeat', { title: `“${titleOf(turn, task)}”` })
  return report(turn, { task, fields: repeated(previous.fields), text: '（按钮）无变化' })
}

/** Confirms what stood on this very card: once, and not a revision that came later. */
async function confirm(turn: Turn, card: SentCard, tasks: readonly Task[]): Promise<boolean> {
  const values: string[] = []
  const faults: string[] = []
  for (const task of tasks) {
    const last = standing(await turn.tx.submissionsOf(task.id))
    const fault = faultOf(turn, card, task, last)
    if (fault !== undefined || !last) {
      faults.push(fault ?? '')
      continue
    }
    await turn.tx.confirmSubmission(task.id, last.revision)
    await record(turn, 'confirmed', task.id, { revision: last.revision })
    const lines = recordLines(formOf(task), last.fields)
    values.push(tasks.length > 1 ? titleOf(turn, task) : lines.join('\n'))
  }
  const [first] = tasks
  if (!first || values.length === 0) return refused(turn, 'already-done', { what: faults.join('；') })
  const title = tasks.length > 1 ? `${values.length}项` : titleOf(turn, first)
  await answer(turn, 'confirmed', { title, values: [...values, ...faults].join('\n') }, { task: first.id })
  return true
}

/** Why what the card shows can't be confirmed any more. */
function faultOf(turn: Turn, card: SentCard, task: Task, last: Submission | undefined): string | undefined {
  const title = titleOf(turn, task)
  if (!last) return `“${title}”这次登记已经撤回`
  if (!shownOn(card).some((shown) => shown.task === task.id && shown.revision === last.revision))
    return `“${title}”之后又更正过，请以最新一张核对卡为准`
  return last.confirmed ? `“${title}”已经核对` : undefined
}

async function askCorrection(turn: Turn, task: Task): Promise<boolean> {
  await remember(turn, 'correcting', task.id)
  await answer(turn, 'how-to-correct', { title: titleOf(turn, task) }, { task: task.id })
  return true
}

/** The sentence is the one that this card asked about; a card whose question is settled does nothing any more. */
async function useChoice(turn: Turn, card: SentCard, tasks: readonly Task[]): Promise<boolean> {
  const said = await takeChosen(turn, card)
  if (said === undefined) return refused(turn, 'card-unknown')
  await readForChosen(turn, tasks, said)
  return true
}
