// Lays good rows over what is present, in the order in which they depend on each other; rows that don't fit are refused with a reason.
import type { WebhookSecret } from '../../core/people/directory.ts'
import { checkGroups, checkProjects } from './check-bindings.ts'
import { checkDelegations, checkHoldings, checkPostsAndPeople } from './check-people.ts'
import { checkEvents, checkPlans } from './check-plans.ts'
import { checkUnits } from './check-units.ts'
import { warnAbout } from './check-warnings.ts'
import { type Draft, draftOf, snapshotOf } from './draft.ts'
import type { Findings } from './findings.ts'
import type { Rows } from './parse-rows.ts'
import type { RawRow, Snapshot } from './types.ts'

export type Check = {
  readonly rows: Rows
  readonly present: Snapshot
  readonly draft: Draft
  readonly findings: Findings
  /** Rows of posts that were refused, with everything that is written into them. */
  readonly lost: Set<RawRow>
  /** Of accepted groups, by their key. */
  readonly webhooks: Map<string, WebhookSecret>
}

/** The office after the import of every row that can stand, and the secrets that are no part of it. */
export type Checked = { readonly next: Snapshot; readonly webhooks: ReadonlyMap<string, WebhookSecret> }

/** Pure but for the findings. */
export function checkRows(rows: Rows, present: Snapshot, findings: Findings): Checked {
  const draft = draftOf(present)
  const check: Check = { rows, present, draft, findings, lost: new Set(), webhooks: new Map() }
  checkUnits(check)
  checkPostsAndPeople(check)
  checkHoldings(check)
  checkDelegations(check)
  checkPlans(check)
  checkProjects(check)
  checkGroups(check)
  checkEvents(check)
  warnAbout(check)
  return { next: snapshotOf(draft), webhooks: check.webhooks }
}
