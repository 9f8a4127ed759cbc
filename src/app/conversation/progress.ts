// Progress reports by the sentence: figures go to the right project's task, what is unsure is asked back once.
import { FIELD_LABELS } from '../../core/reply/fields-labels.ts'
import { read } from '../../core/reply/read.ts'
import { repeated, type StoredFields, toPrevious, toStored, valueLines } from '../../core/reply/stored.ts'
import type { AskKey, Entry, Reading } from '../../core/reply/types.ts'
import type { Task } from '../../core/task/types.ts'
import { chooseTask } from './choose.ts'
import { answer, answerablePosts, answerProblem, record, type Turn } from './context.ts'
import { handToOffice } from './hand-over.ts'
import { recall, remember } from './memory.ts'
import { submit, titleOf } from './submit.ts'

/** False when the text is no report and something else may be meant by it (`others`: duties of another kind are open too). */
export async function readProgress(
  turn: Turn,
  tasks: readonly Task[],
  text: string,
  others: boolean,
): Promise<boolean> {
  const names = [...new Set(tasks.map((task) => projectName(turn, task)))]
  const only = names.length === 1 ? tasks[0] : undefined
  const previous = only ? await previousFields(turn, only) : undefined
  const reading = read(text, {
    sentAt: turn.stored.inbound.sentAt ?? turn.stored.receivedAt,
    projects: names,
    pending: 'monthly-progress',
    previous: previous ? toPrevious(previous) : null,
  })
  if (!isAnswer(reading)) {
    if (!others) await noteUnread(turn, tasks, reading, text)
    return false
  }
  if (reading.ambiguous.includes('project')) {
    await chooseTask(turn, tasks, text, (task) => projectName(turn, task))
    return true
  }
  for (const entry of reading.reports) {
    const task = taskFor(turn, tasks, entry)
    if (task) await storeEntry(turn, task, entry, reading, text)
  }
  if (reading.reports.length === 0) await askAbout(turn, tasks, reading.ambiguous, text)
  return true
}

/** Nothing was certain: asked about the project that is named, or first which one is meant. */
async function askAbout(
  turn: Turn,
  tasks: readonly Task[],
  keys: readonly AskKey[],
  text: string,
): Promise<void> {
  const named = tasks.filter((task) => text.includes(projectName(turn, task)))
  const meant = named.length > 0 ? named : tasks
  const [first] = meant
  if (first && meant.every((task) => task.project === first.project)) {
    await askBack(turn, first, text, keys, {})
  } else await chooseTask(turn, meant, text, (task) => projectName(turn, task))
}

const isAnswer = ({ intent, reports, ambiguous }: Reading): boolean =>
  (intent === 'report' || intent === 'no-change' || intent === 'correction') &&
  (reports.length > 0 || ambiguous.length > 0)

const projectName = (turn: Turn, task: Task): string =>
  turn.snapshot.directory.projects.find(({ key }) => key === task.project)?.name ?? task.title

/** Of one project's open periods the oldest is answered first. */
const taskFor = (turn: Turn, tasks: readonly Task[], { project }: Entry): Task | undefined =>
  tasks.find((task) => project === null || projectName(turn, task) === project)

/** What the reader compares with: what was recorded for this very task, else for the period before. */
async function previousFields(turn: Turn, task: Task): Promise<StoredFields | undefined> {
  const own = (await turn.tx.submissionsOf(task.id)).at(-1)
  return (own ?? (await turn.tx.previousSubmission(task)))?.fields
}

async function storeEntry(
  turn: Turn,
  task: Task,
  entry: Entry,
  reading: Reading,
  text: string,
): Promise<void> {
  const known = entry.noChange === undefined ? toStored(entry.fields) : await unchangedFields(turn, task)
  if (known === undefined) {
    await answerProblem(turn, 'not-understood', {
      how: `“${titleOf(turn, task)}”还没有上期数据，请直接报数，如：累计完成投资1.5亿。`,
    })
    return
  }
  const unsure = reading.ambiguous.filter((key) => key in FIELD_LABELS)
  if (Object.keys(known).length === 0) return askBack(turn, task, text, unsure, known)
  const correction = reading.intent === 'correction' ? { reason: text } : {}
  const stored = await submit(turn, { task, fields: known, text, ...correction })
  if (stored && unsure.length > 0) await askBack(turn, task, text, unsure, known)
}

async function unchangedFields(turn: Turn, task: Task): Promise<StoredFields | undefined> {
  const previous = await previousFields(turn, task)
  return previous && repeated(previous)
}

/** Once. A second unclear answer goes to a person, with everything that was said. */
async function askBack(
  turn: Turn,
  task: Task,
  text: string,
  keys: readonly AskKey[],
  known: StoredFields,
): Promise<void> {
  if ((await recall(turn, 'asked'))?.value === task.id) {
    await remember(turn, 'asked')
    return handToOffice(turn, task, text)
  }
  await remember(turn, 'asked', task.id)
  await record(turn, 'asked-back', task.id, { keys })
  const lines = valueLines(known)
  await answer(turn, 'ask-back', {
    title: titleOf(turn, task),
    known: lines.length > 0 ? `已记下：${lines.join('；')}\n` : '',
    questions: keys.map((key) => `${labelOf(key)}是多少？`).join('\n') || '请写明具体数字和单位。',
  })
}

const labelOf = (key: AskKey): string =>
  key in FIELD_LABELS ? FIELD_LABELS[key as keyof typeof FIELD_LABELS].label : '这一项'

/** Noise in a group leaves no trace at all; in a direct chat the caller tells the person how to answer. */
async function noteUnread(turn: Turn, tasks: readonly Task[], reading: Reading, text: string): Promise<void> {
  if (turn.stored.inbound.chat.kind === 'group' || reading.intent === 'ack') return
  await record(turn, 'not-understood', tasks[0]?.id, { intent: reading.intent, text })
}

/** `更正：…`, or figures after the correct-button: a new revision of what this person reported last. */
export async function correctLast(turn: Turn, text: string, marker: RegExp): Promise<boolean> {
  const asked = (await recall(turn, 'correcting'))?.value
  if (!asked && !marker.test(text)) return false
  const task = asked
    ? (await turn.tx.tasks([asked], { lock: true }))[0]
    : await turn.tx.lastSubmittedOf(answerablePosts(turn))
  if (!task) return false
  await remember(turn, 'correcting')
  if (task.form === 'monthly-progress')
    return readProgress(turn, [task], marker.test(text) ? text : `更正：${text}`, false)
  const statement = text.replace(marker, '').replace(/^[:：,，\s]+/, '')
  return submit(turn, { task, fields: { statement }, text, reason: text })
}
