// What people answered and decided: submissions in revisions, formal steps, conversations, and the cards they pressed.
import type { FormalStep, SentCard, Submission } from '../app/store-port.ts'
import type { Instant } from '../core/calendar/civil.ts'
import type { Family, Saying } from '../core/message/notice.ts'
import type { OutgoingContent } from '../core/message/types.ts'
import type { ChannelName, ProjectStage } from '../core/people/directory.ts'
import type { FormalKind } from '../core/task/policy.ts'
import type { Task, TaskState } from '../core/task/types.ts'
import { iso, optional, optionalInstant, type Sql } from './rows.ts'

type SubmissionRow = {
  task_id: number
  revision: number
  fields: Record<string, unknown>
  text: string
  person: string
  channel: ChannelName
  inbound_id: number | null
  at: Date
  late: boolean
  reason: string | null
  confirmed: boolean
  state_before: TaskState | null
  stage_before: ProjectStage | null
  withdrawn_at: Date | null
}

const submissionOf = (row: SubmissionRow): Submission => ({
  task: String(row.task_id),
  revision: row.revision,
  fields: row.fields,
  text: row.text,
  person: row.person,
  channel: row.channel,
  ...optional('inbound', row.inbound_id === null ? null : String(row.inbound_id)),
  at: row.at.getTime(),
  late: row.late,
  ...optional('reason', row.reason),
  confirmed: row.confirmed,
  ...optional('stateBefore', row.state_before),
  ...optional('stageBefore', row.stage_before),
  ...optionalInstant('withdrawnAt', row.withdrawn_at),
})

export async function submissionsOf(sql: Sql, task: string): Promise<Submission[]> {
  const { rows } = await sql.query<SubmissionRow>(
    'SELECT * FROM submission WHERE task_id = $1 ORDER BY revision',
    [task],
  )
  return rows.map(submissionOf)
}

export async function previousSubmission(sql: Sql, task: Task): Promise<Submission | undefined> {
  const { rows } = await sql.query<SubmissionRow>(
    `SELECT s.* FROM submission s JOIN task t ON t.id = s.task_id
     WHERE t.plan = $1 AND t.unit = $2 AND t.project IS NOT DISTINCT FROM $3 AND t.rule = $4 AND t.due_at < $5
       AND s.withdrawn_at IS NULL
     ORDER BY t.due_at DESC, s.revision DESC LIMIT 1`,
    [task.plan, task.unit, task.project ?? null, task.rule, iso(task.dueAt)],
  )
  return rows[0] && submissionOf(rows[0])
}

