// A form that was filled in right on its card: checked as the phone page's is, then recorded or asked about as any answer in chat.
import { checkForm, type FieldProblem, prefilled } from '../../core/form/check-form.ts'
import { formOf } from '../../core/form/forms.ts'
import type { FormQuestion } from '../../core/form/judge.ts'
import { recordLines } from '../../core/form/show-field.ts'
import type { Form, FormValues } from '../../core/form/types.ts'
import type { CardForm } from '../../core/message/types.ts'
import type { StoredFields } from '../../core/reply/stored.ts'
import { afterAction } from '../../core/task/life.ts'
import type { Task } from '../../core/task/types.ts'
import { sameFields } from '../fill-form.ts'
import { comparedWith, newestRevision, standing } from '../revisions.ts'
import type { SentCard } from '../store-port.ts'
import { answer, answerProblem, mayAnswer, responsibleName, type Turn } from './context.ts'
import { askForRest, begunFor, type Filled, type Filling, inWords, isNamedByLabels, keep } from './fill-in.ts'
import { remember } from './memory.ts'
import { titleOf } from './naming.ts'
import { askWhy, forget, overtaken } from './questions.ts'
import { redrawFilled } from './redraw.ts'
import { report } from './report.ts'

/** `typed`: what stands in the inputs of the card; `values`: with what the card does not show. */
type Sent = {
  readonly task: Task
  readonly form: Form
  readonly typed: FormValues
  readonly values: FormValues
  readonly begun: Filling | undefined
  readonly known: StoredFields
  /** The newest revision, 0 for none. */
  readonly revision: number
}

/** A card acts once: sent in again, or after somebody else has answered, it says so and asks again. */
export async function handleFilled(turn: Turn, cardId: string, posted: FormValues): Promise<void> {
  const card = await turn.tx.sentCard(cardId)
  const shown = card?.content.type === 'card' ? card.content.card.form : undefined
  const [task] = card ? await turn.tx.tasks(card.tasks, { lock: true }) : []
  if (!card || !shown || !task) return answerProblem(turn, 'card-unknown')
  if (!mayAnswer(turn, task)) return answerProblem(turn, 'not-entitled', { who: responsibleName(turn, task) })
  const title = titleOf(turn, task)
  if (!afterAction(task.state, 'submit')) return answerProblem(turn, 'task-closed', { title })
  const revisions = await turn.tx.submissionsOf(task.id)
  const last = standing(revisions)
  const newest = newestRevision(revisions)
  const sent = await sentIn(turn, task, shown, posted, { fields: last?.fields, revision: newest })
  const checked = checkForm(
    sent.form,
    sent.values,
    await comparedWith(turn.tx, turn.snapshot.directory, task),
  )
  const fields = { ...cleared(sent), ...checked.fields }
  if (last && checked.problems.length === 0 && sameFields(last.fields, { ...last.fields, ...fields }))
    return answerProblem(turn, 'already-done', { what: `“${title}”已报送` })
  const why = whyOutdated(sent.form, shown, newest)
  if (why !== undefined) return askAnew(turn, sent, shown, why)
  if (checked.problems.length > 0) return askBack(turn, sent, checked.fields, checked.problems)
  await take(turn, card, sent, fields, checked.questions)
}

async function sentIn(
  turn: Turn,
  task: Task,
  { inputs }: CardForm,
  posted: FormValues,
  { fields, revision }: { readonly fields: StoredFields | undefined; readonly revision: number },
): Promise<Sent> {
  const form = formOf(task)
  // Nothing but what the card asked for; an input that did not come back is an empty one.
  const typed = Object.fromEntries(inputs.map(({ key }) => [key, posted[key] ?? '']))
  const begun = await begunFor(turn, task)
  const values = { ...prefilled(form, fields), ...begun?.values, ...typed }
  return { task, form, typed, values, begun, known: fields ?? {}, revision }
}

/** What stands recorded and was emptied on the card is taken back. */
const cleared = ({ typed, known }: Sent): StoredFields =>
  Object.fromEntries(
    Object.entries(typed).flatMap(([key, text]) =>
      text.trim() === '' && known[key] !== undefined ? [[key, undefined]] : [],
    ),
  )

function whyOutdated(form: Form, { inputs, revision }: CardForm, newest: number): string | undefined {
  if (revision !== newest) return '这张卡片发出之后，这项任务的登记有过变动。'
  const isGone = (key: string): boolean => form.fields.every((field) => field.key !== key)
  return inputs.some(({ key }) => isGone(key)) ? '这张卡片发出之后，表单有过变动。' : undefined
}

/** On a new card, drawn from what stands now, with what was typed on the old one. */
function askAnew(turn: Turn, { task, typed }: Sent, { inputs }: CardForm, why: string): Promise<void> {
  const said = inputs.flatMap(({ key, label }) => (typed[key] ? [`${label}：${typed[key]}`] : []))
  const slots = {
    title: titleOf(turn, task),
    why,
    values: said.join('；'),
    // Not shown: what the new card's inputs start with.
    typed: JSON.stringify(typed),
  }
  return answer(turn, 'form-again', slots, { task: task.id })
}

/** What was typed is kept: on the next card, on the phone page, and for the sentence that completes it. */
async function askBack(
  turn: Turn,
  sent: Sent,
  fields: StoredFields,
  problems: readonly FieldProblem[],
): Promise<void> {
  const { task, form, values, begun } = sent
  // In chat a registration is read by the request of that name.
  if (task.form === 'liaison-registration')
    await remember(turn, 'requesting', { type: 'registration', task: task.id, fields: values })
  const wrong = problems.map((one) => inWords(form, values, one))
  await askForRest(turn, filledBy(sent), { begun, fields, wrong })
}

const filledBy = ({ task, typed }: Sent): Filled => ({
  ...{ task, text: '（卡片）' },
  reading: { values: typed, doubtful: [], left: '' },
})

/** What is certain of a card that was asked back: recorded together with the sentence that completes it. */
export async function begunFields(turn: Turn, task: Task): Promise<StoredFields> {
  const begun = await begunFor(turn, task)
  return begun && begun.asked.length > 0 ? checkForm(formOf(task), begun.values, {}).fields : {}
}

/** A form that stands as a whole waits for the explanation as a whole; of a report's figures only those that are doubted do. */
async function take(
  turn: Turn,
  card: SentCard,
  sent: Sent,
  fields: StoredFields,
  questions: readonly FormQuestion[],
): Promise<void> {
  const { task, form, begun, known, revision } = sent
  const text = `（卡片）${recordLines(form, fields).join('；')}`
  const corrects = Object.keys(known).length > 0
  await forget(turn, overtaken(task.id, Object.keys(fields)))
  if (questions.length > 0 && isNamedByLabels(task)) {
    await keep(turn, filledBy(sent), begun, [])
    return askWhy(turn, { task, text, corrects }, fields, questions)
  }
  await report(turn, { task, fields, text, ...(corrects ? { reason: '在卡片上更正' } : {}) })
  if (newestRevision(await turn.tx.submissionsOf(task.id)) > revision) redrawFilled(turn, card)
}
