// 任务: one duty of one post, and the facts about it that decisions need.
import type { CivilDate, Instant } from '../calendar/civil.ts'
import type { Form, FormName } from '../form/types.ts'
import type { TaskKind } from '../plan/types.ts'
import type { Policy } from './policy.ts'

/** Domain §4. Overdue is not a state: it is a fact about an unsubmitted task and a clock. */
export type TaskState =
  | 'scheduled'
  | 'open'
  | 'acknowledged'
  | 'submitted'
  | 'under-review'
  | 'accepted'
  | 'returned'
  | 'closed'
  | 'cancelled'

/** A duty as a rule produces it, before it is stored. `key` is the same whenever the same occurrence is expanded again. */
export type TaskDraft = {
  readonly key: string
  readonly plan: string
  readonly rule: string
  readonly measure?: string
  readonly kind: TaskKind
  readonly form: FormName
  /** The plan's own form as it was when the task opened; only with `form: 'own'`. */
  readonly ownForm?: Form
  readonly title: string
  readonly unit: string
  /** The post that has the duty: the unit's or the project's liaison. */
  readonly post: string
  readonly project?: string
  /** The month or day that a report is about, `2021-04` or `2021-04-12`. */
  readonly period?: string
  readonly openAt: Instant
  /** Never moves (invariant 6). */
  readonly firstDueAt: Instant
  readonly policy: Policy
}

export type Task = TaskDraft & {
  readonly id: string
  readonly state: TaskState
  /** What counts: the first due time, or the extended one. */
  readonly dueAt: Instant
  /** Steps of the ladder already dealt with: said, merged into a later one, or skipped. */
  readonly stepsDone: readonly string[]
  /** The day of the last escalation step: the ladder climbs at most one rung a day, even after downtime. */
  readonly escalatedOn?: CivilDate
  readonly nextActionAt?: Instant
  /** Counts every change; a button drawn from an older version is stale (invariant 10). */
  readonly version: number
}

/** Tasks in these states still wait for the assignee. */
export const awaitsAnswer = (state: TaskState): boolean =>
  state === 'scheduled' || state === 'open' || state === 'acknowledged' || state === 'returned'

export const isFinal = (state: TaskState): boolean => state === 'closed' || state === 'cancelled'

/** The order in which duties are listed and numbered: nearest due first. */
export const byDue = (a: Task, b: Task): number => a.dueAt - b.dueAt || Number(a.id) - Number(b.id)
