// What an import would change: entries added, changed field by field, or removed; equal ones are only counted.
import { isDeepStrictEqual } from 'node:util'
import type { Plan } from '../../core/plan/types.ts'
import { draftOf } from './draft.ts'
import { type Change, type FieldChange, type Snapshot, sections } from './types.ts'

export type Diff = { readonly changes: readonly Change[]; readonly unchanged: number }

/** Rows are compared by their content; the order of rows and of fields doesn't matter. */
export function diffSnapshots(present: Snapshot, next: Snapshot): Diff {
  const [before, after] = [entriesOf(present), entriesOf(next)]
  const changes: Change[] = []
  let unchanged = 0
  for (const [id, { section, key, value }] of after) {
    const old = before.get(id)?.value
    const fields = fieldChanges(old ?? {}, value)
    if (fields.length === 0) unchanged++
    else changes.push({ section, key, kind: old === undefined ? 'added' : 'changed', fields })
  }
  for (const [id, { section, key }] of before) {
    if (!after.has(id)) changes.push({ section, key, kind: 'removed', fields: [] })
  }
  return { changes, unchanged }
}

type Fields = Readonly<Record<string, unknown>>

type Entry = { readonly section: Change['section']; readonly key: string; readonly value: Fields }

function entriesOf(snapshot: Snapshot): Map<string, Entry> {
  const draft = draftOf(snapshot)
  const entries = sections.flatMap((section) =>
    [...draft[section]].flatMap(([key, value]): Entry[] =>
      section === 'plans' ? planEntries(value as Plan) : [{ section, key, value }],
    ),
  )
  return new Map(entries.map((entry) => [`${entry.section}:${entry.key}`, entry]))
}

function planEntries({ rules, forms = [], ...head }: Plan): Entry[] {
  const order = rules.map((rule) => rule.key)
  return [
    { section: 'plans', key: head.key, value: { ...head, order } },
    ...forms.map((form): Entry => ({ section: 'forms', key: `${head.key}/${form.name}`, value: form })),
    ...rules.map((rule): Entry => ({ section: 'rules', key: `${head.key}/${rule.key}`, value: rule })),
  ]
}

function fieldChanges(before: Fields, after: Fields): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => !isDeepStrictEqual(before[field], after[field]))
    .map((field) => ({
      field,
      ...(before[field] !== undefined && { before: before[field] }),
      ...(after[field] !== undefined && { after: after[field] }),
    }))
}
