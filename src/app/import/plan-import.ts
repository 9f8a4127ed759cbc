// The import of people and plans: files in, problems, changes and the next snapshot out. Writing it is the caller's.
import type { WebhookSecret } from '../../core/people/directory.ts'
import { checkRows } from './check.ts'
import { diffSnapshots } from './diff.ts'
import { Findings } from './findings.ts'
import { parseRows } from './parse-rows.ts'
import { readImportFiles } from './read-files.ts'
import type { Change, Problem, Snapshot } from './types.ts'

/** `next` has every good row, whatever the problems: a wrong row spoils nothing else. */
export type ImportPlan = {
  readonly problems: readonly Problem[]
  readonly changes: readonly Change[]
  /** Entries that are the same before and after. */
  readonly unchanged: number
  readonly next: Snapshot
  /** By group: never part of a snapshot, a report or a log. */
  readonly webhooks: ReadonlyMap<string, WebhookSecret>
}

export const emptySnapshot: Snapshot = {
  directory: { units: [], posts: [], people: [], holdings: [], delegations: [], groups: [], projects: [] },
  plans: [],
}

/** Reads files and folders and compares them with what is present. Never throws for what a file holds. */
export async function planImport(paths: readonly string[], present: Snapshot): Promise<ImportPlan> {
  const { rows, problems } = await readImportFiles(paths)
  const findings = new Findings()
  const { next, webhooks } = checkRows(parseRows(rows, findings), present, findings)
  const sorted = [...problems, ...findings.problems].sort(inReadingOrder)
  return { problems: sorted, next, webhooks, ...diffSnapshots(present, next) }
}

function inReadingOrder(a: Problem, b: Problem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return (a.line ?? 0) - (b.line ?? 0)
}
