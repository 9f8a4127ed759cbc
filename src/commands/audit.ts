// `duban audit verify`: computes the chain of events again and names the first link that does not hold.
import type { Log } from '../app/ports.ts'
import type { Config } from '../config.ts'
import { findBrokenLink } from '../store/events.ts'
import { openProductDatabase } from './product.ts'

/** Returns the exit code: 1 when an event was altered, removed or inserted. */
export async function verifyAudit(config: Config, log: Log): Promise<number> {
  const database = await openProductDatabase(config, log)
  try {
    const result = await findBrokenLink(database.pool)
    const isBroken = 'seq' in result
    process.stdout.write(
      isBroken
        ? `✘ 第${result.seq}条记录与前一条对不上：此处或之前的记录被改动过。前${result.checked}条完好。\n`
        : `✔ ${result.checked}条记录首尾相接，未被改动。\n`,
    )
    return isBroken ? 1 : 0
  } finally {
    await database.close()
  }
}
