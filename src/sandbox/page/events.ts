// The live stream of the demo page (server-sent events): new and redrawn bubbles, the clock, and hints that the ledger may have changed.
import type { Response } from 'express'
import type { DemoOffice } from '../office.ts'
import type { WorldChange } from '../world.ts'
import { withPictureAddresses } from './pictures.ts'
import { faultsOf } from './view.ts'
import type { ClockState } from './wire.ts'

const HEARTBEAT_MS = 15_000
// The product writes its records around the moment a message shows; a second look catches what was late.
const HINT_DELAYS_MS: readonly number[] = [250, 1_500]
// A reader that is this far behind is cut off: it reconnects and loads the state anew.
const BACKLOG_BYTES = 8 * 1024 * 1024

export type Live = {
  /** Serves one reader until he goes away. */
  join(reader: Response): void
  clockChanged(): void
  faultsChanged(): void
  /** Something happened that may have changed the ledger. */
  stir(): void
}

/** One stream for any number of pages. It watches the world only while somebody looks, so nothing has to be closed. */
export function createLive(office: DemoOffice, clock: () => ClockState): Live {
  const readers = new Set<Response>()
  const send = (event: string, data: unknown): void => {
    for (const reader of readers) write(reader, event, data)
  }
  const clockChanged = (): void => send('clock', clock())
  const faultsChanged = (): void => send('faults', faultsOf(office))
  const hints = createHints(() => {
    send('ledger', {})
    if (office.faults.switches().some(({ on }) => on)) faultsChanged()
  })
  const stir = (): void => {
    if (readers.size > 0) hints.stir()
  }
  const changed = (change: WorldChange): void => {
    if (change.type === 'bubble') send('bubble', withPictureAddresses(change.bubble))
    stir()
  }
  const beat = (): void => {
    clockChanged()
    send('ledger', {})
  }
  let sleep = (): void => {}
  function join(reader: Response): void {
    reader.set({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' })
    reader.write('retry: 1000\n')
    write(reader, 'clock', clock())
    if (readers.size === 0) sleep = watch(office, changed, beat)
    readers.add(reader)
    reader.on('close', () => {
      if (!readers.delete(reader) || readers.size > 0) return
      sleep()
      hints.clear()
    })
  }
  return { join, clockChanged, faultsChanged, stir }
}

/** Until the returned function is called. */
function watch(office: DemoOffice, changed: (change: WorldChange) => void, beat: () => void): () => void {
  const unwatch = office.world.onChange(changed)
  const heartbeat = setInterval(beat, HEARTBEAT_MS)
  return () => {
    unwatch()
    clearInterval(heartbeat)
  }
}

function write(reader: Response, event: string, data: unknown): void {
  if (reader.writableLength > BACKLOG_BYTES) reader.destroy()
  else reader.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}

// Each delay fires once for any number of stirs while it runs; the last stir is always followed by a hint.
function createHints(hint: () => void): { stir(): void; clear(): void } {
  const timers = new Map<number, NodeJS.Timeout>()
  function fire(delay: number): void {
    timers.delete(delay)
    hint()
  }
  return {
    stir() {
      for (const delay of HINT_DELAYS_MS)
        if (!timers.has(delay)) timers.set(delay, setTimeout(fire, delay, delay))
    },
    clear() {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
    },
  }
}
