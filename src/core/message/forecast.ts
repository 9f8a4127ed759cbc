// Every message that will go out if nobody answers: the same decide, bundle and truth checks, with the clock run forward on paper.
import { type CivilDate, dateOf, type Instant } from '../calendar/civil.ts'
import { groupBy } from '../group-by.ts'
import type { Directory } from '../people/directory.ts'
import { expandPlan, nextOpening } from '../plan/expand.ts'
import type { Plan } from '../plan/types.ts'
import { decide, type Office } from '../task/decide.ts'
import { awaitsAnswer, type Task, type TaskDraft } from '../task/types.ts'
import { noticesOf } from './audience.ts'
import { bundle } from './bundle.ts'
import type { Family, Notice } from './notice.ts'
import { type Rank, rankOf } from './quota.ts'
import { whyUntrue } from './still-true.ts'
import { addressKey, addressOf } from './types.ts'

/** How things stand when the forecast begins. `expandedTo`: up to when a plan's tasks exist already. */
export type ForecastStart = {
  readonly directory: Directory
  readonly plans: readonly { readonly plan: Plan; readonly expandedTo?: Instant }[]
  readonly tasks: readonly Task[]
  readonly queued: readonly Notice[]
}

/** One card to one address, with the steps it carries (`task key|step`). */
export type ForecastCard = {
  readonly at: Instant
  readonly day: CivilDate
  readonly address: string
  readonly family: Family
  /** How much it matters when a platform's month runs short. */
  readonly rank: Rank
  readonly about: readonly { readonly task: string; readonly step: string; readonly title: string }[]
}

type Queued = {
  readonly id: string
  readonly family: Family
  readonly task?: string
  readonly deadline?: Instant
  readonly notice: Notice
  notBefore: Instant
}

type Run = {
  readonly start: ForecastStart
  readonly office: Office
  readonly tasks: Map<string, Task>
  readonly expanded: Map<string, { at: Instant; next: Instant | undefined }>
  readonly said: Set<string>
  queue: Queued[]
  count: number
  /** The day on which each address had its card of a family. */
  readonly spoken: Map<string, CivilDate>
  readonly cards: ForecastCard[]
}

/** All cards from `from` (inclusive) to `to` (exclusive), in the order they leave. Throws UnknownYearError. */
export function forecast(start: ForecastStart, office: Office, from: Instant, to: Instant): ForecastCard[] {
  const run: Run = {
    start,
    office,
    tasks: new Map(start.tasks.map((task) => [task.id, task])),
    expanded: new Map(
      start.plans.map(({ plan, expandedTo }) => [plan.key, { at: expandedTo ?? 0, next: from }]),
    ),
    said: new Set(start.queued.map(({ dedupKey }) => dedupKey)),
    queue: [],
    count: 0,
    spoken: new Map(),
    cards: [],
  }
  enqueue(run, start.queued)
  for (let now: Instant | undefined = from; now !== undefined && now < to; now = nextMoment(run, now))
    step(run, now)
  return run.cards
}

function step(run: Run, now: Instant): void {
  for (const { plan } of run.start.plans) open(run, plan, now)
  for (const task of [...run.tasks.values()]) {
    if (task.nextActionAt === undefined || task.nextActionAt > now) continue
    const decision = decide(task, run.office, now)
    const { nextActionAt: _, escalatedOn: __, ...kept } = task
    run.tasks.set(task.id, {
      ...kept,
      state: decision.opens ? 'open' : task.state,
      stepsDone: decision.stepsDone,
      ...(decision.escalatedOn === undefined ? {} : { escalatedOn: decision.escalatedOn }),
      ...(decision.nextActionAt === undefined ? {} : { nextActionAt: decision.nextActionAt }),
    })
    const plan = planOf(run, task)
    if (decision.say && plan) enqueue(run, noticesOf(task, decision.say, plan, run.start.directory, now))
  }
  leave(run, now)
}

const planOf = (run: Run, task: Task): Plan | undefined =>
  run.start.plans.find(({ plan }) => plan.key === task.plan)?.plan

function open(run: Run, plan: Plan, now: Instant): void {
  const expanded = run.expanded.get(plan.key)
  if (!expanded || expanded.next === undefined || expanded.next > now) return
  const { calendar } = run.office
  const { directory } = run.start
  const { drafts } = expandPlan(plan, directory, calendar, { after: expanded.at, upTo: now })
  for (const draft of drafts) if (!run.tasks.has(draft.key)) run.tasks.set(draft.key, opened(draft))
  supersede(run, plan, drafts)
  run.expanded.set(plan.key, { at: now, next: nextOpening(plan, directory, calendar, now) })
}

