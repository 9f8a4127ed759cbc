// Workdays of government offices: the days between two dates, the workday n days on, and the refusal to guess a year.
import { type CivilDate, DAY_MS, dateOf, dayNumber, weekdayOf } from './civil.ts'
import { type CalendarYear, stateCouncilYears } from './years.ts'

/** The years whose workdays are known; `version` is the date of the youngest notice in them, so it grows with every change. */
export type Calendar = { readonly years: ReadonlyMap<number, CalendarYear>; readonly version: string }

/** The State Council's arrangements as in `years.ts`. */
export const stateCouncilCalendar: Calendar = {
  years: new Map(stateCouncilYears.map((entry) => [entry.year, entry])),
  version:
    stateCouncilYears
      .flatMap((entry) => entry.sources.map((source) => source.issued))
      .sort()
      .at(-1) ?? '',
}

/** A question touched a year that the calendar does not have; `message` is Chinese and says how to add the year. */
export class UnknownYearError extends Error {
  readonly year: number

  constructor(year: number) {
    super(
      `工作日历里没有${year}年：不知道这一年哪天放假、哪天调休上班，系统不作猜测。` +
        `请对照国务院办公厅关于${year}年部分节假日安排的通知，在 src/core/calendar/years.ts 增加${year}年一项，` +
        '写明通知的文号和日期（sources）、各节放假的起止日期（daysOff）、调休上班的周六周日（makeUpDays），再重新构建并启动。',
    )
    this.name = 'UnknownYearError'
    this.year = year
  }
}

/** True on a workday, make-up days included. Throws UnknownYearError, and RangeError for a date that does not exist. */
export function isWorkday(calendar: Calendar, date: CivilDate): boolean {
  const day = dayNumber(date)
  const span = spanOf(calendar, day)
  return workdaysBefore(span, day + 1) > workdaysBefore(span, day)
}

/**
 * The n-th workday strictly after `date`, or strictly before it when n is negative; 0 gives `date` itself, workday or not.
 * Throws UnknownYearError when `date` or the way to the answer leaves the calendar.
 */
export function addWorkdays(calendar: Calendar, date: CivilDate, n: number): CivilDate {
  if (!Number.isInteger(n)) throw new RangeError(`Workdays are counted in whole days, not ${n}`)
  const day = dayNumber(date)
  const span = spanOf(calendar, day)
  if (n === 0) return date
  return n > 0 ? nth(span, workdaysBefore(span, day + 1) + n - 1) : nth(span, workdaysBefore(span, day) + n)
}

/** `date` itself if it is a workday, else the last one before it. Throws UnknownYearError. */
export function lastWorkdayOnOrBefore(calendar: Calendar, date: CivilDate): CivilDate {
  return isWorkday(calendar, date) ? date : addWorkdays(calendar, date, -1)
}

/** The last workday strictly before `date`. Throws UnknownYearError. */
export function lastWorkdayBefore(calendar: Calendar, date: CivilDate): CivilDate {
  return addWorkdays(calendar, date, -1)
}

/** `date` itself if it is a workday, else the first one after it. Throws UnknownYearError. */
export function nextWorkdayOnOrAfter(calendar: Calendar, date: CivilDate): CivilDate {
  return isWorkday(calendar, date) ? date : addWorkdays(calendar, date, 1)
}

/** Workdays after `from` up to and including `to`; from a later to an earlier date, the same number below zero. Throws UnknownYearError. */
export function workdaysBetween(calendar: Calendar, from: CivilDate, to: CivilDate): number {
  const [start, end] = [dayNumber(from), dayNumber(to)]
  const span = spanOf(calendar, start)
  if (span !== spanOf(calendar, end))
    throw new UnknownYearError(start < end ? span.lastYear + 1 : span.firstYear - 1)
  return workdaysBefore(span, end + 1) - workdaysBefore(span, start + 1)
}

// Known years in a row. Walking off either end would be a guess.
type Span = {
  firstYear: number
  lastYear: number
  firstDay: number
  /** For each day from `firstDay` on: how many workdays of the span come before it. */
  before: Int32Array
  workdays: CivilDate[]
}

// Built at the first question; a calendar never changes, so neither does this. Deciding for 100 000 tasks asks a million times.
const spans = new WeakMap<Calendar, Span[]>()

function spanOf(calendar: Calendar, day: number): Span {
  for (const span of spans.get(calendar) ?? remembered(calendar)) {
    if (day >= span.firstDay && day < span.firstDay + span.before.length) return span
  }
  throw new UnknownYearError(yearOf(day))
}

function remembered(calendar: Calendar): Span[] {
  const built = buildSpans(calendar)
  spans.set(calendar, built)
  return built
}

// The day after the last one has all workdays before it, and no place in the array.
function workdaysBefore(span: Span, day: number): number {
  return span.before[day - span.firstDay] ?? span.workdays.length
}

function nth(span: Span, index: number): CivilDate {
  const date = span.workdays[index]
  if (date === undefined) throw new UnknownYearError(index < 0 ? span.firstYear - 1 : span.lastYear + 1)
  return date
}

function buildSpans(calendar: Calendar): Span[] {
  const rows: CalendarYear[][] = []
  for (const entry of [...calendar.years.values()].sort((a, b) => a.year - b.year)) {
    const row = rows.at(-1)
    if (row?.at(-1)?.year === entry.year - 1) row.push(entry)
    else rows.push([entry])
  }
  return rows.map(buildSpan)
}

function buildSpan(entries: CalendarYear[]): Span {
  const years = entries.map((entry) => entry.year)
  const [firstYear, lastYear] = [Math.min(...years), Math.max(...years)]
  const [firstDay, end] = [dayNumber(`${firstYear}-01-01`), dayNumber(`${lastYear + 1}-01-01`)]
  const worked = new Set(entries.flatMap((entry) => entry.makeUpDays.map(dayNumber)))
  const off = new Set(entries.flatMap((entry) => entry.daysOff.flatMap(([, from, to]) => daysFrom(from, to))))
  const span: Span = { firstYear, lastYear, firstDay, before: new Int32Array(end - firstDay), workdays: [] }
  for (let day = firstDay; day < end; day++) {
    span.before[day - firstDay] = span.workdays.length
    const date = dateOf(day * DAY_MS)
    if (worked.has(day) || (weekdayOf(date) <= 5 && !off.has(day))) span.workdays.push(date)
  }
  return span
}

function daysFrom(from: CivilDate, to: CivilDate): number[] {
  const first = dayNumber(from)
  return Array.from({ length: dayNumber(to) - first + 1 }, (_, i) => first + i)
}

const yearOf = (day: number): number => new Date(day * DAY_MS).getUTCFullYear()
