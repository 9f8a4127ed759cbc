// Misfortunes of the imitated connection, switched on by name and drawn from a seed, so that a bad day can be lived through again.

/**
 * `drop-ack`: carried out, the answer is lost. `delay-ack`: answered late. `cut-socket`: carried out, then cut instead of answered.
 * `duplicate-callback`: a message is pushed twice. `not-json`: a page is pushed before a callback. `zombie`: from this frame on the
 * connection looks alive and carries nothing (several reports).
 */
export type FaultName = 'drop-ack' | 'delay-ack' | 'cut-socket' | 'duplicate-callback' | 'not-json' | 'zombie'

/** What tests and the demo turn. */
export type FaultSwitches = {
  /** The next `times` occasions are struck for certain. */
  arm(name: FaultName, times?: number): void
  /** From now on every occasion is struck with this chance, 0 to 1. */
  chance(name: FaultName, chance: number): void
  /** The next `times` commands are not carried out but answered with this errcode. */
  refuse(errcode: number, times?: number): void
}

export type Faults = FaultSwitches & {
  strikes(name: FaultName): boolean
  /** The errcode to answer instead of carrying a command out, if one is due. */
  refusal(): number | undefined
}

/** Switches that all start at `chances` (0 where not named). The same seed and the same occasions give the same strikes. */
export function createFaults(seed: number, chances: Partial<Record<FaultName, number>> = {}): Faults {
  const random = seededRandom(seed)
  const armed = new Map<FaultName, number>()
  const likely = new Map(Object.entries(chances) as [FaultName, number][])
  const refusals: number[] = []
  return {
    arm: (name, times = 1) => void armed.set(name, times),
    chance: (name, chance) => void likely.set(name, chance),
    refuse: (errcode, times = 1) => void refusals.push(...Array<number>(times).fill(errcode)),
    refusal: () => refusals.shift(),
    strikes(name) {
      const left = armed.get(name) ?? 0
      if (left > 0) {
        armed.set(name, left - 1)
        return true
      }
      const chance = likely.get(name) ?? 0
      return chance > 0 && random() < chance
    },
  }
}

// mulberry32: 32 bits of state are plenty for switches.
function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
