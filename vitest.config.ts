import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longest-first.ts'
import { TotalsReporter } from './test/support/totals-reporter.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**'],
    globalSetup: 'test/support/global-setup.ts',
    reporters: ['default', new TotalsReporter()],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    // Files of a worker share what they import. The embedded database is one large WebAssembly program: optimising it takes a worker
    // longer than running what it was compiled to first.
    isolate: false,
    execArgv: ['--liftoff-only'],
    sequence: { sequencer: LongestFirst },
  },
})
