// What the use cases keep: the store as they see it. Implemented by src/store on both databases.
import type { CivilDate, Instant } from '../core/calendar/civil.ts'
import type { Proof } from '../core/message/compose/compose.ts'
import type { ForecastStart } from '../core/message/forecast.ts'
import type { Family, Notice, Saying } from '../core/message/notice.ts'
import type { RecentSend } from '../core/message/pace.ts'
import type { Inbound, OutgoingContent } from '../core/message/types.ts'
import type { ChannelName, Directory, ProjectStage } from '../core/people/directory.ts'
import type { Plan } from '../core/plan/types.ts'
import type { ReportDue } from '../core/report/punctuality.ts'
import type { FormalKind } from '../core/task/policy.ts'
import type { Task, TaskDraft, TaskState } from '../core/task/types.ts'
import type { QueuedNotice, SendRecord, Settlement } from './outbox-port.ts'
import type { RequestTx } from './request-port.ts'
import type { UsageStore } from './usage.ts'

/** The office as it was last imported. */
export type Snapshot = { readonly directory: Directory; readonly plans: readonly Plan[] }

/** A line of the audit trail before it is chained (invariant 7). `actor` is a person's key, `duban`, or a channel account. */
export type EventDraft = {
  readonly at: Instant
  readonly actor: string
  readonly kind: string
  readonly task?: string
  readonly subject?: string
  readonly data?: Readonly<Record<string, unknown>>
  readonly inbound?: string
}

export type TaskChange = {
  readonly id: string
  readonly state: TaskState
  readonly stepsDone: readonly string[]
  readonly escalatedOn?: CivilDate
  readonly nextActionAt?: Instant
  /** Kept only when the task has none: it is when the report FIRST came (C2). Null: that report was taken back. */
  readonly submittedAt?: Instant | null
  /** What the ledger shows as the last event, in Chinese. */
  readonly lastEvent?: string
}

export type StoredInbound = {
  readonly id: string
  readonly inbound: Inbound
  readonly receivedAt: Instant
  readonly attempts: number
}

/** What this process handles: messages that it can answer (beginnings of `channel:message id`), and any that waited since `orBefore`. */
export type Mine = { readonly reach: readonly string[]; readonly orBefore: Instant }

export type Submission = {
  readonly task: string
  readonly revision: number
  readonly fields: Readonly<Record<string, unknown>>
  readonly text: string
  readonly person: string
  readonly channel: ChannelName
  readonly inbound?: string
  readonly at: Instant
  readonly late: boolean
  readonly reason?: string
  /** The sender has looked at what was understood and found it right. */
  readonly confirmed?: boolean
  /** The state of the task, and its project's stage where this revision changed it, before this revision. */
  readonly stateBefore?: TaskState
  readonly stageBefore?: ProjectStage
  readonly withdrawnAt?: Instant
}

/** The last event of a task, in Chinese, as the ledger shows it. */
export type LedgerNote = { readonly task: string; readonly text: string; readonly at: Instant }

/** A card that was pressed: which notices it carried. */
export type SentCard = {
  readonly id: string
  readonly address: string
  readonly family: Family
  readonly startedAt: Instant
  readonly content: OutgoingContent
  readonly sayings: readonly Saying[]
  readonly tasks: readonly string[]
}

export type FormalStep = {
  readonly task: string
  readonly step: string
  readonly kind: FormalKind
  readonly plan: string
  readonly state: 'drafted' | 'issued' | 'held'
  readonly decidedBy?: string
  readonly decidedAt?: Instant
}

export type LedgerRow = Task & {
  readonly submittedAt?: Instant
  readonly lastEvent?: string
  readonly lastEventAt?: Instant
}

/** One unit of work: all of it is committed, or none. */
export interface Tx extends RequestTx {
  /** Plans whose next task opens by `now`, locked; plans that another process holds are left out. */
  plansToExpand(now: Instant): Promise<{ plan: Plan; expandedTo?: Instant }[]>
  planExpanded(plan: string, upTo: Instant, nextOpeningAt: Instant | undefined): Promise<void>
  /** Inserts what is not there yet (by key) and returns what was new. */
  insertTasks(drafts: readonly TaskDraft[]): Promise<Task[]>
  /** Every task of the plan that still waits for an answer; locked. */
  awaitingTasksOf(plan: string): Promise<Task[]>
  /** Older unanswered tasks of the same rule, unit and project, which `newer` replaces; locked. */
  supersededBy(newer: readonly Task[]): Promise<Task[]>
  /** Tasks whose next action is due by `now`, locked; at most `limit`, the longest due first. */
  dueTasks(now: Instant, limit: number): Promise<Task[]>
  tasks(ids: readonly string[], options?: { lock: boolean }): Promise<Task[]>
  /** Everything these posts still owe, the nearest due first. */
  openTasksOf(posts: readonly string[]): Promise<Task[]>
  /** What these posts handed in last, the newest record first; locked unless told otherwise. */
  lastSubmittedOf(posts: readonly string[], limit: number, options?: { lock: boolean }): Promise<Task[]>
  saveTasks(changes: readonly TaskChange[], at: Instant): Promise<void>
  /** Queues notices; those whose dedup key is known already are left out. Returns how many were new. */
  enqueue(notices: readonly Notice[], at: Instant): Promise<number>
  append(events: readonly EventDraft[]): Promise<void>

