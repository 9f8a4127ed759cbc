// Forms in a sentence with their own labels: what is certain waits until the form can stand as a whole, the rest is asked back.
import { dateOf } from '../../core/calendar/civil.ts'
import { checkForm, type FieldProblem, prefilled } from '../../core/form/check-form.ts'
import { formOf } from '../../core/form/forms.ts'
import { type LabelledReading, readLabelled } from '../../core/form/read-labelled.ts'
import { recordLines } from '../../core/form/show-field.ts'
import type { Form, FormField, FormValues } from '../../core/form/types.ts'
import { howToAnswer } from '../../core/message/compose/phrases.ts'
import { statedReason } from '../../core/question/stated-reason.ts'
import type { StoredFields } from '../../core/reply/stored.ts'
import type { Task } from '../../core/task/types.ts'
import { comparedWith, standing } from '../revisions.ts'
import { answer, record, type Turn } from './context.ts'
import { handToOffice } from './hand-over.ts'
import { recall, remember } from './memory.ts'
import { subjectOf, titleOf } from './naming.ts'
import { askWhy, forget, overtaken } from './questions.ts'
import { report } from './report.ts'

/** A form that was begun: what is certain of it, and what was asked back. Kept until it can be recorded as a whole. */
export type Filling = {
  /** Ties the card to the question: a press on an older card finds nothing. */
  readonly id: string
  readonly task: string
  readonly values: FormValues
  readonly asked: readonly string[]
}

export type Filled = {
  readonly task: Task
  readonly reading: LabelledReading
  readonly text: string
  /** Why a recorded answer is changed, in the sender's words. */
  readonly reason?: string
}

/** The forms whose fields a sentence names. 联络员登记 is read by the request of that name, reports of figures by the reader of replies. */
export const isNamedByLabels = ({ form }: Task): boolean =>
  form === 'own' || form === 'problem-report' || form === 'stage-report'

/** Nothing is a figure unless somebody wrote it under its label: 已报送 answers none of these. */
export const wantsFields = ({ form }: Task): boolean => form === 'own' || form === 'problem-report'

/** What the sentence says under the labels of the task's form; of a form that was begun also a bare answer to the one thing asked. */
export async function readingOf(turn: Turn, task: Task, text: string): Promise<LabelledReading | undefined> {
  const form = formOf(task)
  const today = dateOf(turn.now)
  const reading = readLabelled(form, text, today)
  if (isLabelled(form, reading)) return reading
  const begun = await begunFor(turn, task)
  const [only, ...others] = form.fields.filter(({ key }) => begun?.asked.includes(key))
  if (!only || others.length > 0 || (only.max ?? 0) > LONGEST_BARE_ANSWER || /[?？]/.test(text))
    return undefined
  const bare = readLabelled(form, `${only.label}：${text}`, today)
  return bare.values[only.key] === undefined || bare.left !== '' ? undefined : bare
}

/** Longer words are as likely about something else. */
const LONGEST_BARE_ANSWER = 50

/** Whether some field was named; words under no label alone may be about anything. */
function isLabelled(form: Form, { values, doubtful }: LabelledReading): boolean {
  const rest = form.fields.find((field) => field.rest)?.key
  return doubtful.length > 0 || Object.keys(values).some((key) => key !== rest)
}

/** What this person has begun to fill in for this task, in whichever way. */
export async function begunFor(
  turn: Pick<Turn, 'tx' | 'person' | 'now'>,
  task: Task,
): Promise<Filling | undefined> {
  const begun = (await recall(turn, 'filling'))?.value
  return begun?.task === task.id ? begun : undefined
}

/** Records the form, or asks for what is missing, doubtful or unexplained; with the rules of the page (core/form/check-form). */
export async function fillIn(turn: Turn, filled: Filled): Promise<void> {
  const { task, text, reading, reason } = filled
  const form = formOf(task)
  const begun = await begunFor(turn, task)
  const known = standing(await turn.tx.submissionsOf(task.id))?.fields ?? {}
  const values = { ...prefilled(form, known), ...begun?.values, ...reading.values }
  const context = await comparedWith(turn.tx, turn.snapshot.directory, task)
  const { fields, problems, questions } = checkForm(form, values, context)
  const others = problems.filter(({ field }) => !isDoubted(reading, field))
  const wrong = [...doubts(form, reading), ...others.map((one) => inWords(form, values, one))]
  if (wrong.length > 0) return askForRest(turn, filled, { begun, fields, wrong })
  await forget(turn, overtaken(task.id, Object.keys(reading.values)))
  const stated = statedReason(text)
  if (questions.length > 0 && stated === undefined) {
    // What is said instead of an explanation changes this form, and does not begin another.
    await keep(turn, filled, begun, [])
    await askWhy(turn, { task, text, corrects: reason !== undefined }, fields, questions)
  } else
    await report(turn, {
      ...{ task, fields, text },
      ...(reason === undefined ? {} : { reason }),
      ...(stated === undefined ? {} : { stated }),
    })
  await sayWhatIsLeft(turn, filled)
}

