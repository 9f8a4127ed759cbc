// Between database rows and the domain: instants, optional columns, tasks.
import type pg from 'pg'
import type { Instant } from '../core/calendar/civil.ts'
import type { Form, FormName } from '../core/form/types.ts'
import type { TaskKind } from '../core/plan/types.ts'
import type { Policy } from '../core/task/policy.ts'
import type { Task, TaskState } from '../core/task/types.ts'

/** Whatever can run raw SQL: the pool, or the one connection of a transaction. */
export type Sql = Pick<pg.Pool, 'query'>

export const iso = (at: Instant): string => new Date(at).toISOString()

/** `{ name: value }`, or nothing for a null column: exactOptionalPropertyTypes wants absent, not undefined. */
export function optional<K extends string, V>(name: K, value: V | null | undefined): { [P in K]?: V } {
  return value === null || value === undefined ? {} : ({ [name]: value } as { [P in K]?: V })
}

export const optionalInstant = <K extends string>(name: K, value: Date | null): { [P in K]?: Instant } =>
  optional(name, value?.getTime())

export type TaskRow = {
  id: number
  key: string
  plan: string
  rule: string
  measure: string | null
  kind: string
  form: string
  form_id: string | null
  title: string
  unit: string
  post: string
  project: string | null
  period: string | null
  state: string
  open_at: Date
  first_due_at: Date
  due_at: Date
  policy_id: string
  steps_done: string[]
  escalated_on: string | null
  next_action_at: Date | null
  version: number
  submitted_at: Date | null
  last_event: string | null
  last_event_at: Date | null
}

export function taskOf(row: TaskRow, policy: Policy, ownForm: Form | undefined): Task {
  return {
    id: String(row.id),
    key: row.key,
    plan: row.plan,
    rule: row.rule,
    ...optional('measure', row.measure),
    kind: row.kind as TaskKind,
    form: row.form as FormName,
    ...optional('ownForm', ownForm),
    title: row.title,
    unit: row.unit,
    post: row.post,
    ...optional('project', row.project),
    ...optional('period', row.period),
    state: row.state as TaskState,
    openAt: row.open_at.getTime(),
    firstDueAt: row.first_due_at.getTime(),
    dueAt: row.due_at.getTime(),
    policy,
    stepsDone: row.steps_done,
    ...optional('escalatedOn', row.escalated_on),
    ...optionalInstant('nextActionAt', row.next_action_at),
    version: row.version,
  }
}

/** Patterns for LIKE that match what begins so. */
export const beginnings = (reach: readonly string[]): string[] =>
  reach.map((one) => `${one.replace(/[\\%_]/g, '\\$&')}%`)
