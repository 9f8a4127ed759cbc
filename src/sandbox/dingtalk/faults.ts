// Misfortunes by name, drawn from a seed so that a bad day can be lived through again.

/**
 * `drop-response`: carried out, the answer is lost. `reset`: cut before it is carried out. `slow`: answered late. `html-page`: a page instead of JSON,
 * as from the address block (documented). `gateway-down`: no new connections (503, field report). `duplicate-push`: pushed twice though acknowledged
 * (documented for events). `lost-ack`: the acknowledgement is not noticed. `zombie`: the connection looks alive and carries nothing (field report).
 */
export type FaultName =
  | 'drop-response'
  | 'reset'
  | 'slow'
  | 'html-page'
  | 'gateway-down'
  | 'duplicate-push'
  | 'lost-ack'
  | 'zombie'

export type FaultSwitches = {
  /** Strikes the next `times` occasions for certain. */
  arm(name: FaultName, times?: number): void
  /** Strikes every occasion with this chance, 0 to 1, until it is set again. */
  chance(name: FaultName, chance: number): void
  /** Answers the next `times` authorised calls with this code without carrying them out. */
  refuse(code: string, times?: number): void
}

export type Faults = FaultSwitches & {
  strikes(name: FaultName): boolean
  /** The code that the next call is to be refused with. */
  refusal(): string | undefined
  /** 0 ≤ x < 1, the same row of numbers for the same seed. */
  random(): number
}

export function createFaults(seed: number): Faults {
  const armed = new Map<FaultName, number>()
  const chances = new Map<FaultName, number>()
  const refusals: string[] = []
  let state = seed >>> 0

  // A linear congruential row: the upper bits are even enough for switches and for choosing a connection.
  function random(): number {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state >>> 8) / 2 ** 24
  }

  return {
    random,
    arm: (name, times = 1) => void armed.set(name, times),
    chance: (name, chance) => void chances.set(name, chance),
    refuse: (code, times = 1) => void refusals.push(...new Array<string>(times).fill(code)),
    refusal: () => refusals.shift(),
    strikes(name) {
      const left = armed.get(name) ?? 0
      if (left > 0) armed.set(name, left - 1)
      const chance = chances.get(name) ?? 0
      return left > 0 || (chance > 0 && random() < chance)
    },
  }
}
