// Ends a test run in one line for programs and people: `N passed, N failed`.
import type { Reporter, SerializedError, TestModule, TestRunEndReason } from 'vitest/node'

type Totals = { passed: number; failed: number }

/** What went wrong outside a test counts as failed too: a file that can't be loaded, a failing hook, a stray error, an interrupted run. */
function totalsOf(modules: readonly TestModule[], strayErrors: number, reason: TestRunEndReason): Totals {
  const totals: Totals = { passed: 0, failed: strayErrors + (reason === 'interrupted' ? 1 : 0) }
  for (const module of modules) {
    const passed = [...module.children.allTests('passed')].length
    const failed = [...module.children.allTests('failed')].length
    totals.passed += passed
    totals.failed += failed === 0 && !module.ok() ? 1 : failed
  }
  return totals
}

export class TotalsReporter implements Reporter {
  /** Printed when the process ends, so that nothing comes after it. */
  onTestRunEnd(
    modules: readonly TestModule[],
    errors: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    const { passed, failed } = totalsOf(modules, errors.length, reason)
    process.once('exit', () => process.stdout.write(`\n${passed} passed, ${failed} failed\n`))
  }
}
