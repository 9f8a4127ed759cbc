// The forms that plans brought along, by the hash of their content: a task keeps the one it was opened with (invariant 6).
import { createHash } from 'node:crypto'
import type { Form } from '../core/form/types.ts'
import type { TaskDraft } from '../core/task/types.ts'
import type { Sql, TaskRow } from './rows.ts'

export const formId = (form: Form): string =>
  createHash('sha256').update(JSON.stringify(form)).digest('hex').slice(0, 32)

/** Keeps the forms of these drafts; one that is known already stays as it is. */
export async function keepForms(sql: Sql, drafts: readonly TaskDraft[]): Promise<void> {
  const forms = drafts.flatMap(({ ownForm }) => (ownForm ? [[formId(ownForm), ownForm] as const] : []))
  if (forms.length === 0) return
  await sql.query(
    `INSERT INTO form (id, data) SELECT key, value FROM jsonb_each($1::jsonb) ON CONFLICT (id) DO NOTHING`,
    [JSON.stringify(Object.fromEntries(forms))],
  )
}

/** The forms of these tasks by their hash; most tasks have an included one, and then nothing is asked for. */
export async function ownForms(sql: Sql, rows: readonly TaskRow[]): Promise<ReadonlyMap<string, Form>> {
  const ids = [...new Set(rows.flatMap((row) => row.form_id ?? []))]
  if (ids.length === 0) return new Map()
  const { rows: found } = await sql.query<{ id: string; data: Form }>(
    'SELECT id, data FROM form WHERE id = ANY($1)',
    [ids],
  )
  return new Map(found.map(({ id, data }) => [id, data]))
}
