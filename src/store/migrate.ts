// Brings a database up to this program's schema: `prisma migrate deploy` without the command line, for start-up.
import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { DatabaseError } from './database-error.ts'
import { inTransaction } from './store-pool.ts'

type Migration = { readonly name: string; readonly sql: string; readonly checksum: string }
type AppliedMigration = { migration_name: string; checksum: string; finished_at: Date | null }

/** The same place from `src/store` and from `dist/store`. */
const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** The advisory lock that `prisma migrate` takes, so the two exclude each other. */
const PRISMA_LOCK = 72707369

const INSUFFICIENT_PRIVILEGE = '42501'

const PRISMA_TABLE = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`

/**
 * Applies what is missing, oldest first, and gives the names. Each migration is one transaction together with its row, so a
 * crash or an error leaves the database as it was. Several processes may start at once: one applies, the others wait.
 * Throws DatabaseError: migration-failed, migration-unfinished, migration-edited, migration-unknown, permission-denied.
 */
export async function migrate(pool: pg.Pool, folder: string = MIGRATIONS): Promise<string[]> {
  const migrations = await readMigrations(folder)
  const applied: string[] = []
  for (;;) {
    const name = await inTransaction(pool, (client) => applyNext(client, migrations))
    if (name === undefined) return applied
    applied.push(name)
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(names.sort().map((name) => readMigration(folder, name)))
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  const sql = await readFile(path.join(folder, name, 'migration.sql'), 'utf8')
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
}

async function applyNext(client: pg.PoolClient, migrations: Migration[]): Promise<string | undefined> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [PRISMA_LOCK])
  await createTable(client)
  const { rows } = await client.query<AppliedMigration>(
    'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
  )
  const next = findNext(migrations, rows)
  if (next !== undefined) await apply(client, next)
  return next?.name
}

async function createTable(client: pg.PoolClient): Promise<void> {
  try {
    await client.query(PRISMA_TABLE)
  } catch (error) {
    throw (error as pg.DatabaseError).code === INSUFFICIENT_PRIVILEGE ? permissionDenied(error) : error
  }
}

/** The oldest migration not yet applied; throws when the database's history does not fit this program's. */
function findNext(migrations: Migration[], applied: AppliedMigration[]): Migration | undefined {
  const known = new Map(migrations.map((migration) => [migration.name, migration.checksum]))
  for (const { migration_name: name, checksum, finished_at } of applied) {
    if (finished_at === null) throw unfinished(name)
    if (!known.has(name)) throw unknown(name)
    if (known.get(name) !== checksum) throw edited(name)
  }
  const done = new Set(applied.map((row) => row.migration_name))
  return migrations.find((migration) => !done.has(migration.name))
}

async function apply(client: pg.PoolClient, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query(sql)
  } catch (error) {
    throw failed(name, error as Error)
  }
  await client.query(
    `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, clock_timestamp(), 1)`,
    [randomUUID(), checksum, name],
  )
}

/** PostgreSQL 15 and later give a new user no right to create tables: the commonest trouble of a first installation. */
function permissionDenied(cause: unknown): DatabaseError {
  return new DatabaseError(
    'permission-denied',
    'DATABASE_URL 里的用户没有建表的权限。请用管理员执行 ALTER DATABASE 数据库名 OWNER TO 用户名，或 GRANT ALL ON SCHEMA public TO 用户名。',
    cause,
  )
}

function unfinished(name: string): DatabaseError {
  return new DatabaseError(
    'migration-unfinished',
    `数据库升级“${name}”上次用 prisma 执行时没有完成，程序不敢继续。请核对数据库后执行 npx prisma migrate resolve --rolled-back ${name}（已撤回）或 --applied ${name}（已手工补完），再重新启动。`,
  )
}

function unknown(name: string): DatabaseError {
  return new DatabaseError(
    'migration-unknown',
    `数据库已被更新版本的督办助手升级过（“${name}”本程序没有）。请安装新版本，或换用升级前的备份。`,
  )
}

function edited(name: string): DatabaseError {
  return new DatabaseError(
    'migration-edited',
    `数据库升级“${name}”在执行之后又被改动，与数据库里的记录不一致。请恢复 prisma/migrations/${name} 的原文件（重新安装本程序即可），改动请另写一个新的升级。`,
  )
}

function failed(name: string, cause: Error): DatabaseError {
  return new DatabaseError(
    'migration-failed',
    `数据库升级“${name}”没有成功，已整体撤回，原有数据未变。数据库的答复：${cause.message}。请排除原因（常见：权限不足、磁盘已满、表被手工改过）后重新启动。`,
    cause,
  )
}
