// Free text: which duty is meant, what it says, and what to ask back (domain §5). Nothing is stored that was not certain.
import { DAY_MS } from '../../core/calendar/civil.ts'
import { dueText, howToAnswer } from '../../core/message/compose/phrases.ts'
import { addressKey } from '../../core/message/types.ts'
import { readStatement } from '../../core/reply/statement.ts'
import { byDue, type Task } from '../../core/task/types.ts'
import { acknowledge } from './acknowledge.ts'
import { answer, answerProblem, openTasks, record, type Turn, unchanged } from './context.ts'
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
  if (await correctLast(turn, text, CORRECTS)) return
  const numbered = await byNumber(turn, text)
  if (numbered === 'none')
    return answerProblem(turn, 'no-such-number', { number: /^\d+/.exec(text)?.[0] ?? '' })
  if (numbered) return readForTask(turn, numbered.task, numbered.text)
  const meant = narrowed(turn, tasks, text, quote)
  if (ONLY_ACK.test(text)) return acknowledge(turn, meant)
  const progress = meant.filter((task) => task.form === 'monthly-progress')
  if (progress.length > 0 && (await readProgress(turn, progress, text, tasks.length > progress.length)))
    return
  const statements = meant.filter((task) => task.form !== 'monthly-progress')
  if (statements.length > 0) return readStatements(turn, statements, text, isGroup)
  if (isGroup) return
  if (tasks.length === 0) return nothingOpen(turn)
  return answerProblem(turn, 'not-understood', { how: howToAnswer(tasks[0] ?? { form: 'none' }) })
}

/** A text whose duty is certain: chosen, numbered or the only one. */
export async function readForTask(turn: Turn, task: Task, text: string): Promise<void> {
  if (ONLY_ACK.test(text)) return acknowledge(turn, [task])
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
  await turn.tx.saveConversation(
    turn.person.key,
    { listed: tasks.map(({ id }) => id), listedAt: turn.now },
    turn.now,
  )
  await answer(turn, 'task-list', {
    count: String(tasks.length),
    lines: lines.join('\n'),
    how: '回复“序号+内容”办理，如：1 已报送。',
  })
}

/** A list that was shown this long ago is not what a number means any more. */
const LIST_LIFE_MS = 7 * DAY_MS

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
  const state = await turn.tx.conversation(turn.person.key)
  const asked = Array.isArray(state?.listed)
    ? { ids: state.listed as string[], at: Number(state.listedAt) }
    : undefined
  const own = turn.person.accounts.find(({ channel }) => channel === turn.stored.inbound.channel)
  const sent = own && (await turn.tx.lastList(addressKey({ ...own, kind: 'direct' }), 'duty'))
  const card = sent && { ids: sent.tasks, at: sent.startedAt }
  const list = card && card.at > (asked?.at ?? 0) ? card : asked
  if (!list || turn.now - list.at > LIST_LIFE_MS) return []
  const tasks = await turn.tx.tasks(list.ids)
  return list === asked
    ? list.ids.flatMap((id) => tasks.find((task) => task.id === id) ?? [])
    : tasks.sort(byDue)
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
  if (only && others.length === 0) return readOne(turn, only, text)
  if (isGroup && readStatement(text) === 'unclear') return
  await turn.tx.saveConversation(turn.person.key, { choosing: text }, turn.now)
  await answer(
    turn,
    'choose-task',
    { said: `您说：“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”` },
    {
      choices: tasks.slice(0, 6).map((task) => ({ key: `choose:${task.id}`, text: shortTitle(turn, task) })),
    },
  )
}

const shortTitle = (turn: Turn, task: Task): string => [...titleOf(turn, task)].slice(0, 10).join('')

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
