// What is on record after many conversations: to be compared with the records of others who lived through the same.
import type { World } from '../../src/sandbox/world.ts'
import { openDatabase } from '../../src/store/database.ts'
import { type Proofs, readProofs } from './proofs.ts'

export type TalkRecords = Proofs & {
  readonly tasks: readonly string[]
  readonly submissions: readonly string[]
  readonly requests: readonly string[]
  readonly standIns: readonly string[]
  /** How often each actor did each kind of thing to each task. */
  readonly trail: readonly string[]
  /** What each person is being asked, without the moments. */
  readonly questions: readonly string[]
}

const TABLES = {
  tasks: `SELECT concat_ws(' ', key, state, post, first_due_at, due_at, steps_done, last_event, submitted_at IS NOT NULL) AS line
    FROM task ORDER BY 1`,
  submissions: `SELECT concat_ws(' ', t.key, s.revision, s.person, s.channel, s.fields, s.text, s.late, s.reason, s.confirmed,
      s.withdrawn_by) AS line FROM submission s JOIN task t ON t.id = s.task_id ORDER BY 1`,
  requests: `SELECT concat_ws(' ', r.kind, t.key, r.post, r.person, r.channel, r.data, r.revision, r.state, r.decided_by, r.reason)
      AS line FROM request r LEFT JOIN task t ON t.id = r.task_id ORDER BY 1`,
  standIns: `SELECT concat_ws(' ', post, "to", "from", until) AS line FROM delegation ORDER BY 1`,
  trail: `SELECT concat_ws(' ', e.actor, e.kind, t.key, count(*)) AS line
    FROM event e LEFT JOIN task t ON t.id = e.task_id GROUP BY e.actor, e.kind, t.key ORDER BY 1`,
  questions: `SELECT person || regexp_replace(data::text, '"at": [0-9]+', '', 'g') AS line FROM conversation ORDER BY 1`,
} as const

/** Of a database whose product has stopped. */
export async function readRecords(directory: string, world: World): Promise<TalkRecords> {
  const database = await openDatabase({ directory })
  const lines = async (sql: string): Promise<string[]> =>
    (await database.pool.query<{ line: string }>(sql)).rows.map(({ line }) => line)
  const read = {
    ...(await readProofs(database, world)),
    tasks: await lines(TABLES.tasks),
    submissions: await lines(TABLES.submissions),
    requests: await lines(TABLES.requests),
    standIns: await lines(TABLES.standIns),
    trail: await lines(TABLES.trail),
    questions: await lines(TABLES.questions),
  }
  await database.close()
  return read
}
