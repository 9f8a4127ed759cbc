// The tree of units: every parent is known, and no unit is its own superior; and the choice of units out of the tree.
import type { Unit } from '../../core/people/directory.ts'
import type { Check } from './check.ts'
import { isKnown } from './draft.ts'
import type { UnitChoice } from './fields.ts'
import type { Entry, Row } from './findings.ts'
import type { Path } from './types.ts'

/** Accepts units whose chain of parents ends at a top. */
export function checkUnits(check: Check): void {
  let rows: readonly Row<Unit>[] = check.rows.units
  for (;;) {
    lay(check, rows)
    const kept = rows.filter((row) => hasSoundParents(check, row))
    if (kept.length === rows.length) return
    rows = kept
  }
}

// Refused rows give way to what is present.
function lay({ draft, present }: Check, rows: readonly Row<Unit>[]): void {
  draft.units.clear()
  for (const unit of present.directory.units) draft.units.set(unit.key, unit)
  for (const { value } of rows) draft.units.set(value.key, value)
}

function hasSoundParents(check: Check, { entry, value }: Row<Unit>): boolean {
  if (value.parent === undefined) return true
  if (!isKnown(check, entry, ['parent'], 'units', value.parent)) return false
  const above = new Set<string>()
  let parent: string | undefined = value.parent
  while (parent !== undefined && parent !== value.key && !above.has(parent)) {
    above.add(parent)
    parent = check.draft.units.get(parent)?.parent
  }
  if (parent !== value.key) return true
  const chain = [value.key, ...above].join(' → ')
  check.findings.refuse(entry, {
    path: ['parent'],
    what: `上级单位绕成了圈：${chain} → ${value.key}`,
    cure: '请改正其中一个单位的 parent，最上级的单位不写 parent',
  })
  return false
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
