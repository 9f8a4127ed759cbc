// Plans: their offices, sections and posts exist, and each rule makes sense on its own.
import type { Form } from '../../core/form/types.ts'
import type { Plan, PlanEvent, Responsible, Rule } from '../../core/plan/types.ts'
import type { Check } from './check.ts'
import { formsOf, unknownForm } from './check-forms.ts'
import { chosenUnits } from './check-units.ts'
import { isKnown } from './draft.ts'
import type { Fault, Row } from './findings.ts'
import type { PlanHead, PlanRow, RuleRow } from './parse-rows.ts'

/** Accepts plans with their good rules; a refused rule or plan leaves its present version in force. Events follow in `checkEvents`. */
export function checkPlans(check: Check): void {
  for (const row of check.rows.plans) {
    if (!isSoundHead(check, row)) continue
    const { head } = row.value
    const present = check.draft.plans.get(head.key)
    const forms = formsOf(check, row, present)
    const rules = rulesOf(check, row, present, forms)
    const named = [...forms, ...stillNamed(rules, forms, present)]
    const own = named.length > 0 ? { forms: named } : {}
    check.draft.plans.set(head.key, { ...head, ...own, rules, events: present?.events ?? [] })
  }
}

// A rule whose new version was refused keeps the present one, and with it the form that it names.
function stillNamed(rules: readonly Rule[], forms: readonly Form[], present: Plan | undefined): Form[] {
  const isNamed = ({ name }: Form): boolean => rules.some((rule) => rule.form === name)
  return (present?.forms ?? []).filter(
    (form) => isNamed(form) && forms.every(({ name }) => name !== form.name),
  )
}

function isSoundHead(check: Check, { entry, value: { head } }: Row<PlanRow>): boolean {
  const { draft, findings } = check
  if (!isKnown(check, entry, ['office'], 'units', head.office)) return false
  if (head.leader !== undefined && !isKnown(check, entry, ['leader'], 'posts', head.leader)) return false
  if (head.complaints !== undefined && !isKnown(check, entry, ['complaints'], 'posts', head.complaints))
    return false
  const hasOffice = [...draft.posts.values()].some(
    (post) => post.unit === head.office && post.role === 'office',
  )
  const fault = hasOffice ? repeatedKey(head) : officeWithoutPost(head)
  if (fault !== undefined) findings.refuse(entry, fault)
  return fault === undefined && hasKnownLeads(check, entry, head)
}

function hasKnownLeads(check: Check, entry: Row<PlanRow>['entry'], head: PlanHead): boolean {
  return head.phases.every((phase, i) =>
    phase.measures.every((measure, j) =>
      measure.lead.every((unit) =>
        isKnown(check, entry, ['phases', i, 'measures', j, 'lead'], 'units', unit),
      ),
    ),
  )
}

const officeWithoutPost = (head: PlanHead): Fault => ({
  path: ['office'],
  what: `督办办公室 ${head.office} 没有 role: office 的岗位，没人收通报草稿和无人负责的任务`,
  cure: '请在 posts 里给这个单位登记一个 role: office 的岗位',
})

function repeatedKey(head: PlanHead): Fault | undefined {
  const seen = new Set<string>()
  const keys = head.phases.flatMap((phase) => [
    `阶段 ${phase.key}`,
    ...phase.measures.map((m) => `措施 ${m.key}`),
  ])
  const twice = keys.find((key) => seen.size === seen.add(key).size)
  return twice === undefined
    ? undefined
    : { path: ['phases'], what: `${twice} 写了两次`, cure: '请给每个阶段、每项措施不同的代号' }
}

function rulesOf(
  check: Check,
  { value }: Row<PlanRow>,
  present: Plan | undefined,
  forms: readonly Form[],
): Rule[] {
  const accepted = new Map<string, Rule>()
  for (const row of value.rules) {
    const { rule } = row.value
    if (accepted.has(rule.key)) check.findings.refuse(row.entry, ruleTwice(rule.key))
    else {
      const checked = checkedRule(check, value, row, forms)
      if (checked !== undefined) accepted.set(rule.key, checked)
    }
  }
  const kept = (key: string): Rule[] => {
    const rule = accepted.get(key) ?? present?.rules.find((entry) => entry.key === key)
    return rule === undefined ? [] : [rule]
  }
  return [...new Set(value.ruleOrder)].flatMap(kept)
}

