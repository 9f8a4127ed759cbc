// Progress reports by the sentence: figures go to the right project's task, what is unsure is asked back.
import { namesIn } from '../../core/question/duty-named.ts'
import { statedReasons } from '../../core/question/stated-reason.ts'
import { FIELD_LABELS } from '../../core/reply/fields-labels.ts'
import { read } from '../../core/reply/read.ts'
import { claimsReported } from '../../core/reply/statement.ts'
import { repeated, type StoredFields, toPrevious, toStored } from '../../core/reply/stored.ts'
import type { Doubt, Entry, FieldKey, Reading } from '../../core/reply/types.ts'
import type { Task } from '../../core/task/types.ts'
import { standing } from '../revisions.ts'
import { begunFields } from './card-form.ts'
import { chooseTask } from './choose.ts'
import { answer, answerProblem, record, type Turn } from './context.ts'
import { handToOffice } from './hand-over.ts'
import { recall, remember } from './memory.ts'
import { onePerSubject, subjectOf, titleOf } from './naming.ts'
import { askWhich, forget, overtaken } from './questions.ts'
import { nothingToRepeat, together } from './read-back.ts'
import { report } from './report.ts'
import { refuseRepeated, reportedProjects } from './reported.ts'

/** False when the text is no report: something else is meant by it. */
export async function readProgress(turn: Turn, tasks: readonly Task[], text: string): Promise<boolean> {
  const names = [...new Set(tasks.map((task) => subjectOf(turn, task)))]
  const reported = await reportedProjects(turn, names)
  const reading = await readFor(turn, tasks, names, [...reported.keys()], text)
  if (!isAnswer(reading) || (reading.intent === 'report' && claimsReported(text))) return false
  if (saysNone(reading)) return askNone(turn, tasks, text)
  const all = partsOf(reading, text)
  const isRepeated = ({ entry }: Part): boolean => reported.has(entry.project ?? '')
  const repeats = all.filter(isRepeated).flatMap(({ entry }) => reported.get(entry.project ?? '') ?? [])
  if (repeats.length > 0) await refuseRepeated(turn, repeats)
  const parts = all.filter((part) => !isRepeated(part))
  const placed = parts.map((part) => ({ part, task: taskFor(turn, tasks, part.entry.project, text) }))
  if (reading.ambiguous.includes('project') || placed.some(({ task }) => !task)) {
    if (names.length === 1) {
      await answerProblem(turn, 'stranger-project', { names: `“${names.join()}”` })
      return true
    }
    const isSame = reading.intent === 'no-change'
    await chooseTask(turn, onePerSubject(turn, tasks), text, (task) => subjectOf(turn, task), isSame)
    return true
  }
  const work = async () => {
    for (const { part, task } of placed) if (task) await storePart(turn, task, part, reading, text)
  }
  await (parts.every(({ entry }) => entry.noChange !== undefined) ? together(turn, work) : work())
  return true
}

/** 没有, 无: nothing new, or nothing wrong? */
const saysNone = ({ intent, reports, doubts }: Reading): boolean =>
  intent === 'no-change' && reports.length + doubts.length === 0

async function askNone(turn: Turn, tasks: readonly Task[], text: string): Promise<true> {
  const [task, ...others] = onePerSubject(turn, tasks)
  if (turn.stored.inbound.chat.kind === 'group' || !task) return true
  if (others.length > 0) await chooseTask(turn, [task, ...others], text, (one) => subjectOf(turn, one))
  else {
    const choices = [{ key: 'no-change', text: '无变化' }]
    await answer(turn, 'ask-none', { title: titleOf(turn, task) }, { task: task.id, choices })
  }
  return true
}

/**
 * The names of what he has reported already are known to the reader where the text has one of them: else their figures would end in
 * the project that is still open.
 */
async function readFor(
  turn: Turn,
  tasks: readonly Task[],
  names: readonly string[],
  reported: readonly string[],
  text: string,
): Promise<Reading> {
  const about = {
    sentAt: turn.stored.inbound.sentAt ?? turn.stored.receivedAt,
    pending: 'monthly-progress',
  } as const
  const whole = read(text, { ...about, projects: [...names, ...reported], previous: null })
  const said = [...whole.reports, ...whole.doubts].map(({ project }) => project ?? '')
  // 都没变化 is said of what is open.
  const isForAll = whole.intent === 'no-change' && names.every((name) => said.includes(name))
  if (!isForAll && said.some((name) => reported.includes(name))) return whole
  const only = names.length === 1 ? tasks[0] : undefined
  const previous = only ? await previousFields(turn, only) : undefined
  return read(text, { ...about, projects: names, previous: previous ? toPrevious(previous) : null })
}

const isAnswer = ({ intent, reports, ambiguous }: Reading): boolean =>
  (intent === 'report' || intent === 'no-change' || intent === 'correction') &&
  (reports.length > 0 || ambiguous.length > 0)

/** What one message says about one project, what is unsure about that project alone, and the reason that it gives itself. */
type Part = { readonly entry: Entry; readonly doubts: readonly Doubt[]; readonly stated: string | undefined }