  /** Inbound messages that are stored but not handled, locked; those that another process handles just now are left out. */
  unhandledInbound(limit: number, mine: Mine): Promise<StoredInbound[]>
  finishInbound(
    id: string,
    outcome: { state: 'done' | 'failed' | 'received'; at: Instant; error?: string },
  ): Promise<void>
  /** Stores what is handled at once, in this transaction. A message id that is known already is an error. */
  takeInbound(inbound: Inbound, at: Instant): Promise<StoredInbound>
  conversation(person: string): Promise<Readonly<Record<string, unknown>> | undefined>
  saveConversation(
    person: string,
    data: Readonly<Record<string, unknown>> | undefined,
    at: Instant,
  ): Promise<void>
  sentCard(id: string): Promise<SentCard | undefined>
  /** The card that showed this revision to its sender; of a card about several duties only the first one leads to it. */
  readBackCard(task: string, revision: number): Promise<SentCard | undefined>
  /** The newest card of a family with several duties, numbered, that went to this address. */
  lastList(address: string, family: Family): Promise<SentCard | undefined>
  /** Every revision, oldest first, those that were taken back included. */
  submissionsOf(task: string): Promise<Submission[]>
  /** The newest standing submission of the same rule, unit and project before this task's due date. */
  previousSubmission(task: Task): Promise<Submission | undefined>
  insertSubmission(submission: Submission): Promise<void>
  confirmSubmission(task: string, revision: number): Promise<void>
  withdrawSubmission(task: string, revision: number, person: string, at: Instant): Promise<void>
  draftFormal(steps: readonly FormalStep[], at: Instant): Promise<void>
  formalSteps(tasks: readonly string[], kind: FormalKind, options?: { lock: boolean }): Promise<FormalStep[]>
  decideFormal(step: FormalStep): Promise<void>
  setProjectStage(project: string, stage: ProjectStage, at: Instant): Promise<void>

  /** Writes an imported office: people, groups, projects, plans. Plans that changed are expanded anew. */
  replaceOffice(next: Snapshot): Promise<void>
}

export interface Store extends UsageStore {
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Stores what was heard, once; resolves after the commit (invariant 1). */
  saveInbound(inbound: Inbound, receivedAt: Instant): Promise<void>
  /** The office as imported; read again only when it changed. */
  office(): Promise<Snapshot>
  hasUnhandledInbound(mine: Mine): Promise<boolean>

  /** Takes the queued notices of some addresses that begin so, each address held by this process alone until `release`. */
  claim(now: Instant, addresses: number, reach: readonly string[]): Promise<QueuedNotice[]>
  /** Keeps claimed addresses a little longer: to be called every few seconds until `release`. */
  keep(addresses: readonly string[]): Promise<void>
  release(addresses: readonly string[]): Promise<void>
  /** Takes or renews what only one process may have, for so long by the database's own clock; false while another has it. */
  acquireLease(name: string, seconds: number): Promise<boolean>
  releaseLease(name: string): Promise<void>
  /** Families that had a card on `day`, per address. */
  spokenOn(day: CivilDate, addresses: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<Family>>>
  recentSends(channel: ChannelName, since: Instant, to?: readonly string[]): Promise<RecentSend[]>
  proofOf(tasks: readonly string[]): Promise<Proof[]>
  tasksById(ids: readonly string[]): Promise<Task[]>
  holdNotices(held: readonly { id: string; until: Instant }[]): Promise<void>
  closeNotices(
    ids: readonly string[],
    state: 'merged' | 'dropped' | 'unknown',
    events: readonly EventDraft[],
  ): Promise<void>
  /** Records, before the first byte leaves, that these notices leave in these messages. */
  /** Returns the ids that may really go: another process may have taken an address over meanwhile. */
  beginSends(
    sends: readonly { record: SendRecord; notices: readonly string[] }[],
  ): Promise<ReadonlySet<string>>
  /** Writes outcomes; `notes` is what the ledger then shows for the tasks that were really spoken of. */
  settle(
    settlements: readonly Settlement[],
    events: readonly EventDraft[],
    notes: readonly LedgerNote[],
  ): Promise<void>
  /** When the next queued notice may leave. */
  nextDelivery(): Promise<Instant | undefined>
  /** When the next task or plan wants to be looked at. */
  nextAction(): Promise<Instant | undefined>
  /** 32 random bytes of this installation, made once; signs the links to forms. Never shown, never logged. */
  linkKey(): Promise<Uint8Array>
  /** Every report that was due by `asOf`, with when it was first handed in, if by then. */
  reportsDue(asOf: Instant): Promise<ReportDue[]>
  /** All that a forecast starts from, besides the directory. */
  forecastStart(): Promise<Omit<ForecastStart, 'directory'>>
  ledger(filter?: { plan?: string }): Promise<LedgerRow[]>
}
