// What was reported before: nothing of it is asked or written again, and whoever doubts it is shown the record.
import { dueText, momentText } from '../../core/message/compose/phrases.ts'
import { postByKey } from '../../core/people/lookup.ts'
import { namesIn, projectsIn } from '../../core/question/duty-named.ts'
import { awaitsAnswer, type Task } from '../../core/task/types.ts'
import { standing } from '../revisions.ts'
import { answer, answerablePosts, answerProblem, type Turn } from './context.ts'
import { remember } from './memory.ts'
import { monthText, subjectOf, titleOf } from './naming.ts'

/** More than one liaison reports between two months. */
const RECENT = 20
/** What somebody who is annoyed reads. */
const MOST_SHOWN = 3

/** His latest reports, newest first; nothing that waits for him again. */
export async function reportedTasks(turn: Turn): Promise<Task[]> {
  const recent = await turn.tx.lastSubmittedOf(answerablePosts(turn), RECENT)
  return recent.filter(({ state }) => !awaitsAnswer(state))
}

/** By subject, the newest report of each progress that is not among `open`. */
export async function reportedProjects(
  turn: Turn,
  open: readonly string[],
): Promise<ReadonlyMap<string, Task>> {
  const progress = (await reportedTasks(turn)).filter(({ form }) => form === 'monthly-progress')
  const byPeriod = progress.sort((one, other) => (one.period ?? '').localeCompare(other.period ?? ''))
  const bySubject = byPeriod.map((task) => [subjectOf(turn, task), task] as const)
  return new Map(bySubject.filter(([subject]) => !open.includes(subject)))
}

/** `折多山便道工程·项目进展月报（4月）：5月6日 09:05已报`. */
async function lineOf(turn: Turn, task: Task): Promise<string> {
  const month = monthText(task.period)
  return `${titleOf(turn, task)}${month ? `（${month}）` : ''}：${await whenOf(turn, task)}`
}

async function whenOf(turn: Turn, task: Task): Promise<string> {
  const last = standing(await turn.tx.submissionsOf(task.id))
  return last ? `${momentText(last.at)}已报` : '已报'
}

/** Figures for what he has reported already: they change nothing unless he says that he corrects. */
export async function refuseRepeated(turn: Turn, tasks: readonly Task[]): Promise<void> {
  const lines: string[] = []
  for (const task of tasks) lines.push(await lineOf(turn, task))
  await answerProblem(turn, 'reported-already', { what: lines.join('；') })
}

/** A figure, not a number of projects. */
export const givesFigure = (text: string): boolean =>
  /[\d一二两三四五六七八九十百千成]\s*(?:多|来|几)?(?:万|亿|元|[%％]|成)|百分之/.test(text)

/** 动员文件交了, when that is recorded: says when. False where the text names nothing of the kind, or something still open. */
export async function recallReported(turn: Turn, open: readonly Task[], text: string): Promise<boolean> {
  const reported = await reportedTasks(turn)
  const owed = open.flatMap((task) => [task.title, subjectOf(turn, task)])
  const done = reported.flatMap((task) => [task.title, subjectOf(turn, task)])
  const all = [...new Set([...owed, ...done])]
  const said = [...namesIn(text, all, { endings: true }), ...projectsIn(text, all)]
  const task = reported.find((one) => said.includes(one.title) || said.includes(subjectOf(turn, one)))
  if (!task || said.some((name) => owed.includes(name))) return false
  if (task.form === 'monthly-progress' && givesFigure(text)) {
    await refuseRepeated(turn, [task])
    return true
  }
  await answer(turn, 'reported-then', { title: titleOf(turn, task), when: await whenOf(turn, task) })
  return true
}

/** 不是刚报了吗, 天天催: the record, and what is still missing, numbered. */
export async function showReported(turn: Turn, open: readonly Task[]): Promise<void> {
  const lines: string[] = []
  for (const task of (await reportedTasks(turn)).slice(0, MOST_SHOWN)) lines.push(await lineOf(turn, task))
  const recorded = lines.length > 0 ? `最近登记的：\n${lines.join('\n')}` : '还没有登记过您的报送。'
  if (open.length === 0)
    return lines.length > 0
      ? answer(turn, 'reported-all', { recorded })
      : answer(turn, 'nothing-open', { note: '本条没有登记。有新任务会及时告诉您。' })
  await remember(
    turn,
    'listed',
    open.map(({ id }) => id),
  )
  const missing = open.map((task, index) => `${index + 1}. ${titleOf(turn, task)}，${dueText(task.dueAt)}`)
  await answer(turn, 'still-missing', {
    count: String(open.length),
    recorded,
    missing: missing.join('\n'),
    how: exampleFor(open),
  })
}

/** How a numbered list is answered: figures where the first line wants some. */
export const exampleFor = ([first]: readonly Task[]): string =>
  first?.form === 'monthly-progress'
    ? '回复“序号+内容”办理，如：1 累计完成投资1.5亿，形象进度64%。'
    : '回复“序号+内容”办理，如：1 已报送。'

const FOR_OTHERS = /(?:帮|替|代).{0,6}[报交填]/
/** A longer text is a report in which others are spoken of, too. */
const LONGEST_FAVOUR = 40
/** 泸定县 of 泸定县经信局. */
const PLACE = /^\p{Script=Han}{1,5}?[县市区旗乡镇]/u

/** 泸定县的也帮他们报一下: what another unit owes is not written to his own duties. True when that was said. */
export async function speaksForOthers(turn: Turn, text: string): Promise<boolean> {
  if (text.length > LONGEST_FAVOUR || !FOR_OTHERS.test(text)) return false
  const { directory } = turn.snapshot
  const own = new Set(answerablePosts(turn).map((post) => postByKey(directory, post)?.unit))
  const other = directory.units.find(({ key, short }) => {
    const place = PLACE.exec(short)?.[0]
    return !own.has(key) && place !== undefined && text.includes(place)
  })
  if (other) await answerProblem(turn, 'not-entitled', { who: other.short })
  return other !== undefined
}
