// The connection pool of either database, and transactions of raw SQL over one of its connections.
import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { DatabaseError } from './database-error.ts'

type OpenTransaction = { readonly pool: pg.Pool; open: boolean }
type ConnectCallback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void

const current = new AsyncLocalStorage<OpenTransaction>()

/**
 * A `pg` pool that refuses to be used from inside its own `inTransaction`. There the call would wait for the connection that
 * waits for it: always on the embedded database, under load on a server. It also survives a connection that breaks.
 */
export class StorePool extends pg.Pool {
  constructor(config: pg.PoolConfig) {
    super({ ...config, types: { getTypeParser } })
    // Without a listener a server that goes away would end the process; the query that needed it fails by itself.
    this.on('connect', (client) => client.on('error', () => undefined))
  }

  override connect(): Promise<pg.PoolClient>
  override connect(callback: ConnectCallback): void
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    const transaction = current.getStore()
    if (transaction?.open === true && transaction.pool === this) {
      if (callback === undefined) return Promise.reject(usedInside())
      process.nextTick(callback, usedInside(), undefined, () => undefined)
      return undefined
    }
    if (callback === undefined) return super.connect()
    super.connect(callback)
    return undefined
  }
}

/**
 * Runs `work` in one transaction (read committed) on one connection: committed when it returns, rolled back when it throws.
 * Inside, use the given client only, never the pool or Prisma: that throws `pool-used-inside-transaction` at once.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  const transaction: OpenTransaction = { pool, open: true }
  try {
    await client.query('BEGIN')
    // Awaited inside: a Prisma query only starts when it is awaited, and must then be seen as made inside.
    const result = await current.run(transaction, async () => await work(client))
    await commit(client)
    client.release()
    return result
  } catch (error) {
    client.release(!(await rollBack(client)))
    throw error
  } finally {
    transaction.open = false
  }
}

/** A statement that failed and was caught leaves the transaction dead, and COMMIT then silently rolls back. */
async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('COMMIT')
  if (command !== 'COMMIT') throw new Error('transaction was rolled back: a statement in it had failed')
}

/** False when the connection is beyond use and must leave the pool. */
async function rollBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK')
    return true
  } catch {
    return false
  }
}

function usedInside(): DatabaseError {
  return new DatabaseError(
    'pool-used-inside-transaction',
    '程序错误：在事务里又向连接池要了连接（嵌入式数据库上会死锁）。请在事务里只用传入的 client。',
  )
}

/**
 * Raw queries read a civil date as 'YYYY-MM-DD' and a bigint (every count) as a number: pg's own choices are midnight in the
 * time zone of the process, and a string. Prisma brings its own parsers and is not touched.
 */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') => {
  if (oid === pg.types.builtins.DATE) return (text: string) => text
  if (oid === pg.types.builtins.INT8) return Number
  return format === 'binary' ? pg.types.getTypeParser(oid, format) : pg.types.getTypeParser(oid)
}
