// Leases: what only one process may do at a time, until an instant of the database's own clock (invariant 12).
import type { Sql } from './rows.ts'

/** Takes a lease that is free or expired, or renews one's own; false while another holder has it. One statement: no two can win. */
export async function acquireLease(
  sql: Sql,
  holder: string,
  name: string,
  seconds: number,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `INSERT INTO lease (name, holder, until) VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3))
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
     WHERE lease.holder = excluded.holder OR lease.until <= clock_timestamp()`,
    [name, holder, seconds],
  )
  return rowCount === 1
}

/** Gives up what is one's own; another's stays. */
export async function releaseLeases(sql: Sql, holder: string, names: readonly string[]): Promise<void> {
  await sql.query('DELETE FROM lease WHERE holder = $1 AND name = ANY($2)', [holder, names])
}

/** Prolongs what is still one's own; what has expired meanwhile may be another's, and stays as it is. */
export async function prolongLeases(
  sql: Sql,
  holder: string,
  names: readonly string[],
  seconds: number,
): Promise<void> {
  await sql.query(
    `UPDATE lease SET until = clock_timestamp() + make_interval(secs => $3)
     WHERE holder = $1 AND name = ANY($2) AND until > clock_timestamp()`,
    [holder, names, seconds],
  )
}

/** For a database that only one process can open: whoever held a lease there is dead. */
export async function dropLeases(sql: Sql): Promise<void> {
  await sql.query('DELETE FROM lease')
}
