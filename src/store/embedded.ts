// The embedded database: PostgreSQL (PGlite) inside this process, on disk, behind an ordinary `pg` pool of one connection.
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type pg from 'pg'
import { DatabaseError } from './database-error.ts'
import { lockDirectory, type Unlock } from './directory-lock.ts'
import { createDataDirectory, START_PARAMS } from './embedded-template.ts'
import { nameStatements } from './named-statements.ts'
import { PGliteStream } from './pglite-stream.ts'
import { StorePool } from './store-pool.ts'

/** How long a start waits for the last process to leave the directory, as at a service restart. */
const LOCK_WAIT_MS = 3_000
/** Transactions queue for the one connection; past this a waiting one is an error rather than a hang. */
const QUEUE_LIMIT_MS = 30_000

export type Embedded = { readonly pool: pg.Pool; close(): Promise<void> }

/**
 * Opens the database in `<directory>/pg`, creating both when absent. Safe against a killed process, not against a power cut
 * (PGlite never calls fsync). Throws DatabaseError: directory-not-writable, directory-in-use, directory-unreadable.
 */
export async function openEmbedded(directory: string): Promise<Embedded> {
  const unlock = await takeDirectory(directory)
  try {
    const database = await openDataDirectory(path.join(directory, 'pg'))
    return serve(database, unlock)
  } catch (error) {
    await unlock()
    throw error
  }
}

async function takeDirectory(directory: string): Promise<Unlock> {
  try {
    await mkdir(directory, { recursive: true })
  } catch (error) {
    throw notWritable(directory, error)
  }
  const unlock = await lockDirectory(directory, LOCK_WAIT_MS)
  if (unlock !== undefined) return unlock
  throw new DatabaseError(
    'directory-in-use',
    `数据目录 ${directory} 正被另一个督办助手进程使用。请先停掉那个进程；要同时运行多个，请设置 DATABASE_URL 使用 PostgreSQL。`,
  )
}

async function openDataDirectory(dataDirectory: string): Promise<PGlite> {
  if (!existsSync(dataDirectory)) await createFresh(dataDirectory)
  // Anything else there would be taken by PGlite for a place to make a new database in.
  if (!existsSync(path.join(dataDirectory, 'PG_VERSION'))) throw unreadable(dataDirectory, '里面没有数据库')
  try {
    return await PGlite.create({ dataDir: dataDirectory, startParams: START_PARAMS })
  } catch (error) {
    throw unreadable(dataDirectory, (error as Error).message, error)
  }
}

async function createFresh(dataDirectory: string): Promise<void> {
  try {
    await removeDrafts(dataDirectory)
    await createDataDirectory(dataDirectory)
  } catch (error) {
    throw notWritable(path.dirname(dataDirectory), error)
  }
}

/** Copies left by a process that was killed at its very first start. */
async function removeDrafts(dataDirectory: string): Promise<void> {
  const parent = path.dirname(dataDirectory)
  const prefix = `${path.basename(dataDirectory)}.new-`
  const drafts = (await readdir(parent)).filter((name) => name.startsWith(prefix))
  for (const draft of drafts) await rm(path.join(parent, draft), { recursive: true, force: true })
}

function notWritable(directory: string, cause: unknown): DatabaseError {
  return new DatabaseError(
    'directory-not-writable',
    `数据目录 ${directory} 无法写入（${(cause as Error).message}）。请检查目录权限和磁盘空间，或用 DUBAN_DATA 指定另一个目录。`,
    cause,
  )
}

function unreadable(dataDirectory: string, reason: string, cause?: unknown): DatabaseError {
  return new DatabaseError(
    'directory-unreadable',
    `数据目录 ${dataDirectory} 打不开（${reason}）。请先检查目录权限和磁盘空间；若数据已损坏，请从备份恢复这个目录，或将它改名后重新启动（会新建空库）。`,
    cause,
  )
}

function serve(database: PGlite, unlock: Unlock): Embedded {
  const pool = new StorePool({
    user: 'postgres',
    database: 'postgres',
    max: 1, // one session: a second connection would share the first one's transaction
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: QUEUE_LIMIT_MS,
    stream: () => new PGliteStream(database),
  })
  pool.on('connect', nameStatements)
  return {
    pool,
    async close() {
      await pool.end()
      await database.close()
      await unlock()
    },
  }
}
