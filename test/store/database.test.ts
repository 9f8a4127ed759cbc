// What every database owes the rest of the program, embedded or on a server.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { inTransaction } from '../../src/store/store-pool.ts'
import { databases } from '../support/databases.ts'

// The servers of the offices are there; instants must not depend on it.
beforeAll(() => void vi.stubEnv('TZ', 'Asia/Shanghai'))
afterAll(() => void vi.unstubAllEnvs())

describe.each(databases)('$name', ({ name, open }) => {
  let database: Database

  beforeAll(async () => {
    database = await open()
    await database.pool.query('CREATE TABLE note (id int PRIMARY KEY, at timestamptz(3), day date)')
  })

  afterAll(() => database.close())

  async function notes(): Promise<number[]> {
    const { rows } = await database.pool.query<{ id: number }>('SELECT id FROM note ORDER BY id')
    return rows.map((row) => row.id)
  }

  it('says what it is without giving away a password', () => {
    expect(database.embedded).toBe(name === 'embedded')
    expect(database.location).not.toBe('')
    expect(database.location).not.toContain('test-only')
  })

  it('keeps an instant exact in Prisma and in raw SQL, though the process is not in UTC', async () => {
    const at = new Date('2021-04-12T08:30:00.123+08:00')
    await database.pool.query('INSERT INTO note (id, at) VALUES (1, $1)', [at])
    const raw = await database.pool.query<{ at: Date; text: string }>(
      'SELECT at, at::text AS text FROM note WHERE id = 1',
    )
    expect(raw.rows).toEqual([{ at, text: '2021-04-12 00:30:00.123+00' }])
    const [viaPrisma] = await database.prisma.$queryRaw<{ at: Date }[]>`SELECT at FROM note WHERE at = ${at}`
    expect(viaPrisma?.at).toEqual(at)
  })

  it('reads a civil date as text and a count as a number', async () => {
    const { rows } = await database.pool.query(
      `SELECT date '2021-04-12' AS day, count(*) AS rows FROM pg_class`,
    )
    expect(rows[0]).toEqual({ day: '2021-04-12', rows: expect.any(Number) })
  })

  it('has no column for an instant without its time zone', async () => {
    const { rows } = await database.pool.query(
      `SELECT table_name, column_name FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'`,
    )
    expect(rows).toEqual([])
  })

  it('commits what a transaction did, and gives its result', async () => {
    const result = await inTransaction(database.pool, async (client) => {
      await client.query('INSERT INTO note (id) VALUES (10)')
      return 'done'
    })
    expect(result).toBe('done')
    expect(await notes()).toContain(10)
  })

  it('rolls back when the work throws, and the connection serves on', async () => {
    const work = inTransaction(database.pool, async (client) => {
      await client.query('INSERT INTO note (id) VALUES (20)')
      throw new Error('changed its mind')
    })
    await expect(work).rejects.toThrow('changed its mind')
    expect(await notes()).not.toContain(20)
  })

  it('does not take a transaction for committed when a caught error had ended it', async () => {
    const work = inTransaction(database.pool, async (client) => {
      await client.query('INSERT INTO note (id) VALUES (30)')
      await client.query('SELECT 1/0').catch(() => undefined)
    })
    await expect(work).rejects.toThrow('rolled back')
    expect(await notes()).not.toContain(30)
  })

  it('refuses the pool, a second transaction and Prisma inside a transaction, at once', async () => {
    const { pool, prisma } = database
    const uses: (() => Promise<unknown>)[] = [
      () => pool.query('SELECT 1'),
      () => inTransaction(pool, () => Promise.resolve()),
      () => prisma.unit.count(),
    ]
    for (const use of uses) {
      await expect(inTransaction(pool, use)).rejects.toThrow('事务里又向连接池要了连接')
    }
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })

  it('runs many transactions asked for at the same time', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => 100 + index)
    await Promise.all(
      ids.map((id) =>
        inTransaction(database.pool, async (client) => {
          await client.query('SELECT 1')
          await client.query('INSERT INTO note (id) VALUES ($1)', [id])
        }),
      ),
    )
    expect(await notes()).toEqual(expect.arrayContaining(ids))
  })
})
