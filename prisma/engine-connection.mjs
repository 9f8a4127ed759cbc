// The connections of the offline schema engine: PostgreSQL by `pg`, or an empty throw-away database where none is needed.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { ColumnTypeEnum as Column, DriverAdapterError } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { tsImport } from 'tsx/esm/api'

// Prisma's own adapter throws on "char" columns and splits scripts at `;`, which breaks functions: hence this small one.
const COLUMN_TYPES = {
  16: Column.Boolean,
  17: Column.Bytes,
  18: Column.Character,
  20: Column.Int64,
  21: Column.Int32,
  23: Column.Int32,
  26: Column.Int64,
  114: Column.Json,
  700: Column.Float,
  701: Column.Double,
  1000: Column.BooleanArray,
  1002: Column.CharacterArray,
  1003: Column.TextArray,
  1005: Column.Int32Array,
  1007: Column.Int32Array,
  1009: Column.TextArray,
  1015: Column.TextArray,
  1016: Column.Int64Array,
  1028: Column.Int64Array,
  1082: Column.Date,
  1083: Column.Time,
  1114: Column.DateTime,
  1184: Column.DateTime,
  1700: Column.Numeric,
  2950: Column.Uuid,
  3802: Column.Json,
}

const KEPT_AS_TEXT = new Set([20, 26, 114, 1082, 1083, 1700, 3802])
const INSTANTS = new Set([1114, 1184])

/** @param {string} text as PostgreSQL writes it in a UTC session, `2026-01-02 03:04:05+00` */
const parseInstant = (text) => `${text.replace(' ', 'T').replace(/[+-]\d\d(:?\d\d)?$/, '')}+00:00`

const types = {
  getTypeParser(oid, format) {
    if (KEPT_AS_TEXT.has(oid)) return (text) => text
    return INSTANTS.has(oid) ? parseInstant : pg.types.getTypeParser(oid, format)
  },
}

/** Connects to a PostgreSQL server. Throws DriverAdapterError. */
export async function connectServer(url) {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' })
  try {
    await client.connect()
  } catch (error) {
    throw translate(error, url)
  }
  return createAdapter(client, url, () => client.end())
}

const idleScratch = []

/** An empty database of the kind the program embeds. Making one takes a second, so it is emptied and used again. */
export async function connectScratch() {
  const client = idleScratch.pop() ?? (await createScratch())
  return createAdapter(client, 'scratch://localhost/scratch', async () => {
    await client.query('ROLLBACK; DROP SCHEMA public CASCADE; CREATE SCHEMA public')
    idleScratch.push(client)
  })
}

async function createScratch() {
  const { openEmbedded } = await tsImport('../src/store/embedded.ts', import.meta.url)
  const directory = mkdtempSync(path.join(os.tmpdir(), 'duban-scratch-'))
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }))
  const { pool } = await openEmbedded(directory)
  return pool.connect()
}

// Prisma ends its engine by a signal; the temporary directories must go then too.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.once(signal, () => process.exit())

/** The part of Prisma's SqlDriverAdapter that the schema engine calls. It may dispose of it, but does not always. */
function createAdapter(client, url, close) {
  let closing
  const run = async (query) => {
    try {
      return await client.query(query)
    } catch (error) {
      throw translate(error, url)
    }
  }
  const queryable = {
    provider: 'postgres',
    adapterName: 'duban-schema-engine',
    async queryRaw({ sql, args }) {
      const { fields, rows } = await run({ text: sql, values: args, rowMode: 'array', types })
      const columnTypes = fields.map((field) => COLUMN_TYPES[field.dataTypeID] ?? Column.Text)
      return { columnNames: fields.map((field) => field.name), columnTypes, rows }
    },
    executeRaw: async ({ sql, args }) => (await run({ text: sql, values: args })).rowCount ?? 0,
    executeScript: async (script) => void (await run(script)),
  }
  return {
    ...queryable,
    async startTransaction() {
      await run('BEGIN')
      const end = (sql) => async () => void (await run(sql))
      return {
        ...queryable,
        options: { usePhantomQuery: false },
        commit: end('COMMIT'),
        rollback: end('ROLLBACK'),
      }
    },
    getConnectionInfo: () => ({ schemaName: schemaOf(url), supportsRelationJoins: true }),
    dispose: () => {
      closing ??= close()
      return closing
    },
  }
}

const schemaOf = (url) => new URL(url).searchParams.get('schema') ?? 'public'

const ERROR_KINDS = {
  '3D000': 'DatabaseDoesNotExist',
  '28P01': 'AuthenticationFailed',
  28000: 'DatabaseAccessDenied',
  '42P04': 'DatabaseAlreadyExists',
}

/** An error of `pg` as the engine wants it. */
function translate(error, url) {
  if (error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND') {
    return new DriverAdapterError({ kind: 'DatabaseNotReachable', host: error.address, port: error.port })
  }
  const { code = 'N/A', severity = 'ERROR', message, detail, column, hint } = error
  const original = { originalCode: code, originalMessage: message }
  const kind = ERROR_KINDS[code]
  if (kind === undefined) {
    return new DriverAdapterError({
      kind: 'postgres',
      code,
      severity,
      message,
      detail,
      column,
      hint,
      ...original,
    })
  }
  const { pathname, username } = new URL(url)
  return new DriverAdapterError({ kind, db: pathname.slice(1), user: username, ...original })
}
