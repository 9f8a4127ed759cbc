// The snapshot under construction: what is present, with accepted rows laid over it.
import type { Delegation, Group, Holding, Person, Post, Project, Unit } from '../../core/people/directory.ts'
import type { Plan } from '../../core/plan/types.ts'
import type { Entry, Findings, Row } from './findings.ts'
import { delegationKey, holdingKey } from './parse-rows.ts'
import { type Path, type Section, type Snapshot, sectionNames } from './types.ts'

export type Draft = {
  readonly units: Map<string, Unit>
  readonly people: Map<string, Person>
  readonly posts: Map<string, Post>
  readonly holdings: Map<string, Holding>
  readonly delegations: Map<string, Delegation>
  readonly projects: Map<string, Project>
  readonly groups: Map<string, Group>
  readonly plans: Map<string, Plan>
}

export function draftOf({ directory, plans }: Snapshot): Draft {
  return {
    units: byKey(directory.units),
    people: byKey(directory.people),
    posts: byKey(directory.posts),
    holdings: new Map(directory.holdings.map((entry) => [holdingKey(entry), entry])),
    delegations: new Map(directory.delegations.map((entry) => [delegationKey(entry), entry])),
    projects: byKey(directory.projects),
    groups: byKey(directory.groups),
    plans: byKey(plans),
  }
}

export function snapshotOf(draft: Draft): Snapshot {
  const directory = {
    units: [...draft.units.values()],
    people: [...draft.people.values()],
    posts: [...draft.posts.values()],
    holdings: [...draft.holdings.values()],
    delegations: [...draft.delegations.values()],
    projects: [...draft.projects.values()],
    groups: [...draft.groups.values()],
  }
  return { directory, plans: [...draft.plans.values()] }
}

/** True when the draft has the key; else the entry is refused, with the reason. */
export function isKnown(
  { draft, findings }: { draft: Draft; findings: Findings },
  entry: Entry,
  path: Path,
  section: Section,
  key: string,
): boolean {
  if (draft[section].has(key)) return true
  findings.refuseReference(entry, path, section, sectionNames[section], key)
  return false
}

/**
 * Rows whose claims (an account, a chat, the one liaison's seat of a unit) nobody else has. What is present and not in the files
 * goes first, then the files in order. A refused row leaves its present version in force, so its claims are counted anew.
 */
export function withoutClashes<T extends { readonly key: string }>(
  rows: readonly Row<T>[],
  present: Iterable<T>,
  claimsOf: (value: T) => readonly string[],
  complain: (row: Row<T>, claim: string, owner: Row<T> | undefined) => void,
): Row<T>[] {
  const untouched = [...present]
  for (let kept = [...rows]; ; ) {
    const next = onePass(kept, untouched, claimsOf, complain)
    if (next.length === kept.length) return next
    kept = next
  }
}

function onePass<T extends { readonly key: string }>(
  rows: readonly Row<T>[],
  present: readonly T[],
  claimsOf: (value: T) => readonly string[],
  complain: (row: Row<T>, claim: string, owner: Row<T> | undefined) => void,
): Row<T>[] {
  const inFiles = new Set(rows.map((row) => row.value.key))
  const owners = new Map<string, Row<T> | undefined>()
  for (const value of present) {
    if (!inFiles.has(value.key)) for (const claim of claimsOf(value)) owners.set(claim, undefined)
  }
  return rows.filter((row) => {
    const claims = claimsOf(row.value)
    const taken = claims.find((claim) => owners.has(claim))
    if (taken !== undefined) complain(row, taken, owners.get(taken))
    else for (const claim of claims) owners.set(claim, row)
    return taken === undefined
  })
}

const byKey = <T extends { readonly key: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.key, row]))
