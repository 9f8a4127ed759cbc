// What was heard: inserted once, in gathered batches, before any platform is told (invariant 1).
import type { Mine, StoredInbound } from '../app/store-port.ts'
import type { Instant } from '../core/calendar/civil.ts'
import type { Inbound } from '../core/message/types.ts'
import { beginnings, iso, type Sql } from './rows.ts'

type Waiting = {
  readonly inbound: Inbound
  readonly receivedAt: Instant
  readonly done: (error?: unknown) => void
}

/**
 * Returns `save`: resolves after the commit. Messages that arrive in one turn of the event loop, or while an INSERT runs, share
 * the next INSERT: a burst costs a few round trips. A message id known already is left as it is.
 */
export function gatheringInsert(sql: Sql): (inbound: Inbound, receivedAt: Instant) => Promise<void> {
  let waiting: Waiting[] = []
  let running = false

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      const error = await failureOf(insert(sql, batch))
      // One message that the database refuses must not take the others down with it.
      for (const one of batch)
        one.done(error !== undefined && batch.length > 1 ? await failureOf(insert(sql, [one])) : error)
    }
    running = false
  }

  return (inbound, receivedAt) =>
    new Promise((resolve, reject) => {
      waiting.push({
        inbound,
        receivedAt,
        done: (error) => (error === undefined ? resolve() : reject(error)),
      })
      if (running) return
      running = true
      setImmediate(() => void run())
    })
}

const failureOf = (work: Promise<void>): Promise<unknown> =>
  work.then(
    () => undefined,
    (reason: unknown) => reason ?? new Error('insert failed'),
  )

async function insert(sql: Sql, batch: readonly Waiting[]): Promise<void> {
  const rows = batch.map(({ inbound, receivedAt }) => ({
    channel: inbound.channel,
    id: inbound.messageId,
    payload: inbound,
    at: iso(receivedAt),
  }))
  await sql.query(
    `INSERT INTO inbound (channel, message_id, payload, state, received_at)
     SELECT channel, id, payload, 'received', at
     FROM jsonb_to_recordset($1::jsonb) AS m(channel text, id text, payload jsonb, at timestamptz)
     ON CONFLICT (channel, message_id) DO NOTHING`,
    [storable(rows)],
  )
}

/** Stored and done in one step: what came by a request that is answered with its outcome. */
export async function takeInbound(sql: Sql, inbound: Inbound, at: Instant): Promise<StoredInbound> {
  const payload = storable(inbound)
  const { rows } = await sql.query<{ id: number }>(
    `INSERT INTO inbound (channel, message_id, payload, state, received_at, handled_at)
     VALUES ($1, $2, $3, 'done', $4, $4) RETURNING id`,
    [inbound.channel, inbound.messageId, payload, iso(at)],
  )
  return { id: String(rows[0]?.id), inbound: JSON.parse(payload) as Inbound, receivedAt: at, attempts: 0 }
}

/** As JSON that PostgreSQL takes: it can hold neither U+0000 nor half a surrogate pair; both come with pasted or cut texts. */
const storable = (value: unknown): string =>
  JSON.stringify(value, (_key, held: unknown) =>
    typeof held === 'string' ? held.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd') : held,
  )

/** `$1` patterns, `$2` an instant; see `Mine`. */
const WAITING = `state = 'received' AND (channel || ':' || message_id LIKE ANY($1) OR received_at <= $2)`

export async function hasUnhandledInbound(sql: Sql, { reach, orBefore }: Mine): Promise<boolean> {
  const { rows } = await sql.query(`SELECT 1 FROM inbound WHERE ${WAITING} LIMIT 1`, [
    beginnings(reach),
    iso(orBefore),
  ])
  return rows.length > 0
}

/** The oldest messages that nobody has handled, locked: a crash between storing and handling is made good here. */
export async function unhandledInbound(
  sql: Sql,
  limit: number,
  { reach, orBefore }: Mine,
): Promise<StoredInbound[]> {
  const { rows } = await sql.query<{ id: number; payload: Inbound; received_at: Date; attempts: number }>(
    `SELECT id, payload, received_at, attempts FROM inbound WHERE ${WAITING} ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED`,
    [beginnings(reach), iso(orBefore), limit],
  )
  return rows.map((row) => ({
    id: String(row.id),
    inbound: row.payload,
    receivedAt: row.received_at.getTime(),
    attempts: row.attempts,
  }))
}

export async function finishInbound(
  sql: Sql,
  id: string,
  outcome: { state: 'done' | 'failed' | 'received'; at: Instant; error?: string },
): Promise<void> {
  await sql.query(
    `UPDATE inbound SET state = $2, handled_at = $3, error = $4, attempts = attempts + 1 WHERE id = $1`,
    [id, outcome.state, iso(outcome.at), outcome.error ?? null],
  )
}
