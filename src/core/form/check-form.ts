// The one validator of forms: what was typed becomes what is stored, with everything that is wrong or needs a word.
import { amountText, wanText } from '../fund/money.ts'
import type { StoredFields } from '../reply/stored.ts'
import { CHECKS, type CheckContext } from './cross-checks.ts'
import { type FieldReading, readField } from './read-field.ts'
import { type CheckName, type Form, type FormField, type FormValues, whyKey } from './types.ts'

export type FieldProblem = { readonly field: string; readonly text: string }

/** A breached check that was not explained yet. */
export type FormQuestion = FieldProblem & { readonly check: CheckName }

export type Checked = {
  /** As stored: amounts in yuan; fields that were left empty are absent; `explanations` by check. */
  readonly fields: StoredFields
  readonly problems: readonly FieldProblem[]
  readonly questions: readonly FormQuestion[]
}

const LONGEST_EXPLANATION = 300

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
  const breaches = breachesOf(form, fields, context)
  const explained = breaches.flatMap(({ check }) => {
    const why = (values[whyKey(check)] ?? '').trim().slice(0, LONGEST_EXPLANATION)
    return why === '' ? [] : ([[check, why]] as const)
  })
  const known = new Set(explained.map(([check]) => check))
  return {
    fields: known.size > 0 ? { ...fields, explanations: Object.fromEntries(explained) } : fields,
    problems,
    questions: breaches.filter(({ check }) => !known.has(check)),
  }
}

function problemOf(field: FormField, reading: FieldReading): FieldProblem[] {
  return 'problem' in reading ? [{ field: field.key, text: reading.problem }] : []
}

function breachesOf(form: Form, fields: StoredFields, context: CheckContext): FormQuestion[] {
  return form.checks.flatMap((check) => {
    const { field, question } = CHECKS[check]
    const text = question(fields, context)
    return text === undefined ? [] : [{ check, field, text }]
  })
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

/** A stored value as people read it: `1.52亿元`, `64%`, `在建`. Empty when there is none. */
export function shownText(field: FormField, value: unknown): string {
  if (value === undefined) return ''
  if (field.type === 'amount') return amountText(String(value))
  if (field.type === 'percent') return `${String(value)}%`
  if (field.type === 'choice') return field.choices?.find((one) => one.value === value)?.text ?? String(value)
  if (Array.isArray(value)) return value.length > 0 ? value.join('；') : '无'
  return String(value)
}
