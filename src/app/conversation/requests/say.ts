// Telling others about a request: in working hours, each thing once, on the platform where each of them is.
import { dateOf } from '../../../core/calendar/civil.ts'
import { momentText } from '../../../core/message/compose/phrases.ts'
import type { Choice, Slots } from '../../../core/message/notice.ts'
import { type Address, addressKey } from '../../../core/message/types.ts'
import { personByKey, unitByKey } from '../../../core/people/lookup.ts'
import type { Plan } from '../../../core/plan/types.ts'
import { type Decider, deciderOf } from '../../../core/request/seats.ts'
import type { Request, RequestKind } from '../../../core/request/types.ts'
import type { Task } from '../../../core/task/types.ts'
import type { Turn } from '../context.ts'

export type Told = { readonly words: string; readonly slots: Slots; readonly choices?: readonly Choice[] }

/** Queues one card about this request, as it stands now, to somebody. The same card is never queued twice. */
export async function tell(turn: Turn, request: Request, to: Address, told: Told): Promise<void> {
  const saying = { type: 'card' as const, ...told }
  const dedupKey = ['request', request.id, request.revision, told.words, addressKey(to)].join('|')
  const about = request.task === undefined ? {} : { task: request.task }
  await turn.tx.enqueue(
    [{ dedupKey, to, family: 'request', saying, ...about, notBefore: turn.now }],
    turn.now,
  )
}

/** Tells whoever asked, in his direct chat: on the platform where he asked while he is there, never in the group. */
export async function tellAsker(turn: Turn, request: Request, told: Told): Promise<void> {
  const accounts = personByKey(turn.snapshot.directory, request.person)?.accounts ?? []
  const account = accounts.find(({ channel }) => channel === request.channel) ?? accounts[0]
  if (account) return tell(turn, request, { ...account, kind: 'direct' }, told)
  turn.log.warn({ request: request.id }, 'whoever asked can not be reached any more')
}

export const planOf = (turn: Turn, task: Pick<Task, 'plan'>): Plan | undefined =>
  turn.snapshot.plans.find(({ key }) => key === task.plan)

/** Who decides it for this task; undefined when nobody but the asker himself could. */
export function deciderFor(
  turn: Turn,
  kind: Exclude<RequestKind, 'stand-in'>,
  task: Pick<Task, 'plan' | 'unit'>,
): Decider | undefined {
  const plan = planOf(turn, task)
  const { directory } = turn.snapshot
  return (
    plan && deciderOf(kind, { plan, unit: task.unit, asker: turn.person.key }, directory, dateOf(turn.now))
  )
}

export const nameOf = (turn: Turn, person: string): string =>
  personByKey(turn.snapshot.directory, person)?.name ?? person

/** `何丽（康定市经信局）`: the asker, for whoever decides. */
export function askerText(turn: Turn, unit: string): string {
  const short = unitByKey(turn.snapshot.directory, unit)?.short ?? unit
  return turn.person.name.includes(short) ? turn.person.name : `${turn.person.name}（${short}）`
}

/** Who decided and when, for the words of every decision. */
export const deciding = (turn: Turn): { by: string; at: string } => ({
  by: turn.person.name,
  at: momentText(turn.now),
})

export function firstCharacters(text: string, most: number): string {
  const characters = [...text]
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text
}
