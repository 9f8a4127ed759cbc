// The live stream of the demo page (server-sent events): new and redrawn bubbles, the clock, and hints that the ledger may have changed.
import type { Response } from 'express'
import type { DemoOffice } from '../office.ts'
import { withPictureAddresses } from './pictures.ts'
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
  /** Something happened that may have changed the ledger. */
  stir(): void
}

/** One stream for any number of pages. It watches the world only while somebody looks, so nothing has to be closed. */
export function createLive(office: DemoOffice, clock: () => ClockState): Live {
  const readers = new Set<Response>()
  const hints = new Map<number, NodeJS.Timeout>()
  let unwatch: (() => void) | undefined
  let heartbeat: NodeJS.Timeout | undefined

  function send(event: string, data: unknown): void {
    const frame = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
    for (const reader of readers) {
      if (reader.writableLength > BACKLOG_BYTES) reader.destroy()
      else reader.write(frame)
    }
  }
  const clockChanged = (): void => send('clock', clock())

  // Each delay fires once for any number of stirs while it runs; the last stir is always followed by a hint.
  function stir(): void {
    if (readers.size === 0) return
    for (const delay of HINT_DELAYS_MS)
      if (!hints.has(delay)) hints.set(delay, setTimeout(hint, delay, delay))
  }
  function hint(delay: number): void {
    hints.delete(delay)
    send('ledger', {})
  }

  function wake(): void {
    unwatch = office.world.onChange((change) => {
      if (change.type === 'bubble') send('bubble', withPictureAddresses(change.bubble))
      stir()
    })
    heartbeat = setInterval(() => {
      clockChanged()
      send('ledger', {})
    }, HEARTBEAT_MS)
  }
  function sleep(): void {
    unwatch?.()
    clearInterval(heartbeat)
    for (const timer of hints.values()) clearTimeout(timer)
    hints.clear()
  }

  return {
    clockChanged,
    stir,
    join(response) {
      response.set({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' })
      response.flushHeaders()
      if (readers.size === 0) wake()
      readers.add(response)
      response.write(`retry: 1000\nevent: clock\ndata: ${JSON.stringify(clock())}\n\n`)
      response.on('close', () => {
        if (readers.delete(response) && readers.size === 0) sleep()
      })
    },
  }
}
