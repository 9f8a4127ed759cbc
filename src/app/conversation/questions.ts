// What was asked back about figures, until it is answered: which field an amount belongs to, or why a check is breached (domain §5).
import { formOf } from '../../core/form/forms.ts'
import type { FormQuestion } from '../../core/form/judge.ts'
import { reasonsOf } from '../../core/form/own-checks.ts'
import { recordLines } from '../../core/form/show-field.ts'
import type { CheckName } from '../../core/form/types.ts'
import { amountText, yuanFromWan } from '../../core/fund/money.ts'
import { addressKey } from '../../core/message/types.ts'
import { FIELD_LABELS } from '../../core/reply/fields-labels.ts'
import type { StoredFields } from '../../core/reply/stored.ts'
import type { FieldKey } from '../../core/reply/types.ts'
import type { Task } from '../../core/task/types.ts'
import { answer, record, type Turn } from './context.ts'
import { recall, remember } from './memory.ts'
import { titleOf } from './naming.ts'

type Asked = {
  /** Ties the card to the question: a press on an older card finds nothing. */
  readonly id: string
  readonly task: string
  /** The sentence that led to it. */
  readonly text: string
  /** That sentence was a correction. */
  readonly corrects: boolean
  /** Where it was asked; a group's talk answers nothing that was asked elsewhere. */
  readonly chat: string
  /** He has said nothing since. */
  readonly fresh: boolean
}

/** A certain value (万元, percent) that could be any of `keys`. */
export type Which = Asked & {
  readonly type: 'which'
  readonly keys: readonly FieldKey[]
  readonly value: number
  readonly source: string
}

/** Values that breach checks and are not recorded before he says why. */
export type Why = Asked & {
  readonly type: 'why'
  readonly fields: StoredFields
  readonly checks: readonly CheckName[]
}

export type Question = Which | Why

/** What is said of the sentence when it is asked about. */
export type About = { readonly task: Task; readonly text: string; readonly corrects: boolean }

export const REWRITE = 'why:rewrite'

export const openQuestions = async (turn: Turn): Promise<readonly Question[]> =>
  (await recall(turn, 'questions'))?.value ?? []

/** The open questions as they were when he spoke; from now on he has said something since. */
export async function hear(turn: Turn): Promise<readonly Question[]> {
  const open = await openQuestions(turn)
  if (open.some(({ fresh }) => fresh))
    await keep(
      turn,
      open.map((one) => ({ ...one, fresh: false })),
    )
  return open
}

export async function forget(turn: Turn, isGone: (question: Question) => boolean): Promise<void> {
  const open = await openQuestions(turn)
  if (open.some(isGone))
    await keep(
      turn,
      open.filter((one) => !isGone(one)),
    )
}

/** A question that these values answer, or make pointless, is closed: the newer word counts. */
export const overtaken =
  (task: string, keys: readonly string[]) =>
  (question: Question): boolean => {
    const about = question.type === 'which' ? question.keys : Object.keys(question.fields)
    return question.task === task && about.some((key) => keys.includes(key))
  }

const keep = (turn: Turn, open: readonly Question[]): Promise<void> =>
  remember(turn, 'questions', open.length > 0 ? open : undefined)

function asked(turn: Turn, { task, text, corrects }: About): Asked {
  return {
    id: `${turn.stored.id}-${turn.answers}`,
    task: task.id,
    text,
    corrects,
    chat: addressKey(turn.stored.inbound.chat),
    fresh: true,
  }
}

/** Asks with a button for each field that the value may belong to. */
export async function askWhich(
  turn: Turn,
  about: About,
  doubt: Pick<Which, 'keys' | 'value' | 'source'>,
): Promise<void> {
  const question: Which = { ...asked(turn, about), type: 'which', ...doubt }
  await keep(turn, [...(await openQuestions(turn)), question])
  await record(turn, 'asked-back', about.task.id, { keys: doubt.keys, value: doubt.value })
  const choices = doubt.keys.map((key) => ({ key: `which:${key}`, text: FIELD_LABELS[key].label }))
  const slots = {
    title: titleOf(turn, about.task),
    value: valueText(doubt),
    said: doubt.source,
    ask: question.id,
  }
  await answer(turn, 'ask-which', slots, { task: about.task.id, choices })
}

const valueText = ({ keys, value }: Pick<Which, 'keys' | 'value'>): string =>
  keys.includes('percentComplete') ? `${value}%` : amountText(yuanFromWan(value))

/** Asks why; the usual explanations are buttons, and so is that the figure was wrong. */
export async function askWhy(
  turn: Turn,
  about: About,
  fields: StoredFields,
  breaches: readonly FormQuestion[],
): Promise<void> {
  const checks = breaches.map(({ check }) => check)
  const question: Why = { ...asked(turn, about), type: 'why', fields, checks }
  await keep(turn, [...(await openQuestions(turn)), question])
  await record(turn, 'asked-why', about.task.id, { checks, fields })
  const choices = reasonsFor(checks).map((text, index) => ({ key: `why:${index}`, text }))
  const slots = {
    title: titleOf(turn, about.task),
    questions: breaches.map(({ text }) => text).join('\n'),
    held: recordLines(formOf(about.task), fields).join('；'),
    ask: question.id,
  }
  await answer(turn, 'ask-why', slots, {
    task: about.task.id,
    choices: [...choices, { key: REWRITE, text: '数字有误，重报' }],
  })
}

const MOST_REASONS = 5

/** The usual explanations of these checks, in the order of the buttons. */
export const reasonsFor = (checks: readonly CheckName[]): string[] =>
  [...new Set(checks.flatMap(reasonsOf))].slice(0, MOST_REASONS)
