// The checks that a plan's own form may state: one field not above another, or not below last period's value.
import { fenOf } from '../fund/money.ts'
import type { StoredFields } from '../reply/stored.ts'
import { CHECKS, type Check } from './cross-checks.ts'
import { shownText } from './show-field.ts'
import type { CheckName, FieldType, Form, FormField, KnownCheck, OwnCheck } from './types.ts'

/** Fields of these types can be compared, each with its own kind only. */
export const COMPARABLE: readonly FieldType[] = ['amount', 'percent', 'integer', 'date']

export type Comparison = { readonly field: string; readonly other?: string }

/** `spent<=inPlace`, `inPlace>=last`; undefined for anything else. Blanks around the sign are free. */
export function comparisonOf(check: string): Comparison | undefined {
  const [, field = '', sign, other = ''] = /^(\w+) *(<=|>=) *(\w+)$/.exec(check) ?? []
  if (sign === '<=') return { field, other }
  return sign === '>=' && other === 'last' ? { field } : undefined
}

export const ownCheckName = ({ field, other }: Comparison): OwnCheck =>
  other === undefined ? `${field}>=last` : `${field}<=${other}`

const isKnown = (check: CheckName): check is KnownCheck => Object.hasOwn(CHECKS, check)

/** The check as this form means it. */
export function checkOf(form: Form, check: CheckName): Check {
  if (isKnown(check)) return CHECKS[check]
  const { field, other } = comparisonOf(check) ?? { field: check }
  return {
    field,
    involves: involvedIn(check),
    question: (fields, { previous }) =>
      other === undefined
        ? belowLast(fieldOf(form, field), fields, previous?.fields ?? {})
        : aboveOther(fieldOf(form, field), fieldOf(form, other), fields),
    reasons: reasonsOf(check),
  }
}

/** The usual explanations of a breach. */
export function reasonsOf(check: CheckName): readonly string[] {
  if (isKnown(check)) return CHECKS[check].reasons
  return comparisonOf(check)?.other === undefined ? ['上期多报了', '按实核减'] : ['统计口径不同']
}

/** The keys of all fields that a breach puts in doubt. */
export function involvedIn(check: CheckName): readonly string[] {
  if (isKnown(check)) return CHECKS[check].involves
  const { field, other } = comparisonOf(check) ?? { field: check }
  return other === undefined ? [field] : [field, other]
}

const fieldOf = (form: Form, key: string): FormField | undefined => form.fields.find((one) => one.key === key)

function belowLast(
  field: FormField | undefined,
  fields: StoredFields,
  last: StoredFields,
): string | undefined {
  if (!field || !isAbove(last[field.key], fields[field.key])) return undefined
  return `${field.label}${shownText(field, fields[field.key])}，比上期的${shownText(field, last[field.key])}少。`
}

function aboveOther(
  field: FormField | undefined,
  other: FormField | undefined,
  fields: StoredFields,
): string | undefined {
  if (!field || !other || !isAbove(fields[field.key], fields[other.key])) return undefined
  const relation = field.type === 'date' ? '晚于' : '大于'
  return `${field.label}${shownText(field, fields[field.key])}，${relation}${other.label}${shownText(other, fields[other.key])}。`
}

/** Two stored values of one type; false where one is missing. Dates compare as text, amounts by their fen. */
function isAbove(value: unknown, other: unknown): boolean {
  if (typeof value === 'number' && typeof other === 'number') return value > other
  if (typeof value !== 'string' || typeof other !== 'string') return false
  return value.includes('.') && other.includes('.') ? fenOf(value) > fenOf(other) : value > other
}
