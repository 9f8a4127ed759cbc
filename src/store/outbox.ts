// What is to be said: queued once, claimed an address at a time, settled by what the platform answered (invariants 2 and 5).
import type { QueuedNotice, SendRecord, Settlement } from '../app/outbox-port.ts'
import type { CivilDate, Instant } from '../core/calendar/civil.ts'
import type { Family, Notice, Saying } from '../core/message/notice.ts'
import type { RecentSend } from '../core/message/pace.ts'
import { addressKey, type ReplyHandle } from '../core/message/types.ts'
import { prolongLeases, releaseLeases } from './leases.ts'
import { beginnings, iso, optional, optionalInstant, type Sql } from './rows.ts'

/** A process that dies keeps its addresses this long; one that lives prolongs it by `keep`. */
const LEASE_SECONDS = 12

/** The code of a send that is to be tried again because nobody knows whether it arrived. */
const UNHEARD = 'unheard'

export async function enqueue(sql: Sql, notices: readonly Notice[], at: Instant): Promise<number> {
  if (notices.length === 0) return 0
  const rows = notices.map((notice) => ({
    key: notice.dedupKey,
    address: addressKey(notice.to),
    family: notice.family,
    saying: notice.replyTo ? { ...notice.saying, replyTo: notice.replyTo } : notice.saying,
    task: notice.task ?? null,
    step: notice.step ?? null,
    not_before: iso(notice.notBefore),
    deadline: notice.deadline === undefined ? null : iso(notice.deadline),
  }))
  const result = await sql.query(
    `INSERT INTO outbox (dedup_key, address, family, saying, task_id, step, not_before, deadline, state, created_at)
     SELECT key, address, family, saying, task, step, not_before, deadline, 'queued', $2
     FROM jsonb_to_recordset($1::jsonb) AS n(key text, address text, family text, saying jsonb, task bigint, step text,
       not_before timestamptz, deadline timestamptz)
     ON CONFLICT (dedup_key) DO NOTHING`,
    [JSON.stringify(rows), iso(at)],
  )
  return result.rowCount ?? 0
}

type Row = {
  id: number
  address: string
  family: Family
  saying: Saying & { replyTo?: ReplyHandle }
  task_id: number | null
  step: string | null
  deadline: Date | null
  send_id: string | null
  send_state: string | null
  attempts: number | null
  idempotent: boolean | null
  code: string | null
}

/**
 * Leases some addresses that have something to say and reads their notices. Two statements on purpose: the second must see
 * what another process settled before it gave the lease back.
 */
export async function claim(
  sql: Sql,
  holder: string,
  now: Instant,
  limit: number,
  reach: readonly string[],
): Promise<QueuedNotice[]> {
  const leased = await sql.query<{ address: string }>(
    `WITH waiting AS (
       SELECT address, min(id) AS first FROM outbox o WHERE state IN ('queued', 'sending') AND not_before <= $1
         AND address LIKE ANY($5)
         AND NOT EXISTS (SELECT 1 FROM lease l WHERE l.name = 'address:' || o.address AND l.until > clock_timestamp())
       GROUP BY address ORDER BY first LIMIT $2)
     INSERT INTO lease (name, holder, until)
       SELECT 'address:' || address, $3, clock_timestamp() + make_interval(secs => $4) FROM waiting ORDER BY address
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until WHERE lease.until <= clock_timestamp()
     RETURNING substr(name, 9) AS address`,
    [iso(now), limit, holder, LEASE_SECONDS, beginnings(reach)],
  )
  if (leased.rows.length === 0) return []
  const { rows } = await sql.query<Row>(
    `SELECT o.id, o.address, o.family, o.saying, o.task_id, o.step, o.deadline, o.send_id, s.state AS send_state, s.attempts, s.idempotent, s.code
     FROM outbox o LEFT JOIN send s ON s.id = o.send_id
     WHERE o.address = ANY($1) AND o.state IN ('queued', 'sending') AND o.not_before <= $2 ORDER BY o.id`,
    [leased.rows.map(({ address }) => address), iso(now)],
  )
  return rows.map(queuedNotice)
}

function queuedNotice(row: Row): QueuedNotice {
  const { replyTo, ...saying } = row.saying
  return {
    id: String(row.id),
    address: row.address,
    family: row.family,
    saying: saying as Saying,
    ...optional('replyTo', replyTo),
    ...optional('task', row.task_id === null ? null : String(row.task_id)),
    ...optional('step', row.step),
    ...optionalInstant('deadline', row.deadline),
    ...optional('sendId', row.send_id),
    ...optional('attempts', row.attempts),
    ...optional('idempotent', row.idempotent),
    ...(row.send_state === null ? {} : { settled: row.send_state !== 'sending' }),
    ...(row.code === UNHEARD ? { unheard: true } : {}),
  }
}

const leaseOf = (address: string): string => `address:${address}`

export const keep = (sql: Sql, holder: string, addresses: readonly string[]): Promise<void> =>
  prolongLeases(sql, holder, addresses.map(leaseOf), LEASE_SECONDS)

export const release = (sql: Sql, holder: string, addresses: readonly string[]): Promise<void> =>
  releaseLeases(sql, holder, addresses.map(leaseOf))

