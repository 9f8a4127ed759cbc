// When a timing falls due: its dates inside a range, each with the period that a report on that day is about.
import { addDays, addMonths, addYears, type CivilDate, lastDayOfMonth, weekdayOf } from '../calendar/civil.ts'
import { addWorkdays, type Calendar, isWorkday } from '../calendar/workdays.ts'
import type { ProjectStage } from '../people/directory.ts'
import { monthsIn, periodOf } from './period.ts'
import type { Cadence, PlanEvent, Rule, Timing } from './types.ts'

/** Both days included. */
export type DateRange = { readonly from: CivilDate; readonly to: CivilDate }

/** What a timing may depend on besides the calendar. `subject`: the project or unit whose events count. */
export type OccurrenceContext = {
  readonly stage?: ProjectStage
  readonly subject?: string
  readonly events: readonly PlanEvent[]
  readonly about?: NonNullable<Rule['about']>
}

/** `period` is there when the rule is about one: `2021-04`, `2021-Q1`, `2021-H1`, `2021` or a day. */
export type Occurrence = { readonly due: CivilDate; readonly period?: string }

/** Due dates inside the range, in order. Throws UnknownYearError when workdays of an unknown year are needed. */
export function occurrences(
  timing: Timing,
  calendar: Calendar,
  range: DateRange,
  context: OccurrenceContext,
): Occurrence[] {
  return [...eachOccurrence(timing, calendar, range, context)]
}

/** The same one by one, so that a caller who stops early never asks for a year that he does not need. */
export function* eachOccurrence(
  timing: Timing,
  calendar: Calendar,
  range: DateRange,
  context: OccurrenceContext,
): Generator<Occurrence> {
  const resolved = atStage(timing, context.stage)
  if (resolved === undefined) return
  const every = resolved.type === 'cadence' ? resolved.every : undefined
  for (const due of eachDue(resolved, calendar, range, context)) {
    if (every === undefined || context.about === undefined) yield { due }
    else yield { due, period: periodOf(every, due, context.about, calendar) }
  }
}

/** C4: the cadence of the present stage; undefined when that stage asks for nothing. */
export function atStage(
  timing: Timing,
  stage: ProjectStage | undefined,
): Exclude<Timing, { type: 'by-stage' }> | undefined {
  if (timing.type !== 'by-stage') return timing
  return stage === undefined ? undefined : timing.stages[stage]
}

function* eachDue(
  timing: Exclude<Timing, { type: 'by-stage' }>,
  calendar: Calendar,
  range: DateRange,
  context: OccurrenceContext,
): Generator<CivilDate> {
  if (timing.type === 'cadence') {
    yield* cadenceDates(timing, calendar, range)
    return
  }
  for (const due of listed(timing, calendar, context)) {
    if (due >= range.from && due <= range.to) yield due
  }
}

function listed(
  timing: Exclude<Timing, Cadence | { type: 'by-stage' }>,
  calendar: Calendar,
  context: OccurrenceContext,
): CivilDate[] {
  if (timing.type === 'date') return [timing.date]
  if (timing.type === 'dates') return [...new Set(timing.dates)].sort((a, b) => (a < b ? -1 : 1))
  const date = eventDate(context, timing.event)
  return date === undefined ? [] : [moved(calendar, date, timing.amount, timing.unit)]
}

// An event of the subject itself goes before one that is for all.
function eventDate(context: OccurrenceContext, event: string): CivilDate | undefined {
  const named = context.events.filter((entry) => entry.event === event)
  const own = named.find((entry) => entry.subject !== undefined && entry.subject === context.subject)
  return (own ?? named.find((entry) => entry.subject === undefined))?.date
}

function moved(
  calendar: Calendar,
  date: CivilDate,
  amount: number,
  unit: 'days' | 'workdays' | 'months' | 'years',
): CivilDate {
  if (unit === 'workdays') return addWorkdays(calendar, date, amount)
  if (unit === 'days') return addDays(date, amount)
  return unit === 'months' ? addMonths(date, amount) : addYears(date, amount)
}

function* cadenceDates(cadence: Cadence, calendar: Calendar, range: DateRange): Generator<CivilDate> {
  const { from, to } = intersection(range, cadence.from, cadence.until)
  if (from > to) return
  for (const due of unclipped(cadence, calendar, from, to)) {
    if (due > to) return
    if (due >= from) yield due
  }
}

function intersection(range: DateRange, from: CivilDate, until: CivilDate): DateRange {
  const narrowed = from > range.from ? { ...range, from } : range
  return until < range.to ? { ...narrowed, to: until } : narrowed
}

// Starts in the period that holds `from`, so the first date may lie before it; ends by itself or at the caller's will.
function* unclipped(
  cadence: Cadence,
  calendar: Calendar,
  from: CivilDate,
  to: CivilDate,
): Generator<CivilDate> {
  if (cadence.every === 'day') yield* workdaysFrom(calendar, from, to)
  else if (cadence.every === 'week') yield* weekly(cadence.day, from)
  else if (cadence.every === 'ten-days') yield* tenDayEnds(from)
  else yield* monthly(cadence, monthsIn[cadence.every], from)
}

function* workdaysFrom(calendar: Calendar, from: CivilDate, to: CivilDate): Generator<CivilDate> {
  for (let day = from; day <= to; day = addDays(day, 1)) if (isWorkday(calendar, day)) yield day
}

function* weekly(day: Cadence['day'], from: CivilDate): Generator<CivilDate> {
  const weekday = typeof day === 'number' ? day : 7
  for (let due = addDays(from, weekday - weekdayOf(from)); ; due = addDays(due, 7)) yield due
}

function* tenDayEnds(from: CivilDate): Generator<CivilDate> {
  for (let month = firstOfMonth(from); ; month = addMonths(month, 1)) {
    yield dayOfMonth(month, 10)
    yield dayOfMonth(month, 20)
    yield lastDayOfMonth(month)
  }
}

function* monthly(cadence: Cadence, length: number, from: CivilDate): Generator<CivilDate> {
  const monthIndex = Number(from.slice(5, 7)) - 1
  const start = addMonths(firstOfMonth(from), -(monthIndex % length))
  const into = Math.min(cadence.month ?? length, length) - 1
  for (let step = 0; ; step += length) {
    yield dayOfMonth(addMonths(start, step + into), cadence.day ?? 'end')
  }
}

const firstOfMonth = (date: CivilDate): CivilDate => `${date.slice(0, 7)}-01`

// A day that the month lacks becomes its last.
function dayOfMonth(first: CivilDate, day: number | 'end'): CivilDate {
  const last = lastDayOfMonth(first)
  if (day === 'end' || day > Number(last.slice(8))) return last
  return `${first.slice(0, 7)}-${String(day).padStart(2, '0')}`
}
