// One look at the clock: duties that open now become tasks, and every task that is due says its next step (invariants 5 and 7).
import { DAY_MS, type Instant } from '../core/calendar/civil.ts'
import { UnknownYearError } from '../core/calendar/workdays.ts'
import { noticesOf } from '../core/message/audience.ts'
import type { Notice } from '../core/message/notice.ts'
import { expandPlan, nextOpening } from '../core/plan/expand.ts'
import type { Plan } from '../core/plan/types.ts'
import { type Decision, decide, type Office } from '../core/task/decide.ts'
import { isFormal } from '../core/task/policy.ts'
import type { Task, TaskDraft } from '../core/task/types.ts'
import type { Log } from './ports.ts'
import type { EventDraft, FormalStep, Snapshot, Store, TaskChange, Tx } from './store-port.ts'

export type TickDeps = { readonly store: Store; readonly office: Office; readonly log: Log }

export type TickResult = { readonly opened: number; readonly decided: number; readonly queued: number }

/** Bounds one transaction. Large, since a person whose tasks fall into two may get his second card only the next day. */
const BATCH = 2_000

/** Long before anything this product knows of: a plan that was never expanded opens all that should be open by now. */
const BEGINNING: Instant = 0

/** Does all that is due at `now`. Safe to run late, twice, or in several processes at once. */
export async function tick(deps: TickDeps, now: Instant): Promise<TickResult> {
  const next = await deps.store.nextAction()
  if (next === undefined || next > now) return { opened: 0, decided: 0, queued: 0 }
  const opened = await expandPlans(deps, now)
  let decided = 0
  let queued = 0
  for (;;) {
    const batch = await decideBatch(deps, now)
    decided += batch.decided
    queued += batch.queued
    if (batch.decided < BATCH) return { opened, decided, queued }
  }
}

async function expandPlans(deps: TickDeps, now: Instant): Promise<number> {
  const snapshot = await deps.store.office()
  return deps.store.transaction(async (tx) => {
    let opened = 0
    for (const { plan, expandedTo } of await tx.plansToExpand(now)) {
      opened += await expandOne(deps, tx, plan, snapshot, expandedTo ?? BEGINNING, now)
    }
    return opened
  })
}

async function expandOne(
  { office, log }: TickDeps,
  tx: Tx,
  plan: Plan,
  { directory }: Snapshot,
  after: Instant,
  now: Instant,
): Promise<number> {
  try {
    const { drafts, gaps } = expandPlan(plan, directory, office.calendar, { after, upTo: now })
    const opened = await openTasks(tx, plan, drafts, now)
    if (after === BEGINNING) await dropUnasked(tx, plan, drafts, now)
    if (gaps.length > 0)
      log.warn({ plan: plan.key, duties: gaps.length }, 'duties without a liaison went to the office')
    await tx.planExpanded(plan.key, now, nextOpening(plan, directory, office.calendar, now))
    return opened
  } catch (error) {
    if (!(error instanceof UnknownYearError)) throw error
    log.error({ plan: plan.key, year: error.year, cure: error.message }, 'calendar year missing')
    await tx.planExpanded(plan.key, after, now + DAY_MS)
    return 0
  }
}

async function openTasks(tx: Tx, plan: Plan, drafts: readonly TaskDraft[], now: Instant): Promise<number> {
  const tasks = await tx.insertTasks(drafts)
  await tx.append(
    tasks.map((task) => ({
      at: now,
      actor: 'duban',
      kind: 'task-created',
      task: task.id,
      subject: task.key,
    })),
  )
  const superseding = new Set(
    plan.rules.filter((rule) => rule.overlap === 'supersede').map((rule) => rule.key),
  )
  const old = await tx.supersededBy(tasks.filter((task) => superseding.has(task.rule)))
  await cancel(tx, old, 'superseded', '已由新一期任务代替', now)
  return tasks.length
}

/** An imported plan may have lost rules, units, projects or dates: what it no longer asks for is not chased any more (C9). */
async function dropUnasked(tx: Tx, plan: Plan, drafts: readonly TaskDraft[], now: Instant): Promise<void> {
  const asked = new Set(drafts.map(({ key }) => key))
  // A rhythm by stage leaves tasks of earlier stages behind; they are still duties.
  const byStage = new Set(plan.rules.filter(({ timing }) => timing.type === 'by-stage').map(({ key }) => key))
  const unasked = (await tx.awaitingTasksOf(plan.key)).filter(
    ({ key, rule }) => !asked.has(key) && !byStage.has(rule),
  )
  await cancel(tx, unasked, 'plan-changed', '方案已调整，不再要求', now)
}

