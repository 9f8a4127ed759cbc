// Databases to measure on, made for it and removed afterwards: an embedded one, and one on a server when an address is given.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { readConfig } from '../../config.ts'
import { type Database, openDatabase } from '../../store/database.ts'
import { INSTALLATION } from '../words.ts'
import type { Environment, Row } from './measure.ts'

/** The sample plan alone, without the monthly report of the other sample. */
export const GANZI: readonly string[] = [path.join(INSTALLATION, 'prisma/seed/ganzi')]

export async function withDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(path.join(tmpdir(), 'duban-bench-'))
  try {
    return await work(directory)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/**
 * Runs `work` on the embedded database, then on a server's if BENCH_DATABASE_URL or DATABASE_URL names one. There a database
 * of our own is created and dropped: figures must not cost anybody's data.
 */
export async function onEachDatabase(
  env: Environment,
  work: (database: Database) => Promise<Row[]>,
): Promise<Row[]> {
  const embedded = await withDirectory((directory) => onDatabase({ directory }, work))
  const { databaseUrl } = readConfig({ DATABASE_URL: env.BENCH_DATABASE_URL || env.DATABASE_URL })
  const rows = embedded.map((row) => ({ ...row, what: `embedded: ${row.what}` }))
  if (databaseUrl === undefined) return rows
  const server = await withServerDatabase(databaseUrl, (url) => onDatabase({ url, directory: '' }, work))
  return [...rows, ...server.map((row) => ({ ...row, what: `PostgreSQL: ${row.what}` }))]
}

async function onDatabase<T>(
  options: { url?: string; directory: string },
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(options)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

async function withServerDatabase<T>(address: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `duban_bench_${randomBytes(6).toString('hex')}`
  await administer(address, `CREATE DATABASE ${name}`)
  try {
    const url = new URL(address)
    url.pathname = `/${name}`
    return await work(url.href)
  } finally {
    await administer(address, `DROP DATABASE ${name}`)
  }
}

async function administer(address: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
