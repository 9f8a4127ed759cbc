// 报送时效: each report's points with their reason, and sums that are the sums of the reasons.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, instantOf } from '../../../src/core/calendar/civil.ts'
import { punctuality, type ReportDue } from '../../../src/core/report/punctuality.ts'

const DUE = instantOf('2021-05-08')
const report = (changes: Partial<ReportDue> = {}): ReportDue => ({
  unit: 'kangding',
  title: '项目进展月报',
  dueAt: DUE,
  firstDueAt: DUE,
  ...changes,
})

describe('one report', () => {
  it.each([
    ['on the last second', { handedInAt: DUE }, 'on-time', 0, '应于2021-05-08报送，按时报送，不扣分'],
    ['a second later', { handedInAt: DUE + 1000 }, 'late', -1, '应于2021-05-08报送，逾期1天报送，扣1分'],
    [
      'ten days later',
      { handedInAt: DUE + 10 * DAY_MS },
      'late',
      -1,
      '应于2021-05-08报送，逾期10天报送，扣1分',
    ],
    ['never', {}, 'missing', -2, '应于2021-05-08报送，未报送，扣2分'],
    [
      'within its extension',
      { dueAt: DUE + 2 * DAY_MS, handedInAt: DUE + DAY_MS },
      'on-time',
      0,
      '应于2021-05-10（已延期）报送，按时报送，不扣分',
    ],
    [
      'within an extension whose approver is known',
      { dueAt: DUE + 2 * DAY_MS, handedInAt: DUE + DAY_MS, extendedBy: '州稽察办督办专员' },
      'on-time',
      0,
      '应于2021-05-10（已延期，首次2021-05-08，州稽察办督办专员批准）报送，按时报送，不扣分',
    ],
    [
      'hours after an hour',
      {
        dueAt: instantOf('2021-05-08', '12:00'),
        firstDueAt: instantOf('2021-05-08', '12:00'),
        handedInAt: DUE,
      },
      'late',
      -1,
      '应于2021-05-08报送，逾期不足1天报送，扣1分',
    ],
  ] as const)('handed in %s', (_, changes, outcome, points, reason) => {
    const [unit] = punctuality([report(changes)])
    expect(unit?.lines).toMatchObject([{ outcome, points, reason, month: '2021-05' }])
    expect(unit?.points).toBe(points)
  })
})

it('adds up by unit and month', () => {
  const june = instantOf('2021-06-08')
  const [kangding, luding] = punctuality([
    report(),
    report({ dueAt: june, firstDueAt: june, handedInAt: june + DAY_MS }),
    report({ unit: 'luding', handedInAt: DUE }),
  ])
  expect(kangding).toMatchObject({
    points: -3,
    counts: { 'on-time': 0, late: 1, missing: 1 },
    months: [
      { month: '2021-05', points: -2 },
      { month: '2021-06', points: -1 },
    ],
  })
  expect(luding).toMatchObject({ unit: 'luding', points: 0 })
})

it('takes another rule as data', () => {
  const rule = { name: '奖励按时', points: { 'on-time': 2, late: 0, missing: -5 } }
  const [unit] = punctuality([report({ handedInAt: DUE }), report()], rule)
  expect(unit?.points).toBe(-3)
  expect(unit?.lines.map(({ reason }) => reason.split('，').at(-1))).toEqual(['加2分', '扣5分'])
})

it('a unit has exactly the points that its reasons name, and its months together', () => {
  const anyReport = fc
    .record({
      unit: fc.constantFrom('a', 'b', 'c'),
      day: fc.integer({ min: 0, max: 400 }),
      delay: fc.option(fc.integer({ min: -20, max: 40 }), { nil: undefined }),
    })
    .map(({ unit, day, delay }) => {
      const dueAt = DUE + day * DAY_MS
      return report({
        unit,
        dueAt,
        firstDueAt: dueAt,
        ...(delay === undefined ? {} : { handedInAt: dueAt + delay * DAY_MS }),
      })
    })
  const named = (reason: string): number => {
    const [, sign, points] = /(扣|加)(\d+)分$/.exec(reason) ?? []
    return sign === undefined ? 0 : (sign === '扣' ? -1 : 1) * Number(points)
  }
  fc.assert(
    fc.property(fc.array(anyReport, { maxLength: 60 }), (reports) => {
      const units = punctuality(reports)
      expect(units.flatMap(({ lines }) => lines)).toHaveLength(reports.length)
      for (const { lines, months, points, counts } of units) {
        expect(points).toBe(lines.reduce((sum, { reason }) => sum + named(reason), 0))
        expect(points).toBe(months.reduce((sum, month) => sum + month.points, 0))
        expect(counts['on-time'] + counts.late + counts.missing).toBe(lines.length)
      }
    }),
  )
})
