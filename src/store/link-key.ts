// The installation's own key for signing links: random, made once, the same in every process.
import { randomBytes } from 'node:crypto'
import type { Sql } from './rows.ts'

const NAME = 'link-key'
const BYTES = 32

/** Makes the key at the first call ever; of two processes at once the first one's stands. */
export async function linkKey(sql: Sql): Promise<Uint8Array> {
  await sql.query('INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING', [
    NAME,
    randomBytes(BYTES).toString('hex'),
  ])
  const { rows } = await sql.query<{ value: string }>('SELECT value FROM setting WHERE key = $1', [NAME])
  return Buffer.from(rows[0]?.value ?? '', 'hex')
}
