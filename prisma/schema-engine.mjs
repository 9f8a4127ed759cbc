#!/usr/bin/env node
// Stands in for Prisma's native schema engine, so that the Prisma command line works with nothing to download.
// It speaks the engine's two languages: `cli` sub-commands, and JSON-RPC line by line on standard input and output.
import { readFileSync } from 'node:fs'
import process from 'node:process'
import readline from 'node:readline'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { connectScratch, connectServer } from './engine-connection.mjs'
import { callEngine, loadEngine } from './engine-methods.mjs'

const args = process.argv.slice(2)
const datasource = JSON.parse(valuesOf('--datasource')[0] ?? '{}')
const url = datasource.url ?? 'scratch://localhost/scratch'
const isScratch = url.startsWith('scratch:')

if (args.includes('--version')) process.stdout.write('schema-engine-wasm\n')
else if (args.includes('cli')) process.exitCode = await runCommand(args[args.indexOf('cli') + 1])
else await serve()

function valuesOf(name) {
  return args.flatMap((arg, index) => (arg === name ? [args[index + 1]] : []))
}

/** The structured log lines by which Prisma learns of an error; its codes (P1001 …) are Prisma's own. */
function log(level, message, errorCode) {
  const fields = { message, error_code: errorCode }
  const line = { level, target: 'schema_engine::logger', timestamp: new Date().toISOString(), fields }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}

/** `can-connect-to-database`, `create-database`, `drop-database`; gives the exit code. */
async function runCommand(command) {
  log('INFO', 'Starting schema engine CLI')
  try {
    await administer(command)
    return 0
  } catch (error) {
    const codes = { '3D000': 'P1003', '28P01': 'P1000', 28000: 'P1010', '42P04': 'P1009' }
    const unreachable = error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND'
    const message = unreachable
      ? `Can't reach database server at \`${new URL(url).host}\``
      : String(error.message)
    log('ERROR', message, unreachable ? 'P1001' : (codes[error.code] ?? 'P1011'))
    return 1
  }
}

async function administer(command) {
  if (isScratch) return
  const target = new URL(url)
  const name = decodeURIComponent(target.pathname.slice(1)) || 'postgres'
  if (command !== 'can-connect-to-database') target.pathname = '/postgres'
  const client = new pg.Client({ connectionString: target.href })
  await client.connect()
  try {
    if (command === 'create-database') await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`)
    if (command === 'drop-database')
      await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

/** Answers requests one after another until standard input ends. */
async function serve() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => log('ERROR', message) }
  const SchemaEngine = await loadEngine()
  const session = { SchemaEngine, isDevelopment: false, printed: 0 }
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const request = JSON.parse(line)
    if (request.method !== undefined) await answer(session, request)
  }
  process.exit() // open connections would keep the process alive
}

async function answer(session, { id, method, params }) {
  try {
    send({ id, result: (await handle(session, method, params)) ?? {} })
  } catch (error) {
    const message = error.message ?? String(error)
    const data = { is_panic: false, message, error_code: error.code, meta: error.meta }
    send({ id, error: { code: 4466, message, data } })
  }
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
}

async function handle(session, method, params) {
  if (method === 'createDatabase') {
    await administer('create-database')
    return { databaseName: new URL(url).pathname.slice(1) }
  }
  session.isDevelopment ||= method === 'devDiagnostic'
  if (isScratch && !session.isDevelopment) refuseWithoutServer(method)
  const connections = []
  try {
    const engine = await startEngine(session, method, params, connections)
    const result = await callEngine(engine, method, params, isScratch)
    return method === 'diff' ? printDiff(session, result) : result
  } finally {
    for (const connection of connections) await connection.dispose()
  }
}

/** These change or judge a real database; done to the empty stand-in they would seem to have worked. */
function refuseWithoutServer(method) {
  const needServer = ['applyMigrations', 'reset', 'schemaPush', 'diagnoseMigrationHistory']
  if (needServer.includes(method) || method.startsWith('markMigration')) {
    throw new Error(
      'DATABASE_URL is not set. The embedded database applies prisma/migrations itself at start.',
    )
  }
}

/** A new engine for each call: it loses its way to the shadow database after `applyMigrations`. */
function startEngine({ SchemaEngine }, method, params, connections) {
  const datamodels = valuesOf('--datamodels').map((file) => [file, readFileSync(file, 'utf8')])
  const track = async (opening) => {
    const connection = await opening
    connections.push(connection)
    return connection
  }
  // The engine connects even to compare two files: then an empty database is enough.
  const noDatabase = method === 'diff' && ![params.from, params.to].some(isLive)
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: 'duban-schema-engine',
    connect: () => track(isScratch || noDatabase ? connectScratch() : connectServer(url)),
    connectToShadowDb: () => track(connectScratch()),
  })
  return SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined },
    () => undefined,
    factory,
  )
}

function isLive(side) {
  return side?.tag === 'url' || side?.tag === 'schemaDatasource'
}

/** The command line expects the text of a diff as a request to print it. */
function printDiff(session, { stdout, ...result }) {
  if (stdout == null) return { stdout, ...result }
  session.printed += 1
  const content = stdout.replace(/\n$/, '')
  send({ id: 1_000_000 + session.printed, method: 'print', params: { content } })
  return { ...result, stdout: null }
}
