// Migrations: in step with the schema, applied once by whoever comes first, interchangeable with the Prisma command line.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import type pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../src/store/migrate.ts'
import { openServerPool } from '../../src/store/server-pool.ts'
import { runChild } from '../support/children.ts'
import { createPostgresDatabase, type PostgresDatabase } from '../support/databases.ts'

const run = promisify(execFile)
const SLOW = 120_000 // other programs are started: seconds each, and far more on a busy machine
const ROOT = path.join(import.meta.dirname, '../..')

/** The Prisma command line, as `npx prisma`, with nothing it could download from. */
async function prisma(args: string[], databaseUrl = ''): Promise<string> {
  const cli = path.join(ROOT, 'node_modules/prisma/build/index.js')
  const env = { ...process.env, DATABASE_URL: databaseUrl, PRISMA_ENGINES_MIRROR: 'http://127.0.0.1:9' }
  const { stdout } = await run(process.execPath, [cli, ...args], { cwd: ROOT, env })
  return stdout
}

it(
  'the migrations lead to exactly the schema',
  async () => {
    const sides = ['--from-migrations', 'prisma/migrations', '--to-schema', 'prisma/schema.prisma']
    expect(await prisma(['migrate', 'diff', ...sides, '--exit-code'])).toContain('No difference detected')
  },
  SLOW,
)

describe('on a server', () => {
  let database: PostgresDatabase
  let pool: pg.Pool
  let folder: string

  beforeEach(async () => {
    database = await createPostgresDatabase('empty')
    pool = await openServerPool(database.url)
    folder = await mkdtemp(path.join(os.tmpdir(), 'duban-migrations-'))
  })

  afterEach(async () => {
    await pool.end()
    await database.drop()
    await rm(folder, { recursive: true })
  })

  async function writeMigration(name: string, sql: string): Promise<void> {
    await mkdir(path.join(folder, name), { recursive: true })
    await writeFile(path.join(folder, name, 'migration.sql'), sql)
  }

  it(
    'two processes that start at once apply each migration once',
    async () => {
      const reports = await Promise.all([runChild('open', database.url), runChild('open', database.url)])
      const { rows } = await pool.query<{ name: string }>(
        'SELECT migration_name AS name FROM _prisma_migrations',
      )
      expect(rows.length).toBeGreaterThan(0)
      expect(reports.flatMap((report) => report.upgrades ?? [])).toHaveLength(rows.length)
    },
    SLOW,
  )

  it(
    'the command line finds nothing left to do, nor do we after it',
    async () => {
      const own = await migrate(pool)
      expect(await prisma(['migrate', 'deploy'], database.url)).toContain('No pending migrations')
      await pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
      expect(await prisma(['migrate', 'deploy'], database.url)).toContain(own.at(-1))
      expect(await migrate(pool)).toEqual([])
    },
    SLOW,
  )

  it('a migration that fails leaves nothing behind, and is tried again at the next start', async () => {
    await writeMigration('1_good', 'CREATE TABLE good (id int)')
    await writeMigration('2_bad', 'CREATE TABLE bad (id int); SELECT 1/0')
    await expect(migrate(pool, folder)).rejects.toMatchObject({
      code: 'migration-failed',
      message: expect.stringContaining('“2_bad”没有成功，已整体撤回'),
    })
    expect((await pool.query(`SELECT to_regclass('good') AS good, to_regclass('bad') AS bad`)).rows).toEqual([
      { good: 'good', bad: null },
    ])
    await writeMigration('2_bad', 'CREATE TABLE bad (id int)')
    expect(await migrate(pool, folder)).toEqual(['2_bad'])
  })

  it('refuses a migration that was edited after it was applied', async () => {
    await writeMigration('1_good', 'CREATE TABLE good (id int)')
    await migrate(pool, folder)
    await writeMigration('1_good', 'CREATE TABLE good (id bigint)')
    await expect(migrate(pool, folder)).rejects.toMatchObject({
      code: 'migration-edited',
      message: expect.stringContaining('请恢复 prisma/migrations/1_good 的原文件'),
    })
  })

  it('refuses a database that a newer program has upgraded', async () => {
    await writeMigration('1_good', 'CREATE TABLE good (id int)')
    await writeMigration('2_newer', 'CREATE TABLE newer (id int)')
    await migrate(pool, folder)
    await rm(path.join(folder, '2_newer'), { recursive: true })
    await expect(migrate(pool, folder)).rejects.toMatchObject({
      code: 'migration-unknown',
      message: expect.stringContaining('请安装新版本'),
    })
  })

  it('refuses to go on where the command line left a migration unfinished', async () => {
    await writeMigration('1_good', 'CREATE TABLE good (id int)')
    await migrate(pool, folder)
    await pool.query('UPDATE _prisma_migrations SET finished_at = NULL')
    await expect(migrate(pool, folder)).rejects.toMatchObject({
      code: 'migration-unfinished',
      message: expect.stringContaining('npx prisma migrate resolve --rolled-back 1_good'),
    })
  })
})
