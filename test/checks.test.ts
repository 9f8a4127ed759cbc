// The type checks and the linter as tests, so that `npm test` is the whole gate and its last line counts them.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const run = promisify(execFile)

/** What a tool of node_modules complains about; empty when it is content. */
async function complaints(tool: string, ...args: string[]): Promise<string> {
  try {
    await run(`node_modules/.bin/${tool}`, args, { maxBuffer: 64 << 20 })
    return ''
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string }
    return `${stdout}${stderr}`.trim() || message
  }
}

describe('the checks before the tests', { timeout: 180_000 }, () => {
  it('program and tests are typed', async () => {
    expect(await complaints('tsc', '--noEmit', '-p', '.')).toBe('')
  })

  it('the demo page is typed', async () => {
    expect(await complaints('vue-tsc', '--noEmit', '-p', 'src/sandbox/ui')).toBe('')
  })

  it('the linter and the formatter are content', async () => {
    expect(await complaints('biome', 'check', '--error-on-warnings', '--colors=off', '.')).toBe('')
  })
})
