// The one validator of forms: what was typed becomes what is stored, with everything that is wrong or needs a word.
import { wanText } from '../fund/money.ts'
import type { StoredFields } from '../reply/stored.ts'
import type { CheckContext } from './cross-checks.ts'
import { type FormQuestion, judge } from './judge.ts'
import { type FieldReading, readField } from './read-field.ts'
import {
  type CheckName,
  type Explanations,
  type Form,
  type FormField,
  type FormValues,
  whyKey,
} from './types.ts'

export type FieldProblem = { readonly field: string; readonly text: string }

export type Checked = {
  /** As stored: amounts in yuan; fields that were left empty are absent; `explanations` by check. */
  readonly fields: StoredFields
  readonly problems: readonly FieldProblem[]
  readonly questions: readonly FormQuestion[]
}

/** In characters; chat cuts there too. */
export const LONGEST_EXPLANATION = 300

/** Nothing may be recorded while there are problems or questions. A check that holds needs no explanation: an old one is dropped. */
export function checkForm(form: Form, values: FormValues, context: CheckContext): Checked {
  const readings = form.fields.map((field) => ({ field, reading: readField(field, values[field.key] ?? '') }))
  const problems = readings.flatMap(({ field, reading }) => problemOf(field, reading))
  const fields: StoredFields = Object.fromEntries(
    readings.flatMap(({ field, reading }) =>
      'value' in reading && reading.value !== undefined ? [[field.key, reading.value]] : [],
    ),
  )
  const first = form.fields[0]
  if (first && problems.length === 0 && Object.keys(fields).length === 0)
    return { fields, problems: [{ field: first.key, text: '还什么都没有填，请至少填一项' }], questions: [] }
  return { ...judge(form, fields, explanationsIn(form, values), context), problems }
}

function explanationsIn(form: Form, values: FormValues): Explanations {
  const given = form.checks.map((check) => [check, (values[whyKey(check)] ?? '').trim()] as const)
  return Object.fromEntries(given.map(([check, why]) => [check, why.slice(0, LONGEST_EXPLANATION)]))
}

function problemOf(field: FormField, reading: FieldReading): FieldProblem[] {
  return 'problem' in reading ? [{ field: field.key, text: reading.problem }] : []
}

/** What the form shows at first: what was recorded for this task, else what carries over from last period. */
export function prefilled(
  form: Form,
  own: StoredFields | undefined,
  previous: StoredFields = {},
): FormValues {
  const from = (field: FormField): StoredFields => own ?? (field.carries ? previous : {})
  return Object.fromEntries([
    ...form.fields.map((field) => [field.key, typedText(field, from(field)[field.key])]),
    ...Object.entries(own?.explanations ?? {}).map(([check, why]) => [
      whyKey(check as CheckName),
      String(why),
    ]),
  ])
}

/** A stored value as somebody would type it; `readField` reads it back as the same value. */
function typedText({ type }: FormField, value: unknown): string {
  if (value === undefined) return ''
  if (type === 'amount') return wanText(String(value))
  if (Array.isArray(value)) return value.length > 0 ? value.join('\n') : '无'
  return String(value)
}
