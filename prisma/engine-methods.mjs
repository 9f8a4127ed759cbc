// The schema engine itself (WebAssembly), with the few methods answered here that its build cannot answer.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** Loads the engine. Once per process: a second instance would corrupt the strings of the first. */
export async function loadEngine() {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const bindings = await import(pathToFileURL(path.join(folder, 'schema_engine_bg.js')).href)
  const code = readFileSync(path.join(folder, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(code, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return bindings.SchemaEngine
}

/** Calls one method of the engine's JSON-RPC. `isScratch`: no real database is behind it, so no data can be lost. */
export function callEngine(engine, method, params, isScratch) {
  return method in overrides ? overrides[method](engine, params, isScratch) : engine[method](params)
}

// The engine's own versions of the first two need a shadow database that this build cannot be given; `diff` can do it.
const overrides = {
  async evaluateDataLoss(engine, params, isScratch) {
    const sql = await nextMigration(engine, params)
    return {
      migrationSteps: statements(sql).length,
      unexecutableSteps: [],
      warnings: isScratch ? [] : riskyStatements(sql).map((message, stepIndex) => ({ message, stepIndex })),
    }
  },
  async createMigration(engine, params) {
    const sql = await nextMigration(engine, params)
    const empty = params.draft ? '-- This is an empty migration.' : null
    return {
      connectorType: 'postgresql',
      generatedMigrationName: migrationName(params.migrationName),
      extension: 'sql',
      migrationScript: statements(sql).length > 0 ? withWarnings(sql) : empty,
    }
  },
  getDatabaseVersion: (engine, params) => engine.version(params),
}

async function nextMigration(engine, { migrationsList, schema, filters }) {
  const isFirst = migrationsList.migrationDirectories.length === 0
  const { stdout } = await engine.diff({
    from: isFirst ? { tag: 'empty' } : { tag: 'migrations', ...migrationsList },
    to: { tag: 'schemaDatamodel', ...schema },
    script: true,
    exitCode: null,
    filters,
  })
  return stdout ?? ''
}

/** The statements of a generated script; a comment line precedes each. */
function statements(sql) {
  return sql
    .split(/^--.*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}

// Prisma counts rows to warn of data loss; without the native engine the statement itself is the warning.
const RISKY =
  /\bDROP (TABLE|COLUMN|TYPE)\b|SET DATA TYPE|CREATE UNIQUE INDEX|SET NOT NULL|ADD COLUMN.*NOT NULL(?!.*DEFAULT)/

/** Statements that can lose data or fail on it: a table made by the same script holds none. */
function riskyStatements(sql) {
  const created = [...sql.matchAll(/CREATE TABLE ("[^"]+")/g)].map(([, table]) => table)
  return statements(sql).filter(
    (statement) => RISKY.test(statement) && !created.some((table) => statement.includes(` ON ${table}`)),
  )
}

function withWarnings(sql) {
  const risky = riskyStatements(sql)
  if (risky.length === 0) return sql
  const warnings = risky.flatMap((statement) => statement.split('\n')).map((line) => `--   ${line}`)
  return ['-- These statements can lose data, or fail on the data there is:', ...warnings, '', sql].join('\n')
}

/** `20260102030405_add_groups`, as Prisma names its folders. */
function migrationName(wanted) {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const slug = wanted
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
  return slug === '' ? stamp : `${stamp}_${slug.slice(0, 200)}`
}