const opened = (draft: TaskDraft): Task => ({
  ...draft,
  id: draft.key,
  state: 'scheduled',
  dueAt: draft.firstDueAt,
  stepsDone: [],
  nextActionAt: draft.openAt,
  version: 0,
})

function supersede(run: Run, plan: Plan, drafts: readonly TaskDraft[]): void {
  const rules = new Set(plan.rules.filter(({ overlap }) => overlap === 'supersede').map(({ key }) => key))
  const newest = new Map(
    drafts.filter(({ rule }) => rules.has(rule)).map((draft) => [sameDuty(draft), draft.firstDueAt]),
  )
  if (newest.size === 0) return
  for (const task of run.tasks.values()) {
    const newer = newest.get(sameDuty(task))
    if (newer === undefined || task.dueAt >= newer || !awaitsAnswer(task.state)) continue
    const { nextActionAt: _, ...kept } = task
    run.tasks.set(task.id, { ...kept, state: 'cancelled' })
  }
}

const sameDuty = ({ rule, unit, project }: TaskDraft): string => [rule, unit, project ?? ''].join('|')

function enqueue(run: Run, notices: readonly Notice[]): void {
  for (const notice of notices) {
    if (run.said.has(notice.dedupKey) && !run.start.queued.includes(notice)) continue
    run.said.add(notice.dedupKey)
    run.count += 1
    run.queue.push({
      id: String(run.count),
      family: notice.family,
      ...(notice.task === undefined ? {} : { task: notice.task }),
      ...(notice.deadline === undefined ? {} : { deadline: notice.deadline }),
      notice,
      notBefore: notice.notBefore,
    })
  }
}

function leave(run: Run, now: Instant): void {
  const due = run.queue.filter(({ notBefore }) => notBefore <= now)
  const gone = new Set<string>()
  for (const [address, waiting] of groupBy(due, ({ notice }) => addressKey(notice.to))) {
    const { go, held, merged } = bundle(waiting, spokenToday(run, address, now), run.office, now)
    for (const { id, until } of held) for (const one of waiting) if (one.id === id) one.notBefore = until
    for (const id of merged) gone.add(id)
    for (const { family, items } of go) {
      for (const { id } of items) gone.add(id)
      say(run, address, family, items, now)
    }
  }
  run.queue = run.queue.filter(({ id }) => !gone.has(id))
}

function spokenToday(run: Run, address: string, now: Instant): Set<Family> {
  const today = [...run.spoken].filter(([key, day]) => key.startsWith(`${address}|`) && day === dateOf(now))
  return new Set(today.map(([key]) => key.slice(address.length + 1) as Family))
}

function say(run: Run, address: string, family: Family, items: readonly Queued[], now: Instant): void {
  const true_ = items.filter(({ notice }) => isTrue(run, notice, now))
  if (true_.length === 0) return
  run.spoken.set(`${address}|${family}`, dateOf(now))
  const about = true_.map(({ notice }) => {
    const task = run.tasks.get(notice.task ?? '')
    return { task: task?.key ?? '', step: notice.step ?? '', title: task?.title ?? '' }
  })
  const notices = true_.map(({ notice }) => notice)
  const rank = rankOf(notices, addressOf(address))
  run.cards.push({ at: now, day: dateOf(now), address, family, rank, about })
}

function isTrue(run: Run, notice: Notice, now: Instant): boolean {
  if (notice.saying.type === 'card') return true
  const task = run.tasks.get(notice.saying.task)
  const plan = task && planOf(run, task)
  if (!task || !plan) return false
  return whyUntrue(notice.saying, notice.to, task, plan, run.start.directory, now) === undefined
}

function nextMoment(run: Run, now: Instant): Instant | undefined {
  let next: Instant | undefined
  const consider = (at: Instant | undefined): void => {
    if (at !== undefined && at > now && (next === undefined || at < next)) next = at
  }
  for (const task of run.tasks.values()) consider(task.nextActionAt)
  for (const { next: at } of run.expanded.values()) consider(at)
  for (const { notBefore } of run.queue) consider(notBefore)
  return next
}
