// A process that opens a database, for tests with several processes: `open` reports and ends, `write` inserts until it is killed.
import process from 'node:process'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { DatabaseError } from '../../src/store/database-error.ts'
import { inTransaction } from '../../src/store/store-pool.ts'

const [task, location = ''] = process.argv.slice(2)

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

async function open(log: (line: string) => void): Promise<Database> {
  const url = location.startsWith('postgresql:') ? location : undefined
  return openDatabase({ url, directory: location, log })
}

async function reportOpening(): Promise<void> {
  const upgrades: string[] = []
  const database = await open((line) => upgrades.push(line))
  await database.close()
  say({ upgrades })
}

/** Each acknowledged batch, three rows in one transaction, is said once it is committed. */
async function writeForEver(): Promise<void> {
  const { pool } = await open(() => undefined)
  await pool.query('CREATE TABLE IF NOT EXISTS probe (batch int, line int, PRIMARY KEY (batch, line))')
  const { rows } = await pool.query<{ next: number }>('SELECT coalesce(max(batch), 0) + 1 AS next FROM probe')
  for (let batch = rows[0]?.next ?? 1; ; batch += 1) {
    await inTransaction(pool, async (client) => {
      for (const line of [1, 2, 3]) await client.query('INSERT INTO probe VALUES ($1, $2)', [batch, line])
    })
    say({ batch })
  }
}

try {
  await (task === 'write' ? writeForEver() : reportOpening())
} catch (error) {
  if (!(error instanceof DatabaseError)) throw error
  say({ code: error.code, message: error.message })
}
