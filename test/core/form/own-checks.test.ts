// The checks of a plan's own form, and records of an older version of it.
import { describe, expect, it } from 'vitest'
import { checkForm, prefilled } from '../../../src/core/form/check-form.ts'
import { partByDoubt } from '../../../src/core/form/judge.ts'
import { comparisonOf, reasonsOf } from '../../../src/core/form/own-checks.ts'
import { fittingFields } from '../../../src/core/form/shape.ts'
import { recordLines } from '../../../src/core/form/show-field.ts'
import type { Form } from '../../../src/core/form/types.ts'

const FORM: Form = {
  name: 'yonggong',
  title: '用工和资金情况',
  fields: [
    { key: 'inPlace', label: '到位资金', type: 'amount', unit: '万元', carries: true },
    { key: 'spent', label: '已支付资金', type: 'amount', unit: '万元' },
    { key: 'workers', label: '用工', type: 'integer', unit: '人', carries: true },
    { key: 'began', label: '停工日期', type: 'date' },
    { key: 'ended', label: '复工日期', type: 'date' },
  ],
  checks: ['spent<=inPlace', 'workers>=last', 'began<=ended', 'total-within-plan'],
}
const LAST = { previous: { fields: { inPlace: '1000000.00', workers: 40 } } }

describe('own checks', () => {
  it.each<[Record<string, string>, string, string, string]>([
    [
      { inPlace: '320', spent: '320.01' },
      'spent<=inPlace',
      'spent',
      '已支付资金320.01万元，大于到位资金320万元。',
    ],
    [{ workers: '39' }, 'workers>=last', 'workers', '用工39人，比上期的40人少。'],
    [
      { began: '2021-06-02', ended: '2021-06-01' },
      'began<=ended',
      'began',
      '停工日期2021-06-02，晚于复工日期2021-06-01。',
    ],
  ])('%j is asked about, and kept with its explanation', (values, check, field, text) => {
    expect(checkForm(FORM, values, LAST).questions).toEqual([{ check, field, text }])
    const explained = checkForm(FORM, { ...values, [`why-${check}`]: '按实' }, LAST)
    expect(explained).toMatchObject({ questions: [], fields: { explanations: { [check]: '按实' } } })
  })

  it('hold for equal values, and where one is missing', () => {
    const values = { inPlace: '320', spent: '320', workers: '40', began: '2021-06-01' }
    expect(checkForm(FORM, values, LAST).questions).toEqual([])
    expect(checkForm(FORM, { workers: '1' }, {}).questions).toEqual([])
  })

  it('doubt both of the compared fields', () => {
    const said = { inPlace: '3200000.00', spent: '3300000.00', workers: 45 }
    const { questions } = checkForm(FORM, { inPlace: '320', spent: '330', workers: '45' }, LAST)
    expect(partByDoubt(said, {}, questions)).toEqual({
      certain: { workers: 45 },
      held: { inPlace: '3200000.00', spent: '3300000.00' },
    })
    expect(reasonsOf('workers>=last')).not.toEqual([])
    expect(reasonsOf('spent<=inPlace')).not.toEqual([])
  })

  it.each(['spent < inPlace', 'spent >= inPlace', 'a + b = c', 'spent <=', ''])('%s is no check', (text) => {
    expect(comparisonOf(text)).toBeUndefined()
  })
})

describe('an integer', () => {
  it.each([
    ['45', 45],
    ['45人', 45],
    ['１,２００', 1200],
  ])('%s is kept as %i', (typed, workers) => {
    expect(checkForm(FORM, { workers: typed }, {}).fields).toEqual({ workers })
  })

  it.each([
    ['4.5', '整数'],
    ['45户', '整数'],
    ['-1', '不能是负数'],
  ])('%s is refused', (typed, words) => {
    expect(checkForm(FORM, { workers: typed }, {}).problems[0]?.text).toContain(words)
  })
})

it('shows last period beside what carries over and changed', () => {
  expect(recordLines(FORM, { inPlace: '3200000.00', workers: 40 }, LAST.previous.fields)).toEqual([
    '到位资金：320万元（上期100万元）',
    '用工：40人',
  ])
})

it('a record of an older version of the form leaves out what is of another type now', () => {
  const old = { inPlace: '已到位', workers: '40', spent: '1000000.00', gone: 'x' }
  const fitting = fittingFields(FORM, old)
  expect(fitting).toEqual({ spent: '1000000.00', gone: 'x' })
  expect(prefilled(FORM, undefined, fitting).inPlace).toBe('')
})
