// 更正：…, or figures after the correct-button: a new revision, with its reason, of what this person reported.
import { dateOf } from '../../core/calendar/civil.ts'
import { type Correcting, readCorrecting } from '../../core/question/correcting.ts'
import { namesIn } from '../../core/question/duty-named.ts'
import { monthNamed } from '../../core/question/month-named.ts'
import { read } from '../../core/reply/read.ts'
import type { Task } from '../../core/task/types.ts'
import { standing } from '../revisions.ts'
import { chooseTask } from './choose.ts'
import {
  answer,
  answerablePosts,
  answerProblem,
  mayAnswer,
  openTasks,
  responsibleName,
  type Turn,
} from './context.ts'
import { wantsFields } from './fill-in.ts'
import { recall, remember } from './memory.ts'
import { monthText, onePerSubject, subjectOf, titleOf } from './naming.ts'
import { readProgress } from './progress.ts'
import type { Question } from './questions.ts'
import { correctForm } from './read-forms.ts'
import { report } from './report.ts'
import { correctRegistration } from './requests/registration.ts'
import { askHow } from './statements.ts'

const CORRECTS = /^(更正|改正|修改|订正|纠正)/
const LEAD = /^[:：,，\s]+/

/** More projects than one liaison reports between two corrections. */
const RECENT = 20

/** False when nothing is corrected. `open`: the questions about figures as he found them. */
export async function correctLast(turn: Turn, open: readonly Question[], text: string): Promise<boolean> {
  const pressed = (await recall(turn, 'correcting'))?.value
  const kind = readCorrecting(text)
  if (!pressed && !kind) return false
  const meant = pressed ? await turn.tx.tasks([pressed], { lock: true }) : await meantBy(turn, open, text)
  if (meant === 'none') return true
  const [task, ...others] = meant
  // Said in passing, it corrects a figure; 不对 about anything else is talk.
  if (!task || (!pressed && kind !== 'plain' && !meant.every(isProgress))) return false
  await remember(turn, 'correcting')
  if (others.length > 0 && kind !== 'bare' && meant.every(isProgress))
    return readProgress(turn, meant, marked(text))
  if (others.length > 0) {
    await chooseTask(turn, meant, text, (one) => subjectOf(turn, one))
    return true
  }
  return correct(turn, task, text, kind)
}

async function correct(turn: Turn, task: Task, text: string, kind: Correcting | undefined): Promise<boolean> {
  if (!mayAnswer(turn, task)) {
    await answerProblem(turn, 'not-entitled', { who: responsibleName(turn, task) })
    return true
  }
  if (kind === 'bare') {
    await remember(turn, 'correcting', task.id)
    await answer(turn, 'how-to-correct', { title: titleOf(turn, task) }, { task: task.id })
    return true
  }
  if (isProgress(task)) return readProgress(turn, [task], marked(text))
  if (task.form === 'liaison-registration') return correctRegistration(turn, task, text)
  const statement = text.replace(CORRECTS, '').replace(LEAD, '')
  if (await correctForm(turn, task, statement, text)) return true
  if (wantsFields(task)) return askHow(turn, task, text)
  return report(turn, { task, fields: { statement }, text, reason: text })
}

const marked = (text: string): string => (CORRECTS.test(text) ? text : `更正：${text}`)

const isProgress = ({ form }: Task): boolean => form === 'monthly-progress'

/**
 * The project that the text names; else what he was asked about just now; else what his last message reported: all of it, when that
 * were several projects, for a figure must never end in the wrong one. So it is with a month that the text names. `none`: there is no
 * such record; then that was said.
 */
async function meantBy(turn: Turn, open: readonly Question[], text: string): Promise<Task[] | 'none'> {
  const asked = await turn.tx.tasks(
    open.filter(({ fresh }) => fresh).map(({ task }) => task),
    { lock: true },
  )
  const recent = await turn.tx.lastSubmittedOf(answerablePosts(turn), RECENT)
  const owed = (await openTasks(turn)).filter(isProgress)
  const month = monthNamed(text, dateOf(turn.now))
  const fits = (task: Task): boolean =>
    month === undefined || task.period === undefined || task.period === month
  const all = [...asked, ...recent, ...owed]
  const names = namesSaid(turn, text, [...new Set(all.map((task) => subjectOf(turn, task)))])
  const of = (name: string) => all.filter((task) => subjectOf(turn, task) === name).find(fits)
  const found = names.flatMap((name) => of(name) ?? [])
  if (found.length < names.length)
    return noSuchRecord(
      turn,
      month,
      names.find((name) => !of(name)),
    )
  if (found.length > 0) return found
  const last = asked.length > 0 ? asked : await ofLastMessage(turn, recent)
  if (month === undefined || last.every(fits)) return onePerSubject(turn, last)
  const ofMonth = all.filter(({ period }) => period === month)
  return ofMonth.length > 0 ? onePerSubject(turn, ofMonth) : noSuchRecord(turn, month)
}

async function noSuchRecord(turn: Turn, month: string | undefined, name = ''): Promise<'none'> {
  await answerProblem(turn, 'no-such-record', { what: `${name}${monthText(month)}` })
  return 'none'
}

/** As the reader finds them in a report: by their short forms, their pinyin, with a typo. */
function namesSaid(turn: Turn, text: string, names: readonly string[]): string[] {
  const { reports, doubts } = read(text, {
    sentAt: turn.now,
    projects: names,
    pending: 'monthly-progress',
    previous: null,
  })
  const found = [...reports, ...doubts].flatMap(({ project }) => project ?? [])
  return found.length > 0 ? [...new Set(found)] : namesIn(text, names).slice(0, 1)
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