const ruleTwice = (key: string): Fault => ({
  path: ['key'],
  what: `规则 ${key} 在这个方案里写了两次`,
  cure: '请给每条规则不同的代号',
})

function checkedRule(
  check: Check,
  plan: PlanRow,
  { entry, value }: Row<RuleRow>,
  forms: readonly Form[],
): Rule | undefined {
  const fault = faultOf(value, plan.head) ?? unknownForm(value.rule.form, forms, plan)
  if (fault !== undefined) {
    check.findings.refuse(entry, fault)
    return undefined
  }
  if (value.for === 'projects') return { ...value.rule, responsible: { type: 'projects' } }
  const units = chosenUnits(check, entry, ['for'], value.for)
  const responsible: Responsible | undefined = units && { type: 'units', units }
  return responsible && { ...value.rule, responsible }
}

function faultOf({ rule, for: subjects }: RuleRow, head: PlanHead): Fault | undefined {
  const measures = head.phases.flatMap((phase) => phase.measures.map((measure) => measure.key))
  if (rule.measure !== undefined && !measures.includes(rule.measure))
    return {
      path: ['measure'],
      what: `方案里没有措施 ${rule.measure}`,
      cure: '请改正代号，或在 phases 里补上这项措施',
    }
  const { timing } = rule
  if (timing.type === 'by-stage' && subjects !== 'projects')
    return { path: ['for'], what: '按项目阶段的规则只能由项目来做', cure: '请写 for: projects，或换一种 due' }
  if (rule.about !== undefined && timing.type !== 'cadence' && timing.type !== 'by-stage')
    return {
      path: ['about'],
      what: 'about 只用于周期性的规则',
      cure: '请删去 about，或把 due 写成 { every: … }',
    }
  const opens = rule.opens.type === 'date' ? rule.opens.date : undefined
  const due = earliestDue(rule)
  if (opens !== undefined && due !== undefined && opens > due)
    return { path: ['opens'], what: `开始日期 ${opens} 晚于到期日期 ${due}`, cure: '请把 opens 改到到期之前' }
  return undefined
}

// Of a cadence only its end is sure without a calendar.
function earliestDue({ timing }: Pick<Rule, 'timing'>): string | undefined {
  if (timing.type === 'date') return timing.date
  if (timing.type === 'dates') return [...timing.dates].sort((a, b) => (a < b ? -1 : 1))[0]
  return timing.type === 'cadence' ? timing.until : undefined
}

/** Accepts the events of accepted plans: each once for each known project or unit. */
export function checkEvents(check: Check): void {
  for (const { value } of check.rows.plans) {
    const plan = check.draft.plans.get(value.head.key)
    const presentPlan = check.present.plans.find((entry) => entry.key === value.head.key)
    if (plan === undefined || plan === presentPlan) continue
    const events = acceptedEvents(check, value)
    const isLost = value.hasRefusedEvents || events.size < value.events.length
    // After a refused event nothing may be taken for deleted.
    const kept = isLost ? (presentPlan?.events ?? []).filter((event) => !events.has(eventKey(event))) : []
    check.draft.plans.set(plan.key, { ...plan, events: [...events.values(), ...kept] })
  }
}

const eventKey = ({ event, subject }: PlanEvent): string => `${event}/${subject ?? ''}`

function acceptedEvents(check: Check, { events }: PlanRow): Map<string, PlanEvent> {
  const accepted = new Map<string, PlanEvent>()
  for (const { entry, value } of events) {
    const { subject } = value
    if (accepted.has(eventKey(value))) {
      const cure = '同一事件对同一项目（单位）只能有一个日期，请删去一处'
      check.findings.refuse(entry, { what: `事件“${value.event}”写了两次`, cure })
    } else if (subject === undefined || check.draft.units.has(subject)) accepted.set(eventKey(value), value)
    else if (isKnown(check, entry, ['subject'], 'projects', subject)) accepted.set(eventKey(value), value)
  }
  return accepted
}
