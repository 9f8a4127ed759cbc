// 更正：…, or figures after the correct-button: a new revision, with its reason, of what this person reported.
import { namesIn } from '../../core/question/duty-named.ts'
import { read } from '../../core/reply/read.ts'
import type { Task } from '../../core/task/types.ts'
import { standing } from '../revisions.ts'
import { chooseTask } from './choose.ts'
import { answerablePosts, answerProblem, mayAnswer, responsibleName, type Turn } from './context.ts'
import { wantsFields } from './fill-in.ts'
import { recall, remember } from './memory.ts'
import { subjectOf } from './naming.ts'
import { readProgress } from './progress.ts'
import type { Question } from './questions.ts'
import { correctForm } from './read-forms.ts'
import { report } from './report.ts'
import { correctRegistration } from './requests/registration.ts'
import { askHow } from './statements.ts'

const CORRECTS = /^(更正|改正|修改|订正)/
const LEAD = /^[:：,，\s]+/

/** More projects than one liaison reports between two corrections. */
const RECENT = 20

/** False when nothing is corrected. `open`: the questions about figures as he found them. */
export async function correctLast(turn: Turn, open: readonly Question[], text: string): Promise<boolean> {
  const pressed = (await recall(turn, 'correcting'))?.value
  const isMarked = CORRECTS.test(text)
  if (!pressed && !isMarked) return false
  const meant = pressed ? await turn.tx.tasks([pressed], { lock: true }) : await meantBy(turn, open, text)
  const [task, ...others] = meant
  if (!task) return false
  await remember(turn, 'correcting')
  if (others.length > 0) {
    await chooseTask(turn, meant, text, (one) => subjectOf(turn, one))
    return true
  }
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

/**
 * The project that the text names; else what he was asked about just now; else what his last message reported: all of it, when that
 * were several projects, for a figure must never end in the wrong one.
 */
async function meantBy(turn: Turn, open: readonly Question[], text: string): Promise<Task[]> {
  const asked = await turn.tx.tasks(
    open.filter(({ fresh }) => fresh).map(({ task }) => task),
    { lock: true },
  )
  const recent = await turn.tx.lastSubmittedOf(answerablePosts(turn), RECENT)
  const all = [...asked, ...recent]
  const name = nameIn(turn, text, [...new Set(all.map((task) => subjectOf(turn, task)))])
  const named = all.find((task) => subjectOf(turn, task) === name)
  if (named) return [named]
  return onePerSubject(turn, asked.length > 0 ? asked : await ofLastMessage(turn, recent))
}

/** As the reader finds it in a report: by its short form, its pinyin, with a typo. */
function nameIn(turn: Turn, text: string, names: readonly string[]): string | undefined {
  const { reports, doubts } = read(text, {
    sentAt: turn.now,
    projects: names,
    pending: 'monthly-progress',
    previous: null,
  })
  const found = [...reports, ...doubts].find(({ project }) => project !== null)?.project
  return found ?? namesIn(text, names)[0]
}

async function ofLastMessage(turn: Turn, recent: readonly Task[]): Promise<Task[]> {
  const found: Task[] = []
  let message: string | undefined
  for (const task of recent) {
    const { inbound } = standing(await turn.tx.submissionsOf(task.id)) ?? {}
    if (found.length > 0 && (inbound === undefined || inbound !== message)) break
    message = inbound
    found.push(task)
  }
  return found
}

const onePerSubject = (turn: Turn, tasks: readonly Task[]): Task[] => [
  ...new Map(tasks.map((task) => [subjectOf(turn, task), task])).values(),
]
