// Configuration of the Prisma command line; the program itself never reads it.
import { chmodSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { defineConfig } from 'prisma/config'

/**
 * Prisma would download a native engine, even for `generate`. Ours is the same engine as WebAssembly, from npm.
 * PRISMA_NATIVE_ENGINE=1 goes back to the native one, as Windows must (it cannot start a script by its first line).
 */
function useOfflineEngine(): void {
  if (process.platform === 'win32' || process.env.PRISMA_NATIVE_ENGINE) return
  const engine = path.join(import.meta.dirname, 'prisma/schema-engine.mjs')
  try {
    chmodSync(engine, 0o755)
  } catch {
    // A read-only checkout: git has kept the executable bit.
  }
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= engine
}

useOfflineEngine()

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // Without DATABASE_URL an empty throw-away database stands in: enough to write and check migrations.
  datasource: { url: process.env.DATABASE_URL || 'scratch://localhost/scratch' },
})
