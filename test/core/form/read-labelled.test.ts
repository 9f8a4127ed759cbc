// Sentences with a form's own labels: certain values as if typed, doubts told apart, nothing guessed.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkForm } from '../../../src/core/form/check-form.ts'
import { FORMS } from '../../../src/core/form/forms.ts'
import { readLabelled } from '../../../src/core/form/read-labelled.ts'
import { recordLines } from '../../../src/core/form/show-field.ts'
import type { Form } from '../../../src/core/form/types.ts'

const FORM: Form = {
  name: 'yonggong',
  title: '用工和资金情况',
  fields: [
    { key: 'inPlace', label: '到位资金', type: 'amount', unit: '万元' },
    { key: 'workers', label: '用工', type: 'integer', unit: '人', also: ['用工人数'] },
    { key: 'share', label: '完成比例', type: 'percent', unit: '%' },
    { key: 'restart', label: '复工日期', type: 'date' },
    { key: 'since', label: '停工日期', type: 'date', past: true },
    {
      key: 'light',
      label: '判断',
      type: 'choice',
      choices: [
        { value: 'ok', text: '正常' },
        { value: 'late', text: '滞后' },
      ],
    },
    { key: 'person', label: '联系人', type: 'text', max: 50 },
    { key: 'phone', label: '电话', type: 'phone' },
    { key: 'needs', label: '需协调', type: 'list' },
    { key: 'note', label: '说明', type: 'text', max: 2000 },
  ],
  checks: [],
}
const TODAY = '2021-05-07'
const readForm = (text: string) => readLabelled(FORM, text, TODAY)

describe('a labelled sentence', () => {
  it.each<[string, Record<string, string>]>([
    ['到位资金：320万；用工：45人', { inPlace: '320', workers: '45' }],
    ['到位资金320万，用工45人', { inPlace: '320', workers: '45' }],
    ['收到，到位资金(万元): ３２０\n用工人数：四十五名。谢谢', { inPlace: '320', workers: '45' }],
    ['1、到位资金：1.2个亿 2、用工：0', { inPlace: '12000', workers: '0' }],
    ['到位资金：3200000元', { inPlace: '320' }],
    ['完成比例是七成五，判断：滞后', { share: '75', light: 'late' }],
    ['完成比例：64', { share: '64' }],
    ['用工应为54，完成比例改成65%', { workers: '54', share: '65' }],
    ['用工共1.2万人', { workers: '12000' }],
    ['复工日期：6月底；停工日期：3月5日起', { restart: '2021-06-30', since: '2021-03-05' }],
    ['停工日期：12月5日', { since: '2020-12-05' }],
    ['联系人：康定市联络员，电话：0836-2822222', { person: '康定市联络员', phone: '0836-2822222' }],
    ['需协调：用电；征地3户', { needs: '用电；征地3户' }],
    [
      '说明：因天气原因，用工不足，已整改。判断：正常',
      { note: '因天气原因，用工不足，已整改。', light: 'ok' },
    ],
    ['> 请填报用工和资金情况\n用工：45', { workers: '45' }],
  ])('%s', (text, values) => {
    expect(readForm(text)).toEqual({ values, doubtful: [], left: '' })
  })

  it.each<[string, string, string]>([
    ['到位资金：300-350万', 'inPlace', '300-350万'],
    ['到位资金约320万', 'inPlace', '约320万'],
    ['到位资金：320万左右', 'inPlace', '320万左右'],
    ['到位资金：320万，不对是330万', 'inPlace', '320万，不对是330万'],
    ['到位资金：3200000', 'inPlace', '3200000'],
    ['到位资金：-5万', 'inPlace', '-5万'],
    ['用工：十几人', 'workers', '十几人'],
    ['用工：45户', 'workers', '45户'],
    ['用工：4.5人', 'workers', '4.5人'],
    ['完成比例：120%', 'share', '120%'],
    ['完成比例：提高5个百分点', 'share', '提高5个百分点'],
    ['复工日期：6月', 'restart', '6月'],
    ['复工日期：6月31日', 'restart', '6月31日'],
    ['停工日期：下周三', 'since', '下周三'],
    ['判断：还行', 'light', '还行'],
    ['电话：12', 'phone', '12'],
    ['联系人：', 'person', ''],
  ])('%s is doubtful', (text, field, said) => {
    const reading = readForm(text)
    expect(reading.values).toEqual({})
    expect(reading.doubtful).toEqual([{ field, said }])
  })

  it('the same field twice: once if it says the same, in doubt if it does not', () => {
    expect(readForm('用工：45人；用工：45').values).toEqual({ workers: '45' })
    expect(readForm('用工：45人；用工：50人').values).toEqual({})
    expect(readForm('用工：45人；用工：50人').doubtful.map(({ field }) => field)).toEqual([
      'workers',
      'workers',
    ])
  })

  it.each(['大家辛苦了', '用工还没统计', '群里说到位资金的事', '征地完成320万', ''])(
    '%s: names no field',
    (text) => {
      expect(readForm(text)).toMatchObject({ values: {}, doubtful: [] })
    },
  )

  it('says what it did not take', () => {
    expect(readForm('折多山便道：用工：45；别的都好')).toMatchObject({
      values: {},
      doubtful: [{ field: 'workers', said: '45；别的都好' }],
      left: '折多山便道',
    })
    expect(readForm('联系人：康定市联络员，另附照片').left).toBe('另附照片')
  })
})

