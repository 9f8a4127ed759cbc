// Says what is wrong with a reading, value by value; texts may differ in their edges.
import type { Entry, Reading } from '../../../src/core/reply/types.ts'
import type { Case, Wanted } from './fixtures.ts'

function pairs(text: string): string[] {
  const plain = text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')
  if (plain.length < 2) return [plain]
  return Array.from({ length: plain.length - 1 }, (_, i) => plain.slice(i, i + 2))
}

/** Alike in at least half of their pairs of characters. */
export function alike(a: string, b: string): boolean {
  const left = pairs(a)
  const right = pairs(b)
  const rest = [...right]
  let shared = 0
  for (const pair of left) {
    const at = rest.indexOf(pair)
    if (at < 0) continue
    rest.splice(at, 1)
    shared++
  }
  return (2 * shared) / (left.length + right.length) >= 0.5
}

function same(got: unknown, want: unknown): boolean {
  if (typeof want === 'string' && typeof got === 'string') {
    const isText = !/^[\da-z-]+$/.test(want)
    return isText ? alike(got, want) : got === want
  }
  if (Array.isArray(want) && Array.isArray(got)) {
    return want.length === got.length && want.every((item, i) => same(got[i], item))
  }
  return got === want
}

function entryFaults(want: Wanted, got: Entry | undefined): string[] {
  const values: Record<string, unknown> = Object.fromEntries(
    Object.entries(got?.fields ?? {}).map(([key, found]) => [key, found.value]),
  )
  const faults: string[] = []
  for (const [key, value] of Object.entries(want.fields)) {
    const isFine = same(values[key], value) || (key in want.optional && same(values[key], want.optional[key]))
    if (!isFine) faults.push(`${key}: ${JSON.stringify(values[key])} instead of ${JSON.stringify(value)}`)
  }
  for (const [key, value] of Object.entries(values)) {
    if (key in want.fields || (key in want.optional && same(value, want.optional[key]))) continue
    faults.push(`${key}: ${JSON.stringify(value)} was not said`)
  }
  if ((got?.noChange !== undefined) !== want.noChange) faults.push(`noChange should be ${want.noChange}`)
  return faults
}

function reportFaults(wanted: Case, reading: Reading): string[] {
  const names = new Set([...wanted.entries, ...reading.reports].map(({ project }) => project))
  return [...names].flatMap((name) => {
    const want = wanted.entries.find(({ project }) => project === name)
    const got = reading.reports.find(({ project }) => project === name)
    const none: Wanted = { project: name, fields: {}, optional: {}, noChange: false }
    return entryFaults(want ?? none, got).map((fault) => `${name ?? 'own'} ${fault}`)
  })
}

/** Everything in which a reading differs from what a case wants. */
export function faults(wanted: Case, reading: Reading): string[] {
  const out = reportFaults(wanted, reading)
  if (reading.intent !== wanted.intent) out.push(`intent ${reading.intent} instead of ${wanted.intent}`)
  const asked: readonly string[] = reading.ambiguous
  if (wanted.ambiguous.length > 0 && !wanted.ambiguous.some((key) => asked.includes(key))) {
    out.push(`asks ${asked.join()} instead of ${wanted.ambiguous.join()}`)
  }
  const until = reading.extension?.until?.value ?? null
  if (wanted.extension && until !== wanted.extension.until) out.push(`until ${until}`)
  const reason = reading.extension?.reason ?? null
  if (wanted.extension && !same(reason, wanted.extension.reason)) out.push(`reason ${reason}`)
  if (!wanted.extension && reading.extension) out.push('no extension was asked for')
  if (wanted.rectified && !same(reading.rectified?.summary, wanted.rectified)) {
    out.push(`summary ${reading.rectified?.summary}`)
  }
  if (!wanted.rectified && reading.rectified) out.push('nothing was rectified')
  if (reading.delegate?.to !== wanted.delegate) out.push(`delegate ${reading.delegate?.to}`)
  return out.map((fault) => `${wanted.name} ${wanted.text}: ${fault}`)
}