/**
 * Writes down, before the first byte leaves, which notices leave in which message. Returns the ids of the messages that may go:
 * those whose address is still ours.
 */
export async function beginSends(
  sql: Sql,
  holder: string,
  sends: readonly { record: SendRecord; notices: readonly string[] }[],
): Promise<Set<string>> {
  const rows = sends.map(({ record }) => ({ ...record, startedAt: iso(record.startedAt) }))
  const carried = sends.flatMap(({ record, notices }) =>
    notices.map((notice) => ({ notice, send: record.id })),
  )
  const { rows: begun } = await sql.query<{ id: string }>(
    `WITH s AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS s(id text, address text, channel text, family text, day text, content jsonb,
         idempotent boolean, "startedAt" timestamptz)
       WHERE EXISTS (SELECT 1 FROM lease l WHERE l.name = 'address:' || s.address AND l.holder = $2 AND l.until > clock_timestamp())),
     marked AS (
       UPDATE outbox SET state = 'sending', send_id = s.id
       FROM unnest($3::bigint[], $4::text[]) AS carried(notice, send) JOIN s ON s.id = carried.send
       WHERE outbox.id = carried.notice)
     INSERT INTO send (id, address, channel, family, day, content, idempotent, state, started_at)
       SELECT id, address, channel, family, day, content, idempotent, 'sending', "startedAt" FROM s
     ON CONFLICT (id) DO UPDATE SET state = 'sending', attempts = send.attempts + 1, content = excluded.content, started_at = excluded.started_at
     RETURNING id`,
    [JSON.stringify(rows), holder, carried.map(({ notice }) => notice), carried.map(({ send }) => send)],
  )
  return new Set(begun.map(({ id }) => id))
}

/** The notices of a message share its fate; one to be tried again goes back into the queue under the same message id. */
export async function settle(sql: Sql, settlements: readonly Settlement[]): Promise<void> {
  const rows = settlements.map((one) => ({
    ...one,
    at: iso(one.at),
    notBefore: one.notBefore === undefined ? null : iso(one.notBefore),
    platformId: one.platformId ?? null,
    code: one.code ?? (one.unheard ? UNHEARD : undefined),
  }))
  const parsed = `jsonb_to_recordset($1::jsonb) AS r(id text, state text, at timestamptz, "platformId" text, code text, detail text, "notBefore" timestamptz)`
  await sql.query(
    `UPDATE send SET state = r.state, settled_at = r.at, platform_id = coalesce(r."platformId", platform_id), code = r.code, detail = r.detail
     FROM ${parsed} WHERE send.id = r.id`,
    [JSON.stringify(rows)],
  )
  await sql.query(
    `UPDATE outbox SET state = CASE WHEN r.state = 'retry' THEN 'queued' ELSE r.state END, not_before = coalesce(r."notBefore", not_before)
     FROM ${parsed} WHERE outbox.send_id = r.id AND outbox.state = 'sending'`,
    [JSON.stringify(rows)],
  )
}

export async function holdNotices(sql: Sql, held: readonly { id: string; until: Instant }[]): Promise<void> {
  if (held.length === 0) return
  await sql.query(
    `UPDATE outbox SET not_before = h.until FROM jsonb_to_recordset($1::jsonb) AS h(id bigint, until timestamptz)
     WHERE outbox.id = h.id AND outbox.state = 'queued'`,
    [JSON.stringify(held.map(({ id, until }) => ({ id, until: iso(until) })))],
  )
}

export async function closeNotices(
  sql: Sql,
  ids: readonly string[],
  state: 'merged' | 'dropped' | 'unknown',
): Promise<void> {
  if (ids.length > 0)
    await sql.query(`UPDATE outbox SET state = $2 WHERE id = ANY($1::bigint[])`, [ids, state])
}

export async function spokenOn(
  sql: Sql,
  day: CivilDate,
  addresses: readonly string[],
): Promise<Map<string, Set<Family>>> {
  const { rows } = await sql.query<{ address: string; family: Family }>(
    `SELECT DISTINCT address, family FROM send WHERE address = ANY($1) AND day = $2 AND state IN ('sending', 'sent', 'retry', 'unknown')`,
    [addresses, day],
  )
  const spoken = new Map<string, Set<Family>>()
  for (const { address, family } of rows) spoken.set(address, (spoken.get(address) ?? new Set()).add(family))
  return spoken
}

export async function recentSends(
  sql: Sql,
  channel: string,
  since: Instant,
  to?: readonly string[],
): Promise<RecentSend[]> {
  const { rows } = await sql.query<{ address: string; started_at: Date }>(
    `SELECT address, started_at FROM send
     WHERE started_at > $2 AND channel = $1 AND ($3::text[] IS NULL OR address = ANY($3))`,
    [channel, iso(since), to ?? null],
  )
  return rows.map((row) => ({ address: row.address, at: row.started_at.getTime() }))
}

export async function nextDelivery(sql: Sql): Promise<Instant | undefined> {
  const { rows } = await sql.query<{ at: Date | null }>(
    `SELECT min(not_before) AS at FROM outbox WHERE state IN ('queued', 'sending')`,
    [],
  )
  return rows[0]?.at?.getTime()
}