const isDoubted = ({ doubtful }: LabelledReading, key: string): boolean =>
  doubtful.some(({ field }) => field === key)

function doubts(form: Form, { doubtful }: LabelledReading): FieldProblem[] {
  return doubtful.map(({ field: key, said }) => {
    const field = form.fields.find((one) => one.key === key)
    return { field: key, text: `${field?.label ?? key}“${said}”没看准，${hint(field)}` }
  })
}

function hint(field: FormField | undefined): string {
  if (field?.type === 'choice') return `请写其中一个：${field.choices?.map(({ text }) => text).join('、')}`
  if (field?.type === 'date') return '请写年月日，如：2021年6月30日'
  return field?.type === 'text' || field?.type === 'list' ? '请写内容' : '请只写一个确切的数和单位'
}

const QUOTED = 20

/** On the page a problem stands at its field; in a sentence it needs the field's name. */
export function inWords(form: Form, values: FormValues, problem: FieldProblem): FieldProblem {
  const { field: key, text } = problem
  const typed = (values[key] ?? '').trim()
  if (typed === '') return problem
  const label = form.fields.find((field) => field.key === key)?.label ?? key
  const quoted = typed.length > QUOTED ? `${typed.slice(0, QUOTED)}…` : typed
  return { field: key, text: `${label}“${quoted}”：${text}` }
}

type Rest = {
  readonly begun: Filling | undefined
  readonly fields: StoredFields
  readonly wrong: readonly FieldProblem[]
}

/** Keeps what is certain and asks for the rest. A second answer that adds nothing certain goes to a person. */
export async function askForRest(turn: Turn, filled: Filled, rest: Rest): Promise<void> {
  const { task, reading, text } = filled
  const { begun, fields, wrong } = rest
  if (begun && Object.keys(reading.values).length === 0) {
    await remember(turn, 'filling')
    return handToOffice(turn, task, text)
  }
  const asked = wrong.map(({ field }) => field)
  const id = await keep(turn, filled, begun, asked)
  await record(turn, 'asked-back', task.id, { keys: asked })
  const form = formOf(task)
  const lines = recordLines(form, fields)
  await answer(
    turn,
    'ask-fields',
    {
      title: titleOf(turn, task),
      known: lines.length > 0 ? `已记下，补齐后一起登记：${lines.join('；')}\n` : '',
      questions: wrong.map((one) => one.text).join('\n'),
      ask: id,
    },
    { task: task.id, choices: choicesFor(form, asked) },
  )
}

/** What was begun, with what was said now; returns its id. Forgotten as soon as the task has a record (see submit). */
export async function keep(
  turn: Turn,
  { task, reading }: Filled,
  begun: Filling | undefined,
  asked: readonly string[],
): Promise<string> {
  const id = `${turn.stored.id}-${turn.answers}`
  const values = { ...begun?.values, ...reading.values }
  await remember(turn, 'filling', { id, task: task.id, values, asked })
  return id
}

const MOST_BUTTONS = 6
const BUTTON_CHARACTERS = 10

/** Buttons, when all that is asked is a choice between a few. */
function choicesFor(form: Form, asked: readonly string[]) {
  const [only, ...others] = form.fields.filter(({ key }) => asked.includes(key))
  const choices = others.length === 0 ? (only?.choices ?? []) : []
  const fit =
    choices.length <= MOST_BUTTONS && choices.every(({ text }) => [...text].length <= BUTTON_CHARACTERS)
  if (!only || !fit) return []
  return choices.map(({ text }, index) => ({ key: `fill:${only.key}:${index}`, text }))
}

/** Words that belong to no field are said back, so that nobody takes them for recorded. */
async function sayWhatIsLeft(turn: Turn, { task, reading }: Filled): Promise<void> {
  const names = [titleOf(turn, task), subjectOf(turn, task), task.title, formOf(task).title]
  const left = names
    .reduce((words, name) => words.replaceAll(name, ''), reading.left)
    .replace(/^[\s：:，,；;]+$/, '')
  if (left === '') return
  await answer(
    turn,
    'left-over',
    { title: titleOf(turn, task), left, how: howToAnswer(task) },
    { task: task.id },
  )
}
