// The audit trail: events chained by hash, appended last in their transaction (invariant 7).
import { createHash } from 'node:crypto'
import type { EventDraft } from '../app/store-port.ts'
import { iso, type Sql } from './rows.ts'

/** One writer of the chain at a time, over all processes; the number only has to be ours. */
const CHAIN_LOCK = 6_200_417

export const FIRST_HASH = '0'.repeat(64)

export type EventRow = {
  seq: number
  at: string
  actor: string
  kind: string
  task: string | null
  subject: string | null
  data: unknown
  inbound: string | null
}

/** Appends in the transaction of `sql`. Must come last there: the chain stays locked until the commit. */
export async function appendEvents(sql: Sql, events: readonly EventDraft[]): Promise<void> {
  if (events.length === 0) return
  await sql.query('SELECT pg_advisory_xact_lock($1)', [CHAIN_LOCK])
  const last = await sql.query<{ seq: number; hash: string }>(
    'SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1',
    [],
  )
  let seq = Number(last.rows[0]?.seq ?? 0)
  let prevHash = last.rows[0]?.hash ?? FIRST_HASH
  const rows = events.map((event) => {
    seq += 1
    const row = rowOf(event, seq)
    const hash = chainHash(prevHash, row)
    const chained = { ...row, prev_hash: prevHash, hash }
    prevHash = hash
    return chained
  })
  await sql.query(
    `INSERT INTO event (seq, at, actor, kind, task_id, subject, data, inbound_id, prev_hash, hash)
     SELECT seq, at, actor, kind, task, subject, data, inbound, prev_hash, hash
     FROM jsonb_to_recordset($1::jsonb) AS e(seq bigint, at timestamptz, actor text, kind text, task bigint,
       subject text, data jsonb, inbound bigint, prev_hash text, hash text)`,
    [JSON.stringify(rows)],
  )
}

function rowOf(event: EventDraft, seq: number): EventRow {
  return {
    seq,
    at: iso(event.at),
    actor: event.actor,
    kind: event.kind,
    task: event.task ?? null,
    subject: event.subject ?? null,
    data: event.data ?? {},
    inbound: event.inbound ?? null,
  }
}

/** SHA-256 over the previous hash and the row, keys sorted, so that it can be computed again from what the database gives back. */
export function chainHash(prevHash: string, row: EventRow): string {
  return createHash('sha256').update(prevHash).update(canonical(row)).digest('hex')
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)
    .join(',')}}`
}

/** Where the chain breaks first, or undefined when every event follows from the one before. Reads in pages. */
export async function findBrokenLink(
  sql: Sql,
): Promise<{ seq: number; checked: number } | { checked: number }> {
  let prevHash = FIRST_HASH
  let checked = 0
  for (let after = 0; ; ) {
    const { rows } = await sql.query(
      `SELECT seq, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, actor, kind, task_id::text AS task,
         subject, data, inbound_id::text AS inbound, prev_hash, hash FROM event WHERE seq > $1 ORDER BY seq LIMIT 1000`,
      [after],
    )
    if (rows.length === 0) return { checked }
    for (const { prev_hash, hash, ...row } of rows as (EventRow & { prev_hash: string; hash: string })[]) {
      if (prev_hash !== prevHash || row.seq !== checked + 1 || chainHash(prevHash, row) !== hash)
        return { seq: row.seq, checked }
      prevHash = hash
      checked += 1
      after = row.seq
    }
  }
}
