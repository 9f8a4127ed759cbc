// Opens the one database of a process, embedded or on a server: migrated, in UTC, reachable by Prisma and by raw SQL.
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { PrismaClient } from '../generated/prisma/client.ts'
import { openEmbedded } from './embedded.ts'
import { dropLeases } from './leases.ts'
import { migrate } from './migrate.ts'
import { describeAddress, openServerPool } from './server-pool.ts'

export type Database = {
  readonly prisma: PrismaClient
  /** For the raw hot paths; see `inTransaction`. */
  readonly pool: pg.Pool
  /** Embedded: one connection, so transactions run one after another. */
  readonly embedded: boolean
  /** For people: a directory, or host:port/database without user and password. */
  readonly location: string
  close(): Promise<void>
}

/** `url`: a PostgreSQL server; else the database embedded in `<directory>/pg`. `log` gets plain Chinese lines. */
export type DatabaseOptions = {
  readonly url?: string | undefined
  readonly directory: string
  readonly log?: (line: string) => void
}

/** How long an interactive Prisma transaction waits for a connection, and may then take. On one connection they queue. */
const EMBEDDED_LIMITS = { maxWait: 30_000, timeout: 15_000 }
const SERVER_LIMITS = { maxWait: 5_000, timeout: 10_000 }

/** Opens and migrates the database. Throws DatabaseError, whose message says what the operator should do. */
export async function openDatabase({ url, directory, log }: DatabaseOptions): Promise<Database> {
  const embedded = url === undefined
  const { pool, close } = embedded ? await openEmbedded(directory) : await openServer(url)
  pool.on('error', (error) => log?.(`数据库连接中断（会自动重连）：${error.message}`))
  try {
    for (const name of await migrate(pool)) log?.(`数据库已升级：${name}`)
    if (embedded) await dropLeases(pool)
  } catch (error) {
    await close()
    throw error
  }
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: embedded ? EMBEDDED_LIMITS : SERVER_LIMITS,
  })
  const location = embedded ? directory : describeAddress(url)
  return {
    prisma,
    pool,
    embedded,
    location,
    async close() {
      await prisma.$disconnect()
      await close()
    },
  }
}

async function openServer(url: string): Promise<{ pool: pg.Pool; close(): Promise<void> }> {
  const pool = await openServerPool(url)
  return { pool, close: () => pool.end() }
}
