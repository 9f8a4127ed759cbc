// Answers to duties that ask for no figures: done, not yet, or the words of a stage report.
import { dueText, howToAnswer } from '../../core/message/compose/phrases.ts'
import { isForAll } from '../../core/question/duty-named.ts'
import { readStatement } from '../../core/reply/statement.ts'
import type { Task } from '../../core/task/types.ts'
import { chooseTask } from './choose.ts'
import { answer, record, type Turn, unchanged } from './context.ts'
import { wantsFields } from './fill-in.ts'
import { help } from './help.ts'
import { titleOf } from './naming.ts'
import { together } from './read-back.ts'
import { readWords } from './read-forms.ts'
import { report } from './report.ts'
import { exampleFor } from './reported.ts'

/** The shortest words that say something about a stage of work. */
const SHORTEST_REPORT = 4
/** Where several duties are open, fewer words are as likely about none. */
const SHORTEST_NARRATIVE = 12
/** A report of a stage speaks of what is to come, too; a shorter 预计下周报 is no report. */
const LONGEST_EXCUSE = 24

/** One duty, several that the text names, or all of them (都报了) at once; else he is asked which one. */
export async function readStatements(
  turn: Turn,
  tasks: readonly Task[],
  text: string,
  areNamed: boolean,
): Promise<void> {
  const [only, ...others] = tasks
  const statement = readStatement(text)
  if (turn.stored.inbound.chat.kind === 'group' && statement === 'unclear') return
  if (only && others.length === 0) return readOne(turn, only, text)
  if (statement === 'done' && (areNamed || isForAll(text))) return recordAll(turn, tasks, text)
  if (statement === 'not-done' && !areNamed) return noteUndone(turn, tasks, text)
  // Words that answer none of them are not worth the question which of them was meant.
  if (statement === 'unclear' && !(areNamed || tasks.some((task) => takesWords(task, text))))
    return help(turn, 'not-understood', { text, slots: { how: listFirst(tasks) } })
  await chooseTask(turn, tasks, text, (task) => titleOf(turn, task), statement === 'done')
}

/** 还没弄完, said of whatever is open: nothing is recorded as done, and nothing is asked. */
async function noteUndone(turn: Turn, tasks: readonly Task[], text: string): Promise<void> {
  await record(turn, 'progress-noted', undefined, { text })
  const nearest = Math.min(...tasks.map(({ dueAt }) => dueAt))
  const due = `${dueText(nearest)}${turn.now > nearest ? '（已逾期）' : ''}`
  await answer(turn, 'not-done-yet', { count: String(tasks.length), due, how: exampleFor(tasks) })
}

const listFirst = (tasks: readonly Task[]): string =>
  `您有${tasks.length}项待办，回复“我的任务”看清单。${exampleFor(tasks)}`

/** Whether these words could be this duty's answer: a report in words wants a sentence. */
const takesWords = (task: Task, text: string): boolean =>
  (task.form === 'stage-report' || task.form === 'problem-report') &&
  (text.match(/\p{Script=Han}/gu)?.length ?? 0) >= SHORTEST_NARRATIVE &&
  !/[?？]/.test(text)

/** The same words for each of them, read back in one card; then what a word that it is done can't answer. */
export async function recordAll(turn: Turn, tasks: readonly Task[], text: string): Promise<void> {
  const wanting = tasks.filter((task) => wantsFields(task) || task.form === 'liaison-registration')
  const done = tasks.filter((task) => !wanting.includes(task))
  await together(turn, async () => {
    for (const task of done) await report(turn, { task, fields: { statement: text }, text })
  })
  if (done.length > 0 && wanting.length > 0) {
    const how = wanting.map((task) => howLine(turn, task)).join('\n')
    await answer(turn, 'still-to-fill', { count: String(wanting.length), how })
  } else for (const task of wanting) await askHow(turn, task, text)
}

const howLine = (turn: Turn, task: Task): string => `“${titleOf(turn, task)}”：${howToAnswer(task)}`

/** What is wrong in somewhat more than a word; what else the report needs is asked back. */
const describesProblem = (text: string): boolean =>
  text.length >= 6 && !/[?？]/.test(text) && !/^(?:已|都|全部)|(?:无|没有?)问题/.test(text)

export async function readOne(turn: Turn, task: Task, text: string): Promise<void> {
  const statement = readStatement(text)
  const isReport = task.form === 'stage-report'
  if (task.form === 'problem-report' && describesProblem(text)) return readWords(turn, task, text)
  // A liaison is registered by a name and a number, and a form is filled by its fields, not by a word that it was done.
  const isNamed = task.form !== 'liaison-registration' && !wantsFields(task)
  if (
    (statement === 'done' && isNamed) ||
    (isReport &&
      (statement !== 'not-done' || text.length > LONGEST_EXCUSE) &&
      text.length >= SHORTEST_REPORT &&
      !/[?？]/.test(text))
  ) {
    await report(turn, { task, fields: { statement: text }, text })
    return
  }
  if (statement === 'not-done') {
    await record(turn, 'progress-noted', task.id, { text })
    await turn.tx.saveTasks([{ ...unchanged(task), lastEvent: '联络员回复：尚未办结' }], turn.now)
    const slots = { title: titleOf(turn, task), due: dueText(task.dueAt) }
    return answer(turn, 'acknowledged', slots, { task: task.id })
  }
  await askHow(turn, task, text)
}

/** Tells how this duty is answered; true, for nothing else is to be tried. */
export async function askHow(turn: Turn, task: Task, text: string): Promise<true> {
  await help(turn, 'not-understood', { text, task, slots: { how: howLine(turn, task) } })
  return true
}
