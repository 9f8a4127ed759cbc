// 更正：…, or figures after the correct-button: a new revision, with its reason, of what this person reported.
import { namesIn } from '../../core/question/duty-named.ts'
import type { Task } from '../../core/task/types.ts'
import { answerablePosts, answerProblem, mayAnswer, responsibleName, type Turn } from './context.ts'
import { wantsFields } from './fill-in.ts'
import { recall, remember } from './memory.ts'
import { readProgress } from './progress.ts'
import type { Question } from './questions.ts'
import { correctForm } from './read-forms.ts'
import { report } from './report.ts'
import { correctRegistration } from './requests/registration.ts'
import { askHow } from './statements.ts'
import { subjectOf } from './submit.ts'

const CORRECTS = /^(更正|改正|修改|订正)/
const LEAD = /^[:：,，\s]+/

/** More projects than one liaison reports between two corrections. */
const RECENT = 20

/** False when nothing is corrected. `open`: the questions about figures as he found them. */
export async function correctLast(turn: Turn, open: readonly Question[], text: string): Promise<boolean> {
  const pressed = (await recall(turn, 'correcting'))?.value
  const isMarked = CORRECTS.test(text)
  if (!pressed && !isMarked) return false
  const task = pressed ? (await turn.tx.tasks([pressed], { lock: true }))[0] : await meantBy(turn, open, text)
  if (!task) return false
  await remember(turn, 'correcting')
  if (!mayAnswer(turn, task)) {
    await answerProblem(turn, 'not-entitled', { who: responsibleName(turn, task) })
    return true
  }
  if (task.form === 'monthly-progress') return readProgress(turn, [task], isMarked ? text : `更正：${text}`)
  if (task.form === 'liaison-registration') return correctRegistration(turn, task, text)
  const statement = text.replace(CORRECTS, '').replace(LEAD, '')
  if (await correctForm(turn, task, statement, text)) return true
  if (wantsFields(task)) return askHow(turn, task, text)
  return report(turn, { task, fields: { statement }, text, reason: text })
}

/** The project that the text names; else what he was asked about just now; else what he reported last. */
async function meantBy(turn: Turn, open: readonly Question[], text: string): Promise<Task | undefined> {
  const asked = await turn.tx.tasks(
    open.filter(({ fresh }) => fresh).map(({ task }) => task),
    { lock: true },
  )
  const recent = await turn.tx.lastSubmittedOf(answerablePosts(turn), RECENT)
  const all = [...asked, ...recent]
  const names = [...new Set(all.map((task) => subjectOf(turn, task)))]
  const named = namesIn(text, names)
  return all.find((task) => named.includes(subjectOf(turn, task))) ?? all[0]
}
