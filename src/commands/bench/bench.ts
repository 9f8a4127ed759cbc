// `duban bench [name]`: figures of the product, each beside its floor measured in the same run. For developers, so in English.
import os from 'node:os'
import { UsageError } from '../explain.ts'
import { channels } from './channels/channels.ts'
import { demo } from './demo.ts'
import { inbound } from './inbound.ts'
import type { Bench, Environment } from './measure.ts'
import { replies } from './replies.ts'
import { table } from './table.ts'
import { tick } from './tick.ts'
import { year } from './year.ts'

/** The demo first: on a fresh installation its first start has yet to make the database. */
const BENCHES: readonly Bench[] = [demo, replies, inbound, channels, tick, year]

/** Runs one, or all of them, and prints a table a bench. Throws UsageError for an unknown name. */
export async function bench(name?: string, env: Environment = {}): Promise<void> {
  const chosen = BENCHES.filter((one) => name === undefined || one.name === name)
  if (chosen.length === 0)
    throw new UsageError(`没有“${name}”这一项，可选：${BENCHES.map((one) => one.name).join('、')}`)
  const load = os.loadavg()[0]?.toFixed(1)
  process.stdout.write(
    `Node ${process.version}, ${os.cpus().length} × ${os.cpus()[0]?.model ?? 'CPU'}, load ${load}; medians of rounds in turn (least – greatest)\n`,
  )
  for (const one of chosen) process.stdout.write(`\n${table(one, await one.run(env))}\n`)
}
