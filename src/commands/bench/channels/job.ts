// What the load worker is asked, and how a run of requests is paced.
import { inFlight, quantile, type Traffic } from '../measure.ts'

/** So many at a time, or so many a second whatever becomes of those before. */
export type Pace = { readonly width: number } | { readonly perSecond: number }

export type Job = {
  readonly kind: 'callback' | 'stream'
  /** Of callbacks: where they go. */
  readonly url?: string
  readonly count: number
  readonly pace: Pace
}

/** Runs `one` for 0 … count − 1. At a rate the latency counts from the moment it should have begun. */
export function paced(count: number, pace: Pace, one: (index: number) => Promise<void>): Promise<Traffic> {
  return 'width' in pace ? inFlight(count, pace.width, one) : atRate(count, pace.perSecond, one)
}

async function atRate(
  count: number,
  perSecond: number,
  one: (index: number) => Promise<void>,
): Promise<Traffic> {
  const latencies: number[] = []
  const from = performance.now()
  const running: Promise<void>[] = []
  for (let index = 0; index < count; index++) {
    const due = from + (index * 1_000) / perSecond
    const wait = due - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    running.push(one(index).then(() => void latencies.push(performance.now() - due)))
  }
  await Promise.all(running)
  const seconds = (performance.now() - from) / 1_000
  return { perSecond: count / seconds, p50Ms: quantile(latencies, 0.5), p99Ms: quantile(latencies, 0.99) }
}
