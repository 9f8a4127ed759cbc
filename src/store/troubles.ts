// What did not arrive: addresses whose newest message was refused, and messages of which nobody knows whether they arrived.
import type { Instant } from '../core/calendar/civil.ts'
import type { Sql } from './rows.ts'

export type Trouble = {
  readonly address: string
  readonly state: 'refused' | 'unknown'
  readonly code?: string
  readonly detail?: string
  readonly at: Instant
}

const MOST = 200

/** Newest first, at most 200. A refusal counts until something reaches that address; an unknown one stays for a person to look at. */
export async function troubles(sql: Sql, since: Instant): Promise<Trouble[]> {
  const { rows } = await sql.query<{
    address: string
    state: 'refused' | 'unknown'
    code: string | null
    detail: string | null
    started_at: Date
  }>(
    `SELECT address, state, code, detail, started_at FROM (
       SELECT *, row_number() OVER (PARTITION BY address ORDER BY started_at DESC) AS newest
       FROM send WHERE started_at >= $1) recent
     WHERE state = 'unknown' OR (state = 'refused' AND newest = 1)
     ORDER BY started_at DESC LIMIT $2`,
    [new Date(since), MOST],
  )
  return rows.map(({ address, state, code, detail, started_at }) => ({
    address,
    state,
    ...(code === null ? {} : { code }),
    ...(detail === null ? {} : { detail }),
    at: started_at.getTime(),
  }))
}
