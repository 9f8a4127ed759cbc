// The tree of units: every parent is known, and no unit is its own superior; and the choice of units out of the tree.
import type { Unit } from '../../core/people/directory.ts'
import type { Check } from './check.ts'
import { isKnown } from './draft.ts'
import type { UnitChoice } from './fields.ts'
import type { Entry, Row } from './findings.ts'
import type { Path } from './types.ts'

/** Accepts units whose parents lead to a top. A refused row gives way to its present version, so the rest is looked at once more. */
export function checkUnits(check: Check): void {
  for (const { value } of check.rows.units) check.draft.units.set(value.key, value)
  for (let rows: readonly Row<Unit>[] = check.rows.units; ; ) {
    const sound = soundAmong(check, rows)
    if (sound.length === rows.length) return
    rows = sound
  }
}

// Each unit is settled once, its parent before it: a chain of thousands costs no more than a bush.
function soundAmong(check: Check, rows: readonly Row<Unit>[]): Row<Unit>[] {
  const rowOf = new Map(rows.map((row) => [row.value.key, row]))
  const settled = new Set<string>()
  const refused = new Set<Row<Unit>>()
  for (const { value } of rows) {
    const { path, loop } = pathUp(check.draft.units, value.key, settled)
    for (const key of path.toReversed()) {
      settled.add(key)
      const row = rowOf.get(key)
      if (row === undefined || stands(check, row, loop)) continue
      refused.add(row)
      giveWay(check, key)
    }
  }
  return rows.filter((row) => !refused.has(row))
}

// From a unit up to a top, to a settled unit, to an unknown one, or into a loop.
function pathUp(
  units: ReadonlyMap<string, Unit>,
  start: string,
  settled: ReadonlySet<string>,
): { path: string[]; loop: string[] } {
  const seen = new Set<string>()
  let key: string | undefined = start
  while (key !== undefined && units.has(key) && !settled.has(key) && !seen.has(key)) {
    seen.add(key)
    key = units.get(key)?.parent
  }
  const path = [...seen]
  return { path, loop: key !== undefined && seen.has(key) ? path.slice(path.indexOf(key)) : [] }
}

function giveWay({ draft, present }: Check, key: string): void {
  const old = present.directory.units.find((unit) => unit.key === key)
  if (old === undefined) draft.units.delete(key)
  else draft.units.set(key, old)
}

function stands(check: Check, { entry, value }: Row<Unit>, loop: readonly string[]): boolean {
  if (!loop.includes(value.key))
    return value.parent === undefined || isKnown(check, entry, ['parent'], 'units', value.parent)
  check.findings.refuse(entry, {
    path: ['parent'],
    what: `上级单位绕成了圈：${loopFrom(value.key, loop)}`,
    cure: '请改正其中一个单位的 parent，最上级的单位不写 parent',
  })
  return false
}

const LOOP_SHOWN = 5

function loopFrom(key: string, loop: readonly string[]): string {
  const start = loop.indexOf(key)
  const around = [...loop.slice(start), ...loop.slice(0, start)]
  const shown = around.length > LOOP_SHOWN ? [...around.slice(0, LOOP_SHOWN), '…'] : around
  return [...shown, key].join(' → ')
}

/** The keys of the chosen units, each once; undefined when the entry was refused for them. */
export function chosenUnits(
  check: Check,
  entry: Entry,
  path: Path,
  choices: readonly UnitChoice[],
): string[] | undefined {
  const chosen: string[] = []
  for (const choice of choices) {
    const keys =
      typeof choice === 'string' ? named(check, entry, path, choice) : picked(check, entry, path, choice)
    if (keys === undefined) return undefined
    chosen.push(...keys)
  }
  return [...new Set(chosen)]
}

function named(check: Check, entry: Entry, path: Path, key: string): string[] | undefined {
  return isKnown(check, entry, path, 'units', key) ? [key] : undefined
}

function picked(
  check: Check,
  entry: Entry,
  path: Path,
  { childrenOf, ending, count }: Exclude<UnitChoice, string>,
): string[] | undefined {
  if (!isKnown(check, entry, path, 'units', childrenOf)) return undefined
  const ends = (text: string): boolean => ending === undefined || text.endsWith(ending)
  const found = [...check.draft.units.values()].filter(
    (unit) => unit.parent === childrenOf && (ends(unit.name) || ends(unit.short)),
  )
  if (found.length > 0 && (count === undefined || found.length === count))
    return found.map((unit) => unit.key)
  const wanted = ending === undefined ? '' : `名称以“${ending}”结尾的`
  const expected = count === undefined ? '' : `，应有${count}个`
  check.findings.refuse(entry, {
    path,
    what: `${childrenOf} 下${wanted}单位找到${found.length}个${expected}`,
    cure: '请核对单位的上级（parent）和名称，或改正这里的 childrenOf、ending、count',
  })
  return undefined
}
