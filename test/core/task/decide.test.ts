// The ladder under every kind of clock: nothing twice, nothing early, nothing after an answer.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  DAY_MS,
  dateOf,
  HOUR_MS,
  type Instant,
  instantOf,
} from '../../../src/core/calendar/civil.ts'
import { addWorkdays, stateCouncilCalendar } from '../../../src/core/calendar/workdays.ts'
import { isWorkingTime, nextWorkingMoment, standardHours } from '../../../src/core/calendar/working-hours.ts'
import { decide, isEscalation } from '../../../src/core/task/decide.ts'
import { type Step, standardPolicy } from '../../../src/core/task/policy.ts'
import { stepTimes } from '../../../src/core/task/schedule.ts'
import type { Task, TaskState } from '../../../src/core/task/types.ts'

const office = { calendar: stateCouncilCalendar, hours: standardHours }

function taskFor(open: string, due: string, more: Partial<Task> = {}): Task {
  const dueAt = instantOf(due)
  const openAt = instantOf(open, '09:00')
  return {
    id: '1',
    key: 'p/r/o/u',
    plan: 'p',
    rule: 'r',
    kind: 'deliverable',
    form: 'none',
    title: '报送材料',
    unit: 'u',
    post: 'u-liaison',
    state: 'scheduled',
    openAt,
    firstDueAt: dueAt,
    dueAt,
    policy: standardPolicy,
    stepsDone: [],
    nextActionAt: openAt,
    version: 0,
    ...more,
  }
}

type Said = { at: Instant; step: Step }

/** Ticks at these instants, as app/tick does: only tasks that are due are looked at. */
function run(task: Task, ticks: readonly Instant[]): { said: Said[]; end: Task } {
  const said: Said[] = []
  let current = task
  for (const now of ticks) {
    if (current.nextActionAt === undefined || current.nextActionAt > now) continue
    const decision = decide(current, office, now)
    if (decision.say) said.push({ at: now, step: decision.say })
    const { nextActionAt: _, escalatedOn: __, ...kept } = current
    current = {
      ...kept,
      state: decision.opens ? 'open' : current.state,
      stepsDone: decision.stepsDone,
      ...(decision.escalatedOn ? { escalatedOn: decision.escalatedOn } : {}),
      ...(decision.nextActionAt === undefined ? {} : { nextActionAt: decision.nextActionAt }),
    }
  }
  return { said, end: current }
}

/** Every minute would be slow; every half hour hits each 9:00. */
function halfHours(from: Instant, days: number): Instant[] {
  return Array.from({ length: days * 48 }, (_, index) => from + (index * HOUR_MS) / 2)
}

const keys = (said: readonly Said[]): string[] => said.map(({ step }) => step.key)

describe('the standard ladder', () => {
  it('is said step by step on the mornings of the right workdays', () => {
    const task = taskFor('2021-04-12', '2021-04-30')
    const { said, end } = run(task, halfHours(instantOf('2021-04-12', '00:00'), 60))
    expect(said.map(({ at, step }) => `${dateOf(at)} ${step.key}`)).toEqual([
      '2021-04-12 open',
      // Sunday 25 April is a make-up workday: three workdays before Friday the 30th is still Tuesday.
      '2021-04-27 due-3',
      '2021-04-29 due-1',
      '2021-04-30 due',
      // After Labour Day (1 to 5 May) work begins on the 6th, and Saturday the 8th is worked.
      '2021-05-06 overdue+1',
      '2021-05-08 overdue+3',
      '2021-05-11 overdue+5',
      '2021-05-18 overdue+10',
      '2021-05-25 overdue+15',
    ])
    expect(said.every(({ at }) => at === instantOf(dateOf(at), '09:00'))).toBe(true)
    expect(end.nextActionAt).toBeUndefined()
  })

  it('moves the reminder of a due date on a holiday back before it', () => {
    // 2021-05-15 is a Saturday.
    const { said } = run(taskFor('2021-04-26', '2021-05-15'), halfHours(instantOf('2021-04-26', '00:00'), 25))
    expect(said.map(({ at, step }) => `${dateOf(at)} ${step.key}`)).toEqual([
      '2021-04-26 open',
      '2021-05-11 due-3',
      '2021-05-13 due-1',
      '2021-05-14 due',
      '2021-05-17 overdue+1',
      '2021-05-19 overdue+3',
    ])
  })

  it('says one thing on the day a short duty opens', () => {
    const { said } = run(taskFor('2021-04-29', '2021-04-30'), halfHours(instantOf('2021-04-29', '00:00'), 3))
    expect(keys(said)).toEqual(['open', 'due'])
  })

  it('reminds at night when the deadline would pass before the morning', () => {
    const task = taskFor('2021-04-12', '2021-04-30', {
      state: 'open',
      stepsDone: ['open', 'due-3', 'due-1'],
      nextActionAt: instantOf('2021-04-30', '09:00'),
    })
    const late = decide(task, office, instantOf('2021-04-30', '21:00'))
    expect(late.say?.key).toBe('due')
  })

  it('goes on with the steps of a known year when a later step falls into an unknown one', () => {
    const task = taskFor('2026-12-01', '2026-12-25')
    const { said, end } = run(task, halfHours(instantOf('2026-12-01', '00:00'), 30))
    expect(keys(said)).toEqual(['open', 'due-3', 'due-1', 'due', 'overdue+1', 'overdue+3'])
    expect(end.nextActionAt).toBe(instantOf('2027-01-01', '00:00'))
    expect(() => decide(end, office, instantOf('2027-01-01', '09:00'))).toThrow(/2027/)
  })
})