function partsOf({ reports, doubts }: Reading, text: string): Part[] {
  const projects = [...new Set([...reports, ...doubts].map(({ project }) => project))]
  const parts = (projects.length > 0 ? projects : [null]).map((project) => ({
    entry: reports.find((entry) => entry.project === project) ?? { project, fields: {} },
    doubts: doubts.filter((doubt) => doubt.project === project),
  }))
  const sourced = parts.map(({ entry, doubts: unsure }) => ({
    project: entry.project,
    sources: [...Object.values(entry.fields), ...unsure].map(({ source }) => source),
  }))
  const reasons = statedReasons(text, sourced)
  return parts.map((part) => ({ ...part, stated: reasons.get(part.entry.project) }))
}

/** Of one project's open periods the oldest is answered first. Undefined where it can't be told which project is meant. */
function taskFor(turn: Turn, tasks: readonly Task[], project: string | null, text: string): Task | undefined {
  if (project !== null) return tasks.find((task) => subjectOf(turn, task) === project)
  const names = [...new Set(tasks.map((task) => subjectOf(turn, task)))]
  const meant = names.length > 1 ? namesIn(text, names) : names
  return meant.length === 1 ? tasks.find((task) => subjectOf(turn, task) === meant[0]) : undefined
}

/** What the reader compares with: what stands recorded for this very task, else for the period before. */
async function previousFields(turn: Turn, task: Task): Promise<StoredFields | undefined> {
  const own = standing(await turn.tx.submissionsOf(task.id))
  return (own ?? (await turn.tx.previousSubmission(task)))?.fields
}

async function storePart(turn: Turn, task: Task, part: Part, reading: Reading, text: string): Promise<void> {
  const known = await knownFields(turn, task, part)
  if (known === undefined) return nothingToRepeat(turn, task)
  const { which, unclear } = sorted(part, reading)
  const corrects = reading.intent === 'correction'
  const wasAsked = (await recall(turn, 'asked'))?.value === task.id
  await forget(turn, overtaken(task.id, [...Object.keys(known), ...part.doubts.flatMap(({ keys }) => keys)]))
  const isFirst = standing(await turn.tx.submissionsOf(task.id)) === undefined
  const reason = {
    ...(corrects || !isFirst ? { reason: text } : {}),
    ...(part.stated === undefined ? {} : { stated: part.stated }),
  }
  if (Object.keys(known).length > 0 && !(await report(turn, { task, fields: known, text, ...reason }))) return
  if (which.length + unclear.length === 0) return
  if (wasAsked) {
    await remember(turn, 'asked')
    return handToOffice(turn, task, text)
  }
  await remember(turn, 'asked', task.id)
  for (const { keys, value, source } of which)
    await askWhich(turn, { task, text, corrects }, { keys, value, source })
  if (unclear.length > 0) await askBack(turn, task, unclear)
}

/** A figure that fell is certain in itself: core/form/judge asks why it fell. */
async function knownFields(
  turn: Turn,
  task: Task,
  { entry, doubts }: Part,
): Promise<StoredFields | undefined> {
  if (entry.noChange !== undefined) {
    const own = standing(await turn.tx.submissionsOf(task.id))?.fields
    const last = (await turn.tx.previousSubmission(task))?.fields
    return own || last ? { ...repeated(last ?? {}), ...own } : undefined
  }
  const fell = doubts.flatMap(({ kind, keys: [key], value, source }) =>
    kind === 'below-previous' && key !== undefined && value !== undefined ? [[key, { value, source }]] : [],
  )
  const said = toStored({ ...entry.fields, ...Object.fromEntries(fell) })
  return Object.keys(said).length > 0 ? { ...(await begunFields(turn, task)), ...said } : said
}

type Choosable = { readonly keys: readonly FieldKey[]; readonly value: number; readonly source: string }

/** More buttons than this are no choice any more, but a list to study. */
const MOST_CANDIDATES = 5

/** Doubts that a button settles, and the fields that must be said again. */
function sorted(
  { doubts }: Part,
  { ambiguous, doubts: all }: Reading,
): { which: Choosable[]; unclear: FieldKey[] } {
  const which = doubts.flatMap(({ kind, keys, value, source }): Choosable[] =>
    kind === 'field' && value !== undefined && keys.length > 1 && keys.length <= MOST_CANDIDATES
      ? [{ keys, value, source }]
      : [],
  )
  const settled = new Set([
    ...which.flatMap(({ keys }) => keys),
    ...doubts.filter(({ kind }) => kind === 'below-previous').flatMap(({ keys }) => keys),
  ])
  const unclear = doubts.flatMap(({ keys }) => keys).filter((key) => !settled.has(key))
  return { which, unclear: all.length === 0 ? ambiguous.filter(isField) : [...new Set(unclear)] }
}

const isField = (key: string): key is FieldKey => key in FIELD_LABELS

async function askBack(turn: Turn, task: Task, keys: readonly FieldKey[]): Promise<void> {
  await record(turn, 'asked-back', task.id, { keys })
  await answer(turn, 'ask-back', {
    title: titleOf(turn, task),
    questions: keys.map(questionFor).join('\n') || '请写明具体数字和单位。',
  })
}

const questionFor = (key: FieldKey): string =>
  key === 'percentComplete' ? '形象进度是多少？请报0到100之间的数。' : `${FIELD_LABELS[key].label}是多少？`
