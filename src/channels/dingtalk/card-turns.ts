// One card, one change at a time: an update waits for the acknowledgement of the press, and for the update before it.

export type CardTurns = {
  /** Marks a press on this card as being acknowledged until `done` settles. */
  pressed(card: string, done: Promise<unknown>): void
  /** Runs `update` after every open acknowledgement (at most `ACK_WINDOW_MS` later) and every earlier update of this card. */
  inTurn<T>(card: string, update: () => Promise<T>): Promise<T>
}

/** The platform gives an answer to a press this long, and wants no update of the card meanwhile. */
const ACK_WINDOW_MS = 2_000

export function createCardTurns(): CardTurns {
  const presses = new Map<string, Set<Promise<unknown>>>()
  const last = new Map<string, Promise<unknown>>()

  return {
    pressed(card, done) {
      const open = presses.get(card) ?? new Set()
      presses.set(card, open.add(done))
      const forget = (): void => {
        open.delete(done)
        if (open.size === 0) presses.delete(card)
      }
      done.then(forget, forget)
    },
    async inTurn(card, update) {
      const before = last.get(card)
      const turn = Promise.allSettled([before, withinWindow(presses.get(card))]).then(update)
      last.set(card, turn)
      try {
        return await turn
      } finally {
        // The platform keeps the last writer's version, so order matters only while somebody waits.
        if (last.get(card) === turn) last.delete(card)
      }
    },
  }
}

async function withinWindow(open: ReadonlySet<Promise<unknown>> | undefined): Promise<void> {
  if (!open) return
  let timer: NodeJS.Timeout | undefined
  const window = new Promise((resolve) => {
    timer = setTimeout(resolve, ACK_WINDOW_MS)
  })
  await Promise.race([Promise.allSettled(open), window])
  clearTimeout(timer)
}