export async function insertSubmission(sql: Sql, one: Submission): Promise<void> {
  await sql.query(
    `INSERT INTO submission (task_id, revision, fields, text, person, channel, inbound_id, at, late, reason, state_before, stage_before)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      one.task,
      one.revision,
      JSON.stringify(one.fields),
      one.text,
      one.person,
      one.channel,
      one.inbound ?? null,
      iso(one.at),
      one.late,
      one.reason ?? null,
      one.stateBefore ?? null,
      one.stageBefore ?? null,
    ],
  )
}

export async function confirmSubmission(sql: Sql, task: string, revision: number): Promise<void> {
  await sql.query('UPDATE submission SET confirmed = true WHERE task_id = $1 AND revision = $2', [
    task,
    revision,
  ])
}

export async function withdrawSubmission(
  sql: Sql,
  task: string,
  revision: number,
  person: string,
  at: Instant,
): Promise<void> {
  await sql.query(
    'UPDATE submission SET withdrawn_at = $4, withdrawn_by = $3 WHERE task_id = $1 AND revision = $2',
    [task, revision, person, iso(at)],
  )
}

export async function draftFormal(sql: Sql, steps: readonly FormalStep[], at: Instant): Promise<void> {
  if (steps.length === 0) return
  await sql.query(
    `INSERT INTO formal_step (task_id, step, kind, plan, state, drafted_at)
     SELECT task, step, kind, plan, state, $2 FROM jsonb_to_recordset($1::jsonb) AS f(task bigint, step text, kind text, plan text, state text)
     ON CONFLICT (task_id, step) DO NOTHING`,
    [JSON.stringify(steps), iso(at)],
  )
}

export async function formalSteps(
  sql: Sql,
  tasks: readonly string[],
  kind: FormalKind,
  lock = false,
): Promise<FormalStep[]> {
  const { rows } = await sql.query<{
    task_id: number
    step: string
    plan: string
    state: FormalStep['state']
    decided_by: string | null
    decided_at: Date | null
  }>(
    `SELECT * FROM formal_step WHERE task_id = ANY($1::bigint[]) AND kind = $2 ORDER BY task_id ${lock ? 'FOR UPDATE' : ''}`,
    [tasks, kind],
  )
  return rows.map((row) => ({
    task: String(row.task_id),
    step: row.step,
    kind,
    plan: row.plan,
    state: row.state,
    ...optional('decidedBy', row.decided_by),
    ...optionalInstant('decidedAt', row.decided_at),
  }))
}

export async function decideFormal(sql: Sql, step: FormalStep): Promise<void> {
  await sql.query(
    `UPDATE formal_step SET state = $3, decided_by = $4, decided_at = $5 WHERE task_id = $1 AND step = $2`,
    [
      step.task,
      step.step,
      step.state,
      step.decidedBy ?? null,
      step.decidedAt === undefined ? null : iso(step.decidedAt),
    ],
  )
}

type CardRow = { id: string; address: string; family: Family; content: OutgoingContent; started_at: Date }

export async function sentCard(sql: Sql, id: string): Promise<SentCard | undefined> {
  const { rows } = await sql.query<CardRow>(
    'SELECT id, address, family, content, started_at FROM send WHERE id = $1',
    [id],
  )
  return rows[0] && withNotices(sql, rows[0])
}

export async function readBackCard(sql: Sql, task: string, revision: number): Promise<SentCard | undefined> {
  const { rows } = await sql.query<{ send_id: string }>(
    `SELECT send_id FROM outbox WHERE task_id = $1 AND send_id IS NOT NULL AND (
       (saying->>'words' = 'read-back' AND saying->'slots'->>'revision' = $2)
       OR (saying->>'words' = 'read-back-all' AND $3 = ANY(string_to_array(saying->'slots'->>'revisions', ' '))))`,
    [task, String(revision), `${task}:${revision}`],
  )
  return rows[0] && sentCard(sql, rows[0].send_id)
}

export async function lastList(sql: Sql, address: string, family: Family): Promise<SentCard | undefined> {
  const { rows } = await sql.query<CardRow>(
    `SELECT id, address, family, content, started_at FROM send s WHERE address = $1 AND family = $2 AND state = 'sent'
       AND (SELECT count(*) FROM outbox o WHERE o.send_id = s.id) > 1
     ORDER BY started_at DESC LIMIT 1`,
    [address, family],
  )
  return rows[0] && withNotices(sql, rows[0])
}

async function withNotices(sql: Sql, card: CardRow): Promise<SentCard> {
  const { rows } = await sql.query<{ saying: Saying; task_id: number | null }>(
    `SELECT saying, task_id FROM outbox WHERE send_id = $1 ORDER BY id`,
    [card.id],
  )
  return {
    id: card.id,
    address: card.address,
    family: card.family,
    startedAt: card.started_at.getTime(),
    content: card.content,
    sayings: rows.map(({ saying }) => saying),
    tasks: rows.flatMap(({ task_id }) => (task_id === null ? [] : [String(task_id)])),
  }
}

export async function conversation(sql: Sql, person: string): Promise<Record<string, unknown> | undefined> {
  const { rows } = await sql.query<{ data: Record<string, unknown> }>(
    'SELECT data FROM conversation WHERE person = $1 FOR UPDATE',
    [person],
  )
  return rows[0]?.data
}

export async function saveConversation(
  sql: Sql,
  person: string,
  data: Readonly<Record<string, unknown>> | undefined,
  at: Instant,
): Promise<void> {
  if (data === undefined) {
    await sql.query('DELETE FROM conversation WHERE person = $1', [person])
    return
  }
  await sql.query(
    `INSERT INTO conversation (person, data, updated_at) VALUES ($1, $2, $3)
     ON CONFLICT (person) DO UPDATE SET data = excluded.data, updated_at = excluded.updated_at`,
    [person, JSON.stringify(data), iso(at)],
  )
}
