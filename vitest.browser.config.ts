import { defineConfig } from 'vitest/config'

// Drives the demo page in Chromium; the page itself is built first (test/browser/build-page.ts).
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: 'test/browser/build-page.ts',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 1,
  },
})
