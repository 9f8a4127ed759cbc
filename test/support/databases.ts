// Fresh databases for tests, embedded and on a real server, each a copy of one that was migrated once.
import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { cacheDirectory, copyDirectory, fillInto } from '../../src/store/embedded-template.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openServerPool } from '../../src/store/server-pool.ts'
import { askRun } from './run-service.ts'
import { scratchFolder } from './scratch.ts'

const MIGRATIONS = path.join(import.meta.dirname, '../../prisma/migrations')
const MIGRATED = 'duban_migrated'

/** For `describe.each(databases)('$name', ({ open }) => …)`: every store test holds on both. */
export const databases = [
  { name: 'embedded', open: openTestDatabase, place: embeddedPlace },
  { name: 'PostgreSQL', open: openServerTestDatabase, place: serverPlace },
] as const

/** Where a program of its own finds a migrated, empty database; `remove` when it is closed. */
export type DatabasePlace = {
  readonly environment: Readonly<Record<string, string>>
  remove(): Promise<void>
}

export async function embeddedPlace(): Promise<DatabasePlace> {
  const directory = await migratedDirectory()
  return {
    environment: { DUBAN_DATA: directory },
    remove: () => rm(directory, { recursive: true, force: true }),
  }
}

export async function serverPlace(): Promise<DatabasePlace> {
  const { url, drop } = await createPostgresDatabase()
  return { environment: { DATABASE_URL: url }, remove: drop }
}

/** A migrated, empty embedded database of its own; `close` removes it. */
export async function openTestDatabase(): Promise<Database> {
  const directory = await migratedDirectory()
  return andThen(await openDatabase({ directory }), () => rm(directory, { recursive: true }))
}

/** A migrated, empty database of its own on the run's PostgreSQL server; `close` drops it. */
export async function openServerTestDatabase(): Promise<Database> {
  const { url, drop } = await createPostgresDatabase()
  return andThen(await openDatabase({ url, directory: '' }), drop)
}

export type PostgresDatabase = { readonly url: string; drop(): Promise<void> }

/** Creates a database on the run's server, starting that first if need be; `empty` has no tables. */
export async function createPostgresDatabase(
  kind: 'migrated' | 'empty' = 'migrated',
): Promise<PostgresDatabase> {
  const server = await serverUrl()
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(server, `CREATE DATABASE ${name} TEMPLATE ${kind === 'empty' ? 'template0' : MIGRATED}`)
  return {
    url: `${server}/${name}`,
    drop: () => administer(server, `DROP DATABASE ${name} WITH (FORCE)`),
  }
}

/** Makes the database that `createPostgresDatabase` copies. */
export async function createMigratedDatabase(server: string): Promise<void> {
  await administer(server, `CREATE DATABASE ${MIGRATED}`)
  const pool = await openServerPool(`${server}/${MIGRATED}`)
  await migrate(pool)
  await pool.end()
}

/** Runs one statement as administrator, outside any test database. */
export async function administer(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** The administrator's address of the run's PostgreSQL server, without a database name. */
export function serverUrl(): Promise<string> {
  return askRun('postgres')
}

async function migratedDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(scratchFolder(), 'duban-test-'))
  await copyDirectory(await migratedTemplate(), directory)
  return directory
}

/** A data directory with the migrations applied, kept from run to run under a name that changes with them. */
async function migratedTemplate(): Promise<string> {
  const cache = (await cacheDirectory()) ?? os.tmpdir()
  const template = path.join(cache, `test-${await migrationsDigest()}`)
  if (!existsSync(template)) {
    await fillInto(template, async (directory) => (await openDatabase({ directory })).close())
  }
  return template
}

async function migrationsDigest(): Promise<string> {
  const digest = createHash('sha256')
  for (const name of (await readdir(MIGRATIONS, { recursive: true })).sort()) {
    if (name.endsWith('.sql')) digest.update(name).update(await readFile(path.join(MIGRATIONS, name)))
  }
  return digest.digest('hex').slice(0, 16)
}

function andThen(database: Database, cleanUp: () => Promise<void>): Database {
  return {
    ...database,
    async close() {
      await database.close()
      await cleanUp()
    },
  }
}