async function cancel(
  tx: Tx,
  tasks: readonly Task[],
  reason: string,
  lastEvent: string,
  now: Instant,
): Promise<void> {
  await tx.saveTasks(
    tasks.map((task) => ({ id: task.id, state: 'cancelled', stepsDone: task.stepsDone, lastEvent })),
    now,
  )
  await tx.append(
    tasks.map((task) => ({ at: now, actor: 'duban', kind: 'cancelled', task: task.id, data: { reason } })),
  )
}

type Batch = { changes: TaskChange[]; notices: Notice[]; drafts: FormalStep[]; events: EventDraft[] }

async function decideBatch(deps: TickDeps, now: Instant): Promise<{ decided: number; queued: number }> {
  const { directory, plans } = await deps.store.office()
  const byKey = new Map(plans.map((plan) => [plan.key, plan]))
  return deps.store.transaction(async (tx) => {
    const tasks = await tx.dueTasks(now, BATCH)
    const batch: Batch = { changes: [], notices: [], drafts: [], events: [] }
    for (const task of tasks) {
      const plan = byKey.get(task.plan)
      if (!plan) cancelOrphan(batch, task, now)
      else apply(batch, task, decideOrPostpone(deps, task, now), plan, { directory, plans }, now)
    }
    await tx.saveTasks(batch.changes, now)
    const queued = await tx.enqueue(batch.notices, now)
    await tx.draftFormal(batch.drafts, now)
    await tx.append(batch.events)
    return { decided: tasks.length, queued }
  })
}

/** A missing calendar year stops this one task for a day, says so, and lets all others go on. */
function decideOrPostpone({ office, log }: TickDeps, task: Task, now: Instant): Decision {
  try {
    return decide(task, office, now)
  } catch (error) {
    if (!(error instanceof UnknownYearError)) throw error
    log.error({ task: task.key, year: error.year, cure: error.message }, 'calendar year missing')
    return {
      opens: task.state === 'scheduled',
      skipped: [],
      stepsDone: task.stepsDone,
      nextActionAt: now + DAY_MS,
    }
  }
}

function cancelOrphan(batch: Batch, task: Task, now: Instant): void {
  batch.changes.push({ id: task.id, state: 'cancelled', stepsDone: task.stepsDone, lastEvent: '方案已撤销' })
  batch.events.push({
    at: now,
    actor: 'duban',
    kind: 'cancelled',
    task: task.id,
    data: { reason: 'plan-removed' },
  })
}

function apply(
  batch: Batch,
  task: Task,
  decision: Decision,
  plan: Plan,
  { directory }: Snapshot,
  now: Instant,
): void {
  const event = { at: now, actor: 'duban', task: task.id }
  batch.changes.push({
    id: task.id,
    state: decision.opens ? 'open' : task.state,
    stepsDone: decision.stepsDone,
    ...(decision.escalatedOn === undefined ? {} : { escalatedOn: decision.escalatedOn }),
    ...(decision.nextActionAt === undefined ? {} : { nextActionAt: decision.nextActionAt }),
    ...(decision.opens ? { lastEvent: '任务开始' } : {}),
  })
  if (decision.opens) batch.events.push({ ...event, kind: 'opened' })
  if (decision.skipped.length > 0)
    batch.events.push({ ...event, kind: 'steps-skipped', data: { steps: decision.skipped } })
  const step = decision.say
  if (!step) return
  const notices = noticesOf(task, step, plan, directory, now)
  batch.notices.push(...notices)
  batch.events.push({
    ...event,
    kind: notices.length > 0 ? 'step-queued' : 'nobody-to-tell',
    data: { step: step.key, to: notices.map(({ dedupKey }) => dedupKey.split('|').at(-1)) },
  })
  if (isFormal(step.kind)) {
    batch.drafts.push({ task: task.id, step: step.key, kind: step.kind, plan: plan.key, state: 'drafted' })
  }
}
