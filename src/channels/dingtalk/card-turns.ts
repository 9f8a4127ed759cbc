// One card, one change at a time: an update waits for the acknowledgement of a press, and for the update before it.

export type CardTurns = {
  /** Runs `store` for a press on this card; updates wait until a moment after it settled. */
  press(card: string, store: () => Promise<void>): Promise<void>
  /** Runs `update` after every open press (at most `ACK_WINDOW_MS` later) and every earlier update of this card. */
  update<T>(card: string, update: () => Promise<T>): Promise<T>
}

/** The platform gives an answer to a press this long, and wants no update of the card meanwhile. */
const ACK_WINDOW_MS = 2_000
/** The acknowledgement and the update travel on different connections: the first gets this start. */
const HEAD_START_MS = 50

export function createCardTurns(): CardTurns {
  const presses = new Map<string, Set<Promise<void>>>()
  const updates = new Map<string, Promise<unknown>>()

  return {
    async press(card, store) {
      // Entered before `store` runs, since that may already lead to an update.
      let end = (): void => {}
      const over = new Promise<void>((resolve) => {
        end = resolve
      })
      const open = presses.get(card) ?? new Set()
      presses.set(card, open.add(over))
      try {
        await store()
      } finally {
        setTimeout(() => {
          end()
          open.delete(over)
          if (open.size === 0) presses.delete(card)
        }, HEAD_START_MS)
      }
    },
    async update(card, update) {
      const turn = Promise.allSettled([updates.get(card), withinWindow(presses.get(card))]).then(update)
      updates.set(card, turn)
      try {
        return await turn
      } finally {
        if (updates.get(card) === turn) updates.delete(card)
      }
    },
  }
}

async function withinWindow(open: ReadonlySet<Promise<void>> | undefined): Promise<void> {
  if (!open) return
  let timer: NodeJS.Timeout | undefined
  const window = new Promise((resolve) => {
    timer = setTimeout(resolve, ACK_WINDOW_MS)
  })
  await Promise.race([Promise.all(open), window])
  clearTimeout(timer)
}
