// Gathers what a message claims about each project and settles it: certain values stay, anything in doubt is asked.
import { roundWan } from './amount.ts'
import type { Target } from './sections.ts'
import {
  AMOUNT_KEYS,
  type AskKey,
  type Doubt,
  type Entry,
  type FieldKey,
  type FieldValues,
  type Found,
  type Previous,
} from './types.ts'

/** One value for one target. `added` amounts count on top of the previous record. */
type Claim = { target: Target; key: FieldKey; value: FieldValues[FieldKey]; source: string; added: boolean }
/** What cannot be placed or valued; `value` where the number at least is certain. */
type Unsure = { target: Target; keys: readonly FieldKey[]; source: string; value: number | undefined }

export type Claims = {
  claims: Claim[]
  doubts: Unsure[]
  same: { target: Target; source: string }[]
  asks: AskKey[]
  /** Amounts that nobody can place: asked only where nothing else was understood. */
  weak: Unsure[]
}

/** Nothing claimed yet. */
export const noClaims = (): Claims => ({ claims: [], doubts: [], same: [], asks: [], weak: [] })

/** Notes a value that stands by itself. */
export function claim<K extends FieldKey>(
  all: Claims,
  target: Target,
  key: K,
  value: FieldValues[K],
  source: string,
  added = false,
): void {
  all.claims.push({ target, key, value, source, added })
}

/** Notes that something was said whose key, amount or project cannot be told; `value` if only its key cannot. */
export function doubt(
  all: Claims,
  target: Target,
  keys: readonly FieldKey[],
  source: string,
  value?: number,
): void {
  all.doubts.push({ target, keys, source, value })
}

export type Settling = {
  projects: readonly string[]
  previous: Previous | null
  correcting: boolean
  /** Sources of amounts that may have been meant in 亿. */
  small: ReadonlySet<string>
}

// Cumulative figures never fall, except where a correction says so.
const CUMULATIVE: readonly FieldKey[] = ['investedTotal', 'fundsInPlace', 'fundsSpent', 'percentComplete']

function isImpossible({ key, value }: Claim): boolean {
  if (typeof value !== 'number') return false
  return !Number.isFinite(value) || value < 0 || (key === 'percentComplete' && value > 100)
}

function isBelowPrevious({ key, value }: Claim, { previous, correcting }: Settling): boolean {
  const before = previous?.[key]
  const isComparable = typeof value === 'number' && typeof before === 'number'
  return !correcting && isComparable && CUMULATIVE.includes(key) && value < before
}

function isListKey(key: FieldKey): key is 'problems' | 'measures' | 'helpNeeded' {
  return key === 'problems' || key === 'measures' || key === 'helpNeeded'
}

type Slot = { entry: Entry; doubts: Doubt[] }

/** Notes a question; whatever was put under its keys goes when all is gathered. */
function ask(slot: Slot, keys: readonly FieldKey[], source: string, known: Partial<Doubt> = {}): void {
  slot.doubts.push({ kind: 'value', project: slot.entry.project, keys, source, ...known })
}

function put(slot: Slot, item: Claim): void {
  const fields: Record<string, Found<unknown>> = slot.entry.fields
  const old = slot.entry.fields[item.key]
  if (old === undefined) {
    fields[item.key] = { value: item.value, source: item.source }
    return
  }
  const source = `${old.source}；${item.source}`
  if (isListKey(item.key)) {
    const value = [...(old.value as string[]), ...(item.value as string[])]
    fields[item.key] = { value, source }
  } else if (item.key === 'physicalProgress' || item.key === 'demolition') {
    fields[item.key] = { value: `${old.value}，${item.value}`, source }
  } else if (old.value !== item.value) {
    ask(slot, [item.key], source)
  }
}

function resolveAdded(item: Claim, settling: Settling): Claim | undefined {
  if (!item.added) return item
  const before = settling.previous?.[item.key]
  if (typeof before !== 'number' || typeof item.value !== 'number') return undefined
  return { ...item, value: roundWan(before + item.value) }
}

