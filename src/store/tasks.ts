// Tasks and plans in set-based SQL: what is due, what is new, what changed.
import { createHash } from 'node:crypto'
import type { LedgerNote, LedgerRow, TaskChange } from '../app/store-port.ts'
import type { Instant } from '../core/calendar/civil.ts'
import type { Plan } from '../core/plan/types.ts'
import type { Policy } from '../core/task/policy.ts'
import type { Task, TaskDraft } from '../core/task/types.ts'
import { formId, keepForms, ownForms } from './forms.ts'
import { iso, optional, optionalInstant, type Sql, type TaskRow, taskOf } from './rows.ts'

const AWAITING = `('scheduled', 'open', 'acknowledged', 'returned')`

/** Ladders by their hash: a few per installation and never changed, so they are read once. */
export type PolicyCache = Map<string, Policy>

export async function tasksOf(sql: Sql, cache: PolicyCache, rows: readonly TaskRow[]): Promise<Task[]> {
  const missing = [...new Set(rows.map((row) => row.policy_id))].filter((id) => !cache.has(id))
  if (missing.length > 0) {
    const found = await sql.query<{ id: string; data: Policy }>(
      'SELECT id, data FROM policy WHERE id = ANY($1)',
      [missing],
    )
    for (const { id, data } of found.rows) cache.set(id, data)
  }
  const forms = await ownForms(sql, rows)
  return rows.map((row) => {
    const policy = cache.get(row.policy_id)
    if (!policy) throw new Error(`task ${row.id} has no policy ${row.policy_id}`)
    return taskOf(row, policy, row.form_id === null ? undefined : forms.get(row.form_id))
  })
}

/** Inserts drafts whose key is new; returns the new tasks. */
export async function insertTasks(
  sql: Sql,
  cache: PolicyCache,
  drafts: readonly TaskDraft[],
): Promise<Task[]> {
  if (drafts.length === 0) return []
  const policies = new Map(drafts.map(({ policy }) => [policyId(policy), policy]))
  await sql.query(
    `INSERT INTO policy (id, data) SELECT key, value FROM jsonb_each($1::jsonb) ON CONFLICT (id) DO NOTHING`,
    [JSON.stringify(Object.fromEntries(policies))],
  )
  await keepForms(sql, drafts)
  const rows = drafts.map(({ policy, ownForm, openAt, firstDueAt, ...draft }) => ({
    ...draft,
    policy_id: policyId(policy),
    form_id: ownForm === undefined ? null : formId(ownForm),
    open_at: iso(openAt),
    first_due_at: iso(firstDueAt),
  }))
  const inserted = await sql.query<TaskRow>(
    `INSERT INTO task (key, plan, rule, measure, kind, form, form_id, title, unit, post, project, period, state,
       open_at, first_due_at, due_at, policy_id, steps_done, next_action_at, version)
     SELECT key, plan, rule, measure, kind, form, form_id, title, unit, post, project, period, 'scheduled',
       open_at, first_due_at, first_due_at, policy_id, '{}', open_at, 0
     FROM jsonb_to_recordset($1::jsonb) AS d(key text, plan text, rule text, measure text, kind text, form text, form_id text, title text,
       unit text, post text, project text, period text, open_at timestamptz, first_due_at timestamptz, policy_id text)
     ON CONFLICT (key) DO NOTHING RETURNING *`,
    [JSON.stringify(rows)],
  )
  return tasksOf(sql, cache, inserted.rows)
}

const policyId = (policy: Policy): string =>
  createHash('sha256').update(JSON.stringify(policy)).digest('hex').slice(0, 32)

export async function awaitingTasksOf(sql: Sql, cache: PolicyCache, plan: string): Promise<Task[]> {
  const { rows } = await sql.query<TaskRow>(
    `SELECT * FROM task WHERE plan = $1 AND state IN ${AWAITING} FOR UPDATE`,
    [plan],
  )
  return tasksOf(sql, cache, rows)
}

export async function supersededBy(sql: Sql, cache: PolicyCache, newer: readonly Task[]): Promise<Task[]> {
  if (newer.length === 0) return []
  const { rows } = await sql.query<TaskRow>(
    `SELECT t.* FROM task t JOIN jsonb_to_recordset($1::jsonb) AS n(plan text, rule text, unit text, project text, due timestamptz)
       ON t.plan = n.plan AND t.rule = n.rule AND t.unit = n.unit AND t.project IS NOT DISTINCT FROM n.project
     WHERE t.state IN ${AWAITING} AND t.due_at < n.due FOR UPDATE OF t`,
    [JSON.stringify(newer.map((task) => ({ ...task, due: iso(task.dueAt), policy: undefined })))],
  )
  return tasksOf(sql, cache, [...new Map(rows.map((row) => [row.id, row])).values()])
}

/** Any number that nothing else in this database locks. */
const DECIDING = 20_210_412

/**
 * Locked for one process at a time, and a post's tasks side by side: two processes that shared them out would make two cards for
 * one person, and the second would have to wait for the next day. Empty while another process decides.
 */
