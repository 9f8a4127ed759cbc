// What is counted: every report that was due, and when it first came.
import type { Instant } from '../core/calendar/civil.ts'
import type { ReportDue } from '../core/report/punctuality.ts'
import { iso, optional, optionalInstant, type Sql } from './rows.ts'

type Row = {
  unit: string
  project: string | null
  title: string
  period: string | null
  due_at: Date
  first_due_at: Date
  first_at: Date | null
}

/** Of kind `report`, not cancelled. A correction does not change when a report came. */
export async function reportsDue(sql: Sql, asOf: Instant): Promise<ReportDue[]> {
  const { rows } = await sql.query<Row>(
    `SELECT t.unit, t.project, t.title, t.period, t.due_at, t.first_due_at,
       (SELECT min(s.at) FROM submission s WHERE s.task_id = t.id AND s.at <= $1) AS first_at
     FROM task t WHERE t.kind = 'report' AND t.state <> 'cancelled' AND t.due_at <= $1
     ORDER BY t.due_at, t.unit, t.project, t.id`,
    [iso(asOf)],
  )
  return rows.map((row) => ({
    unit: row.unit,
    ...optional('project', row.project),
    title: row.title,
    ...optional('period', row.period),
    dueAt: row.due_at.getTime(),
    firstDueAt: row.first_due_at.getTime(),
    ...optionalInstant('handedInAt', row.first_at),
  }))
}
