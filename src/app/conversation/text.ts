// Free text: which duty is meant, what it says, and what to ask back (domain §5). Nothing is stored that was not certain.
import { dueText, howToAnswer } from '../../core/message/compose/phrases.ts'
import { addressKey } from '../../core/message/types.ts'
import { readStatement } from '../../core/reply/statement.ts'
import { byDue, type Task } from '../../core/task/types.ts'
import { acknowledge } from './acknowledge.ts'
import { chooseTask } from './choose.ts'
import {
  answer,
  answerProblem,
  mayAnswer,
  openTasks,
  record,
  responsibleName,
  type Turn,
  unchanged,
} from './context.ts'
import { LIST_LIFE_MS, recall, remember } from './memory.ts'
import { correctLast, readProgress } from './progress.ts'
import { submit, titleOf } from './submit.ts'

/** A report in chat is a few lines; more is a document and belongs in a file. */
const MAX_CHARACTERS = 2_000

const ASKS_FOR_LIST = /^(我的任务|任务|任务列表|待办|我还差什么|帮助|help|菜单|[?？])[。！!]?$/i
const ONLY_ACK =
  /^(好的?|收到[了啦]?|知道了|明白了?|了解|ok|1|嗯+|行|谢谢)[。！!，,~～]*(谢谢|辛苦了)?[。！!]*$/i
const CORRECTS = /^(更正|改正|修改|订正)/

export async function handleText(turn: Turn, raw: string, quote: string | undefined): Promise<void> {
  const text = raw.trim()
  const isGroup = turn.stored.inbound.chat.kind === 'group'
  if (text === '') return answerProblem(turn, 'empty-text')
  if (text.length > MAX_CHARACTERS) return answerProblem(turn, 'too-long', { limit: String(MAX_CHARACTERS) })
  const tasks = await openTasks(turn)
  if (ASKS_FOR_LIST.test(text)) return listTasks(turn, tasks)
  if (!ONLY_ACK.test(text) && (await correctLast(turn, text, CORRECTS))) return
  const numbered = await byNumber(turn, text)
  if (numbered === 'none')
    return answerProblem(turn, 'no-such-number', { number: /^\d+/.exec(text)?.[0] ?? '' })
  if (numbered) return readForTask(turn, numbered.task, numbered.text)
  const meant = narrowed(turn, tasks, text, quote)
  if (ONLY_ACK.test(text)) {
    await acknowledge(turn, meant)
    return
  }
  const progress = meant.filter((task) => task.form === 'monthly-progress')
  if (progress.length > 0 && (await readProgress(turn, progress, text, tasks.length > progress.length)))
    return
  const statements = meant.filter((task) => task.form !== 'monthly-progress')
  if (statements.length > 0) return readStatements(turn, statements, text, isGroup)
  if (isGroup) return
  if (tasks.length === 0) return nothingOpen(turn)
  return answerProblem(turn, 'not-understood', { how: howToAnswer(tasks[0] ?? { form: 'none' }) })
}

/** A text whose duty is certain: chosen or numbered. Since it was shown, the duty may have gone to somebody else. */
export async function readForTask(turn: Turn, task: Task, text: string): Promise<void> {
  if (!mayAnswer(turn, task)) return answerProblem(turn, 'not-entitled', { who: responsibleName(turn, task) })
  if (ONLY_ACK.test(text)) {
    await acknowledge(turn, [task])
    return
  }
  if (task.form === 'monthly-progress') {
    if (await readProgress(turn, [task], text, false)) return
    return answerProblem(turn, 'not-understood', { how: howToAnswer(task) })
  }
  return readOne(turn, task, text)
}

async function nothingOpen(turn: Turn): Promise<void> {
  await answer(turn, 'nothing-open', { note: '本条没有登记。要更正已报内容，请回复“更正：……”。' })
}

