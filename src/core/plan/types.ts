// 方案: phases, measures and the rules that produce tasks; the shape that an imported plan file has once it was checked.
import type { CivilDate, CivilTime } from '../calendar/civil.ts'
import type { Form } from '../form/types.ts'
import type { ProjectStage } from '../people/directory.ts'
import type { Policy } from '../task/policy.ts'

export type TaskKind =
  | 'report'
  | 'deliverable'
  | 'inspection'
  | 'rectification'
  | 'answer'
  | 'signoff'
  | 'review'

export type CadenceUnit = 'day' | 'week' | 'ten-days' | 'month' | 'quarter' | 'half-year' | 'year'

/** A repeating duty. `day`: day of the month or of the week (1 = Monday); `end`: the period's last day. `day` cadence: workdays only. */
export type Cadence = {
  readonly type: 'cadence'
  readonly every: CadenceUnit
  readonly day?: number | 'end'
  /** For year, half-year and quarter: months into the period, 1-based; default the last. */
  readonly month?: number
  readonly from: CivilDate
  readonly until: CivilDate
}

/** When duties of a rule fall due. All dates are civil dates of Asia/Shanghai. */
export type Timing =
  | { readonly type: 'date'; readonly date: CivilDate }
  | { readonly type: 'dates'; readonly dates: readonly CivilDate[] }
  | Cadence
  | {
      readonly type: 'offset'
      readonly event: string
      readonly amount: number
      readonly unit: 'days' | 'workdays' | 'months' | 'years'
    }
  | { readonly type: 'by-stage'; readonly stages: Partial<Record<ProjectStage, Cadence>> }

/** How long before its due date a task opens; `date` opens all tasks of the rule on that day. */
export type Opening =
  | { readonly type: 'date'; readonly date: CivilDate }
  | { readonly type: 'before'; readonly amount: number; readonly unit: 'days' | 'workdays' }

/** Who has the duty: named units (each through its liaison), or each listed project (through its own liaison). */
export type Responsible =
  | { readonly type: 'units'; readonly units: readonly string[] }
  | { readonly type: 'projects' }

export type Rule = {
  readonly key: string
  readonly title: string
  readonly measure?: string
  readonly kind: TaskKind
  /** An included form, or the plan's own by its key. */
  readonly form: string
  readonly timing: Timing
  /** Due at this hour; without it at 23:59:59 (domain §4). */
  readonly dueTime?: CivilTime
  readonly opens: Opening
  readonly responsible: Responsible
  /** What the next occurrence does to an unanswered one: both stand, or the newer one takes its place. */
  readonly overlap: 'keep' | 'supersede'
  /** A ladder of its own; without it the plan's. */
  readonly policy?: Policy
  /** The period a report is about, relative to its due date. */
  readonly about?: 'same-period' | 'previous-period'
}

export type Measure = {
  readonly key: string
  readonly title: string
  readonly deadline?: CivilDate
  /** Lead sections 牵头科室 (unit keys). */
  readonly lead: readonly string[]
}

export type Phase = { readonly key: string; readonly name: string; readonly measures: readonly Measure[] }

export type Plan = {
  readonly key: string
  readonly name: string
  readonly document?: string
  readonly issuedOn: CivilDate
  /** The supervising office: the unit whose `office` post sees drafts and is the fallback of every empty step (invariant 11). */
  readonly office: string
  /** The post that gets what is addressed to the leader. */
  readonly leader?: string
  /** The post, best outside the project, that complaints about it go to; without it the leader. */
  readonly complaints?: string
  readonly phases: readonly Phase[]
  readonly rules: readonly Rule[]
  /** Forms that the plan brings along; absent where there are none. */
  readonly forms?: readonly Form[]
  readonly policy: Policy
  /** Days on which anchoring events happened, for `offset` rules: event → project or unit key ('' for all) → date. */
  readonly events: readonly PlanEvent[]
}

export type PlanEvent = { readonly event: string; readonly subject?: string; readonly date: CivilDate }
