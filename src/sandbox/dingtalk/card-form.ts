// The form component of a card template: which schemas it draws, what a client lets nobody send in, and how it tells what was filled in.
import { isCivilDate } from '../../core/calendar/civil.ts'
import type { ShownForm, ShownInput } from '../world.ts'
import type { Params } from './draw.ts'
import { type Body, isBody } from './refusal.ts'

/** Of the documented types those that are drawn here; lists, times, ticks and several choices are used by no card so far. */
const TYPES: Readonly<Partial<Record<string, ShownInput['type']>>> = {
  TEXT: 'line',
  TEXT_AREA: 'lines',
  NUMBER: 'line',
  SELECT: 'choice',
  DATE: 'date',
}

/** Documented members of a field, each with the kind of its value. */
const MEMBERS: Readonly<Record<string, string>> = {
  ...{ name: 'string', label: 'string', type: 'string', requiredMsg: 'string', placeholder: 'string' },
  ...{ defaultValue: 'string', format: 'string', addText: 'string', options: 'object' },
  ...{ required: 'boolean', hidden: 'boolean', readOnly: 'boolean', minRows: 'number', maxRows: 'number' },
}

/** What the template shows: nothing while the title is empty or the schema can't be read, as the template is built. */
export function formIn({ form, formTitle }: Params): ShownForm | undefined {
  const fields = fieldsOf(form)
  if (!formTitle || !fields || fields.length === 0 || schemaFaults(form).length > 0) return undefined
  return { title: formTitle, inputs: fields.map(inputOf) }
}

/** What is wrong with a schema; the platform itself says nothing and draws nothing. */
export function schemaFaults(json: string | undefined): string[] {
  if (json === undefined) return []
  const fields = fieldsOf(json)
  if (!fields) return ['the form is no object with a list of fields']
  const names = fields.map(({ name }) => name)
  return [
    ...fields.flatMap(faultsOf),
    ...(new Set(names).size < names.length ? ['two fields of the form have one name'] : []),
  ]
}

function fieldsOf(json: string | undefined): Body[] | undefined {
  try {
    const schema: unknown = JSON.parse(json ?? '')
    const fields: unknown = isBody(schema) ? schema.fields : undefined
    return Array.isArray(fields) && fields.every(isBody) ? fields : undefined
  } catch {
    return undefined
  }
}

function faultsOf(field: Body): string[] {
  const { name, label, type, options, defaultValue } = field
  const where = `field ${String(name)}`
  const odd = Object.entries(field).filter(([key, value]) => MEMBERS[key] !== typeof value)
  const choices = optionsOf(options)
  return [
    ...odd.map(([key]) => `${where}: ${key} is unknown or of a wrong kind`),
    ...(typeof name === 'string' && name !== '' ? [] : ['a field of the form has no name']),
    ...(typeof label === 'string' && label !== '' ? [] : [`${where}: no label`]),
    ...(typeof type === 'string' && TYPES[type] ? [] : [`${where}: type ${String(type)} is not drawn`]),
    ...(type !== 'SELECT' || choices.length > 0 ? [] : [`${where}: nothing to select from`]),
    ...(type !== 'SELECT' || defaultValue === undefined || choices.some(({ value }) => value === defaultValue)
      ? []
      : [`${where}: the default is no option`]),
  ]
}

function optionsOf(options: unknown): { value: string; text: string }[] {
  const all: unknown[] = Array.isArray(options) ? options : []
  return all.flatMap((one) =>
    isBody(one) && typeof one.value === 'string' && typeof one.text === 'string'
      ? [{ value: one.value, text: one.text }]
      : [],
  )
}

function inputOf({ name, label, type, required, placeholder, defaultValue, options }: Body): ShownInput {
  return {
    name: String(name),
    label: String(label),
    type: TYPES[String(type)] ?? 'line',
    required: required === true,
    value: typeof defaultValue === 'string' ? defaultValue : '',
    ...(typeof placeholder === 'string' && { placeholder }),
    ...(type === 'SELECT' && { options: optionsOf(options) }),
  }
}

/** Why the client itself would not send this in, as it would show it. */
export function whyUnsent(
  { inputs }: ShownForm,
  values: Readonly<Record<string, string>>,
): string | undefined {
  for (const { name, label, type, required, options } of inputs) {
    const value = values[name] ?? ''
    if (value.trim() === '') {
      if (required) return `请填写${label}`
    } else if (type === 'date' && !isCivilDate(value)) return `${label}要从日历里选`
    else if (type === 'choice' && !options?.some((one) => one.value === value)) return `${label}要从选项里选`
  }
  return undefined
}

/** The parameters of the submission: a choice with its place, everything else as text (documented). */
export function filledParams({ inputs }: ShownForm, values: Readonly<Record<string, string>>): Body {
  const form = inputs.map(({ name, options }) => {
    const value = values[name] ?? ''
    if (!options) return [name, value]
    const index = options.findIndex((one) => one.value === value)
    return [name, index < 0 ? null : { index, value }]
  })
  return { form: Object.fromEntries(form) as Body }
}