export async function listTasks(turn: Turn, tasks: readonly Task[]): Promise<void> {
  if (tasks.length === 0) return answer(turn, 'nothing-open', { note: '有新任务会及时告诉您。' })
  const lines = tasks.map(
    (task, index) =>
      `${index + 1}. ${titleOf(turn, task)}，${dueText(task.dueAt)}${turn.now > task.dueAt ? '（已逾期）' : ''}`,
  )
  // Remembered, so that "2 已报送" means the second line of what he has just read.
  const shown = tasks.map(({ id }) => id)
  await remember(turn, 'listed', shown)
  await answer(turn, 'task-list', {
    count: String(tasks.length),
    lines: lines.join('\n'),
    how: '回复“序号+内容”办理，如：1 已报送。',
  })
}

/** `2 已报送`: a line of the list he was shown last. Not a number that belongs to an amount or a date. */
async function byNumber(
  turn: Turn,
  text: string,
): Promise<{ task: Task; text: string } | 'none' | undefined> {
  const match = /^[(（]?(\d{1,2})[)）]?[\s.、．:：,，]+(?![\d月日号年万亿%％wW元点期])(.+)$/su.exec(text)
  const list = match ? await lastShownList(turn) : []
  if (!match || list.length < 2) return undefined
  const task = list[Number(match[1]) - 1]
  return task ? { task, text: match[2] ?? '' } : 'none'
}

/** The newer of what he asked to see and the last card with several duties, in the order in which it was numbered. */
async function lastShownList(turn: Turn): Promise<Task[]> {
  const asked = await recall(turn, 'listed')
  const own = turn.person.accounts.find(({ channel }) => channel === turn.stored.inbound.channel)
  const card = own && (await turn.tx.lastList(addressKey({ ...own, kind: 'direct' }), 'duty'))
  if (asked && !(card && card.startedAt > asked.at)) {
    const tasks = await turn.tx.tasks(asked.value)
    return asked.value.flatMap((id) => tasks.find((task) => task.id === id) ?? [])
  }
  if (!card || turn.now - card.startedAt > LIST_LIFE_MS) return []
  return (await turn.tx.tasks(card.tasks)).sort(byDue)
}

/** The duties that the text, or what it quotes, names; all of them when it names none. */
function narrowed(turn: Turn, tasks: readonly Task[], text: string, quote: string | undefined): Task[] {
  const said = quote ? `${quote}\n${text}` : text
  const named = tasks.filter((task) => said.includes(task.title) || said.includes(titleOf(turn, task)))
  return named.length > 0 ? named : [...tasks]
}

async function readStatements(
  turn: Turn,
  tasks: readonly Task[],
  text: string,
  isGroup: boolean,
): Promise<void> {
  const [only, ...others] = tasks
  if (isGroup && readStatement(text) === 'unclear') return
  if (only && others.length === 0) return readOne(turn, only, text)
  await chooseTask(turn, tasks, text, (task) => titleOf(turn, task))
}

async function readOne(turn: Turn, task: Task, text: string): Promise<void> {
  const statement = readStatement(text)
  const isReport = task.form === 'stage-report' || task.form === 'liaison-registration'
  if (
    statement === 'done' ||
    (isReport && statement !== 'not-done' && text.length >= 4 && !/[?？]/.test(text))
  ) {
    await submit(turn, { task, fields: { statement: text }, text })
    return
  }
  if (statement === 'not-done') {
    await record(turn, 'progress-noted', task.id, { text })
    await turn.tx.saveTasks([{ ...unchanged(task), lastEvent: '联络员回复：尚未办结' }], turn.now)
    return answer(
      turn,
      'acknowledged',
      { title: titleOf(turn, task), due: dueText(task.dueAt) },
      { task: task.id },
    )
  }
  await record(turn, 'not-understood', task.id, { text })
  return answerProblem(turn, 'not-understood', { how: `“${titleOf(turn, task)}”：${howToAnswer(task)}` })
}
