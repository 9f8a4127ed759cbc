// How things stand now, for a forecast: plans, duties still waiting for an answer, notices still in the queue.
import type { ForecastStart } from '../core/message/forecast.ts'
import type { Family, Saying } from '../core/message/notice.ts'
import { addressOf } from '../core/message/types.ts'
import type { Plan } from '../core/plan/types.ts'
import { optional, optionalInstant, type Sql, type TaskRow } from './rows.ts'
import { type PolicyCache, tasksOf } from './tasks.ts'

export async function forecastStart(sql: Sql, cache: PolicyCache): Promise<Omit<ForecastStart, 'directory'>> {
  const plans = await sql.query<{ data: Plan; expanded_to: Date | null }>(
    'SELECT data, expanded_to FROM plan ORDER BY key',
  )
  const tasks = await sql.query<TaskRow>(
    `SELECT * FROM task WHERE state IN ('scheduled', 'open', 'acknowledged', 'returned') ORDER BY id`,
  )
  const queued = await sql.query<{
    dedup_key: string
    address: string
    family: Family
    saying: Saying
    task_id: number | null
    step: string | null
    not_before: Date
    deadline: Date | null
  }>(`SELECT * FROM outbox WHERE state = 'queued' ORDER BY id`)
  return {
    plans: plans.rows.map((row) => ({ plan: row.data, ...optionalInstant('expandedTo', row.expanded_to) })),
    tasks: await tasksOf(sql, cache, tasks.rows),
    queued: queued.rows.map((row) => ({
      dedupKey: row.dedup_key,
      to: addressOf(row.address),
      family: row.family,
      saying: row.saying,
      ...optional('task', row.task_id === null ? null : String(row.task_id)),
      ...optional('step', row.step),
      notBefore: row.not_before.getTime(),
      ...optionalInstant('deadline', row.deadline),
    })),
  }
}
