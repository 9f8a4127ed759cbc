// Stored values as people read them, field by field and record by record.
import { amountText } from '../fund/money.ts'
import { type StoredFields, valueLines } from '../reply/stored.ts'
import type { Form, FormField } from './types.ts'

/** A stored value as people read it: `1.52亿元`, `64%`, `45人`, `在建`. Empty when there is none. */
export function shownText(field: FormField, value: unknown): string {
  if (value === undefined) return ''
  switch (field.type) {
    case 'amount':
      return amountText(String(value))
    case 'percent':
      return `${String(value)}%`
    case 'integer':
      return `${String(value)}${field.unit ?? ''}`
    case 'choice':
      return field.choices?.find((one) => one.value === value)?.text ?? String(value)
    default:
      if (Array.isArray(value)) return value.length > 0 ? value.join('；') : '无'
      return String(value)
  }
}

/** The record as a read-back shows it: a line a field, under the form's own labels, with last period's value where it changed. */
export function recordLines(form: Form, fields: StoredFields, previous: StoredFields = {}): string[] {
  // The reader's own lines also know 与上期相同 and the fields of older versions.
  if (form.name === 'monthly-progress') return valueLines(fields, previous)
  const lines = form.fields.flatMap((field) => {
    const now = shownText(field, fields[field.key])
    const before = field.carries ? shownText(field, previous[field.key]) : ''
    return now === ''
      ? []
      : [`${field.label}：${now}${before === '' || before === now ? '' : `（上期${before}）`}`]
  })
  const { statement, explanations } = fields
  const isExtra = typeof statement === 'string' && form.fields.every(({ key }) => key !== 'statement')
  return [
    ...lines,
    ...(isExtra ? [`办理情况：${statement}`] : []),
    ...Object.values(explanations ?? {}).map((why) => `说明：${String(why)}`),
  ]
}
