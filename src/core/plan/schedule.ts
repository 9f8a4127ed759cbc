// One rule on the calendar: which of its occurrences open inside a window, and when the next one opens.
import { addDays, type CivilDate, type Instant, instantOf } from '../calendar/civil.ts'
import type { Calendar } from '../calendar/workdays.ts'
import { atStage, eachOccurrence, type Occurrence, type OccurrenceContext } from './occurrences.ts'
import {
  dueBy,
  lastDueOpeningBy,
  lastOpeningDate,
  lastWorkdayDueOpeningBy,
  OPENING_TIME,
  openingDay,
  opensBy,
} from './opening.ts'
import type { Rule } from './types.ts'

/** Later than `after`, up to and including `upTo`. */
export type Window = { readonly after: Instant; readonly upTo: Instant }

/** An occurrence with the day on which its task opens, at 09:00. */
export type Opened = Occurrence & { readonly openOn: CivilDate; readonly openAt: Instant }

const FAR = '9999-12-31'

/** Occurrences whose opening lies in the window, in order. Throws UnknownYearError when workdays of an unknown year decide. */
export function openingsIn(
  rule: Rule,
  calendar: Calendar,
  window: Window,
  context: OccurrenceContext,
): Opened[] {
  const from = addDays(lastOpeningDate(window.after), 1)
  const lastDay = lastOpeningDate(window.upTo)
  if (from > lastDay) return []
  const to = lastCandidate(rule, calendar, lastDay, context)
  const opened: Opened[] = []
  for (const occurrence of eachOccurrence(rule.timing, calendar, { from, to }, context)) {
    if (!opensBy(calendar, rule.opens, dueBy(occurrence.due, rule.dueTime), lastDay)) continue
    const entry = withOpening(rule, calendar, occurrence)
    if (entry.openOn >= from && entry.openOn <= lastDay) opened.push(entry)
  }
  return opened
}

/** When the rule's next task opens, strictly after `after`; undefined when none is left. Throws UnknownYearError. */
export function firstOpeningAfter(
  rule: Rule,
  calendar: Calendar,
  after: Instant,
  context: OccurrenceContext,
): Instant | undefined {
  const from = addDays(lastOpeningDate(after), 1)
  for (const occurrence of eachOccurrence(rule.timing, calendar, { from, to: FAR }, context)) {
    const { openAt } = withOpening(rule, calendar, occurrence)
    if (openAt > after) return openAt
  }
  return undefined
}

function withOpening(rule: Rule, calendar: Calendar, occurrence: Occurrence): Opened {
  const openOn = openingDay(calendar, rule.opens, dueBy(occurrence.due, rule.dueTime))
  return { ...occurrence, openOn, openAt: instantOf(openOn, OPENING_TIME) }
}

// Bounds the search, so that neither time nor unknown years are spent on dates that can't open yet.
function lastCandidate(
  rule: Rule,
  calendar: Calendar,
  day: CivilDate,
  context: OccurrenceContext,
): CivilDate {
  const timing = atStage(rule.timing, context.stage)
  if (timing?.type !== 'cadence' || timing.until <= day) return FAR
  if (timing.every !== 'day') return lastDueOpeningBy(rule.opens, day) ?? FAR
  const isDueEarly = rule.dueTime !== undefined && rule.dueTime <= OPENING_TIME
  return lastWorkdayDueOpeningBy(calendar, rule.opens, day, isDueEarly) ?? FAR
}
