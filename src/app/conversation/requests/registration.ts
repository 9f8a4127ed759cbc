// 登记联络员 (G6) in a sentence: asked for what is missing, recorded like the phone page's form, confirmed or returned by the head.
import { checkForm } from '../../../core/form/check-form.ts'
import { FORMS } from '../../../core/form/forms.ts'
import { dueText, howToAnswer } from '../../../core/message/compose/phrases.ts'
import { limitAfterReturn } from '../../../core/request/extension.ts'
import { completed, namesLiaison, type Registration } from '../../../core/request/registration.ts'
import type { Request } from '../../../core/request/types.ts'
import { afterAction } from '../../../core/task/life.ts'
import type { Task } from '../../../core/task/types.ts'
import { standing } from '../../revisions.ts'
import { answer, record, type Turn } from '../context.ts'
import { remember } from '../memory.ts'
import { titleOf } from '../naming.ts'
import { submit } from '../submit.ts'
import { decision } from './open-request.ts'
import { deciding, tellAsker } from './say.ts'

const EXAMPLES: Readonly<Record<keyof Registration, { label: string; example: string }>> = {
  liaisonName: { label: '联络员姓名', example: '联络员×××' },
  liaisonPost: { label: '职务', example: '职务办公室主任' },
  liaisonPhone: { label: '联系电话', example: '电话138××××0000' },
}

/** Records what the sentence and `known`, of a registration that was begun, hold together, or asks for the rest. False when it says nothing of a liaison. */
export async function register(
  turn: Turn,
  task: Task,
  text: string,
  known?: Registration,
  reason?: string,
): Promise<boolean> {
  const values = completed(known ?? {}, text)
  if (known ? sameValues(values, known) : !namesLiaison(text)) return false
  const { fields, problems } = checkForm(FORMS['liaison-registration'], values, {})
  if (problems.length > 0) {
    await remember(turn, 'requesting', { type: 'registration', task: task.id, fields: values })
    await askForRest(
      turn,
      task,
      values,
      problems.map(({ field }) => field),
    )
    return true
  }
  await remember(turn, 'requesting')
  await submit(turn, { task, fields, text, ...(reason ? { reason } : {}) })
  return true
}

const sameValues = (a: Registration, b: Registration): boolean =>
  a.liaisonName === b.liaisonName && a.liaisonPost === b.liaisonPost && a.liaisonPhone === b.liaisonPhone

async function askForRest(
  turn: Turn,
  task: Task,
  values: Registration,
  fields: readonly string[],
): Promise<void> {
  const asked = (Object.keys(EXAMPLES) as (keyof Registration)[]).filter((key) => fields.includes(key))
  const known = (Object.keys(EXAMPLES) as (keyof Registration)[]).flatMap((key) =>
    values[key] && !asked.includes(key) ? [`${EXAMPLES[key].label}${values[key]}`] : [],
  )
  await answer(
    turn,
    'ask-registration',
    {
      missing: asked.map((key) => EXAMPLES[key].label).join('、'),
      known: known.length > 0 ? `已记下：${known.join('，')}。\n` : '',
      example: asked.map((key) => EXAMPLES[key].example).join('，'),
    },
    { task: task.id },
  )
}

/** 更正 of what was registered: what is not said anew stays. */
export async function correctRegistration(turn: Turn, task: Task, text: string): Promise<boolean> {
  const { liaisonName, liaisonPost, liaisonPhone } =
    standing(await turn.tx.submissionsOf(task.id))?.fields ?? {}
  const known = Object.fromEntries(
    Object.entries({ liaisonName, liaisonPost, liaisonPhone }).filter(
      ([, value]) => typeof value === 'string',
    ),
  )
  return register(turn, task, text, known, text)
}

export async function confirmRegistration(
  turn: Turn,
  request: Request<'registration'>,
  task: Task,
): Promise<boolean> {
  const name = await registeredName(turn, request, task)
  const state = afterAction(task.state, 'accept')
  if (name === undefined || !state) return false
  await turn.tx.amendTask(
    { task: task.id, state, stepsDone: task.stepsDone, lastEvent: '登记已确认' },
    turn.now,
  )
  const decided = { ...request, ...decision(turn, 'granted') }
  await turn.tx.saveRequest(decided)
  await record(turn, 'registration-confirmed', task.id, {
    request: request.id,
    revision: request.data.submission,
  })
  const { by, at } = deciding(turn)
  await tellAsker(turn, decided, { words: 'registration-confirmed', slots: { name, by, at } })
  const slots = { done: '已确认', title: `联络员${name}`, effect: '登记完成；已告知登记人。', by, at }
  await answer(turn, 'request-decided', slots, { task: task.id })
  return true
}

/** Back to the liaison with the reason and, where the due date is near or over, a new limit (domain §4). */
export async function returnRegistration(
  turn: Turn,
  request: Request<'registration'>,
  task: Task,
  reason: string,
): Promise<boolean> {
  const name = await registeredName(turn, request, task)
  const state = afterAction(task.state, 'return')
  if (name === undefined || !state) return false
  const limit = limitAfterReturn(task, turn.office, turn.now)
  await turn.tx.amendTask({ task: task.id, state, ...limit, lastEvent: '登记被退回' }, turn.now)
  const decided = { ...request, ...decision(turn, 'refused'), reason }
  await turn.tx.saveRequest(decided)
  await record(turn, 'registration-returned', task.id, { request: request.id, reason })
  const { by, at } = deciding(turn)
  const due = dueText(limit.dueAt)
  const title = titleOf(turn, task)
  const slots = { title, due, why: `原因：${reason}。`, how: howToAnswer(task), by, at }
  await tellAsker(turn, decided, { words: 'registration-returned', slots })
  const effect = `已告知登记人在${due}前重新登记。`
  await answer(turn, 'request-decided', { done: '已退回', title, effect, by, at }, { task: task.id })
  return true
}

/** Whose registration the card shows; undefined when another revision, or none, stands by now. */
async function registeredName(
  turn: Turn,
  request: Request<'registration'>,
  task: Task,
): Promise<string | undefined> {
  const last = standing(await turn.tx.submissionsOf(task.id))
  if (last?.revision !== request.data.submission) return undefined
  const name = last.fields.liaisonName
  return typeof name === 'string' ? name : ''
}
