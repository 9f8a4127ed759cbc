// Which stored values a form can work with: a plan's form may have changed since last period's record was made.
import { isCivilDate } from '../calendar/civil.ts'
import type { StoredFields } from '../reply/stored.ts'
import type { Form, FormField } from './types.ts'

/** The record without values that are not of their field's type any more; what is no field of the form stays. */
export function fittingFields(form: Form, stored: StoredFields): StoredFields {
  const field = (key: string): FormField | undefined => form.fields.find((one) => one.key === key)
  return Object.fromEntries(
    Object.entries(stored).filter(([key, value]) => {
      const own = field(key)
      return own === undefined || hasShape(own, value)
    }),
  )
}

function hasShape(field: FormField, value: unknown): boolean {
  switch (field.type) {
    case 'amount':
      return typeof value === 'string' && /^-?\d+\.\d{2}$/.test(value)
    case 'percent':
    case 'integer':
      return typeof value === 'number'
    case 'list':
      return Array.isArray(value)
    case 'date':
      return typeof value === 'string' && isCivilDate(value)
    case 'choice':
      return field.choices?.some((choice) => choice.value === value) ?? false
    case 'text':
    case 'phone':
      return typeof value === 'string'
  }
}
