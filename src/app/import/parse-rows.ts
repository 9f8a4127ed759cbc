// Raw rows become typed rows, section by section; what is classified, malformed or repeated is refused here and goes no further.
import type { z } from 'zod'
import type {
  Delegation,
  Group,
  Holding,
  Person,
  Post,
  Project,
  Unit,
  WebhookSecret,
} from '../../core/people/directory.ts'
import type { Plan, PlanEvent, Rule } from '../../core/plan/types.ts'
import { isClassified } from './classified.ts'
import type { UnitChoice } from './fields.ts'
import { type Entry, type Findings, placeOf, type Row } from './findings.ts'
import { delegationRow, groupRow, holdingRow, personRow, postRow, projectRow, unitRow } from './formats.ts'
import { type FormRow, formRow } from './formats-form.ts'
import { eventRow, planHeadRow, ruleRow } from './formats-plan.ts'
import { parsed } from './messages.ts'
import { type RawRow, type Section, sections } from './types.ts'

export type GroupRow = {
  readonly group: Omit<Group, 'units'>
  readonly choices: readonly UnitChoice[]
  readonly webhook?: WebhookSecret
}
export type RuleRow = { readonly rule: Omit<Rule, 'responsible'>; readonly for: 'projects' | UnitChoice[] }
export type PlanHead = Omit<Plan, 'rules' | 'events' | 'forms'>

/** `rules`, `events` and `forms` hold the good ones; `ruleOrder` and `formOrder` the keys of all, so that a refused one keeps its place. */
export type PlanRow = {
  readonly head: PlanHead
  readonly rules: readonly Row<RuleRow>[]
  readonly ruleOrder: readonly string[]
  readonly forms: readonly Row<FormRow>[]
  readonly formOrder: readonly string[]
  readonly events: readonly Row<PlanEvent>[]
  /** Some event of the file was refused, so what is present and not in the file stays. */
  readonly hasRefusedEvents: boolean
}

export type PostRow = { readonly post: Post; readonly holder?: string }

export type Rows = {
  readonly units: Row<Unit>[]
  readonly people: Row<Person>[]
  readonly posts: Row<PostRow>[]
  readonly holdings: Row<Holding>[]
  readonly delegations: Row<Delegation>[]
  readonly projects: Row<Project>[]
  readonly groups: Row<GroupRow>[]
  readonly plans: Row<PlanRow>[]
}

/** Good rows by section; everything else is in the findings. */
export function parseRows(raws: readonly RawRow[], findings: Findings): Rows {
  const rows: Rows = {
    units: [],
    people: [],
    posts: [],
    holdings: [],
    delegations: [],
    projects: [],
    groups: [],
    plans: [],
  }
  const seen = new Map<string, Entry>()
  // Marks first: a classified row must be known before anything that names it is spoken of.
  const open = raws.filter((raw) => !refuseClassified(raw, findings))
  for (const raw of open) readers[raw.section]({ raw, rows, findings, seen })
  return rows
}

type Reading = {
  readonly raw: RawRow
  readonly rows: Rows
  readonly findings: Findings
  readonly seen: Map<string, Entry>
}

const readers: Readonly<Record<Section, (reading: Reading) => void>> = {
  units: (reading) => reading.rows.units.push(...take(reading, unitRow, byKey)),
  people: (reading) => reading.rows.people.push(...take(reading, personRow, byKey)),
  posts: readPost,
  holdings: (reading) => reading.rows.holdings.push(...take(reading, holdingRow, holdingKey)),
  delegations: (reading) => reading.rows.delegations.push(...take(reading, delegationRow, delegationKey)),
  projects: (reading) => reading.rows.projects.push(...take(reading, projectRow, byKey)),
  groups: (reading) => reading.rows.groups.push(...take(reading, groupRow, ({ group }) => group.key)),
  plans: readPlan,
}

const byKey = (value: { readonly key: string }): string => value.key

/** One person a day begins to hold a post; who it is can be corrected. */
export const holdingKey = (holding: Holding): string => `${holding.post}@${holding.from}`

export const delegationKey = ({ post, to, from }: Delegation): string => `${post}@${from}@${to}`

// A post may carry its holder: then it is read as a post, a person and a holding.
function readPost(reading: Reading): void {
  const { raw, rows } = reading
  for (const { entry, value } of take(reading, postRow, ({ post }) => post.key)) {
    const { person, holding } = value
    if (person !== undefined) {
      const inline: Entry = { raw, at: ['holder'], key: person.key }
      if (isRepeated(reading, 'people', person.key, inline)) continue
      rows.people.push({ entry: inline, value: person })
    }
    if (holding !== undefined && isRepeated(reading, 'holdings', holdingKey(holding), entry)) continue
    if (holding !== undefined) rows.holdings.push({ entry: { raw, at: ['since'] }, value: holding })
    rows.posts.push({ entry, value: { post: value.post, ...(person && { holder: person.key }) } })
  }
}