function settleSlot(
  slot: Slot,
  claims: readonly Claim[],
  unsure: readonly Unsure[],
  settling: Settling,
): void {
  const stated = new Set(claims.filter(({ added }) => !added).map(({ key }) => key))
  for (const raw of claims) {
    if (raw.added && stated.has(raw.key)) continue
    const item = resolveAdded(raw, settling)
    if (!item || isImpossible(item)) ask(slot, [raw.key], raw.source)
    else if (isBelowPrevious(item, settling))
      ask(slot, [item.key], item.source, { kind: 'below-previous', value: Number(item.value) })
    else put(slot, item)
  }
  for (const { keys, source, value } of unsure) {
    const open = keys.filter((key) => !stated.has(key))
    const asked = keys.length > 1 && open.length > 0 ? open : keys
    ask(slot, asked, source, value === undefined ? {} : { kind: 'field', value })
  }
  for (const { keys } of slot.doubts) for (const key of keys) delete slot.entry.fields[key]
}

// 本月0.8 beside 1.6亿: the small one was surely meant in 亿 too, so it is asked.
function doubtSmall(slot: Slot, small: ReadonlySet<string>): void {
  for (const key of AMOUNT_KEYS) {
    const found = slot.entry.fields[key]
    if (!found || found.value === 0 || found.value >= 10 || !small.has(found.source)) continue
    delete slot.entry.fields[key]
    ask(slot, [key], found.source)
  }
}

export type Settled = { reports: Entry[]; asks: AskKey[]; doubts: Doubt[] }

/** What is said of one project, or of one that is yet to be named (`?`). */
type Group = { claims: Claim[]; unsure: Unsure[]; same: string | undefined }

function groupsOf(
  all: Claims,
  unsure: readonly Unsure[],
  projects: readonly string[],
): Map<number | '?', Group> {
  const groups = new Map<number | '?', Group>()
  const each = (target: Target, note: (group: Group) => void): void => {
    const isHeld = projects.length > 1 && (target.tie || target.projects.length === 0)
    for (const key of isHeld ? (['?'] as const) : projects.length > 1 ? target.projects : [0]) {
      const group = groups.get(key) ?? { claims: [], unsure: [], same: undefined }
      groups.set(key, group)
      note(group)
    }
  }
  for (const item of all.claims) each(item.target, ({ claims }) => claims.push(item))
  for (const item of all.same)
    each(item.target, (group) => {
      group.same ??= item.source
    })
  for (const item of unsure) each(item.target, (group) => group.unsure.push(item))
  return groups
}

/** Turns claims into entries, one per project, in the order in which the message names them. */
export function settle(all: Claims, settling: Settling): Settled {
  const { projects, small } = settling
  const hasFigures = all.doubts.length > 0 || all.claims.some(({ value }) => typeof value === 'number')
  const settled: Settled = { reports: [], asks: [], doubts: [] }
  const asks = new Set<AskKey>(all.asks)
  for (const [key, { claims, unsure, same }] of groupsOf(all, hasFigures ? all.doubts : all.weak, projects)) {
    const project = key === '?' || projects.length < 2 ? null : (projects[key] ?? null)
    const slot: Slot = { entry: { project, fields: {} }, doubts: [] }
    settleSlot(slot, claims, unsure, settling)
    if (small.size > 0) doubtSmall(slot, small)
    const hasFields = Object.keys(slot.entry.fields).length > 0
    if (!hasFields && slot.doubts.length === 0 && same !== undefined) slot.entry.noChange = same
    if (hasFields || slot.entry.noChange !== undefined) settled.reports.push(slot.entry)
    for (const { keys } of slot.doubts) for (const name of keys) asks.add(name)
    settled.doubts.push(...slot.doubts)
    if (key === '?' && (hasFields || slot.doubts.length > 0 || same !== undefined)) asks.add('project')
  }
  return { ...settled, asks: [...asks] }
}