describe('the included forms', () => {
  it.each([
    [
      'stage-report' as const,
      '召开动员会2次，排查项目36个。存在问题：资金未到位；下一步打算：加快拨付',
      { statement: '召开动员会2次，排查项目36个。', problems: '资金未到位', measures: '加快拨付' },
    ],
    [
      'problem-report' as const,
      'K3处滑坡，道路中断；类别：推进缓慢未验收；部门：县自然资源局；发生时间：4月20日；需协调：派人勘查',
      {
        problem: 'K3处滑坡，道路中断',
        category: '推进缓慢未验收',
        department: '县自然资源局',
        since: '2021-04-20',
        helpNeeded: '派人勘查',
      },
    ],
    [
      'liaison-registration' as const,
      '联络员：康定市联络员，13900000000',
      { liaisonName: '康定市联络员', liaisonPhone: '13900000000' },
    ],
  ])('%s', (name, text, values) => {
    expect(readLabelled(FORMS[name], text, TODAY)).toEqual({ values, doubtful: [], left: '' })
  })
})

describe('always', () => {
  const line = fc
    .stringMatching(/^[一-龥]{2,12}$/)
    .filter((text) => !/无|没有|谢谢|完毕|以上|[是为]/.test(text))
  const filled = fc.record(
    {
      inPlace: fc.integer({ min: 0, max: 99_999_999 }).map((fen) => String(fen / 100)),
      workers: fc.integer({ min: 0, max: 99_999 }).map(String),
      share: fc.integer({ min: 0, max: 1000 }).map((tenths) => String(tenths / 10)),
      restart: fc
        .date({ min: new Date('2021-05-08'), max: new Date('2030-01-01'), noInvalidDate: true })
        .map((at) => at.toISOString().slice(0, 10)),
      light: fc.constantFrom('ok', 'late'),
      needs: fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n')),
      note: line,
    },
    { requiredKeys: ['inPlace', 'workers'] },
  )

  it('what a read-back shows is read back as the same record', () => {
    fc.assert(
      fc.property(filled, (typed) => {
        const { fields } = checkForm(FORM, typed, {})
        const again = readForm(recordLines(FORM, fields).join('\n'))
        expect(again.doubtful).toEqual([])
        expect(checkForm(FORM, again.values, {}).fields).toEqual(fields)
      }),
    )
  })

  it('no text throws, and no value is stored that the page would refuse', () => {
    const words = fc.constantFrom(
      ...FORM.fields.map(({ label }) => label),
      '：',
      '，',
      '45',
      '320万',
      '人',
      '\n',
      '约',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(words).map((all) => all.join('')),
        ),
        (text) => {
          const { values } = readForm(text)
          expect(checkForm(FORM, { inPlace: '1', ...values }, {}).problems).toEqual([])
        },
      ),
    )
  })
})