function readPlan(reading: Reading): void {
  const { raw, rows, findings } = reading
  for (const { entry, value: head } of take(reading, planHeadRow, byKey)) {
    const { rules = [], events = [], forms = [] } = raw.value as Partial<Record<PartName, unknown[]>>
    const good = <T extends z.ZodType>(list: PartName, parts: unknown[], schema: T): Row<z.output<T>>[] =>
      parts.flatMap((value, index) => partOf(entry, list, index, value, schema, findings))
    const goodEvents = good('events', events, eventRow)
    const value: PlanRow = {
      head,
      rules: good('rules', rules, ruleRow),
      ruleOrder: rules.flatMap((rule) => keyIn(rule) ?? []),
      forms: good('forms', forms, formRow),
      formOrder: forms.flatMap((form) => keyIn(form) ?? []),
      events: goodEvents,
      hasRefusedEvents: goodEvents.length < events.length,
    }
    rows.plans.push({ entry, value })
  }
}

const partNames = { rules: '的规则', events: '的事件', forms: '的表单' } as const

type PartName = keyof typeof partNames

function partOf<T extends z.ZodType>(
  plan: Entry,
  list: PartName,
  index: number,
  value: unknown,
  schema: T,
  findings: Findings,
): Row<z.output<T>>[] {
  const at = [list, index]
  if (isClassified(value)) {
    findings.refuse({ raw: plan.raw, at, part: list }, classifiedFault)
    return []
  }
  const key = keyIn(value)
  const part = `${partNames[list]}第${index + 1}条${key === undefined ? '' : `（${key}）`}`
  const entry: Entry = { ...plan, at, part }
  const result = parsed(schema, value)
  if ('value' in result) return [{ entry, value: result.value }]
  for (const complaint of result.complaints) findings.refuse(entry, complaint)
  return []
}

// The row, or nothing and a finding.
function take<T extends z.ZodType>(
  reading: Reading,
  schema: T,
  keyOf: (value: z.output<T>) => string,
): Row<z.output<T>>[] {
  const { raw, findings } = reading
  const key = keyIn(raw.value)
  const entry: Entry = { raw, at: [], ...(key !== undefined && { key }) }
  if (raw.fault !== undefined) {
    const { line, ...fault } = raw.fault
    // Nameless: of a field written twice, the value that is hidden could be a mark.
    findings.refuse({ raw: { ...raw, lineOf: () => line }, at: [] }, fault)
    if (key !== undefined) findings.remember(entry, key, false)
    return []
  }
  const result = parsed(schema, raw.value)
  if ('value' in result)
    return isRepeated(reading, raw.section, keyOf(result.value), entry)
      ? []
      : [{ entry, value: result.value }]
  for (const complaint of result.complaints) findings.refuse(entry, complaint)
  return []
}

function isRepeated({ seen, findings }: Reading, section: Section, key: string, entry: Entry): boolean {
  const first = seen.get(`${section}:${key}`)
  if (first === undefined) {
    seen.set(`${section}:${key}`, entry)
    return false
  }
  const cure =
    section === 'people' ? '同一个人的第二个岗位只写 holder: 人员代号' : '请删去一处，或改用另一个代号'
  findings.refuse(entry, { what: `与 ${placeOf(first)}重复`, cure })
  return true
}

const classifiedFault = {
  isHushed: true,
  what: '标有涉密标记，没有导入',
  cure: '涉密内容不得进入本系统，请按保密规定另行办理；如属误标，请经保密审查后改正标记',
}

function refuseClassified(raw: RawRow, findings: Findings): boolean {
  if (!isClassified(raw.section === 'plans' ? withoutParts(raw.value) : raw.value)) return false
  const entry: Entry = { raw, at: [] }
  findings.refuse(entry, classifiedFault)
  for (const key of keysWithin(raw.value))
    for (const section of sections) findings.remember(entry, key, true, section)
  return true
}

// Rules, events and forms of a plan are rows of their own.
function withoutParts(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return { ...value, rules: undefined, events: undefined, forms: undefined }
}

// Its own key and those of what it carries (an inline holder): whoever names one of them names something classified.
function keysWithin(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = keyIn(value)
  return [...(own === undefined ? [] : [own]), ...Object.values(value).flatMap(keysWithin)]
}

function keyIn(value: unknown): string | undefined {
  const key: unknown = typeof value === 'object' && value !== null && 'key' in value ? value.key : undefined
  return typeof key === 'string' ? key : undefined
}
