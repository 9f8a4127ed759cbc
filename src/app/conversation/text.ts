// Free text: which duty is meant, what it says, and what to ask back (domain §5). Nothing is stored that was not certain.
import { howToAnswer } from '../../core/message/compose/phrases.ts'
import { namesIn, projectsIn } from '../../core/question/duty-named.ts'
import { read } from '../../core/reply/read.ts'
import { readStatement } from '../../core/reply/statement.ts'
import { awaitsAnswer, byDue, type Task } from '../../core/task/types.ts'
import { acknowledgeByWords } from './acknowledge.ts'
import { chosenByWords } from './choose.ts'
import { answer, answerProblem, mayAnswer, openTasks, responsibleName, type Turn } from './context.ts'
import { correctLast } from './correct.ts'
import { help } from './help.ts'
import { inquire } from './inquire.ts'
import { subjectOf, titleOf } from './naming.ts'
import { readProgress } from './progress.ts'
import { hear, type Question } from './questions.ts'
import { together } from './read-back.ts'
import { readForms } from './read-forms.ts'
import { givesFigure, recallReported, showReported, speaksForOthers } from './reported.ts'
import { hearAbout, hearRequest } from './requests/hear.ts'
import { offerAsExplanation, settleByWords } from './settle.ts'
import { readOne, readStatements, recordAll } from './statements.ts'
import { byNumber, listTasks } from './task-list.ts'
import { asksToUndo, undoLast } from './undo.ts'

/** A report in chat is a few lines; more is a document and belongs in a file. */
const MAX_CHARACTERS = 2_000

/** Whoever calls the bot by a greeting wants to know what it has for him. */
const ASKS_FOR_LIST =
  /^(我的任务|任务|任务列表|待办|我还差什么|帮助|help|菜单|在[吗不么没]|在不在|有人[吗没]|喂+[，,]?(?:在不在|在[吗不么没])?|你是(?:谁|哪个|什么|啥)|[你您]好|老师好|[早晚]上好|[上下]午好|hi|hello|[?？])[啊呀吗。！!?？~～]*$/i
const ONLY_ACK =
  /^(好的?|收到[了啦]?|知道了|明白了?|了解|ok|1|嗯+|行|谢谢|thanks|thank you|thx)[。！!，,~～]*(谢谢|辛苦了)?[。！!]*$/i

/** Longer words say more than that he has read it. */
const LONGEST_ACK = 12

/** In a group only the plainest words are for the bot. */
function isAck(turn: Turn, text: string): boolean {
  if (ONLY_ACK.test(text)) return true
  if (turn.stored.inbound.chat.kind === 'group' || text.length > LONGEST_ACK) return false
  const about = { sentAt: turn.now, projects: [], pending: null, previous: null }
  return readStatement(text) !== 'done' && read(text, about).intent === 'ack'
}

export async function handleText(turn: Turn, raw: string, quote: string | undefined): Promise<void> {
  const text = raw.trim()
  if (text === '') return help(turn, 'empty-text', { text: '（空白）' })
  if (text.length > MAX_CHARACTERS)
    return help(turn, 'too-long', { text, slots: { limit: String(MAX_CHARACTERS) } })
  const questions = await hear(turn)
  const tasks = await openTasks(turn)
  if (ASKS_FOR_LIST.test(text)) return listTasks(turn, tasks)
  if (asksToUndo(text)) return undoLast(turn)
  const chosen = await chosenByWords(turn, text)
  if (chosen) return readForChosen(turn, await mine(turn, chosen.tasks), chosen.text)
  const acknowledges = () => acknowledgeByWords(turn, narrowed(turn, tasks, text, quote))
  if (ONLY_ACK.test(text)) return acknowledges()
  // What was asked for in words (a reason, a complaint) may sound like a promise: 周末也发消息.
  if (await hearRequest(turn, text)) return
  if (isAck(turn, text)) return acknowledges()
  if (await inquire(turn, tasks, text)) return
  if (await settleByWords(turn, questions, text, quote)) return
  if (await correctLast(turn, questions, text)) return
  return readAnswer(turn, { tasks, questions, text, quote })
}

type Heard = {
  readonly tasks: readonly Task[]
  readonly questions: readonly Question[]
  readonly text: string
  readonly quote: string | undefined
}

