// Many stored tasks for the bench of the tick: real duties of the sample plan, multiplied inside the database.
import type { Store } from '../../app/store-port.ts'
import { type Instant, instantOf } from '../../core/calendar/civil.ts'
import { expandPlan } from '../../core/plan/expand.ts'
import type { TaskDraft } from '../../core/task/types.ts'
import type { Database } from '../../store/database.ts'
import { iso } from '../../store/rows.ts'
import { importInto } from '../import.ts'
import { OFFICE } from '../product.ts'
import { GANZI } from './scratch.ts'

const COPIED = `plan, rule, measure, kind, form, title, unit, post, project, period, state, open_at, first_due_at, due_at,
  policy_id, steps_done, next_action_at, version`

/** Imports the plan and takes all of its duties; nothing of it will open by itself afterwards. */
export async function dutiesOf(database: Database, store: Store): Promise<readonly TaskDraft[]> {
  await importInto(store, GANZI, instantOf('2021-04-12', '08:30'))
  await database.pool.query('UPDATE plan SET expanded_to = now(), next_opening_at = NULL')
  const { directory, plans } = await store.office()
  const whole = { after: 0, upTo: instantOf('2023-01-01', '00:00') }
  return plans.flatMap((plan) => expandPlan(plan, directory, OFFICE.calendar, whole).drafts)
}

/** Leaves exactly `count` tasks that open at `openAt`, and nothing queued or in the trail. */
export async function fillTasks(
  database: Database,
  store: Store,
  duties: readonly TaskDraft[],
  count: number,
  openAt: Instant,
): Promise<void> {
  const firstDueAt = openAt + 20 * 86_400_000
  const drafts = duties.slice(0, count).map((duty) => ({ ...duty, openAt, firstDueAt }))
  await database.pool.query('TRUNCATE task, outbox, event, formal_step')
  await store.transaction((tx) => tx.insertTasks(drafts))
  await database.pool.query(
    `INSERT INTO task (key, ${COPIED}) SELECT key || '#' || n, ${COPIED} FROM task, generate_series(1, $1::int) AS n LIMIT $2`,
    [Math.ceil(count / drafts.length), count - drafts.length],
  )
  await database.pool.query(`UPDATE task SET next_action_at = $1 WHERE next_action_at <> $1`, [iso(openAt)])
}
