// What requests keep, as the use cases see it: part of a store's transaction. Implemented by src/store/requests.ts.
import type { CivilDate, Instant } from '../core/calendar/civil.ts'
import type { Delegation } from '../core/people/directory.ts'
import type { Request, RequestDraft, RequestKind } from '../core/request/types.ts'
import type { TaskState } from '../core/task/types.ts'

/** What a decision changes about a duty; what is absent stays. The first due date never moves (invariant 6). */
export type Amendment = {
  readonly task: string
  readonly post?: string
  readonly dueAt?: Instant
  readonly state?: TaskState
  readonly stepsDone: readonly string[]
  /** Absent: nothing more is said about it by itself. */
  readonly nextActionAt?: Instant
  readonly lastEvent: string
}

export interface RequestTx {
  insertRequest(draft: RequestDraft): Promise<Request>
  /** Writes everything that may change: data, post, revision, state, who decided what. */
  saveRequest(request: Request): Promise<void>
  /** With `lock` whoever comes second waits, and then sees what was decided. Lock its task before it. */
  request(id: string, options?: { lock: boolean }): Promise<Request | undefined>
  /** Of one kind, oldest first; those about a task, or those of a person. Locked. */
  requestsOf<K extends RequestKind>(
    kind: K,
    whose: { readonly task: string } | { readonly person: string },
  ): Promise<Request<K>[]>
  amendTask(amendment: Amendment, at: Instant): Promise<void>
  /** Drafts that waited for a signature are of no use once the due date moved. */
  dropDrafts(task: string): Promise<void>
  /** From now on part of the office; an import leaves it alone. */
  addStandIn(delegation: Delegation, request: string): Promise<void>
  /** Ends what this request arranged: `lastDay` is the last one, a stand-in that begins later never begins. */
  endStandIn(request: string, lastDay: CivilDate): Promise<void>
}