async function readAnswer(turn: Turn, { tasks, questions, text, quote }: Heard): Promise<void> {
  const numbered = await byNumber(turn, text)
  if (numbered === 'none')
    return help(turn, 'no-such-number', { text, slots: { number: /^\d+/.exec(text)?.[0] ?? '' } })
  if (numbered) return readForTask(turn, numbered.task, numbered.text)
  const meant = narrowed(turn, tasks, text, quote)
  if (await hearAbout(turn, aboutProjects(turn, meant, text), text)) return
  if (await speaksForOthers(turn, text)) return
  const hasProgress = meant.some(({ form }) => form === 'monthly-progress')
  const isClaim = readStatement(text) === 'done' || (givesFigure(text) && !hasProgress)
  if (isClaim && (await recallReported(turn, tasks, text))) return
  // A figure that was asked about can be said again although the rest of that report is recorded.
  const progress = [...meant, ...(await askedAbout(turn, questions, meant))].filter(
    (task) => task.form === 'monthly-progress',
  )
  if (await readForms(turn, meant, text, progress)) return
  if (progress.length > 0 && (await readProgress(turn, progress, text))) return
  const statements = meant.filter((task) => task.form !== 'monthly-progress')
  if (readStatement(text) === 'unclear' && (await offerAsExplanation(turn, questions, text))) return
  if (statements.length > 0) {
    const areNamed = statements.length > 1 && named(turn, statements, text).length === statements.length
    return readStatements(turn, statements, text, areNamed)
  }
  if (turn.stored.inbound.chat.kind === 'direct') {
    if (readStatement(text) === 'done') return showReported(turn, tasks)
    if (tasks.length === 0) return nothingOpen(turn)
  }
  return help(turn, 'not-understood', {
    text,
    task: tasks[0],
    slots: { how: howToAnswer(tasks[0] ?? { form: 'none' }) },
  })
}

/** A sentence that was asked about, for the duty or the duties that he chose: figures are read for each project by itself. */
export async function readForChosen(turn: Turn, tasks: readonly Task[], said: string): Promise<void> {
  const [first, ...others] = tasks
  if (!first) return
  if (others.length === 0) return readForTask(turn, first, said)
  const open = tasks.filter(({ state }) => awaitsAnswer(state))
  const progress = open.filter(({ form }) => form === 'monthly-progress')
  const statements = open.filter(({ form }) => form !== 'monthly-progress')
  if (statements.length > 0) await recordAll(turn, statements, said)
  await together(turn, async () => {
    for (const task of progress) await readForTask(turn, task, said)
  })
}

/** A text whose duty is certain: chosen or numbered. Since it was shown, the duty may have gone to somebody else. */
export async function readForTask(turn: Turn, task: Task, text: string): Promise<void> {
  if (!mayAnswer(turn, task)) return answerProblem(turn, 'not-entitled', { who: responsibleName(turn, task) })
  if (isAck(turn, text)) return acknowledgeByWords(turn, [task])
  if (await hearAbout(turn, [task], text)) return
  if (task.form === 'monthly-progress') {
    if (await readProgress(turn, [task], text)) return
    return help(turn, 'not-understood', { text, task, slots: { how: howToAnswer(task) } })
  }
  if (await readForms(turn, [task], text)) return
  return readOne(turn, task, text)
}

async function nothingOpen(turn: Turn): Promise<void> {
  await answer(turn, 'nothing-open', { note: '本条没有登记。要更正已报内容，请回复“更正：……”。' })
}

/** What has gone to somebody else since he was asked is left out. */
async function mine(turn: Turn, ids: readonly string[]): Promise<Task[]> {
  const tasks = await turn.tx.tasks(ids, { lock: true })
  return tasks.filter((task) => mayAnswer(turn, task)).sort(byDue)
}

async function askedAbout(
  turn: Turn,
  questions: readonly Question[],
  known: readonly Task[],
): Promise<Task[]> {
  const missing = questions.map(({ task }) => task).filter((id) => !known.some((task) => task.id === id))
  const found = await turn.tx.tasks([...new Set(missing)], { lock: true })
  return found.filter((task) => mayAnswer(turn, task)).sort(byDue)
}

/** The duties that the text, or what it quotes, names; all of them when it names none. */
function narrowed(turn: Turn, tasks: readonly Task[], text: string, quote: string | undefined): Task[] {
  const inText = named(turn, tasks, text)
  const found = inText.length > 0 || !quote ? inText : named(turn, tasks, quote)
  return found.length > 0 ? found : [...tasks]
}

/** A request names its project as briefly as a report does: 大桥能不能晚两天报. */
function aboutProjects(turn: Turn, tasks: readonly Task[], text: string): Task[] {
  const names = projectsIn(text, [...new Set(tasks.map((task) => subjectOf(turn, task)))])
  const found = tasks.filter((task) => names.includes(subjectOf(turn, task)))
  return found.length > 0 ? found : [...tasks]
}

/** By their whole names, or by a telling part of a title that no other open duty has. */
function named(turn: Turn, tasks: readonly Task[], said: string): Task[] {
  const whole = tasks.filter((task) => said.includes(task.title) || said.includes(titleOf(turn, task)))
  if (whole.length > 0) return whole
  const titles = [...new Set(tasks.map(({ title }) => title))]
  const parts = titles.length > 1 ? namesIn(said, titles, { endings: true }) : []
  return tasks.filter(({ title }) => parts.includes(title))
}
