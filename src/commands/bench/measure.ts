// How figures are taken: the product and its floor in turn, several rounds, never one after the other.

/** What a row is measured in; `/s` is better when larger, all others when smaller. */
export type Unit = '/s' | 's' | 'ms' | 'µs' | 'MB'

/** One figure of the product beside the same figure of its floor, a value a round. */
export type Row = {
  readonly what: string
  readonly unit: Unit
  readonly product: readonly number[]
  readonly floor: readonly number[]
  readonly goal?: number
}

export type Environment = Readonly<Record<string, string | undefined>>

/** `floor` says what the floor does, so that the ratio can be judged. */
export type Bench = {
  readonly name: string
  readonly floor: string
  run(env: Environment): Promise<Row[]>
}

export type Pair<T> = { readonly product: T[]; readonly floor: T[] }

export const ROUNDS = 3

/** Runs both sides `count` times in turn; who goes first changes, so that a busy neighbour hits both. */
export async function interleave<T>(
  product: () => Promise<T>,
  floor: (product: T | undefined) => Promise<T>,
  count = ROUNDS,
): Promise<Pair<T>> {
  const taken: Pair<T> = { product: [], floor: [] }
  for (let round = 0; round < count; round++) {
    const last = taken.product.at(-1)
    if (round % 2 === 1) taken.floor.push(await floor(last))
    const own = await product()
    taken.product.push(own)
    if (round % 2 === 0) taken.floor.push(await floor(own))
  }
  return taken
}

/** A row from one member of what both sides measured. */
export function rowOf<T>(
  taken: Pair<T>,
  what: string,
  unit: Unit,
  pick: (one: T) => number,
  goal?: number,
): Row {
  return {
    what,
    unit,
    product: taken.product.map(pick),
    floor: taken.floor.map(pick),
    ...(goal === undefined ? {} : { goal }),
  }
}

export type Timed = { readonly wallMs: number; readonly cpuMs: number }

/** `cpuMs` is this process's CPU time over all threads: what a shared machine does not falsify. */
export async function timed(work: () => Promise<unknown>): Promise<Timed> {
  const cpu = process.cpuUsage()
  const from = performance.now()
  await work()
  const wallMs = performance.now() - from
  const { user, system } = process.cpuUsage(cpu)
  return { wallMs, cpuMs: (user + system) / 1_000 }
}

export type Traffic = { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number }

/** Runs `one` for 0 … total − 1, `width` at a time. */
export async function inFlight(
  total: number,
  width: number,
  one: (index: number) => Promise<void>,
): Promise<Traffic> {
  const latencies: number[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < total) {
      const from = performance.now()
      await one(next++)
      latencies.push(performance.now() - from)
    }
  }
  const from = performance.now()
  await Promise.all(Array.from({ length: width }, worker))
  const seconds = (performance.now() - from) / 1_000
  return { perSecond: total / seconds, p50Ms: quantile(latencies, 0.5), p99Ms: quantile(latencies, 0.99) }
}

/** The value below which a share of the sample lies; NaN for an empty sample. */
export function quantile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (sample: readonly number[]): number => quantile(sample, 0.5)
