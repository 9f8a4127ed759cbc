// Opening a request: one open request a task and kind; asked again, it is changed, and cards of what it was decide nothing.
import type { Request, RequestData, RequestDraft } from '../../../core/request/types.ts'
import type { Task } from '../../../core/task/types.ts'
import { record, type Turn } from '../context.ts'

type Decided = 'extension' | 'reassign' | 'registration'

export type Opened<K extends Decided> = {
  readonly request: Request<K>
  /** It changed one that was open already. */
  readonly isChanged: boolean
  /** How many of the kind were granted for this task before. */
  readonly granted: number
}

/** `post` decides. What was asked goes into the trail in the same transaction (invariant 7). */
export async function openRequest<K extends Decided>(
  turn: Turn,
  kind: K,
  task: Task,
  post: string,
  data: RequestData[K],
): Promise<Opened<K>> {
  await turn.tx.tasks([task.id], { lock: true })
  const known = await turn.tx.requestsOf(kind, { task: task.id })
  const open = known.find(({ state }) => state === 'open')
  const asked = {
    ...{ kind, data, task: task.id, post, person: turn.person.key },
    ...{ channel: turn.stored.inbound.channel, inbound: turn.stored.id },
    ...{ state: 'open', askedAt: turn.now },
  } as RequestDraft<K>
  const changed = open && ({ ...asked, id: open.id, revision: open.revision + 1 } as Request<K>)
  if (changed) await turn.tx.saveRequest(changed as Request)
  const request = changed ?? ((await turn.tx.insertRequest(asked as RequestDraft)) as Request<K>)
  await record(turn, `${kind}-asked`, task.id, {
    request: request.id,
    revision: request.revision,
    post,
    ...data,
  })
  const granted = known.filter(({ state }) => state === 'granted').length
  return { request, isChanged: changed !== undefined, granted }
}

/** What a decision writes into the request. */
export const decision = <S extends 'granted' | 'refused' | 'moot' | 'ended'>(turn: Turn, state: S) => ({
  state,
  decidedBy: turn.person.key,
  decidedAt: turn.now,
})
