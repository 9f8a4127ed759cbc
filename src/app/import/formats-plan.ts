// The file format for plans: phases and measures, rules with their timings, ladders and events.
import { z } from 'zod'
import type { Plan, Rule, Timing } from '../../core/plan/types.ts'
import {
  type Audience,
  type Policy,
  promptOnlyPolicy,
  type StepKind,
  standardPolicy,
} from '../../core/task/policy.ts'
import { civilDate, defined, help, key, marks, text, unitChoices } from './fields.ts'
import { formRow } from './formats-form.ts'
import { opening, timing } from './formats-timing.ts'
import { aboutNames, formNames, kindNames, overlapNames, valuesOf } from './words.ts'

const stepKinds = [
  'prompt',
  'reminder',
  'overdue-notice',
  'named',
  'circular',
  'admonition',
  'letter',
] as const satisfies readonly StepKind[]

const audiences = [
  'assignee',
  'unit-head',
  'group',
  'office',
  'leader',
] as const satisfies readonly Audience[]

const step = z
  .strictObject({
    key,
    kind: z.enum(stepKinds),
    at: z.union([z.literal('open'), z.int().min(-250).max(250)]),
    to: z.array(z.enum(audiences)).min(1),
  })
  .transform(({ at, ...rest }) => ({
    ...rest,
    at: at === 'open' ? { from: 'open' as const } : { from: 'due' as const, workdays: at },
  }))

const standardPolicies: Readonly<Record<'standard' | 'prompt-only', Policy>> = {
  standard: standardPolicy,
  'prompt-only': promptOnlyPolicy,
}

const ownPolicy = z
  .strictObject({ key, name: text, steps: z.array(step).min(1).describe(help.steps) })
  .refine(({ steps }) => new Set(steps.map((entry) => entry.key)).size === steps.length, {
    path: ['steps'],
    message: '两个步骤用了同一个代号',
  })

const policy = z
  .union([
    z.enum(['standard', 'prompt-only']).transform((name) => standardPolicies[name]),
    ownPolicy.transform((own): Policy => own),
  ])
  .describe(help.policy)

export const ruleRow = z
  .strictObject({
    key,
    title: text.describe(help.title),
    measure: key.describe(help.measure).exactOptional(),
    kind: z.enum(valuesOf(kindNames)).describe(help.kind),
    form: z
      .union([z.enum(valuesOf(formNames)), key])
      .describe(help.form)
      .default('none'),
    due: timing,
    time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时刻要写成 "17:30" 这样，带引号')
      .describe(help.time)
      .exactOptional(),
    opens: opening,
    for: z.union([z.literal('projects'), unitChoices]).describe(help.for),
    overlap: z.enum(valuesOf(overlapNames)).describe(help.overlap).default('keep'),
    policy: policy.exactOptional(),
    about: z.enum(valuesOf(aboutNames)).describe(help.about).exactOptional(),
    ...marks,
  })
  .transform((row) => ({
    rule: defined({
      key: row.key,
      title: row.title,
      measure: row.measure,
      kind: row.kind,
      form: row.form,
      timing: row.due as Timing,
      dueTime: row.time,
      opens: row.opens,
      overlap: row.overlap,
      policy: row.policy,
      about: row.about,
    }) satisfies Omit<Rule, 'responsible'>,
    for: row.for,
  }))

export const eventRow = z
  .strictObject({
    event: text.describe(help.event),
    subject: key.describe(help.subject).exactOptional(),
    date: civilDate,
    ...marks,
  })
  .transform(({ event, subject, date }) => defined({ event, subject, date }))

const measure = z
  .strictObject({
    key,
    title: text.describe(help.title),
    deadline: civilDate.describe(help.deadline).exactOptional(),
    lead: z.array(key).describe(help.lead).default([]),
    ...marks,
  })
  .transform(({ key, title, deadline, lead }) => defined({ key, title, deadline, lead }))

const phase = z
  .strictObject({ key, name: text, measures: z.array(measure).describe(help.measures), ...marks })
  .transform(({ key, name, measures }) => ({ key, name, measures }))

const headShape = {
  key,
  name: text,
  document: text.describe(help.document).exactOptional(),
  issued: civilDate.describe(help.issued),
  office: key.describe(help.office),
  leader: key.describe(help.leader).exactOptional(),
  complaints: key.describe(help.complaints).exactOptional(),
  policy,
  phases: z.array(phase).describe(help.phases).default([]),
  ...marks,
}

/** A plan without its rules, events and forms: those are rows of their own, so that a wrong one spoils no other. */
export const planHeadRow = z
  .strictObject({
    ...headShape,
    rules: z.array(z.unknown()),
    events: z.array(z.unknown()).default([]),
    forms: z.array(z.unknown()).default([]),
  })
  .transform(
    (row): Omit<Plan, 'rules' | 'events' | 'forms'> =>
      defined({
        key: row.key,
        name: row.name,
        document: row.document,
        issuedOn: row.issued,
        office: row.office,
        leader: row.leader,
        complaints: row.complaints,
        phases: row.phases,
        policy: row.policy,
      }),
  )

/** The whole of a plan, for the JSON Schema. */
export const planRow = z.strictObject({
  ...headShape,
  rules: z.array(ruleRow),
  events: z.array(eventRow).default([]),
  forms: z.array(formRow).default([]),
})
