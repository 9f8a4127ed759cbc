// The live ledger on the page: fetched anew at each hint, with a memory of which rows have just changed.
import { type Ref, shallowRef } from 'vue'
import type { LedgerLine } from '../../page/wire.ts'
import { api } from './api.ts'

const FLASH_MS = 6_000

export type LedgerBook = {
  readonly lines: Ref<readonly LedgerLine[]>
  /** Ids of the rows that changed within the last seconds. */
  readonly changed: Ref<ReadonlySet<string>>
  /** Loads the ledger; hints that come meanwhile lead to one more load. */
  refresh(): Promise<void>
}

/** An empty ledger until the first `refresh`. */
export function createLedgerBook(): LedgerBook {
  const lines = shallowRef<readonly LedgerLine[]>([])
  const changed = shallowRef<ReadonlySet<string>>(new Set())
  let loading = false
  let again = false

  function take(next: readonly LedgerLine[]): void {
    const ids = changedIds(lines.value, next)
    lines.value = next
    if (ids.size === 0) return
    changed.value = new Set([...changed.value, ...ids])
    window.setTimeout(() => {
      changed.value = new Set([...changed.value].filter((id) => !ids.has(id)))
    }, FLASH_MS)
  }

  async function refresh(): Promise<void> {
    again = true
    if (loading) return
    loading = true
    try {
      while (again) {
        again = false
        take((await api.ledger()).lines)
      }
    } finally {
      loading = false
    }
  }

  return { lines, changed, refresh }
}

const fingerprint = (line: LedgerLine): string =>
  JSON.stringify([line.state, line.due, line.overdue, line.lastEvent, line.lastEventAt])

/** Rows that are new or differ; none at the first load, when everything would be new. */
export function changedIds(before: readonly LedgerLine[], after: readonly LedgerLine[]): Set<string> {
  if (before.length === 0) return new Set()
  const old = new Map(before.map((line) => [line.id, fingerprint(line)]))
  return new Set(after.filter((line) => old.get(line.id) !== fingerprint(line)).map((line) => line.id))
}
