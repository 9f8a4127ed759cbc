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
  extended_by: string | null
}

/**
 * Of kind `report`. A correction does not change when a report came; one that was taken back did not come. A cancelled duty is none,
 * unless it was overdue when the next one of its rhythm took its place (C4): that report is missing for good.
 */
export async function reportsDue(sql: Sql, asOf: Instant): Promise<ReportDue[]> {
  const { rows } = await sql.query<Row>(
    `SELECT t.unit, t.project, t.title, t.period, t.due_at, t.first_due_at,
       (SELECT min(s.at) FROM submission s
         WHERE s.task_id = t.id AND s.at <= $1 AND (s.withdrawn_at IS NULL OR s.withdrawn_at > $1)) AS first_at,
       (SELECT coalesce(p.name, r.decided_by) FROM request r LEFT JOIN person p ON p.key = r.decided_by
         WHERE r.task_id = t.id AND r.kind = 'extension' AND r.state = 'granted'
         ORDER BY r.decided_at DESC LIMIT 1) AS extended_by
     FROM task t WHERE t.kind = 'report' AND t.due_at <= $1
       AND (t.state <> 'cancelled' OR EXISTS (SELECT 1 FROM event e
         WHERE e.task_id = t.id AND e.kind = 'cancelled' AND e.data->>'reason' = 'superseded' AND e.at > t.due_at))
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
    ...optional('extendedBy', row.extended_by),
  }))
}
