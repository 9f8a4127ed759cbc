// The file format for plans: phases and measures, rules with their timings, ladders and events.
import { z } from 'zod'
import type { CadenceUnit, FormName, Opening, Plan, Rule, TaskKind, Timing } from '../../core/plan/types.ts'
import {
  type Audience,
  type Policy,
  promptOnlyPolicy,
  type StepKind,
  standardPolicy,
} from '../../core/task/policy.ts'
import { civilDate, defined, help, key, marks, text, unitChoices } from './fields.ts'
import { stages } from './formats.ts'

const kinds = [
  'report',
  'deliverable',
  'inspection',
  'rectification',
  'answer',
  'signoff',
  'review',
] as const satisfies readonly TaskKind[]

const forms = [
  'monthly-progress',
  'stage-report',
  'liaison-registration',
  'none',
] as const satisfies readonly FormName[]

const cadenceUnits = [
  'day',
  'week',
  'ten-days',
  'month',
  'quarter',
  'half-year',
  'year',
] as const satisfies readonly CadenceUnit[]

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

const monthsIn: Partial<Record<CadenceUnit, number>> = { quarter: 3, 'half-year': 6, year: 12 }

const cadence = z
  .strictObject({
    every: z.enum(cadenceUnits).describe(help.every),
    day: z
      .union([z.int().min(1).max(31), z.literal('end')])
      .describe(help.day)
      .exactOptional(),
    month: z.int().min(1).max(12).describe(help.month).exactOptional(),
    from: civilDate.describe(help.from),
    until: civilDate.describe(help.until),
  })
  .refine((row) => row.from <= row.until, { path: ['until'], message: '最后一天（until）早于第一天（from）' })
  .refine(({ every, day }) => every !== 'week' || (typeof day === 'number' && day <= 7), {
    path: ['day'],
    message: '每周的规则要写明星期几（day: 1 到 7，1 是星期一）',
  })
  .refine(({ every, day }) => (every !== 'day' && every !== 'ten-days') || day === undefined, {
    path: ['day'],
    message: '每日、每旬的规则不写 day：每旬固定在10日、20日和月末',
  })
  .refine(({ every, month }) => month === undefined || month <= (monthsIn[every] ?? 0), {
    path: ['month'],
    message: 'month 只用于季度（1到3）、半年（1到6）和年（1到12）',
  })
  .transform((row) => ({ type: 'cadence' as const, ...row }))

const offsetUnits = ['days', 'workdays', 'months', 'years'] as const
const amount = z.int().min(0).max(1000).exactOptional()

const offset = z
  .strictObject({
    after: text.describe(help.after),
    days: amount,
    workdays: amount,
    months: amount,
    years: amount,
  })
  .transform((row, context) => {
    const given = offsetUnits.flatMap((unit) =>
      row[unit] === undefined ? [] : [{ unit, amount: row[unit] }],
    )
    const [only] = given
    if (only !== undefined && given.length === 1)
      return { type: 'offset' as const, event: row.after, ...only }
    context.addIssue({
      code: 'custom',
      message: '事件之后多久：days、workdays、months、years 里写且只写一个',
    })
    return z.NEVER
  })

const byStage = z
  .strictObject({ stages: z.partialRecord(z.enum(stages), cadence) })
  .transform((row) => ({ type: 'by-stage' as const, ...row }))

const timing = z
  .union([
    civilDate.transform((date) => ({ type: 'date' as const, date })),
    z
      .array(civilDate)
      .min(1)
      .transform((dates) => ({ type: 'dates' as const, dates })),
    cadence,
    offset,
    byStage,
  ])
  .describe(help.due)

const ahead = z.int().min(0).max(366)

const opening = z
  .union([
    civilDate.transform((date): Opening => ({ type: 'date', date })),
    z
      .strictObject({ daysBefore: ahead })
      .transform((row): Opening => ({ type: 'before', amount: row.daysBefore, unit: 'days' })),
    z
      .strictObject({ workdaysBefore: ahead })
      .transform((row): Opening => ({ type: 'before', amount: row.workdaysBefore, unit: 'workdays' })),
  ])
  .describe(help.opens)

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
    kind: z.enum(kinds).describe(help.kind),
    form: z.enum(forms).describe(help.form).default('none'),
    due: timing,
    time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时刻要写成 "17:30" 这样，带引号')
      .describe(help.time)
      .exactOptional(),
    opens: opening,
    for: z.union([z.literal('projects'), unitChoices]).describe(help.for),
    overlap: z.enum(['keep', 'supersede']).describe(help.overlap).default('keep'),
    policy: policy.exactOptional(),
    about: z.enum(['same-period', 'previous-period']).describe(help.about).exactOptional(),
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
  policy,
  phases: z.array(phase).describe(help.phases).default([]),
  ...marks,
}

/** A plan without its rules and events: those are rows of their own, so that a wrong one spoils no other. */
export const planHeadRow = z
  .strictObject({ ...headShape, rules: z.array(z.unknown()), events: z.array(z.unknown()).default([]) })
  .transform(
    (row): Omit<Plan, 'rules' | 'events'> =>
      defined({
        key: row.key,
        name: row.name,
        document: row.document,
        issuedOn: row.issued,
        office: row.office,
        leader: row.leader,
        phases: row.phases,
        policy: row.policy,
      }),
  )

/** The whole of a plan, for the JSON Schema. */
export const planRow = z.strictObject({
  ...headShape,
  rules: z.array(ruleRow),
  events: z.array(eventRow).default([]),
})
