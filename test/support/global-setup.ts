// Once per test run: a PostgreSQL server for the test files that ask for one. The first request starts it, the end of the run stops it.
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { createMigratedDatabase } from './databases.ts'
import { type PostgresServer, startPostgresServer } from './postgres-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers any request with the administrator's address of the server. */
    postgresService: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<PostgresServer> | undefined
  const service = http.createServer((_request, response) => {
    starting ??= start()
    starting.then(
      ({ url }) => response.end(url),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
  service.listen(0, '127.0.0.1')
  await once(service, 'listening')
  project.provide('postgresService', `http://127.0.0.1:${(service.address() as AddressInfo).port}`)
  return async () => {
    service.close()
    await (await starting?.catch(() => undefined))?.stop()
  }
}

async function start(): Promise<PostgresServer> {
  const server = await startPostgresServer()
  try {
    await createMigratedDatabase(server.url)
    return server
  } catch (error) {
    await server.stop()
    throw error
  }
}
