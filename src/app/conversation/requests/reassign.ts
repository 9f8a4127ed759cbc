// 不是我负责，找…: put to the unit's head, who gives the duty to somebody of his unit or leaves it where it is.
import { dateOf } from '../../../core/calendar/civil.ts'
import { listeners } from '../../../core/message/audience.ts'
import { dueText } from '../../../core/message/compose/phrases.ts'
import { HANDED_OVER } from '../../../core/message/notice.ts'
import { addressKey } from '../../../core/message/types.ts'
import { colleagues, meantSeats } from '../../../core/request/seats.ts'
import { decisionKey, type Request, type Seat } from '../../../core/request/types.ts'
import type { Task } from '../../../core/task/types.ts'
import { answer, answerProblem, record, responsibleName, type Turn, unchanged } from '../context.ts'
import { remember } from '../memory.ts'
import { titleOf } from '../naming.ts'
import { decision, openRequest } from './open-request.ts'
import { askerText, deciderFor, deciding, firstCharacters, planOf, tell, tellAsker } from './say.ts'

const MOST_SEATS = 4
const BUTTON_CHARACTERS = 10
const QUOTED_CHARACTERS = 60

/** Everybody of the unit, or below it, to whom the duty could be given. */
export const seatsFor = (turn: Turn, task: Task): Seat[] =>
  colleagues(turn.snapshot.directory, task.unit, dateOf(turn.now), [turn.person.key]).filter(
    ({ post }) => post !== task.post,
  )

/** `named`: who was said to be asked instead. Until it is decided the duty stays where it is. */
export async function askToReassign(
  turn: Turn,
  task: Task,
  text: string,
  named: string | undefined,
): Promise<void> {
  const decider = deciderFor(turn, 'reassign', task)
  if (!decider) return answerProblem(turn, 'nobody-to-decide')
  const all = seatsFor(turn, task)
  const meant = meantSeats(all, text, named, turn.snapshot.directory)
  const seats = (meant.length > 0 ? meant : all).slice(0, MOST_SEATS)
  const data = { from: task.post, seats, ...(named ? { named } : {}) }
  const { request } = await openRequest(turn, 'reassign', task, decider.post.key, data)
  await turn.tx.saveTasks([{ ...unchanged(task), lastEvent: '联络员申请改派' }], turn.now)
  const unknown = named !== undefined && meant.length === 0 ? `名册里没有找到“${named}”。` : ''
  const holder = responsibleName(turn, task)
  await tell(turn, request, decider.to, {
    words: 'reassign-request',
    slots: {
      title: titleOf(turn, task),
      who: askerText(turn, task.unit),
      due: dueText(task.dueAt),
      said: firstCharacters(text, QUOTED_CHARACTERS),
      hint: unknown,
      holder,
    },
    choices: [
      ...seats.map(({ name }, index) => button(decisionKey('assign', request, index), `改派给${name}`)),
      button(decisionKey('keep', request), `仍由${holder}负责`),
    ],
  })
  const ask = meant.length > 0 ? '' : `${unknown}知道该由谁负责，请回复“找”加全名。`
  await remember(turn, 'requesting', meant.length > 0 ? undefined : { type: 'hand-off', task: task.id })
  const slots = { title: titleOf(turn, task), who: decider.person.name, hint: ask }
  await answer(turn, 'reassign-asked', slots, { task: task.id })
}

const button = (key: string, text: string) => ({ key, text: firstCharacters(text, BUTTON_CHARACTERS) })

/** Gives the duty to the chosen seat; the ladder goes on from the same due date. */
export async function assignTo(
  turn: Turn,
  request: Request<'reassign'>,
  task: Task,
  seat: Seat,
): Promise<boolean> {
  const title = titleOf(turn, task)
  const { by, at } = deciding(turn)
  const given = { ...task, post: seat.post }
  await turn.tx.amendTask(
    {
      task: task.id,
      post: seat.post,
      // Whoever gets it has not acknowledged it.
      ...(task.state === 'acknowledged' ? { state: 'open' as const } : {}),
      stepsDone: task.stepsDone,
      ...(task.nextActionAt === undefined ? {} : { nextActionAt: task.nextActionAt }),
      lastEvent: `已改派给${seat.name}`,
    },
    turn.now,
  )
  const decided = { ...request, ...decision(turn, 'granted'), data: { ...request.data, chosen: seat } }
  await turn.tx.saveRequest(decided)
  await record(turn, 'reassigned', task.id, { request: request.id, from: task.post, to: seat.post })
  await handOver(turn, decided, given)
  await tellAsker(turn, decided, { words: 'reassigned-away', slots: { title, to: seat.name, by, at } })
  const effect = `由${seat.name}负责，截止${dueText(task.dueAt)}不变；双方都已告知。`
  await answer(turn, 'request-decided', { done: '已改派', title, effect, by, at }, { task: task.id })
  return true
}

/** The duty's own card, with its buttons and its form, to whoever has it now. */
async function handOver(turn: Turn, request: Request, task: Task): Promise<void> {
  const plan = planOf(turn, task)
  const to = plan && listeners(task, 'assignee', plan, turn.snapshot.directory, dateOf(turn.now))[0]?.to
  if (!to) return turn.log.error({ task: task.key }, 'a reassigned duty has nobody to go to')
  await turn.tx.enqueue(
    [
      {
        dedupKey: ['handed-over', request.id, addressKey(to)].join('|'),
        to,
        family: 'request',
        saying: { type: 'duty', task: task.id, step: HANDED_OVER, kind: 'prompt', reader: 'assignee' },
        task: task.id,
        step: HANDED_OVER,
        notBefore: turn.now,
      },
    ],
    turn.now,
  )
}

export async function keepHolder(turn: Turn, request: Request<'reassign'>, task: Task): Promise<boolean> {
  const decided = { ...request, ...decision(turn, 'refused') }
  await turn.tx.saveRequest(decided)
  await record(turn, 'reassign-refused', task.id, { request: request.id })
  await turn.tx.saveTasks([{ ...unchanged(task), lastEvent: '不改派，仍由原责任人负责' }], turn.now)
  const title = titleOf(turn, task)
  const { by, at } = deciding(turn)
  await tellAsker(turn, decided, {
    words: 'reassign-kept',
    slots: { title, due: dueText(task.dueAt), by, at },
  })
  const effect = `仍由${responsibleName(turn, task)}负责；已告知申请人。`
  await answer(turn, 'request-decided', { done: '不改派', title, effect, by, at }, { task: task.id })
  return true
}