const day = fc.integer({ min: 0, max: 600 }).map((offset) => addDays('2021-01-04', offset))
const task = fc
  .record({ open: day, length: fc.integer({ min: 0, max: 90 }) })
  .map(({ open, length }) =>
    taskFor(
      addWorkdays(stateCouncilCalendar, open, 1),
      addDays(addWorkdays(stateCouncilCalendar, open, 1), length),
    ),
  )
/** Minutes between looks: a steady minute hand, long outages, and doubled ticks. */
const gaps = fc.array(
  fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 90 }), fc.integer({ min: 60, max: 60 * 24 * 20 })),
  { minLength: 20, maxLength: 150 },
)

function ticksOf(start: Instant, minutes: readonly number[]): Instant[] {
  let now = start
  return minutes.map((gap) => (now += gap * 60_000))
}

describe('whenever the clock is looked at', () => {
  it('says no step twice, none before its time, and at most one thing a day', () => {
    fc.assert(
      fc.property(task, gaps, (one, minutes) => {
        const { said } = run(one, ticksOf(one.openAt - DAY_MS, minutes))
        expect(new Set(keys(said)).size).toBe(said.length)
        const times = new Map(
          stepTimes(one, office.calendar, office.hours).map(({ step, at }) => [step.key, at]),
        )
        for (const { at, step } of said)
          expect(at).toBeGreaterThanOrEqual(times.get(step.key) ?? Number.POSITIVE_INFINITY)
        const days = said.map(({ at }) => dateOf(at))
        expect(new Set(days).size).toBe(days.length)
      }),
    )
  })

  it('speaks in working hours only, but for a deadline that would pass meanwhile', () => {
    fc.assert(
      fc.property(task, gaps, (one, minutes) => {
        for (const { at } of run(one, ticksOf(one.openAt - DAY_MS, minutes)).said) {
          if (isWorkingTime(office.calendar, office.hours, at)) continue
          expect(nextWorkingMoment(office.calendar, office.hours, at)).toBeGreaterThan(one.dueAt)
          expect(at).toBeLessThanOrEqual(one.dueAt)
        }
      }),
    )
  })

  it('never reminds after the deadline and climbs every rung in order, however long it was away', () => {
    fc.assert(
      fc.property(task, gaps, (one, minutes) => {
        const away = ticksOf(one.openAt - DAY_MS, minutes)
        const back = halfHours(Math.max(away.at(-1) ?? 0, one.dueAt), 70)
        const { said, end } = run(one, [...away, ...back])
        const ladder = one.policy.steps.filter(isEscalation).map(({ key }) => key)
        expect(said.filter(({ step }) => isEscalation(step)).map(({ step }) => step.key)).toEqual(ladder)
        for (const { at, step } of said) if (!isEscalation(step)) expect(at).toBeLessThanOrEqual(one.dueAt)
        expect(end.nextActionAt).toBeUndefined()
      }),
    )
  })

  it('gives the same messages for ticks every half hour and for ticks of every kind in between', () => {
    fc.assert(
      fc.property(task, fc.array(fc.integer({ min: 0, max: 29 }), { maxLength: 20 }), (one, extra) => {
        const steady = halfHours(one.openAt - DAY_MS, 130)
        const crowded = steady
          .flatMap((at) => [at, at, ...extra.slice(0, 3).map((minute) => at + minute * 60_000)])
          .sort((a, b) => a - b)
        expect(run(one, crowded)).toEqual(run(one, steady))
      }),
      { numRuns: 30 },
    )
  })

  it('says nothing once the duty is answered, and wants no further look', () => {
    const states: TaskState[] = ['submitted', 'under-review', 'accepted', 'closed', 'cancelled']
    fc.assert(
      fc.property(task, gaps, fc.constantFrom(...states), (one, minutes, state) => {
        const decision = decide({ ...one, state }, office, ticksOf(one.openAt, minutes).at(-1) ?? one.openAt)
        expect(decision.say).toBeUndefined()
        expect(decision.nextActionAt).toBeUndefined()
      }),
    )
  })
})
