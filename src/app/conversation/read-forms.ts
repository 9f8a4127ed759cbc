// Which open form a sentence with labels fills: certain from the labels, else asked; and the buttons of a choice.
import { dateOf } from '../../core/calendar/civil.ts'
import { formOf } from '../../core/form/forms.ts'
import { readLabelled } from '../../core/form/read-labelled.ts'
import { read } from '../../core/reply/read.ts'
import { AMOUNT_KEYS } from '../../core/reply/types.ts'
import type { Task } from '../../core/task/types.ts'
import type { SentCard } from '../store-port.ts'
import { chooseTask } from './choose.ts'
import { answerProblem, type Turn } from './context.ts'
import { type Filled, fillIn, isNamedByLabels, readingOf } from './fill-in.ts'
import { recall } from './memory.ts'
import { titleOf } from './naming.ts'

/** False when the text names no field of these forms. `reports`: duties to report figures that could be meant as well. */
export async function readForms(
  turn: Turn,
  tasks: readonly Task[],
  text: string,
  reports: readonly Task[] = [],
): Promise<boolean> {
  const filled: Filled[] = []
  for (const task of tasks.filter(isNamedByLabels)) {
    const reading = await readingOf(turn, task, text)
    if (reading) filled.push({ task, reading, text })
  }
  const [first] = filled
  if (!first) return false
  const best = filled.filter((one) => score(one) === Math.max(...filled.map(score)))
  const rivals = hasReportedFigures(turn, text) ? reports : []
  if (best.length + rivals.length > 1)
    await chooseTask(turn, [...best.map(({ task }) => task), ...rivals], text, (task) => titleOf(turn, task))
  else await fillIn(turn, best[0] ?? first)
  return true
}

/** Words under no label, for a form that takes them. */
export const readWords = (turn: Turn, task: Task, text: string): Promise<void> =>
  fillIn(turn, { task, text, reading: readLabelled(formOf(task), text, dateOf(turn.now)) })

/** How much of the sentence the form understands. */
const score = ({ reading }: Filled): number => Object.keys(reading.values).length + reading.doubtful.length

/** Whether the same sentence gives figures of a progress report. */
function hasReportedFigures(turn: Turn, text: string): boolean {
  const sentAt = turn.stored.inbound.sentAt ?? turn.stored.receivedAt
  const reading = read(text, { sentAt, projects: [], pending: 'monthly-progress', previous: null })
  const figures: readonly string[] = [...AMOUNT_KEYS, 'percentComplete']
  return reading.reports.some(({ fields }) => Object.keys(fields).some((key) => figures.includes(key)))
}

/** 更正：… of a record that was made with a form of labels. False when it names no field. */
export async function correctForm(turn: Turn, task: Task, text: string, reason: string): Promise<boolean> {
  const reading = isNamedByLabels(task) ? await readingOf(turn, task, text) : undefined
  if (!reading) return false
  await fillIn(turn, { task, reading, text, reason })
  return true
}

export const fillsByPress = (button: string): boolean => button.startsWith('fill:')

/** A press counts while its very question is open. */
export async function fillByPress(turn: Turn, card: SentCard, button: string, task: Task): Promise<boolean> {
  const begun = (await recall(turn, 'filling'))?.value
  const isOpen = card.sayings.some((saying) => saying.type === 'card' && saying.slots.ask === begun?.id)
  const [, key = '', index = ''] = button.split(':')
  const choice = formOf(task).fields.find((field) => field.key === key)?.choices?.[Number(index)]
  if (!begun || !isOpen || !choice) {
    await answerProblem(turn, 'already-done', { what: `“${titleOf(turn, task)}”的这个问题已经有了结果` })
    return false
  }
  const reading = { values: { [key]: choice.value }, doubtful: [], left: '' }
  await fillIn(turn, { task, reading, text: `（按钮）${choice.text}` })
  return true
}
