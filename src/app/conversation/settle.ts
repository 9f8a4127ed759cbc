// Answers to what was asked back: by the card's button, or in words. What counts as an answer is decided here and nowhere else.

import { LONGEST_EXPLANATION } from '../../core/form/check-form.ts'
import { formOf } from '../../core/form/forms.ts'
import { recordLines } from '../../core/form/show-field.ts'
import { addressKey } from '../../core/message/types.ts'
import { namesIn } from '../../core/question/duty-named.ts'
import { explanationText, readExplanation } from '../../core/question/explanation.ts'
import { fieldNamed } from '../../core/question/field-named.ts'
import { FIELD_LABELS } from '../../core/reply/fields-labels.ts'
import { toStored } from '../../core/reply/stored.ts'
import type { FieldKey } from '../../core/reply/types.ts'
import { byDue, type Task } from '../../core/task/types.ts'
import type { SentCard } from '../store-port.ts'
import { answer, answerProblem, mayAnswer, record, type Turn } from './context.ts'
import { subjectOf, titleOf } from './naming.ts'
import {
  forget,
  openQuestions,
  type Question,
  REWRITE,
  reasonsFor,
  type Which,
  type Why,
} from './questions.ts'
import { report } from './report.ts'

export const settlesByPress = (button: string): boolean => /^(?:which|why):/.test(button)

/** A press counts while its very question is open: once, and not on an older card. */
export async function settleByPress(
  turn: Turn,
  card: SentCard,
  button: string,
  task: Task,
): Promise<boolean> {
  const ids = card.sayings.flatMap((saying) => (saying.type === 'card' ? (saying.slots.ask ?? []) : []))
  const question = (await openQuestions(turn)).find(({ id }) => ids.includes(id))
  if (!question) {
    await answerProblem(turn, 'already-done', { what: `“${titleOf(turn, task)}”的这个问题已经有了结果` })
    return false
  }
  const [, choice = ''] = button.split(':')
  if (question.type === 'which') return placeValue(turn, question, task, choice as FieldKey, '（按钮）')
  if (button === REWRITE) return giveUp(turn, question, task)
  if (choice === 'no') return notMeant(turn, question, task)
  const why = choice === 'yes' ? saidOn(card) : reasonsFor(question.checks)[Number(choice)]
  return why === undefined ? false : explain(turn, question, task, why)
}

const saidOn = ({ sayings: [saying] }: SentCard): string | undefined =>
  saying?.type === 'card' ? saying.slots.said : undefined

/**
 * A word that names one of the asked fields (累计的) answers which field is meant. A sentence answers why when it speaks of how the
 * figure came about (see readExplanation); one that only gives some reason counts as the very next sentence alone. Named figures are
 * never an explanation: they are a new report. `open`: the questions as he found them.
 */
export async function settleByWords(
  turn: Turn,
  open: readonly Question[],
  text: string,
  quote: string | undefined,
): Promise<boolean> {
  const explaining = readExplanation(text)
  const answered = (question: Question): boolean => {
    if (!isHeardHere(turn, question)) return false
    if (question.type === 'which') return fieldNamed(text, question.keys) !== undefined
    return explaining === 'clear' || (explaining === 'likely' && question.fresh)
  }
  const candidates = await withTasks(turn, open.filter(answered))
  if (candidates.length === 0) return false
  const [only, ...others] = named(turn, candidates, quote ? `${quote}\n${text}` : text)
  if (!only) return false
  if (others.length > 0) {
    await answer(turn, 'which-one', {})
    return true
  }
  const { question, task } = only
  if (question.type === 'why') return explain(turn, question, task, text)
  const key = fieldNamed(text, question.keys)
  return key !== undefined && placeValue(turn, question, task, key, text)
}

/** Nothing else could be read from his next sentence: he is asked whether it was the explanation. Not in a group, where it is talk. */
export async function offerAsExplanation(
  turn: Turn,
  open: readonly Question[],
  text: string,
): Promise<boolean> {
  if (turn.stored.inbound.chat.kind === 'group' || /[?？]/.test(text) || text.length < SHORTEST) return false
  const fresh = open.filter((one): one is Why => one.type === 'why' && one.fresh)
  const [only, ...others] = await withTasks(turn, fresh)
  if (!only || others.length > 0) return false
  const slots = { said: text, title: titleOf(turn, only.task), ask: only.question.id }
  await answer(turn, 'explain-this', slots, { task: only.task.id })
  return true
}

/** 对的 says that the figure is right, not why. */
const SHORTEST = 4

/** A question that was put in a group can be answered there or in his own chat; any other only in his own chats. */
function isHeardHere(turn: Turn, { chat }: Question): boolean {
  const here = turn.stored.inbound.chat
  return here.kind === 'direct' || addressKey(here) === chat
}

type About<Q extends Question = Question> = { readonly question: Q; readonly task: Task }

/** With their tasks, locked; what has gone to somebody else meanwhile is left out. */
async function withTasks<Q extends Question>(turn: Turn, open: readonly Q[]): Promise<About<Q>[]> {
  const tasks = await turn.tx.tasks(
    open.map(({ task }) => task),
    { lock: true },
  )
  const mine = tasks.filter((task) => mayAnswer(turn, task)).sort(byDue)
  return open.flatMap((question) => {
    const task = mine.find(({ id }) => id === question.task)
    return task ? [{ question, task }] : []
  })
}

/** Of several, those whose project the text or what it quotes names; a text that names another project answers none. */
function named(turn: Turn, candidates: readonly About[], said: string): About[] {
  const own = candidates.map(({ task }) => subjectOf(turn, task))
  const all = [...new Set([...own, ...turn.snapshot.directory.projects.map(({ name }) => name)])]
  const meant = said === '' ? [] : namesIn(said, all)
  return meant.length === 0
    ? [...candidates]
    : candidates.filter(({ task }) => meant.includes(subjectOf(turn, task)))
}

async function placeValue(
  turn: Turn,
  question: Which,
  task: Task,
  key: FieldKey,
  words: string,
): Promise<boolean> {
  const { value, source, text, corrects } = question
  await forget(turn, ({ id }) => id === question.id)
  return report(turn, {
    task,
    fields: toStored({ [key]: { value, source } }),
    text: `${text}\n${words}${FIELD_LABELS[key].label}`,
    ...(corrects ? { reason: text } : {}),
  })
}

async function explain(turn: Turn, question: Why, task: Task, said: string): Promise<boolean> {
  const why = explanationText(said, LONGEST_EXPLANATION)
  await forget(turn, ({ id }) => id === question.id)
  await record(turn, 'explained', task.id, { checks: question.checks, why })
  return report(turn, {
    task,
    fields: question.fields,
    text: `${question.text}\n说明：${why}`,
    why: Object.fromEntries(question.checks.map((check) => [check, why])),
    ...(question.corrects ? { reason: question.text } : {}),
  })
}

async function giveUp(turn: Turn, question: Why, task: Task): Promise<boolean> {
  await forget(turn, ({ id }) => id === question.id)
  await record(turn, 'figure-dropped', task.id, { fields: question.fields })
  await answer(turn, 'rewrite', { title: titleOf(turn, task) }, { task: task.id })
  return true
}

async function notMeant(turn: Turn, { fields }: Why, task: Task): Promise<boolean> {
  await answer(turn, 'not-explained', { held: recordLines(formOf(task), fields).join('；') })
  return true
}
