// The words of an import: rows as they stand in files, what is wrong with them, and what they would change.
import type { Directory } from '../../core/people/directory.ts'
import type { Plan } from '../../core/plan/types.ts'

/** Everything that imports write, at one moment. */
export type Snapshot = { readonly directory: Directory; readonly plans: readonly Plan[] }

export const sections = [
  'units',
  'people',
  'posts',
  'holdings',
  'delegations',
  'projects',
  'groups',
  'plans',
] as const

export type Section = (typeof sections)[number]

export const sectionNames: Readonly<Record<Section, string>> = {
  units: '单位',
  people: '人员',
  posts: '岗位',
  holdings: '任职',
  delegations: '代办',
  projects: '项目',
  groups: '工作群',
  plans: '方案',
}

/** In Chinese for the clerk. `row` names the entry; it is left out where even its key could tell something classified. */
export type Problem = {
  /** An error refuses its row; a warning refuses nothing. */
  readonly severity: 'error' | 'warning'
  readonly file: string
  /** 1-based; absent when the file itself can't be read. */
  readonly line?: number
  readonly row?: string
  readonly what: string
  readonly cure: string
}

/** A step into a YAML value. */
export type Path = readonly (string | number)[]

/** One entry of a section before anything about it was checked. */
export type RawRow = {
  readonly section: Section
  readonly file: string
  /** 1-based position within its section of the file. */
  readonly position: number
  readonly value: unknown
  /** The 1-based line of a value inside the row; of the row itself for the empty path. */
  readonly lineOf: (path: Path) => number
  /** YAML faults inside this row only. */
  readonly fault?: { readonly line: number; readonly what: string; readonly cure: string }
}

export type FieldChange = { readonly field: string; readonly before?: unknown; readonly after?: unknown }

/** One entry that an import would change. Rules and forms count as entries of their own, under `plan/rule`. */
export type Change = {
  readonly section: Section | 'rules' | 'forms'
  readonly key: string
  readonly kind: 'added' | 'changed' | 'removed'
  /** Every field of an added entry, the differing ones of a changed entry, none of a removed one. */
  readonly fields: readonly FieldChange[]
}
