// A wrong DATABASE_URL: each mistake has its own sentence with the cure, and none shows the password.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { DatabaseError } from '../../src/store/database-error.ts'
import { requireVersion } from '../../src/store/server-pool.ts'
import { administer, createPostgresDatabase, type PostgresDatabase, serverUrl } from '../support/databases.ts'

const SECRET = 'p4ssw0rd'
const ROLE = 'stranger_of_errors_test'
let database: PostgresDatabase
let server: string

beforeAll(async () => {
  database = await createPostgresDatabase('empty')
  server = await serverUrl()
  await administer(server, `DROP ROLE IF EXISTS ${ROLE}`)
  await administer(server, `CREATE ROLE ${ROLE} LOGIN PASSWORD '${SECRET}'`)
})

afterAll(async () => {
  await database.drop()
  await administer(server, `DROP ROLE ${ROLE}`)
})

async function refusal(url: string): Promise<DatabaseError> {
  const opening = openDatabase({ url, directory: '' })
  const error = await opening.then(() => undefined).catch((reason: unknown) => reason)
  if (!(error instanceof DatabaseError)) throw new Error(`expected a DatabaseError, got ${String(error)}`)
  expect(error.message).not.toContain(SECRET)
  return error
}

const withUser = (url: string, user: string): string => url.replace(/\/\/[^@]*@/, `//${user}:${SECRET}@`)

it.each([
  ['no address', 'mysql'],
  ['another kind of database', `mysql://u:${SECRET}@localhost/duban`],
  ['no database name', `postgresql://u:${SECRET}@localhost:5432/`],
  ['a password with an unescaped /', `postgresql://u:${SECRET}/x@localhost:5432/duban`],
])('%s', async (_mistake, url) => {
  const error = await refusal(url)
  expect(error.code).toBe('url-invalid')
  expect(error.message).toContain('应为 postgresql://用户名:密码@主机:5432/数据库名')
})

it('a port where nobody listens', async () => {
  const error = await refusal(`postgresql://u:${SECRET}@127.0.0.1:9/duban`)
  expect(error.code).toBe('host-unreachable')
  expect(error.message).toContain('连不上数据库主机 127.0.0.1:9')
})

it('a host that does not exist', async () => {
  const error = await refusal(`postgresql://u:${SECRET}@database.invalid/duban`)
  expect(error.code).toBe('host-unreachable')
})

it('a wrong password', async () => {
  const error = await refusal(withUser(database.url, 'postgres'))
  expect(error.code).toBe('login-refused')
  expect(error.message).toContain('拒绝了用户“postgres”登录')
})

it('a database that does not exist', async () => {
  const error = await refusal(`${server}/no_such_database`)
  expect(error.code).toBe('database-missing')
  expect(error.message).toContain('createdb no_such_database')
})

it('a user who may not create tables', async () => {
  const error = await refusal(withUser(database.url, ROLE))
  expect(error.code).toBe('permission-denied')
  expect(error.message).toContain('GRANT ALL ON SCHEMA public')
})

it('a session that is not in UTC', async () => {
  const error = await refusal(`${database.url}?options=-c%20timezone%3DAsia/Shanghai`)
  expect(error.code).toBe('time-zone-not-utc')
  expect(error.message).toContain('数据库会话的时区是 Asia/Shanghai')
})

it('a server without the encryption that was asked for', async () => {
  const error = await refusal(`${database.url}?sslmode=verify-full`)
  expect(error.code).toBe('connection-failed')
})

it('a server older than 15', () => {
  expect(() => requireVersion(140012, '14.12')).toThrow(
    expect.objectContaining({ code: 'server-too-old', message: expect.stringContaining('要求 15 或更新') }),
  )
  expect(() => requireVersion(150000, '15.0')).not.toThrow()
})
