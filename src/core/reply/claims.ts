// Gathers what a message claims about each project and settles it: certain values stay, anything in doubt is asked.
import { roundWan } from './amount.ts'
import type { Target } from './sections.ts'
import {
  AMOUNT_KEYS,
  type AskKey,
  type Entry,
  type FieldKey,
  type FieldValues,
  type Previous,
} from './types.ts'

/** One value for one target. `added` amounts count on top of the previous record. */
type Claim = { target: Target; key: FieldKey; value: FieldValues[FieldKey]; source: string; added: boolean }
type Doubt = { target: Target; keys: readonly AskKey[] }

export type Claims = {
  claims: Claim[]
  doubts: Doubt[]
  same: { target: Target; source: string }[]
  asks: AskKey[]
  /** Amounts that nobody can place: asked only where nothing else was understood. */
  weak: Doubt[]
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

/** Notes that a value was given whose key, amount or project cannot be told. */
export function doubt(all: Claims, target: Target, keys: readonly AskKey[]): void {
  all.doubts.push({ target, keys })
}

export type Settling = { projects: readonly string[]; previous: Previous | null; correcting: boolean }

// Cumulative figures never fall, except where a correction says so.
const CUMULATIVE: readonly FieldKey[] = ['investedTotal', 'fundsInPlace', 'fundsSpent', 'percentComplete']

function impossible(key: FieldKey, value: unknown, { previous, correcting }: Settling): boolean {
  if (typeof value !== 'number') return false
  if (!Number.isFinite(value) || value < 0) return true
  if (key === 'percentComplete' && value > 100) return true
  const before = previous?.[key]
  return !correcting && CUMULATIVE.includes(key) && typeof before === 'number' && value < before
}

function isListKey(key: FieldKey): key is 'problems' | 'measures' | 'helpNeeded' {
  return key === 'problems' || key === 'measures' || key === 'helpNeeded'
}

type Slot = { entry: Entry; asks: Set<AskKey>; conflicted: Set<FieldKey> }

function put(slot: Slot, item: Claim): void {
  const old = slot.entry.fields[item.key]
  if (old === undefined) {
    Object.assign(slot.entry.fields, { [item.key]: { value: item.value, source: item.source } })
    return
  }
  const source = `${old.source}；${item.source}`
  if (isListKey(item.key)) {
    const value = [...(old.value as string[]), ...(item.value as string[])]
    Object.assign(slot.entry.fields, { [item.key]: { value, source } })
  } else if (item.key === 'physicalProgress' || item.key === 'demolition') {
    Object.assign(slot.entry.fields, { [item.key]: { value: `${old.value}，${item.value}`, source } })
  } else if (old.value !== item.value) {
    slot.conflicted.add(item.key)
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
  doubts: readonly Doubt[],
  settling: Settling,
): void {
  const stated = new Set(claims.filter(({ added }) => !added).map(({ key }) => key))
  for (const raw of claims) {
    if (raw.added && stated.has(raw.key)) continue
    const item = resolveAdded(raw, settling)
    if (!item || impossible(item.key, item.value, settling)) slot.asks.add(raw.key)
    else put(slot, item)
  }
  for (const { keys } of doubts) {
    const open = keys.filter((key) => !stated.has(key as FieldKey))
    for (const key of keys.length > 1 && open.length > 0 ? open : keys) slot.asks.add(key)
  }
  for (const key of slot.conflicted) slot.asks.add(key)
  for (const key of slot.asks) delete slot.entry.fields[key as FieldKey]
}

// 本月0.8 beside 1.6亿: the small one was surely meant in 亿 too, so it is asked.
function doubtSmall(slot: Slot, bare: ReadonlySet<string>, hasYi: boolean): void {
  if (!hasYi) return
  for (const key of AMOUNT_KEYS) {
    const found = slot.entry.fields[key]
    if (!found || found.value === 0 || found.value >= 10 || !bare.has(found.source)) continue
    delete slot.entry.fields[key]
    slot.asks.add(key)
  }
}

export type Settled = { reports: Entry[]; asks: AskKey[] }

const slotKey = (projects: readonly string[], target: Target): string[] => {
  if (projects.length < 2) return ['0']
  return target.tie || target.projects.length === 0 ? ['?'] : target.projects.map(String)
}

/** Turns claims into entries, one per project, in the order in which the message names them. */
export function settle(
  all: Claims,
  settling: Settling,
  small: { bare: ReadonlySet<string>; hasYi: boolean },
): Settled {
  const { projects } = settling
  const hasFigures = all.doubts.length > 0 || all.claims.some(({ value }) => typeof value === 'number')
  const doubts = hasFigures ? all.doubts : all.weak
  const keys = [
    ...new Set([...all.claims, ...all.same, ...doubts].flatMap(({ target }) => slotKey(projects, target))),
  ]
  const asks = new Set<AskKey>(all.asks)
  const reports: Entry[] = []
  for (const key of keys) {
    const mine = ({ target }: { target: Target }): boolean => slotKey(projects, target).includes(key)
    const project = key === '?' || projects.length < 2 ? null : (projects[Number(key)] ?? null)
    const slot: Slot = { entry: { project, fields: {} }, asks: new Set(), conflicted: new Set() }
    settleSlot(slot, all.claims.filter(mine), doubts.filter(mine), settling)
    doubtSmall(slot, small.bare, small.hasYi)
    const hasFields = Object.keys(slot.entry.fields).length > 0
    const same = all.same.find(mine)
    if (!hasFields && slot.asks.size === 0 && same) slot.entry.noChange = same.source
    if (hasFields || slot.entry.noChange !== undefined) reports.push(slot.entry)
    for (const ask of slot.asks) asks.add(ask)
    if (key === '?' && (hasFields || slot.asks.size > 0 || same)) asks.add('project')
  }
  return { reports, asks: [...asks] }
}
