// Requests and what their decisions change: due dates, posts, stand-ins.
import type { Amendment } from '../app/request-port.ts'
import type { CivilDate, Instant } from '../core/calendar/civil.ts'
import type { Delegation } from '../core/people/directory.ts'
import type { Request, RequestDraft, RequestKind } from '../core/request/types.ts'
import { bumpVersion } from './office.ts'
import { iso, optional, optionalInstant, type Sql } from './rows.ts'

type Row = {
  id: number
  kind: string
  task_id: number | null
  post: string | null
  person: string
  channel: string
  inbound_id: number
  data: object
  revision: number
  state: string
  asked_at: Date
  decided_by: string | null
  decided_at: Date | null
  reason: string | null
}

// What a row holds was written by insertRequest and saveRequest: its data belong to its kind.
const requestOf = (row: Row): Request =>
  ({
    id: String(row.id),
    kind: row.kind,
    ...optional('task', row.task_id === null ? null : String(row.task_id)),
    ...optional('post', row.post),
    person: row.person,
    channel: row.channel,
    inbound: String(row.inbound_id),
    data: row.data,
    revision: row.revision,
    state: row.state,
    askedAt: row.asked_at.getTime(),
    ...optional('decidedBy', row.decided_by),
    ...optionalInstant('decidedAt', row.decided_at),
    ...optional('reason', row.reason),
  }) as Request

const decidedIso = (at: Instant | undefined): string | null => (at === undefined ? null : iso(at))

export async function insertRequest(sql: Sql, draft: RequestDraft): Promise<Request> {
  const { rows } = await sql.query<{ id: number }>(
    `INSERT INTO request (kind, task_id, post, person, channel, inbound_id, data, state, asked_at, decided_by, decided_at, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`,
    [
      draft.kind,
      draft.task ?? null,
      draft.post ?? null,
      draft.person,
      draft.channel,
      draft.inbound,
      JSON.stringify(draft.data),
      draft.state,
      iso(draft.askedAt),
      draft.decidedBy ?? null,
      decidedIso(draft.decidedAt),
      draft.reason ?? null,
    ],
  )
  return { ...draft, id: String(rows[0]?.id), revision: 1 }
}

export async function saveRequest(sql: Sql, one: Request): Promise<void> {
  await sql.query(
    `UPDATE request SET post = $2, data = $3, revision = $4, state = $5, decided_by = $6, decided_at = $7, reason = $8, asked_at = $9,
       channel = $10, inbound_id = $11 WHERE id = $1`,
    [
      one.id,
      one.post ?? null,
      JSON.stringify(one.data),
      one.revision,
      one.state,
      one.decidedBy ?? null,
      decidedIso(one.decidedAt),
      one.reason ?? null,
      iso(one.askedAt),
      one.channel,
      one.inbound,
    ],
  )
}

export async function request(sql: Sql, id: string, lock = false): Promise<Request | undefined> {
  const { rows } = await sql.query<Row>(`SELECT * FROM request WHERE id = $1 ${lock ? 'FOR UPDATE' : ''}`, [
    id,
  ])
  return rows[0] && requestOf(rows[0])
}

export async function requestsOf<K extends RequestKind>(
  sql: Sql,
  kind: K,
  whose: { readonly task: string } | { readonly person: string },
): Promise<Request<K>[]> {
  const [column, value] = 'task' in whose ? ['task_id', whose.task] : ['person', whose.person]
  const { rows } = await sql.query<Row>(
    `SELECT * FROM request WHERE kind = $1 AND ${column} = $2 ORDER BY id FOR UPDATE`,
    [kind, value],
  )
  return rows.map((row) => requestOf(row) as Request<K>)
}

export async function amendTask(sql: Sql, change: Amendment, at: Instant): Promise<void> {
  await sql.query(
    `UPDATE task SET post = coalesce($2, post), due_at = coalesce($3, due_at), state = coalesce($4, state), steps_done = $5,
       next_action_at = $6, last_event = $7, last_event_at = $8, version = version + 1 WHERE id = $1`,
    [
      change.task,
      change.post ?? null,
      decidedIso(change.dueAt),
      change.state ?? null,
      change.stepsDone,
      decidedIso(change.nextActionAt),
      change.lastEvent,
      iso(at),
    ],
  )
}

/** What was issued or held stays in the trail of events; the ladder may draft the same step again for the new due date. */
export async function dropDrafts(sql: Sql, task: string): Promise<void> {
  await sql.query('DELETE FROM formal_step WHERE task_id = $1', [task])
}

export async function addStandIn(
  sql: Sql,
  { post, to, from, until }: Delegation,
  requestId: string,
): Promise<void> {
  await sql.query(
    `INSERT INTO delegation (post, "to", "from", until, request_id) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (post, "to", "from") DO UPDATE SET until = excluded.until, request_id = excluded.request_id`,
    [post, to, from, until, requestId],
  )
  await bumpVersion(sql)
}

export async function endStandIn(sql: Sql, requestId: string, lastDay: CivilDate): Promise<void> {
  await sql.query('DELETE FROM delegation WHERE request_id = $1 AND "from" > $2', [requestId, lastDay])
  await sql.query('UPDATE delegation SET until = $2 WHERE request_id = $1 AND until > $2', [
    requestId,
    lastDay,
  ])
  await bumpVersion(sql)
}

/** For the transaction of a store. */
export const requestsOn = (sql: Sql) => ({
  insertRequest: (draft: RequestDraft) => insertRequest(sql, draft),
  saveRequest: (one: Request) => saveRequest(sql, one),
  request: (id: string, options?: { lock: boolean }) => request(sql, id, options?.lock),
  requestsOf: <K extends RequestKind>(
    kind: K,
    whose: { readonly task: string } | { readonly person: string },
  ) => requestsOf(sql, kind, whose),
  amendTask: (change: Amendment, at: Instant) => amendTask(sql, change, at),
  dropDrafts: (task: string) => dropDrafts(sql, task),
  addStandIn: (one: Delegation, requestId: string) => addStandIn(sql, one, requestId),
  endStandIn: (requestId: string, lastDay: CivilDate) => endStandIn(sql, requestId, lastDay),
})
