// Questions that the record answers: what is owed, until when, what was reported before, and on what ground somebody is asked.

import { dateOf } from '../../core/calendar/civil.ts'
import { formOf } from '../../core/form/forms.ts'
import { recordLines } from '../../core/form/show-field.ts'
import { groupBy } from '../../core/group-by.ts'
import { dueText, leftText, momentText, shortDate, workdaysLate } from '../../core/message/compose/phrases.ts'
import { holderOf, personByKey, postByKey, unitByKey } from '../../core/people/lookup.ts'
import { classifyQuestion } from '../../core/question/classify.ts'
import { namesIn, projectsIn } from '../../core/question/duty-named.ts'
import { awaitsAnswer, type Task } from '../../core/task/types.ts'
import { standing } from '../revisions.ts'
import type { Submission } from '../store-port.ts'
import { answer, answerablePosts, type Turn } from './context.ts'
import { subjectOf, titleOf } from './naming.ts'
import { showReported } from './reported.ts'
import { listTasks } from './task-list.ts'

/** More of them would be no answer on a phone. */
const MOST_ANSWERS = 5
const RECENT = 20

/** False when the text asks nothing that the record can answer. `tasks`: what he still owes. */
export async function inquire(turn: Turn, tasks: readonly Task[], text: string): Promise<boolean> {
  const inquiry = classifyQuestion(text)
  if (inquiry === undefined) return false
  if (inquiry === 'nagged') {
    // In a group it is for people to answer.
    if (turn.stored.inbound.chat.kind === 'direct') await showReported(turn, tasks)
    return true
  }
  if (inquiry === 'owed') {
    await listTasks(turn, meant(turn, tasks, text) ?? tasks)
    return true
  }
  const about = (await subjects(turn, tasks, text, inquiry === 'last')).slice(0, MOST_ANSWERS)
  if (about.length === 0) {
    await answer(turn, 'nothing-open', { note: '有新任务会及时告诉您。' })
    return true
  }
  const lines: string[] = []
  if (inquiry === 'why' && about.length > 1) lines.push(...groundsOf(turn, about))
  else for (const task of about) lines.push(await LINES[inquiry](turn, task))
  await answer(turn, `answer-${inquiry}`, { lines: lines.join('\n') })
  return true
}

/** The open duties that the text names; also those already reported, where it names none that is open or where the past is asked for. */
async function subjects(turn: Turn, open: readonly Task[], text: string, isPast: boolean): Promise<Task[]> {
  const named = meant(turn, open, text)
  const figures = isPast ? named?.filter(({ form }) => form === 'monthly-progress') : undefined
  if (named) return figures && figures.length > 0 ? figures : named
  const recent = await turn.tx.lastSubmittedOf(answerablePosts(turn), RECENT)
  const reported = isPast ? recent.filter(({ form }) => form === 'monthly-progress') : recent
  const past = meant(turn, reported, text)
  if (past) return past.slice(0, 1)
  const still = isPast ? open.filter(({ form }) => form === 'monthly-progress') : open
  return still.length > 0 ? [...still] : reported.slice(0, 1)
}

/** Undefined when the text names none of them. */
function meant(turn: Turn, tasks: readonly Task[], text: string): Task[] | undefined {
  const full = tasks.filter((task) => text.includes(titleOf(turn, task)))
  if (full.length > 0) return full
  const names = [...new Set(tasks.flatMap((task) => [subjectOf(turn, task), task.title]))]
  const subjects = [...new Set(tasks.map((task) => subjectOf(turn, task)))]
  const said = [...namesIn(text, names), ...projectsIn(text, subjects)]
  const found = tasks.filter((task) => said.includes(subjectOf(turn, task)) || said.includes(task.title))
  return found.length > 0 ? found : undefined
}

const LINES: Record<'due' | 'last' | 'why', (turn: Turn, task: Task) => Promise<string>> = {
  due: dueLine,
  last: lastLines,
  why: groundOf,
}

async function dueLine(turn: Turn, task: Task): Promise<string> {
  const { calendar } = turn.office
  const title = titleOf(turn, task)
  if (!awaitsAnswer(task.state)) return `${title}：已报送，截止${dueText(task.dueAt)}`
  const left =
    turn.now > task.dueAt
      ? `已逾期${workdaysLate(task, calendar, turn.now)}个工作日`
      : leftText(task, calendar, turn.now)
  const first = task.dueAt === task.firstDueAt ? '' : `，原截止${dueText(task.firstDueAt)}`
  return `${title}：${dueText(task.dueAt)}截止（${left}${first}）`
}

/** What was reported for the period before, and for this one where that was done already. */
async function lastLines(turn: Turn, task: Task): Promise<string> {
  const own = standing(await turn.tx.submissionsOf(task.id))
  const previous = await turn.tx.previousSubmission(task)
  return [
    `【${titleOf(turn, task)}】`,
    previous ? `上期：${recordText(turn, task, previous)}` : '上期没有登记的数据。',
    ...(own ? [`本期：${recordText(turn, task, own)}`] : []),
  ].join('\n')
}

function recordText({ snapshot }: Turn, task: Task, { fields, person, at }: Submission): string {
  const by = personByKey(snapshot.directory, person)?.name ?? person
  return `${recordLines(formOf(task), fields).join('；')}（${by}于${momentText(at)}报）`
}

/** The notice, its measure and the rule that the duty comes from, and the post that makes it his. */
async function groundOf(turn: Turn, task: Task): Promise<string> {
  const plan = turn.snapshot.plans.find(({ key }) => key === task.plan)
  const measure = plan?.phases.flatMap(({ measures }) => measures).find(({ key }) => key === task.measure)
  return [
    `【${titleOf(turn, task)}】`,
    `依据：${noticeOf(turn, task)}`,
    ...(measure ? [`措施：${measure.title}`] : []),
    `要求：${task.title}，${dueText(task.dueAt)}前`,
    `责任：${seatText(turn, task)}`,
  ].join('\n')
}

/** Of several the notices and the duties only: whoever wants more names one of them. */
function groundsOf(turn: Turn, tasks: readonly Task[]): string[] {
  return [...groupBy(tasks, ({ plan, post }) => `${plan} ${post}`).values()].flatMap((alike) => {
    const [first] = alike
    if (!first) return []
    const duties = alike.map((task) => `· ${titleOf(turn, task)}，${dueText(task.dueAt)}前`)
    return [`依据：${noticeOf(turn, first)}`, `责任：${seatText(turn, first)}`, ...duties]
  })
}

function noticeOf({ snapshot }: Turn, task: Task): string {
  const plan = snapshot.plans.find(({ key }) => key === task.plan)
  const number = plan?.document ? `（${plan.document}）` : ''
  return `《${plan?.name ?? task.plan}》${number}${plan ? `，${shortDate(plan.issuedOn)}印发` : ''}`
}

function seatText({ snapshot: { directory }, now, person }: Turn, task: Task): string {
  const post = postByKey(directory, task.post)
  const unit = unitByKey(directory, post?.unit ?? task.unit)?.short ?? task.unit
  const seat = `${unit}${post?.title ?? task.post}`
  const holder = holderOf(directory, task.post, dateOf(now))
  if (!holder) return `${seat}，岗位现在空缺，由您代办`
  return holder.key === person.key ? `${seat}，现由您担任` : `${seat}${holder.name}，您受托代办`
}