export async function dueTasks(sql: Sql, cache: PolicyCache, now: Instant, limit: number): Promise<Task[]> {
  const { rows } = await sql.query<TaskRow>(
    `SELECT * FROM task WHERE next_action_at <= $1 AND (SELECT pg_try_advisory_xact_lock($3))
     ORDER BY next_action_at, post, id LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [iso(now), limit, DECIDING],
  )
  return tasksOf(sql, cache, rows)
}

export async function tasksById(
  sql: Sql,
  cache: PolicyCache,
  ids: readonly string[],
  lock = false,
): Promise<Task[]> {
  if (ids.length === 0) return []
  const { rows } = await sql.query<TaskRow>(
    `SELECT * FROM task WHERE id = ANY($1::bigint[]) ORDER BY id ${lock ? 'FOR UPDATE' : ''}`,
    [ids],
  )
  return tasksOf(sql, cache, rows)
}

export async function openTasksOf(sql: Sql, cache: PolicyCache, posts: readonly string[]): Promise<Task[]> {
  const { rows } = await sql.query<TaskRow>(
    `SELECT * FROM task WHERE post = ANY($1) AND state IN ('open', 'acknowledged', 'returned') ORDER BY due_at, id`,
    [posts],
  )
  return tasksOf(sql, cache, rows)
}

export async function lastSubmittedOf(
  sql: Sql,
  cache: PolicyCache,
  posts: readonly string[],
  limit: number,
  { lock } = { lock: true },
): Promise<Task[]> {
  const { rows } = await sql.query<TaskRow>(
    `SELECT t.* FROM task t JOIN (SELECT task_id, max(id) AS newest FROM submission
         WHERE withdrawn_at IS NULL AND task_id IN (SELECT id FROM task WHERE post = ANY($1) AND submitted_at IS NOT NULL)
         GROUP BY task_id) s ON s.task_id = t.id
     ORDER BY s.newest DESC LIMIT $2${lock ? ' FOR UPDATE OF t' : ''}`,
    [posts, limit],
  )
  return tasksOf(sql, cache, rows)
}

export async function saveTasks(sql: Sql, changes: readonly TaskChange[], at: Instant): Promise<void> {
  if (changes.length === 0) return
  const rows = changes.map((change) => ({
    id: change.id,
    state: change.state,
    steps: change.stepsDone,
    escalated: change.escalatedOn ?? null,
    next: change.nextActionAt === undefined ? null : iso(change.nextActionAt),
    submitted: typeof change.submittedAt === 'number' ? iso(change.submittedAt) : null,
    unsubmitted: change.submittedAt === null,
    last: change.lastEvent ?? null,
  }))
  await sql.query(
    `UPDATE task SET state = c.state, steps_done = ARRAY(SELECT jsonb_array_elements_text(c.steps)), escalated_on = c.escalated,
       next_action_at = c.next, version = version + 1, submitted_at = CASE WHEN c.unsubmitted THEN NULL ELSE coalesce(submitted_at, c.submitted) END,
       last_event = coalesce(c.last, last_event), last_event_at = CASE WHEN c.last IS NULL THEN last_event_at ELSE $2::timestamptz END
     FROM jsonb_to_recordset($1::jsonb) AS c(id bigint, state text, steps jsonb, escalated text, next timestamptz, submitted timestamptz, unsubmitted boolean, last text)
     WHERE task.id = c.id`,
    [JSON.stringify(rows), iso(at)],
  )
}

/** Not a change of the task itself: its version stays, and buttons drawn from it stay good. */
export async function noteTasks(sql: Sql, notes: readonly LedgerNote[]): Promise<void> {
  if (notes.length === 0) return
  await sql.query(
    `UPDATE task SET last_event = n.text, last_event_at = n.at
     FROM jsonb_to_recordset($1::jsonb) AS n(task bigint, text text, at timestamptz) WHERE task.id = n.task`,
    [JSON.stringify(notes.map((note) => ({ ...note, at: iso(note.at) })))],
  )
}

export async function plansToExpand(sql: Sql, now: Instant): Promise<{ plan: Plan; expandedTo?: Instant }[]> {
  const { rows } = await sql.query<{ data: Plan; expanded_to: Date | null }>(
    `SELECT data, expanded_to FROM plan WHERE expanded_to IS NULL OR next_opening_at <= $1 ORDER BY key FOR UPDATE SKIP LOCKED`,
    [iso(now)],
  )
  return rows.map((row) => ({ plan: row.data, ...optionalInstant('expandedTo', row.expanded_to) }))
}

export async function planExpanded(
  sql: Sql,
  plan: string,
  upTo: Instant,
  next: Instant | undefined,
): Promise<void> {
  await sql.query('UPDATE plan SET expanded_to = $2, next_opening_at = $3 WHERE key = $1', [
    plan,
    iso(upTo),
    next === undefined ? null : iso(next),
  ])
}

export async function nextAction(sql: Sql): Promise<Instant | undefined> {
  const { rows } = await sql.query<{ at: Date | null }>(
    `SELECT least((SELECT min(next_action_at) FROM task),
       (SELECT min(CASE WHEN expanded_to IS NULL THEN to_timestamp(0) ELSE next_opening_at END) FROM plan)) AS at`,
    [],
  )
  return rows[0]?.at?.getTime()
}

export async function ledgerRows(
  sql: Sql,
  cache: PolicyCache,
  plan: string | undefined,
): Promise<LedgerRow[]> {
  const { rows } = await sql.query<TaskRow>(
    `SELECT * FROM task WHERE $1::text IS NULL OR plan = $1 ORDER BY due_at, rule, unit, project`,
    [plan ?? null],
  )
  const tasks = await tasksOf(sql, cache, rows)
  return tasks.map((task, index) => ({
    ...task,
    ...optionalInstant('submittedAt', rows[index]?.submitted_at ?? null),
    ...optional('lastEvent', rows[index]?.last_event),
    ...optionalInstant('lastEventAt', rows[index]?.last_event_at ?? null),
  }))
}
