// The file format of times in a plan: when a rule falls due, and when its tasks open.
import { z } from 'zod'
import type { CadenceUnit, Opening } from '../../core/plan/types.ts'
import { civilDate, help, text } from './fields.ts'
import { everyNames, stageNames, valuesOf } from './words.ts'

const monthsIn: Partial<Record<CadenceUnit, number>> = { quarter: 3, 'half-year': 6, year: 12 }

const cadence = z
  .strictObject({
    every: z.enum(valuesOf(everyNames)).describe(help.every),
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
  .strictObject({ stages: z.partialRecord(z.enum(valuesOf(stageNames)), cadence) })
  .transform((row) => ({ type: 'by-stage' as const, ...row }))

/** When a rule falls due. */
export const timing = z
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

/** When its tasks open. */
export const opening = z
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
