// Prepared statements for the embedded database, where parsing and planning the same SQL again costs a third of the time.
import { createHash } from 'node:crypto'
import type pg from 'pg'

/** Longer texts are scripts or generated lists, and not worth keeping. */
const MAX_LENGTH = 10_000

/**
 * Gives every text query that comes with a list of values, be it empty, a name made from its text. Only for the one session of the embedded
 * database: behind a transaction pooler a name would meet a session that has never heard of it.
 */
export function nameStatements(client: pg.PoolClient): void {
  const names = new Map<string, string>()
  const query = client.query.bind(client) as (...args: readonly unknown[]) => unknown
  const named = (text: unknown, values?: unknown, ...rest: readonly unknown[]): unknown => {
    if (typeof text !== 'string' || !Array.isArray(values) || text.length > MAX_LENGTH)
      return query(text, values, ...rest)
    const name = names.get(text) ?? `s${createHash('sha256').update(text).digest('hex').slice(0, 24)}`
    names.set(text, name)
    return query({ name, text, values }, ...rest)
  }
  Object.assign(client, { query: named })
}
