// What a conversation turn works with, and how it answers.
import { dateOf, type Instant } from '../../core/calendar/civil.ts'
import type { Choice, Slots } from '../../core/message/notice.ts'
import type { Card } from '../../core/message/types.ts'
import type { Person } from '../../core/people/directory.ts'
import { holderOf, mayAnswerFor, postByKey } from '../../core/people/lookup.ts'
import { type ProblemName, problemText } from '../../core/problems.ts'
import { withoutPhones } from '../../core/request/registration.ts'
import type { Office } from '../../core/task/decide.ts'
import type { Task } from '../../core/task/types.ts'
import type { Log } from '../ports.ts'
import type { Snapshot, StoredInbound, TaskChange, Tx } from '../store-port.ts'
import type { Together } from './read-back.ts'

export type Turn = {
  readonly tx: Tx
  readonly snapshot: Snapshot
  readonly office: Office
  readonly now: Instant
  readonly log: Log
  readonly stored: StoredInbound
  readonly person: Person
  /** Cards to be redrawn once the turn is committed; see Channel.updateCard. */
  readonly redraws: { id: string; card: Card }[]
  /** Counts answers, so that each has its own dedup key. */
  answers: number
  /** While it is there, records are gathered to be read back in one card. */
  together?: Together | undefined
}

export type Answer = { readonly task?: string; readonly choices?: readonly Choice[] }

/** Answers in the same chat, at once. Handling the same inbound twice queues the same answer once. */
export async function answer(turn: Turn, words: string, slots: Slots, about: Answer = {}): Promise<void> {
  const { stored, tx, now } = turn
  turn.answers += 1
  await tx.enqueue(
    [
      {
        dedupKey: `reply|${stored.id}|${turn.answers}`,
        to: stored.inbound.chat,
        family: 'reply',
        saying: { type: 'card', words, slots, ...(about.choices ? { choices: about.choices } : {}) },
        ...(about.task ? { task: about.task } : {}),
        notBefore: now,
        ...(stored.inbound.replyTo ? { replyTo: stored.inbound.replyTo } : {}),
      },
    ],
    now,
  )
}

export const answerProblem = (turn: Turn, name: ProblemName, slots: Slots = {}): Promise<void> =>
  answer(turn, 'problem', problemText(name, slots))

export function record(
  turn: Turn,
  kind: string,
  task: string | undefined,
  data: Record<string, unknown> = {},
): Promise<void> {
  return turn.tx.append([
    {
      at: turn.now,
      actor: turn.person.key,
      kind,
      ...(task ? { task } : {}),
      data: masked(data),
      inbound: turn.stored.id,
    },
  ])
}

/** Phone numbers are for the submission and the card of whoever needs them, never for the trail. */
const masked = (data: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(data), (_key, held: unknown) =>
    typeof held === 'string' ? withoutPhones(held) : held,
  ) as Record<string, unknown>

/** Posts for which this person may answer today. */
export function answerablePosts({
  snapshot,
  person,
  now,
}: Pick<Turn, 'snapshot' | 'person' | 'now'>): string[] {
  return snapshot.directory.posts
    .filter((post) => mayAnswerFor(snapshot, person.key, post, dateOf(now)))
    .map(({ key }) => key)
}

/** Everything the person still owes, nearest due first. A duty whose post is vacant belongs to whoever was told of it. */
export const openTasks = (turn: Turn): Promise<Task[]> => turn.tx.openTasksOf(answerablePosts(turn))

export const mayAnswer = (turn: Turn, task: Task): boolean => answerablePosts(turn).includes(task.post)

/** For "应由…办理": the holder's name, else the post's title. */
export function responsibleName(turn: Turn, task: Task): string {
  const { directory } = turn.snapshot
  return (
    holderOf(directory, task.post, dateOf(turn.now))?.name ??
    postByKey(directory, task.post)?.title ??
    task.post
  )
}

/** A change that leaves everything as it is, to be spread under what does change. */
export const unchanged = (task: Task): TaskChange => ({
  id: task.id,
  state: task.state,
  stepsDone: task.stepsDone,
  ...(task.escalatedOn ? { escalatedOn: task.escalatedOn } : {}),
  ...(task.nextActionAt === undefined ? {} : { nextActionAt: task.nextActionAt }),
})
