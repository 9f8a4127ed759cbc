// Forms as data and their validator: exact values, clear problems, questions about figures that don't fit together.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkForm, prefilled } from '../../../src/core/form/check-form.ts'
import type { CheckContext } from '../../../src/core/form/cross-checks.ts'
import { FORMS } from '../../../src/core/form/forms.ts'
import type { FormValues } from '../../../src/core/form/types.ts'
import { valueLines } from '../../../src/core/reply/stored.ts'

const PROGRESS = FORMS['monthly-progress']
const LAST: CheckContext = {
  period: '2021-05',
  previous: { period: '2021-04', fields: { investedTotal: '120000000.00', investedThisMonth: '5000000.00' } },
  planned: '30000',
}

const check = (values: FormValues, context: CheckContext = {}) => checkForm(PROGRESS, values, context)

describe('one field', () => {
  it.each([
    ['investedTotal', '15200', '152000000.00'],
    ['investedTotal', ' 1,520.5 ', '15205000.00'],
    ['investedTotal', '1.52亿', '152000000.00'],
    ['investedTotal', '１５２００', '152000000.00'],
    ['investedTotal', '3200000元', '3200000.00'],
    ['investedTotal', '0.000001', '0.01'],
    ['investedTotal', '0', '0.00'],
    ['investedThisMonth', '-30', '-300000.00'],
    ['percentComplete', '64.5%', 64.5],
    ['percentComplete', '100', 100],
    ['expectedFinish', '2021-06-30', '2021-06-30'],
    ['expectedFinish', '2021年6月3日', '2021-06-03'],
    ['stage', 'suspended', 'suspended'],
    ['problems', '征地还差3户\n\n资金没到', ['征地还差3户', '资金没到']],
    ['problems', '无', []],
    ['physicalProgress', ' 主体封顶 ', '主体封顶'],
  ])('%s: %s is kept as %j', (key, typed, stored) => {
    expect(check({ [key]: typed })).toEqual({ fields: { [key]: stored }, problems: [], questions: [] })
  })

  it.each([
    ['investedTotal', '三百二', '只填数字'],
    ['investedTotal', '1.2.3', '只填数字'],
    ['investedTotal', '0.0000001', '精确到分'],
    ['investedTotal', '-5', '不能是负数'],
    ['investedTotal', '152000000000', '不是元'],
    ['percentComplete', '120', '0 到 100'],
    ['percentComplete', '-1', '只填数字'],
    ['expectedFinish', '2021-02-29', '没有这一天'],
    ['stage', 'flying', '选一个'],
    ['physicalProgress', '长'.repeat(501), '最多500字，现在501字'],
  ])('%s: %s is refused', (key, typed, words) => {
    const { problems, fields } = check({ [key]: typed })
    expect(problems).toEqual([{ field: key, text: expect.stringContaining(words) }])
    expect(fields).toEqual({})
  })

  it('tells of every problem at once', () => {
    const { problems } = check({ investedTotal: 'x', percentComplete: '101', expectedFinish: '明天' })
    expect(problems.map(({ field }) => field)).toEqual(['investedTotal', 'percentComplete', 'expectedFinish'])
  })

  it('takes no empty form, and ignores what is no field', () => {
    expect(check({ investedTotal: ' ', other: '1' }).problems).toHaveLength(1)
  })

  it('asks for what is required', () => {
    const { problems } = checkForm(FORMS['liaison-registration'], { liaisonPhone: '12' }, {})
    expect(problems.map(({ field }) => field)).toEqual(['liaisonName', 'liaisonPhone'])
  })
})

describe('figures that do not fit together', () => {
  it.each([
    ['less than last period', { investedTotal: '11000' }, 'total-not-below-last', '比上期的1.2亿元少'],
    [
      'month and last total',
      { investedThisMonth: '320', investedTotal: '12330' },
      'month-adds-up',
      '应是1.232亿元',
    ],
    ['over the plan', { investedTotal: '30000.01' }, 'total-within-plan', '超过了计划总投资3亿元'],
  ])('%s: asked about, then kept with its explanation', (_, values, name, words) => {
    const asked = check(values, LAST)
    expect(asked.questions).toEqual([
      { check: name, field: 'investedTotal', text: expect.stringContaining(words) },
    ])
    const explained = check({ ...values, [`why-${name}`]: ' 审计核减 ' }, LAST)
    expect(explained.questions).toEqual([])
    expect(explained.fields.explanations).toEqual({ [name]: '审计核减' })
    expect(valueLines(explained.fields)).toContain('说明：审计核减')
  })

  it('holds to the fen, and an explanation that is not needed is dropped', () => {
    const exact = { investedThisMonth: '0.1', investedTotal: '12000.1', 'why-month-adds-up': '旧说明' }
    expect(check(exact, LAST)).toMatchObject({ problems: [], questions: [] })
    expect(check(exact, LAST).fields).not.toHaveProperty('explanations')
  })

  it.each(['2021-03', '2021-05-08', undefined])('a last report about %s is not added to', (period) => {
    const fields = LAST.previous?.fields ?? {}
    const previous = period === undefined ? { fields } : { fields, period }
    const values = { investedThisMonth: '320', investedTotal: '12330' }
    expect(check(values, { ...LAST, previous }).questions).toEqual([])
  })
})

const amount = fc.bigInt({ min: 0n, max: 9_000_000_000_000n }).map((fen) => {
  const text = fen.toString().padStart(7, '0')
  return `${text.slice(0, -6)}.${text.slice(-6)}`
})
const line = fc.stringMatching(/^[一-龥0-9]{1,20}$/).filter((text) => !/^(无|没有)$/.test(text))

const values = fc.record(
  {
    investedTotal: amount,
    fundsSpent: amount,
    percentComplete: fc.integer({ min: 0, max: 100 }).map(String),
    physicalProgress: line,
    problems: fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n')),
  },
  { requiredKeys: ['investedTotal'] },
)

describe('always', () => {
  it('what was recorded fills the form so that sending it again changes nothing', () => {
    fc.assert(
      fc.property(values, (typed) => {
        const { fields } = check(typed)
        expect(check(prefilled(PROGRESS, fields)).fields).toEqual(fields)
      }),
    )
  })

  it('no text in any field throws', () => {
    const anything = fc.dictionary(fc.constantFrom(...PROGRESS.fields.map(({ key }) => key)), fc.string())
    fc.assert(fc.property(anything, (typed) => void check(typed, LAST)))
  })
})

it('a new period starts from the last one, but not with its own amounts', () => {
  const start = prefilled(PROGRESS, undefined, {
    investedThisMonth: '3200000.00',
    investedTotal: '150000000.00',
    problems: [],
  })
  expect(start).toMatchObject({ investedThisMonth: '', investedTotal: '15000', problems: '无' })
})
