// Once per test run: what test files ask for, a PostgreSQL server and bundled programs. The first request makes it, the end of the run removes it.
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { createMigratedDatabase } from './databases.ts'
import { startPostgresServer } from './postgres-server.ts'
import { bundlePrograms } from './programs.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers at `/postgres` with the administrator's address of the server, at `/programs` with the folder of the bundles. */
    runService: string
  }
}

/** What is told to those who ask, and how it ends. */
type Made = { readonly answer: string; remove(): Promise<void> }

const MAKERS: Readonly<Record<string, () => Promise<Made>>> = {
  '/postgres': startPostgres,
  async '/programs'() {
    const { folder, remove } = await bundlePrograms()
    return { answer: folder, remove }
  },
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const made = new Map<string, Promise<Made>>()
  const service = http.createServer(({ url = '' }, response) => {
    const making = made.get(url) ?? MAKERS[url]?.() ?? Promise.reject(new Error(`nobody makes ${url}`))
    made.set(url, making)
    making.then(
      ({ answer }) => response.end(answer),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
  service.listen(0, '127.0.0.1')
  await once(service, 'listening')
  project.provide('runService', `http://127.0.0.1:${(service.address() as AddressInfo).port}`)
  return async () => {
    service.close()
    for (const making of made.values()) await (await making.catch(() => undefined))?.remove()
  }
}

async function startPostgres(): Promise<Made> {
  const { url, stop } = await startPostgresServer()
  try {
    await createMigratedDatabase(url)
    return { answer: url, remove: stop }
  } catch (error) {
    await stop()
    throw error
  }
}
