// Counts what the platforms' months pay for: at once in memory, every second in the database, so a send costs no write of its own.
import type { Instant } from '../core/calendar/civil.ts'
import { type Amounts, type Meter, monthOf } from '../core/message/quota.ts'
import type { ChannelName } from '../core/people/directory.ts'
import type { Clock, Log } from './ports.ts'

export interface Usage {
  /** One more, in the month of this moment. Never throws. */
  count(channel: ChannelName, meter: Meter): void
  /** All that every process of this installation counted in the month of `at`. */
  used(channel: ChannelName, at: Instant): Promise<Amounts>
  /** Writes down what is still in memory; to be called before the database closes. */
  flush(): Promise<void>
}

/** So much more of a platform's month (`YYYY-MM`) is used up. */
export type UsedUp = {
  readonly channel: ChannelName
  readonly month: string
  readonly meter: Meter
  readonly amount: number
}

/** What the store keeps for it. */
export interface UsageStore {
  /** Adds to what months have used up; of several processes too. */
  addUsage(used: readonly UsedUp[]): Promise<void>
  /** `month` as `YYYY-MM`. */
  usage(channel: ChannelName, month: string): Promise<Amounts>
}

/** So long a count may be in memory only: what a killed process forgets at most. */
const FLUSH_MS = 1_000

export function createUsage(deps: { store: UsageStore; clock: Clock; log: Log }): Usage {
  const { store, clock } = deps
  const pending = new Map<string, UsedUp>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  // One after the other, so that whoever waits for one has everything that was counted before.
  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(() => write(deps, pending))
    return writing
  }

  return {
    count(channel, meter) {
      add(pending, { channel, month: monthOf(clock.now()), meter, amount: 1 })
      timer ??= setTimeout(() => void flush(), FLUSH_MS).unref()
    },
    async used(channel, at) {
      await flush()
      return store.usage(channel, monthOf(at))
    },
    flush,
  }
}

function add(pending: Map<string, UsedUp>, { channel, month, meter, amount }: UsedUp): void {
  const key = `${channel}|${month}|${meter}`
  pending.set(key, { channel, month, meter, amount: (pending.get(key)?.amount ?? 0) + amount })
}

async function write(
  { store, log }: { store: UsageStore; log: Log },
  pending: Map<string, UsedUp>,
): Promise<void> {
  const amounts = [...pending.values()]
  pending.clear()
  if (amounts.length === 0) return
  try {
    await store.addUsage(amounts)
  } catch (error) {
    // Counted again with the next.
    for (const amount of amounts) add(pending, amount)
    log.warn({ error }, 'the month’s calls were not written down; will try again')
  }
}
