// The imitated form component: what of a schema is drawn, what its client refuses, and in which shape it tells what was filled in.
import { describe, expect, test } from 'vitest'
import { filledParams, formIn, schemaFaults, whyUnsent } from '../../../src/sandbox/dingtalk/card-form.ts'

const OPTIONS = [
  { value: 'a', text: '正常' },
  { value: 'b', text: '滞后' },
]
const FIELDS = [
  { name: 'amount', label: '金额', type: 'TEXT', required: true, placeholder: '万元' },
  {
    name: 'light',
    label: '判断',
    type: 'SELECT',
    defaultValue: 'b',
    options: OPTIONS,
  },
  { name: 'day', label: '日期', type: 'DATE' },
]
const drawn = (fields: readonly object[]) => formIn({ formTitle: '填', form: JSON.stringify({ fields }) })

describe('a schema', () => {
  test('is drawn with its defaults, and not without a title', () => {
    expect(drawn(FIELDS)).toEqual({
      title: '填',
      inputs: [
        { name: 'amount', label: '金额', type: 'line', required: true, value: '', placeholder: '万元' },
        {
          name: 'light',
          label: '判断',
          type: 'choice',
          required: false,
          value: 'b',
          options: OPTIONS,
        },
        { name: 'day', label: '日期', type: 'date', required: false, value: '' },
      ],
    })
    expect(formIn({ formTitle: '', form: JSON.stringify({ fields: FIELDS }) })).toBeUndefined()
    expect(schemaFaults(undefined)).toEqual([])
    expect(schemaFaults('{"fields":[]}')).toEqual([])
  })

  test.each([
    ['no JSON', '{'],
    ['no list of fields', '{"fields":{}}'],
    ['no name', '{"fields":[{"label":"金额","type":"TEXT"}]}'],
    ['no label', '{"fields":[{"name":"a","type":"TEXT"}]}'],
    ['an unknown type', '{"fields":[{"name":"a","label":"金额","type":"AMOUNT"}]}'],
    ['a text for required', '{"fields":[{"name":"a","label":"金额","type":"TEXT","required":"true"}]}'],
    ['an unknown member', '{"fields":[{"name":"a","label":"金额","type":"TEXT","help":"x"}]}'],
    ['no options', '{"fields":[{"name":"a","label":"判断","type":"SELECT"}]}'],
    [
      'a default that is no option',
      '{"fields":[{"name":"a","label":"判断","type":"SELECT","defaultValue":"x","options":[{"value":"a","text":"正常"}]}]}',
    ],
    [
      'one name twice',
      '{"fields":[{"name":"a","label":"甲","type":"TEXT"},{"name":"a","label":"乙","type":"TEXT"}]}',
    ],
  ])('with %s is complained about and not drawn', (_, form) => {
    expect(schemaFaults(form)).toHaveLength(1)
    expect(formIn({ formTitle: '填', form })).toBeUndefined()
  })
})

describe('the client', () => {
  const form = drawn(FIELDS) ?? { title: '', inputs: [] }

  test.each([
    [{ amount: ' ' }, '请填写金额'],
    [{ amount: '1', light: '其他' }, '判断要从选项里选'],
    [{ amount: '1', day: '下周三' }, '日期要从日历里选'],
    [{ amount: '1', light: 'a', day: '2021-06-30' }, undefined],
    [{ amount: '1', light: '' }, undefined],
  ])('says of %j: %s', (values, why) => {
    expect(whyUnsent(form, values)).toBe(why)
  })

  test('tells a choice with its place, and everything as text', () => {
    expect(filledParams(form, { amount: '320', light: 'b' })).toEqual({
      form: { amount: '320', light: { index: 1, value: 'b' }, day: '' },
    })
    expect(filledParams(form, { amount: '320' })).toEqual({ form: { amount: '320', light: null, day: '' } })
  })
})
