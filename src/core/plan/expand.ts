// Plan × calendar × people → tasks: every rule's duties for every unit or project that has them (G1: "18个县（市）经信局" gives 18).
import { type Instant, instantOf } from '../calendar/civil.ts'
import { type Calendar, UnknownYearError } from '../calendar/workdays.ts'
import { isIncludedForm } from '../form/forms.ts'
import type { Directory, Project } from '../people/directory.ts'
import { isListed, liaisonOf, officePost, postByKey, projectsOf } from '../people/lookup.ts'
import type { TaskDraft } from '../task/types.ts'
import type { OccurrenceContext } from './occurrences.ts'
import { lastOpeningDate } from './opening.ts'
import { firstOpeningAfter, type Opened, openingsIn, type Window } from './schedule.ts'
import type { Plan, Rule } from './types.ts'

/** A duty whose unit has no liaison. `standIn` is the post that got it (invariant 11); without one there is no task. */
export type Gap = {
  readonly key: string
  readonly rule: string
  readonly unit: string
  readonly project?: string
  readonly standIn?: string
}

export type Expansion = { readonly drafts: readonly TaskDraft[]; readonly gaps: readonly Gap[] }

/**
 * Every task that opens later than `after` and not later than `upTo`, in order of opening; keys are the same whenever the same
 * occurrence is expanded again. Throws UnknownYearError when workdays of an unknown year decide whether or when something opens.
 */
export function expandPlan(plan: Plan, directory: Directory, calendar: Calendar, window: Window): Expansion {
  const drafts: TaskDraft[] = []
  const gaps: Gap[] = []
  for (const rule of plan.rules) {
    for (const { context, subjects } of sharedContexts(plan, rule, directory)) {
      const openings = openingsIn(rule, calendar, window, context)
      for (const duty of openings.flatMap((opened) => dutiesOf(opened, subjects))) {
        const { draft, gap } = draftOf(plan, rule, directory, duty)
        if (draft !== undefined) drafts.push(draft)
        if (gap !== undefined) gaps.push(gap)
      }
    }
  }
  return { drafts: drafts.sort((a, b) => a.openAt - b.openAt), gaps }
}

/**
 * When to look again: no task of the plan opens after `after` and before this instant. Undefined when none will ever open.
 * Throws UnknownYearError when all that is left opens in a year that is not known.
 */
export function nextOpening(
  plan: Plan,
  directory: Directory,
  calendar: Calendar,
  after: Instant,
): Instant | undefined {
  let next: Instant | undefined
  let unknown: UnknownYearError | undefined
  for (const rule of plan.rules) {
    for (const { context } of sharedContexts(plan, rule, directory, after)) {
      try {
        const opening = firstOpeningAfter(rule, calendar, after, context)
        if (opening !== undefined && (next === undefined || opening < next)) next = opening
      } catch (error) {
        if (!(error instanceof UnknownYearError)) throw error
        unknown = error
      }
    }
  }
  // An unknown year must not hide what is sure to come before it.
  if (next === undefined && unknown !== undefined) throw unknown
  return next
}

type Subject = { readonly unit: string; readonly project?: Project }

type Duty = { readonly opened: Opened; readonly subject: Subject }

type SharedContext = { readonly context: OccurrenceContext; readonly subjects: Subject[] }

// Subjects with the same dates are scheduled once: 3 000 projects have six stages, not 3 000 calendars.
function sharedContexts(plan: Plan, rule: Rule, directory: Directory, after?: Instant): SharedContext[] {
  const groups = new Map<string, SharedContext>()
  for (const subject of subjectsOf(plan, rule, directory)) {
    if (after !== undefined && isOver(subject, after)) continue
    const own = ownContext(rule, subject)
    const key = own.stage ?? own.subject ?? ''
    const group = groups.get(key)
    const about = rule.about === undefined ? {} : { about: rule.about }
    if (group !== undefined) group.subjects.push(subject)
    else groups.set(key, { context: { ...own, ...about, events: plan.events }, subjects: [subject] })
  }
  return [...groups.values()]
}

const isOver = ({ project }: Subject, after: Instant): boolean =>
  project?.listedUntil !== undefined && project.listedUntil <= lastOpeningDate(after)

function subjectsOf(plan: Plan, rule: Rule, directory: Directory): Subject[] {
  if (rule.responsible.type === 'units') return [...new Set(rule.responsible.units)].map((unit) => ({ unit }))
  return projectsOf(directory, plan.key).map((project) => ({ unit: project.unit, project }))
}

// Only what the timing looks at, so that everything else is shared.
function ownContext(rule: Rule, { unit, project }: Subject): Pick<OccurrenceContext, 'stage' | 'subject'> {
  if (rule.timing.type === 'offset') return { subject: project?.key ?? unit }
  return rule.timing.type === 'by-stage' && project !== undefined ? { stage: project.stage } : {}
}

// C9: on the list from the opening to the due date; a project that joins later starts with the next occurrence.
function dutiesOf(opened: Opened, subjects: readonly Subject[]): Duty[] {
  return subjects
    .filter(
      ({ project }) =>
        project === undefined || (isListed(project, opened.openOn) && isListed(project, opened.due)),
    )
    .map((subject) => ({ opened, subject }))
}

function draftOf(
  plan: Plan,
  rule: Rule,
  directory: Directory,
  { opened, subject }: Duty,
): { draft?: TaskDraft; gap?: Gap } {
  const key = `${plan.key}/${rule.key}/${occasion(rule, opened)}/${subject.project?.key ?? subject.unit}`
  const about = { unit: subject.unit, ...(subject.project && { project: subject.project.key }) }
  const own = ownPost(directory, subject)
  const standIn = own === undefined ? officePost(directory, plan.office)?.key : undefined
  const gap: Gap = { key, rule: rule.key, ...about, ...(standIn !== undefined && { standIn }) }
  const post = own ?? standIn
  if (post === undefined) return { gap }
  const draft: TaskDraft = {
    key,
    plan: plan.key,
    rule: rule.key,
    ...(rule.measure !== undefined && { measure: rule.measure }),
    kind: rule.kind,
    ...formFor(plan, rule),
    title: rule.title,
    ...about,
    post,
    ...(opened.period !== undefined && { period: opened.period }),
    openAt: opened.openAt,
    firstDueAt: instantOf(opened.due, rule.dueTime),
    policy: rule.policy ?? plan.policy,
  }
  return own === undefined ? { draft, gap } : { draft }
}

function formFor({ key, forms = [] }: Plan, { form }: Rule): Pick<TaskDraft, 'form' | 'ownForm'> {
  if (isIncludedForm(form)) return { form }
  const ownForm = forms.find(({ name }) => name === form)
  if (!ownForm) throw new Error(`plan ${key} has no form ${form}`)
  return { form: 'own', ownForm }
}

// What tells two occurrences of a rule apart. An event's own date may still be corrected (Y1), so its name stands for it.
function occasion(rule: Rule, { due, period }: Opened): string {
  return rule.timing.type === 'offset' ? rule.timing.event : (period ?? due)
}

// K3: the project's own liaison; a project without one is answered for by its unit's.
function ownPost(directory: Directory, { unit, project }: Subject): string | undefined {
  const named = project?.liaison === undefined ? undefined : postByKey(directory, project.liaison)
  return (named ?? liaisonOf(directory, unit))?.key
}
