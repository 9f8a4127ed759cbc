// What the minute costs: with nothing due among few and many stored tasks, and with ten thousand tasks due at once.
import { createEngine } from '../../app/engine.ts'
import type { Store } from '../../app/store-port.ts'
import { tick as runTick } from '../../app/tick.ts'
import { instantOf } from '../../core/calendar/civil.ts'
import type { TaskDraft } from '../../core/task/types.ts'
import type { Database } from '../../store/database.ts'
import { createStore } from '../../store/store.ts'
import { createLog } from '../log.ts'
import { OFFICE } from '../product.ts'
import { loadWords } from '../words.ts'
import { type Bench, interleave, type Row, rowOf, timed } from './measure.ts'
import { onEachDatabase } from './scratch.ts'
import { dutiesOf, fillTasks } from './tick-tasks.ts'

const STORED = [2_000, 200_000] as const
const LOOKS = 300
const BURST = 10_000

/** A working Monday, and the month before, when nothing is due yet. */
const BUSY = instantOf('2021-05-10', '09:00')
const QUIET = instantOf('2021-04-12', '09:00')

export const tick: Bench = {
  name: 'tick',
  floor: 'SELECT 1 on the same pool; for the burst one bare INSERT of as many queued messages',
  run: (env) => onEachDatabase(env, measure),
}

async function measure(database: Database): Promise<Row[]> {
  const store = createStore(database)
  const duties = await dutiesOf(database, store)
  const rows: Row[] = []
  for (const stored of STORED) {
    await fillTasks(database, store, duties, stored, BUSY)
    rows.push(...(await quietMinutes(database, store, stored)))
  }
  return [...rows, ...(await burst(database, store, duties))]
}

async function quietMinutes(database: Database, store: Store, stored: number): Promise<Row[]> {
  const deps = { store, office: OFFICE, log: createLog('error') }
  const engine = createEngine({
    ...deps,
    clock: { now: () => QUIET },
    channels: new Map(),
    words: loadWords(),
    newId: () => 'bench',
  })
  const floor = () => perRun(LOOKS, () => database.pool.query('SELECT 1'))
  const look = () => perRun(LOOKS, () => runTick(deps, QUIET))
  const minute = () => perRun(LOOKS, () => engine.settle())
  await Promise.all([floor(), look(), minute()])
  return [
    rowOf(await interleave(look, floor), `nothing due, ${stored} stored, tick`, 'µs', (us) => us),
    rowOf(await interleave(minute, floor), `nothing due, ${stored} stored, whole minute`, 'µs', (us) => us),
  ]
}

/** Microseconds a run. */
async function perRun(runs: number, one: () => Promise<unknown>): Promise<number> {
  const { wallMs } = await timed(async () => {
    for (let run = 0; run < runs; run++) await one()
  })
  return (wallMs * 1_000) / runs
}

type Burst = { readonly wallUs: number; readonly cpuUs: number }

async function burst(database: Database, store: Store, duties: readonly TaskDraft[]): Promise<Row[]> {
  const deps = { store, office: OFFICE, log: createLog('error') }
  const product = async (): Promise<Burst> => {
    await fillTasks(database, store, duties, BURST, BUSY)
    return aTask(async () => {
      const { decided } = await runTick(deps, BUSY)
      if (decided !== BURST) throw new Error(`the burst decided ${decided} of ${BURST} tasks`)
    })
  }
  const taken = await interleave(product, () => bareInsert(database))
  return [
    rowOf(taken, `${BURST} due at once, a task`, 'µs', ({ wallUs }) => wallUs),
    rowOf(taken, `${BURST} due at once, CPU a task`, 'µs', ({ cpuUs }) => cpuUs),
  ]
}

const QUEUE = 'dedup_key, address, family, saying, task_id, step, not_before, deadline, state, created_at'

/** Inserts what the last burst queued once more, in one statement, into an empty table of the same shape. */
async function bareInsert({ pool }: Database): Promise<Burst> {
  await pool.query('CREATE TABLE bare (LIKE outbox INCLUDING ALL)')
  const { rows } = await pool.query(`SELECT ${QUEUE} FROM outbox`)
  const taken = await aTask(() =>
    pool.query(
      `INSERT INTO bare (${QUEUE}) SELECT ${QUEUE} FROM jsonb_populate_recordset(NULL::outbox, $1::jsonb)`,
      [JSON.stringify(rows)],
    ),
  )
  await pool.query('DROP TABLE bare')
  return taken
}

async function aTask(work: () => Promise<unknown>): Promise<Burst> {
  const { wallMs, cpuMs } = await timed(work)
  return { wallUs: (wallMs * 1_000) / BURST, cpuUs: (cpuMs * 1_000) / BURST }
}
