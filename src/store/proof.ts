// The delivery proof of earlier steps: what was said about a task, when, and whether it arrived.
import type { Proof } from '../core/message/compose/compose.ts'
import type { StepKind } from '../core/task/policy.ts'
import type { Sql } from './rows.ts'

/** Every settled message about these tasks, drafts and answers in conversations excepted. */
export async function proofOf(sql: Sql, tasks: readonly string[]): Promise<Proof[]> {
  const { rows } = await sql.query<{ task_id: number; kind: StepKind; at: Date; state: string }>(
    `SELECT o.task_id, o.saying->>'kind' AS kind, s.settled_at AS at, s.state FROM outbox o JOIN send s ON s.id = o.send_id
     WHERE o.task_id = ANY($1::bigint[]) AND o.saying->>'type' IN ('duty', 'issued') AND s.settled_at IS NOT NULL ORDER BY o.id`,
    [tasks],
  )
  return rows.map((row) => ({
    task: String(row.task_id),
    kind: row.kind,
    at: row.at.getTime(),
    delivered: row.state === 'sent',
  }))
}
