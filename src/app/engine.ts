// Keeps the two ways through the house going: what is heard is handled at once, what is due is said, one run of each at a time.
import type { Instant } from '../core/calendar/civil.ts'
import type { Card, Inbound } from '../core/message/types.ts'
import { type DeliverDeps, deliver, reachOf } from './deliver.ts'
import type { Clock, Receive } from './ports.ts'
import { warnOfQuota } from './ration.ts'
import { handleNext } from './receive.ts'
import { tick } from './tick.ts'

export type EngineDeps = DeliverDeps & { readonly clock: Clock }

export interface Engine {
  /** For the channels: resolves once the message is stored; handling starts by itself. */
  readonly receive: Receive
  /** Something may be due: the cron's minute, an import, a start. Returns at once. */
  wake(): void
  /**
   * What another process queued, a limit held back or a new connection can take now: looked for without deciding anything new,
   * so cheap that it may be called every second. Returns at once; the next `wake` reports what fails here for long.
   */
  pulse(): void
  /** Does all that can be done at this moment; resolves when nothing is left. */
  settle(): Promise<void>
  /** When something will be due next, if nobody says anything meanwhile. */
  nextAt(): Promise<Instant | undefined>
  /** Lets what is running finish and starts nothing new. */
  stop(): Promise<void>
}

export function createEngine(deps: EngineDeps): Engine {
  const { aside, handle, out, look, halt } = startLanes(deps)
  return {
    async receive(inbound) {
      await aside.add(deps.store.saveInbound(inbound, deps.clock.now()))
      handle.run()
    },
    wake() {
      handle.run()
      look.run()
    },
    pulse() {
      for (const lane of [handle, out]) lane.done().catch(() => undefined)
    },
    async settle() {
      await aside.done()
      await handle.done()
      // Ends with a whole run of `out`, so what the handled messages queued has left too.
      await look.done()
      await aside.done()
    },
    async nextAt() {
      const times = [await deps.store.nextAction(), await deps.store.nextDelivery()].filter(
        (at) => at !== undefined,
      )
      return times.length > 0 ? Math.min(...times) : undefined
    },
    stop: halt,
  }
}

/** In: what was heard. Out: what is queued. Look: what is due. `halt` lets each finish and starts none again. */
function startLanes(deps: EngineDeps) {
  let stopped = false
  const now = (): Instant => deps.clock.now()
  const aside = tracked()
  const handle = coalesced(async () => {
    while (!stopped) {
      const handled = await handleNext(deps, now(), reachOf(deps, 'messages'))
      if (!handled) return
      for (const { id, card } of handled.redraws)
        void aside.add(redraw(deps, handled.stored.inbound, id, card))
      out.run()
    }
  })
  const out = coalesced(async () => {
    if (!stopped) await deliver(deps, now)
  })
  const look = coalesced(async () => {
    if (stopped) return
    await tick(deps, now())
    await warnOfQuota(deps, now())
    await out.done()
  })
  const lanes = [handle, out, look]
  for (const lane of lanes)
    lane.onError = (error) => deps.log.error({ error }, 'a run failed; the next one tries again')
  async function halt(): Promise<void> {
    stopped = true
    await Promise.all(lanes.map((lane) => lane.idle()))
    await aside.done()
  }
  return { aside, handle, out, look, halt }
}

/** Best effort: the answer itself leaves as a message of its own, so a card that stays as it was harms nobody. */
async function redraw(deps: EngineDeps, inbound: Inbound, id: string, card: Card): Promise<void> {
  try {
    await deps.channels.get(inbound.channel)?.updateCard(id, card, inbound.replyTo)
  } catch (error) {
    deps.log.warn({ error, channel: inbound.channel }, 'a pressed card was not redrawn')
  }
}

/** Work beside the lanes: nobody waits for it but `settle` and `stop`. */
function tracked() {
  const open = new Set<Promise<unknown>>()
  return {
    add<T>(work: Promise<T>): Promise<T> {
      open.add(work)
      const forget = (): void => void open.delete(work)
      work.then(forget, forget)
      return work
    },
    done: async (): Promise<void> => void (await Promise.allSettled(open)),
  }
}

type Lane = {
  /** Starts a run, or asks for one more after the present one. */
  run(): void
  /** One whole run that starts after this call; rejects with its error. */
  done(): Promise<void>
  /** Resolves when nothing runs. */
  idle(): Promise<void>
  onError: (error: unknown) => void
}

/** Never two runs at once, and never more than one waiting: a storm of wake-ups costs two runs. */
function coalesced(work: () => Promise<void>): Lane {
  let running: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined
  function start(): Promise<void> {
    next ??= running
      .catch(() => undefined)
      .then(() => {
        running = next ?? running
        next = undefined
        return work()
      })
    return next
  }
  const lane: Lane = {
    run: () => void start().catch((error) => lane.onError(error)),
    done: start,
    idle: async () => {
      await next?.catch(() => undefined)
      await running.catch(() => undefined)
    },
    onError: () => undefined,
  }
  return lane
}
