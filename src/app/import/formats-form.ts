// The file format for the forms that a plan brings along: fields with their types, and checks as they are written.
import { z } from 'zod'
import type { FieldType, Form, FormField } from '../../core/form/types.ts'
import { defined, formHelp, key, marks, text } from './fields.ts'
import { fieldTypeNames, valuesOf } from './words.ts'

type TypeInCore = { readonly type: FieldType; readonly unit?: string; readonly max?: number }

/** What the types of the files are in the core. */
const TYPES: Readonly<Record<keyof typeof fieldTypeNames, TypeInCore>> = {
  amount: { type: 'amount', unit: '万元' },
  percent: { type: 'percent', unit: '%' },
  integer: { type: 'integer' },
  text: { type: 'text', max: 50 },
  longtext: { type: 'text', max: 2000 },
  list: { type: 'list', max: 500 },
  date: { type: 'date' },
  choice: { type: 'choice' },
  phone: { type: 'phone' },
}

const word = z.string().trim().min(1).max(20)

const fieldRow = z
  .strictObject({
    key: z
      .string()
      .regex(/^[a-z][A-Za-z0-9]{0,39}$/, '要以小写字母开头，只用字母和数字')
      .describe(formHelp.fieldKey),
    label: word.describe(formHelp.label),
    type: z.enum(valuesOf(fieldTypeNames)).describe(formHelp.type),
    unit: word.describe(formHelp.unit).exactOptional(),
    required: z.boolean().describe(formHelp.required).exactOptional(),
    carries: z.boolean().describe(formHelp.carries).exactOptional(),
    past: z.boolean().describe(formHelp.past).exactOptional(),
    also: z.array(word).describe(formHelp.also).exactOptional(),
    choices: z.array(text).min(2).max(30).describe(formHelp.choices).exactOptional(),
    help: z.string().trim().min(1).max(60).describe(formHelp.help).exactOptional(),
  })
  .refine(({ type, choices }) => (type === 'choice') === (choices !== undefined), {
    path: ['choices'],
    message: 'type: choice 要写 choices，其他类型不写',
  })
  .refine(({ type, unit }) => type === 'integer' || unit === undefined, {
    path: ['unit'],
    message: '只有 integer 能写单位：amount 总是万元，percent 总是%',
  })
  .refine(({ type, past }) => type === 'date' || past === undefined, {
    path: ['past'],
    message: '只有 date 能写 past',
  })
  .transform(
    ({ type, choices, ...row }): FormField =>
      defined({
        ...row,
        ...TYPES[type],
        unit: row.unit ?? TYPES[type].unit,
        choices: choices?.map((choice) => ({ value: choice, text: choice })),
      }),
  )

/** More would not fit a phone, nor one message. */
const MOST_FIELDS = 40
const MOST_CHECKS = 12

/** A form with its checks as they are written; whether they fit its fields is checked afterwards. */
export type FormRow = Omit<Form, 'checks'> & { readonly checks: readonly string[] }

export const formRow = z
  .strictObject({
    key,
    title: text.describe(formHelp.title),
    fields: z.array(fieldRow).min(1).max(MOST_FIELDS).describe(formHelp.fields),
    checks: z.array(z.string().trim()).max(MOST_CHECKS).describe(formHelp.checks).default([]),
    ...marks,
  })
  .transform(({ key, title, fields, checks }): FormRow => ({ name: key, title, fields, checks }))
