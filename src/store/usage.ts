// What the platforms' months have used up: one row a platform, month and share, added to by every process.
import type { UsedUp } from '../app/usage.ts'
import type { Amounts } from '../core/message/quota.ts'
import type { Sql } from './rows.ts'

const keyOf = (channel: string, month: string, meter: string): string => `usage:${channel}:${month}:${meter}`

/** Adds in one statement; two processes at once lose nothing. Keys are sorted so that they never wait for each other in a circle. */
export async function addUsage(sql: Sql, used: readonly UsedUp[]): Promise<void> {
  const rows = used
    .map(({ channel, month, meter, amount }) => ({ key: keyOf(channel, month, meter), amount }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
  await sql.query(
    `INSERT INTO setting (key, value) SELECT key, amount::text FROM jsonb_to_recordset($1::jsonb) AS u(key text, amount bigint)
     ON CONFLICT (key) DO UPDATE SET value = (setting.value::bigint + excluded.value::bigint)::text`,
    [JSON.stringify(rows)],
  )
}

export async function usage(sql: Sql, channel: string, month: string): Promise<Amounts> {
  const keys = [keyOf(channel, month, 'calls'), keyOf(channel, month, 'messages')]
  const { rows } = await sql.query<{ key: string; value: string }>(
    'SELECT key, value FROM setting WHERE key = ANY($1)',
    [keys],
  )
  const [calls = 0, messages = 0] = keys.map((key) => Number(rows.find((row) => row.key === key)?.value ?? 0))
  return { calls, messages }
}
