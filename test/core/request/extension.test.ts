// What a wanted date may be, and what a granted one does to the ladder.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantOf } from '../../../src/core/calendar/civil.ts'
import { stateCouncilCalendar } from '../../../src/core/calendar/workdays.ts'
import { standardHours } from '../../../src/core/calendar/working-hours.ts'
import {
  faultOf,
  limitAfterReturn,
  movedTo,
  readMoreTime,
  suggestedDates,
  takesBackMoreTime,
} from '../../../src/core/request/extension.ts'
import { answeredDay } from '../../../src/core/request/said-dates.ts'
import { decide } from '../../../src/core/task/decide.ts'
import { task } from '../message/fixtures.ts'

const OFFICE = { calendar: stateCouncilCalendar, hours: standardHours }
const at = (date: string, time = '10:00') => instantOf(date, time)
/** Due on Friday 2021-04-30; 1–5 May are free, Saturday 8 May is worked. */
const DUTY = task(1, {
  openAt: at('2021-04-19', '09:00'),
  dueAt: at('2021-04-30', '23:59:59'),
  state: 'open',
})
const MONDAY = at('2021-04-26')

describe('readMoreTime', () => {
  test.each([
    ['申请延期到5月10日，材料还在走签批', 'none', { until: '2021-05-10', why: '材料还在走签批' }],
    ['能否延期到5月10日报', 'none', { until: '2021-05-10' }],
    ['来不及了，5月10日前报', 'none', { until: '2021-05-10' }],
    ['再给10天', 'none', { until: '2021-05-06' }],
    ['申请延期', 'none', {}],
    ['申请延期5个工作日', 'none', {}],
    ['申请延到月底', 'monthly-progress', { until: '2021-04-30' }],
    ['申请延期到4月20日', 'none', { until: '2021-04-20' }],
    ['申请延期到5月12日', 'stage-report', { until: '2021-05-12' }],
  ] as const)('%s for %s', (text, form, expected) => {
    expect(readMoreTime(text, { form }, MONDAY)).toEqual(expected)
  })

  test('the name of the duty is no reason', () => {
    const list = { form: 'none', title: '报送问题项目台账和整改清单' } as const
    expect(readMoreTime('整改清单能不能缓几天', list, MONDAY)).toEqual({})
    expect(readMoreTime('整改台账延期到5月31日', list, MONDAY)).toEqual({ until: '2021-05-31' })
    expect(readMoreTime('整改清单申请延期到5月10日，人手不够', list, MONDAY)?.why).toBe('人手不够')
  })

  test.each(['算了不延了', '不延期了', '不用延了', '还是不延了吧', '撤回延期申请', '取消延期'])(
    '%s',
    (text) => {
      expect(takesBackMoreTime(text)).toBe(true)
    },
  )

  test.each(['申请延期', '不能延期吗', '能不能不延了？', '延期到5月10日', '工期不延误'])('%s: no', (text) => {
    expect(takesBackMoreTime(text)).toBe(false)
  })

  test.each([
    ['这项工作因会议推迟，已于4月20日完成', 'none'],
    ['已完成，文件已报送', 'none'],
    ['还没有完成，正在走流程', 'none'],
    ['本阶段成立专班，由张局长负责，召开动员会2次，下步推迟到5月', 'stage-report'],
    ['什么时候截止？', 'none'],
    ['本月完成320万，累计1.5亿，预计推迟到年底完工', 'monthly-progress'],
  ] as const)('%s for %s asks for nothing', (text, form) => {
    expect(readMoreTime(text, { form }, MONDAY)).toBeUndefined()
  })
})

test.each([
  ['2021-04-25', 'past'],
  ['2021-04-28', 'not-later'],
  ['2021-04-30', 'not-later'],
  ['2021-05-10', undefined],
  ['2035-05-10', 'unknown-year'],
])('wanted %s: %s', (until, fault) => {
  expect(faultOf(DUTY, until, OFFICE, MONDAY)).toBe(fault)
})

test('some dates are offered, counted from the due date or from today when it has passed', () => {
  expect(suggestedDates(DUTY, OFFICE, MONDAY)).toEqual(['2021-05-08', '2021-05-11', '2021-05-18'])
  expect(suggestedDates(DUTY, OFFICE, at('2021-05-12'))).toEqual(['2021-05-17', '2021-05-19', '2021-05-26'])
  const lastYear = { dueAt: at('2026-12-30') }
  expect(suggestedDates(lastYear, OFFICE, at('2026-12-29'))).toEqual([])
})

test.each([
  ['5月20日', '2021-05-20'],
  ['5.20', '2021-05-20'],
  ['就５月２０号吧', '2021-05-20'],
  ['下周五', '2021-05-07'],
  ['4月20日', '2021-04-20'],
  ['再说', undefined],
  ['6月31日', undefined],
])('asked which day, %s is %s', (text, expected) => {
  expect(answeredDay(text, '2021-04-26')).toBe(expected)
})

describe('movedTo', () => {
  const climbed = {
    ...DUTY,
    stepsDone: ['open', 'due-3', 'due-1', 'due', 'overdue+1'],
    escalatedOn: '2021-05-06',
  }

  test('the ladder starts anew before the new date, and keeps what was said when it opened', () => {
    const moved = movedTo(climbed, at('2021-05-20', '23:59:59'), OFFICE, at('2021-05-07'))
    expect(moved).toMatchObject({ stepsDone: ['open'], nextActionAt: at('2021-05-17', '09:00') })
  })

  test('a reminder whose day is over is not made up for', () => {
    const moved = movedTo(climbed, at('2021-05-11', '23:59:59'), OFFICE, at('2021-05-07'))
    expect(moved).toMatchObject({ stepsDone: ['open', 'due-3'], nextActionAt: at('2021-05-10', '09:00') })
  })

  test('whatever was said before, the climb after the new date begins at the first rung, and never before it', () => {
    fc.assert(
      fc.property(
        fc.subarray(DUTY.policy.steps.map(({ key }) => key)),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 0, max: 100 }),
        (stepsDone, ahead, later) => {
          const now = at('2021-05-07') + later * 3_600_000
          const dueAt = at('2021-05-11', '23:59:59') + ahead * 86_400_000
          const moved = { ...DUTY, ...movedTo({ ...DUTY, stepsDone }, dueAt, OFFICE, now) }
          const said = decide(moved, OFFICE, now).say
          expect(said?.kind === undefined || said.kind === 'prompt').toBe(true)
          const climb = decide(moved, OFFICE, dueAt + 5 * 86_400_000 * 7)
          expect(climb.say?.key ?? 'overdue+1').toBe('overdue+1')
        },
      ),
    )
  })

  test('what was returned gets three workdays, and no less time than it had', () => {
    expect(limitAfterReturn(DUTY, OFFICE, at('2021-05-07')).dueAt).toBe(at('2021-05-11', '23:59:59'))
    expect(limitAfterReturn(DUTY, OFFICE, at('2021-04-20')).dueAt).toBe(DUTY.dueAt)
  })
})
