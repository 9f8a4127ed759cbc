// Decides what may be recorded: the one judge of figures from the phone page and from chat (domain §5).
import type { StoredFields } from '../reply/stored.ts'
import type { CheckContext } from './cross-checks.ts'
import { checkOf, involvedIn } from './own-checks.ts'
import type { CheckName, Explanations, Form } from './types.ts'

/** A breached check that was not explained yet. */
export type FormQuestion = { readonly check: CheckName; readonly field: string; readonly text: string }

export type Judged = {
  /** With the explanations of what is breached; those of checks that hold are dropped. */
  readonly fields: StoredFields
  /** Nothing that these doubt may be recorded yet. */
  readonly questions: readonly FormQuestion[]
}

/** Holds all of a form's checks against the whole record as it would be kept. */
export function judge(
  form: Form,
  fields: StoredFields,
  explanations: Explanations,
  context: CheckContext,
): Judged {
  const { explanations: _, ...values } = fields
  const breaches = form.checks.flatMap((check): FormQuestion[] => {
    const { field, question } = checkOf(form, check)
    const text = question(values, context)
    return text === undefined ? [] : [{ check, field, text }]
  })
  const explained = breaches.flatMap(({ check }) => {
    const why = explanations[check]
    return why ? [[check, why] as const] : []
  })
  return {
    fields: explained.length > 0 ? { ...values, explanations: Object.fromEntries(explained) } : values,
    questions: breaches.filter(({ check }) => !explanations[check]),
  }
}

export type Parted = { readonly certain: StoredFields; readonly held: StoredFields }

/** Parts what was said now into what no question doubts and what must wait for an answer; `known` is recorded already. */
export function partByDoubt(
  said: StoredFields,
  known: StoredFields,
  questions: readonly FormQuestion[],
): Parted {
  const doubted = new Set<string>(questions.flatMap(({ check }) => involvedIn(check)))
  const isHeld = (key: string): boolean => doubted.has(key) && said[key] !== known[key]
  const part = (held: boolean): StoredFields =>
    Object.fromEntries(Object.entries(said).filter(([key]) => isHeld(key) === held))
  return { certain: part(false), held: part(true) }
}
