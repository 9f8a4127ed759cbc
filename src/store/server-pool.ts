// A pool on a PostgreSQL server: the address checked, the session checked, and every way to fail told in plain words.
import type pg from 'pg'
import { DatabaseError, type DatabaseErrorCode } from './database-error.ts'
import { StorePool } from './store-pool.ts'

const POOL_SIZE = 10
const CONNECT_LIMIT_MS = 10_000
const OLDEST_VERSION = 15

/**
 * Opens a pool on the server behind a `postgresql://user:password@host:port/database` address, in UTC. Throws DatabaseError
 * (url-invalid, host-unreachable, login-refused, database-missing, connection-failed, server-too-old, time-zone-not-utc).
 */
export async function openServerPool(url: string): Promise<pg.Pool> {
  const address = parseAddress(url)
  const pool = new StorePool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    keepAlive: true,
    // Prisma writes and reads timestamptz without its offset: any other session zone would shift every instant.
    options: '-c timezone=UTC',
  })
  try {
    await checkServer(pool)
    return pool
  } catch (error) {
    await pool.end()
    throw error instanceof DatabaseError ? error : connectionError(error as ServerError, address)
  }
}

/** `host:port/database`, for people; the password never leaves the URL. Throws DatabaseError url-invalid. */
export function describeAddress(url: string): string {
  const { hostname, port, pathname } = parseAddress(url)
  return `${hostname || 'localhost'}:${port || '5432'}${pathname}`
}

function parseAddress(url: string): URL {
  if (URL.canParse(url)) {
    const address = new URL(url)
    if (/^postgres(ql)?:$/.test(address.protocol) && address.pathname.length > 1) return address
  }
  throw new DatabaseError(
    'url-invalid',
    'DATABASE_URL 的写法不对。应为 postgresql://用户名:密码@主机:5432/数据库名，其中用户名、密码里的特殊字符（如 @ / # %）要写成百分号编码。不填则使用内嵌数据库。',
  )
}

async function checkServer(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ version: number; name: string; zone: string }>(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS name,
            current_setting('TimeZone') AS zone`,
  )
  for (const { version, name, zone } of rows) {
    requireVersion(version, name)
    requireUtc(zone)
  }
}

/** `version` as PostgreSQL numbers it: 150004 is 15.4. Throws DatabaseError server-too-old. */
export function requireVersion(version: number, name: string): void {
  if (version >= OLDEST_VERSION * 10_000) return
  throw new DatabaseError(
    'server-too-old',
    `PostgreSQL 服务器的版本是 ${name}，本程序要求 ${OLDEST_VERSION} 或更新。请升级服务器，或去掉 DATABASE_URL 使用内嵌数据库。`,
  )
}

function requireUtc(zone: string): void {
  if (/^(Etc\/)?(UTC|UCT|GMT|Zulu)$/i.test(zone)) return
  throw new DatabaseError(
    'time-zone-not-utc',
    `数据库会话的时区是 ${zone}，本程序要求 UTC（否则所有时间会错位）。请去掉 DATABASE_URL 里的 options 参数；若经过 PgBouncer 一类的连接池，请执行 ALTER ROLE 用户名 SET timezone = 'UTC'。`,
  )
}

type ServerError = Error & { code?: string }
type Refusal = { code: DatabaseErrorCode; say: (address: URL) => string }

const UNREACHABLE: Refusal = {
  code: 'host-unreachable',
  say: ({ host }) =>
    `连不上数据库主机 ${host}。请检查 DATABASE_URL 的主机名和端口、服务器是否已启动、防火墙是否放行。`,
}

const LOGIN_REFUSED: Refusal = {
  code: 'login-refused',
  say: ({ host, username }) =>
    `数据库 ${host} 拒绝了用户“${decodeURIComponent(username)}”登录。请检查 DATABASE_URL 里的用户名和密码（特殊字符要写成百分号编码）以及服务器的 pg_hba.conf。`,
}

const DATABASE_MISSING: Refusal = {
  code: 'database-missing',
  say: ({ pathname, host }) => {
    const name = decodeURIComponent(pathname.slice(1))
    return `服务器 ${host} 上没有数据库“${name}”。请先执行 createdb ${name}（或 CREATE DATABASE），或改正 DATABASE_URL 的库名。`
  },
}

/** By the system's or PostgreSQL's error code. */
const REFUSALS: Record<string, Refusal> = {
  ECONNREFUSED: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  EAI_AGAIN: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  '28P01': LOGIN_REFUSED,
  '28000': LOGIN_REFUSED,
  '3D000': DATABASE_MISSING,
}

function connectionError(error: ServerError, address: URL): DatabaseError {
  const timedOut = error.message.includes('connection timeout')
  const refusal = timedOut ? UNREACHABLE : REFUSALS[error.code ?? '']
  if (refusal !== undefined) return new DatabaseError(refusal.code, refusal.say(address), error)
  return new DatabaseError(
    'connection-failed',
    `连接数据库 ${address.host} 失败。服务器的答复：${error.message}。请按答复检查 DATABASE_URL 和服务器设置。`,
    error,
  )
}
