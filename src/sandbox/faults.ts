// Misfortunes of an imitated platform: switched on by name and drawn from a seed, so that a bad day can be lived through again.

/** What tests and the demo turn. `Code` is how this platform names a refusal. */
export type Switches<Name extends string, Code> = {
  /** The next `times` occasions are struck for certain. */
  arm(name: Name, times?: number): void
  /** From now on every occasion is struck with this chance, 0 to 1. */
  chance(name: Name, chance: number): void
  /** The next `times` requests are not carried out but answered with this code. */
  refuse(code: Code, times?: number): void
  /** From now on every request is refused like this with this chance, 0 to 1. */
  refuseAtRandom(code: Code, chance: number): void
  /** How often this misfortune has struck, or this code was answered, since the start. */
  struck(what: Name | Code): number
}

/** The same box as the platform asks it. */
export type FaultBox<Name extends string, Code> = Switches<Name, Code> & {
  strikes(name: Name): boolean
  /** The code to answer instead of carrying a request out, if one is due. */
  refusal(): Code | undefined
  /** 0 ≤ x < 1, the same row of numbers for the same seed. */
  random(): number
}

/** Switches that all start at `chances` (0 where not named). The same seed and the same occasions give the same strikes. */
export function createFaultBox<Name extends string, Code>(
  seed: number,
  chances: Partial<Record<Name, number>> = {},
): FaultBox<Name, Code> {
  const random = seededRandom(seed)
  const armed = new Map<Name, number>()
  const likely = new Map(Object.entries(chances) as [Name, number][])
  const refusals: Code[] = []
  const likelyRefusals = new Map<Code, number>()
  const counts = new Map<Name | Code, number>()
  const happens = (chance: number): boolean => chance > 0 && random() < chance

  function count<T extends Name | Code>(what: T): T {
    counts.set(what, (counts.get(what) ?? 0) + 1)
    return what
  }
  return {
    random,
    arm: (name, times = 1) => void armed.set(name, times),
    chance: (name, chance) => void likely.set(name, chance),
    refuse: (code, times = 1) => void refusals.push(...new Array<Code>(times).fill(code)),
    refuseAtRandom: (code, chance) => void likelyRefusals.set(code, chance),
    struck: (what) => counts.get(what) ?? 0,
    refusal() {
      const code = refusals.shift() ?? [...likelyRefusals].find(([, chance]) => happens(chance))?.[0]
      return code === undefined ? undefined : count(code)
    },
    strikes(name) {
      const left = armed.get(name) ?? 0
      if (left > 0) armed.set(name, left - 1)
      else if (!happens(likely.get(name) ?? 0)) return false
      count(name)
      return true
    },
  }
}

// mulberry32: 32 bits of state are plenty for switches and for choosing a connection.
function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
