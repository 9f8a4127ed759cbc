// A form as the inputs of a card: the same fields and values as its phone page, for whichever channel can show them.
import type { Form, FormField, FormValues } from '../../form/types.ts'
import type { CardInput } from '../types.ts'

/** Longer texts want several lines, as on the page. */
const LONGEST_LINE = 50

/** What is seldom filled in is left to the page. `values`: as typed, by field key. */
export function inputsOf(form: Form, values: FormValues): CardInput[] {
  return form.fields
    .filter(({ rare, required }) => required || !rare)
    .map((field) => inputOf(field, values[field.key] ?? ''))
}

function inputOf(field: FormField, value: string): CardInput {
  const { key, label, unit, help, choices, required = false } = field
  return {
    key,
    label: unit ? `${label}（${unit}）` : label,
    type: typeOf(field),
    value: isAmong(field, value) ? value : '',
    required,
    ...(help ? { hint: help } : {}),
    ...(choices ? { choices } : {}),
  }
}

function typeOf({ type, max = Number.POSITIVE_INFINITY }: FormField): CardInput['type'] {
  if (type === 'date' || type === 'choice') return type
  // Figures too: an input for numbers drops what it can't read, such as 1.5亿.
  return (type === 'text' || type === 'list') && max > LONGEST_LINE ? 'lines' : 'line'
}

const isAmong = ({ choices }: FormField, value: string): boolean =>
  !choices || choices.some((choice) => choice.value === value)
