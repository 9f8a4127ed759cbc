// Forms that a plan brings along: what they become, and each fault with its line and cure.
import { describe, expect, it } from 'vitest'
import { formatImportReport, importJsonSchema, type Snapshot } from '../../../src/app/import/index.ts'
import { importing, office } from './files.ts'

const FIELDS = [
  '{ key: inPlace, label: 到位资金, type: amount, required: true, carries: true }',
  '{ key: spent, label: 已支付资金, type: amount, also: [支付资金] }',
  '{ key: workers, label: 用工, type: integer, unit: 人 }',
  '{ key: light, label: 判断, type: choice, choices: [正常, 滞后] }',
  '{ key: note, label: 说明, type: longtext, help: 一句话 }',
]
const RULE =
  '      - { key: r2, title: 填报用工, kind: report, form: yonggong, due: 2021-05-31, opens: 2021-05-10, for: kangding }\n'

/** The sound office with one form (line 17 on) and a rule that names it. */
function withForm(fields: readonly string[] = FIELDS, checks = '', key = 'yonggong', rule = RULE): string {
  const [head = '', tail = ''] = office.split('    rules:\n')
  const form = [
    '    forms:',
    `      - key: ${key}`,
    '        title: 用工和资金情况',
    ...(checks === '' ? [] : [`        checks: ${checks}`]),
    '        fields:',
    ...fields.map((field) => `          - ${field}`),
  ].join('\n')
  const at = tail.indexOf('projects:')
  return `${head}${form}\n    rules:\n${tail.slice(0, at)}${rule}${tail.slice(at)}`
}

async function present(): Promise<Snapshot> {
  const { problems, next } = await importing({ 'a.yaml': withForm(FIELDS, '["spent <= inPlace"]') })
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  return next
}

describe('a form', () => {
  it('becomes fields and checks of the core, and a rule names it', async () => {
    const checks = '["spent<=inPlace", "inPlace >= last"]'
    const { problems, next, changes } = await importing({ 'a.yaml': withForm(FIELDS, checks) })
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(next.plans[0]?.forms).toEqual([
      {
        name: 'yonggong',
        title: '用工和资金情况',
        fields: [
          { key: 'inPlace', label: '到位资金', type: 'amount', unit: '万元', required: true, carries: true },
          { key: 'spent', label: '已支付资金', type: 'amount', unit: '万元', also: ['支付资金'] },
          { key: 'workers', label: '用工', type: 'integer', unit: '人' },
          {
            ...{ key: 'light', label: '判断', type: 'choice' },
            choices: [
              { value: '正常', text: '正常' },
              { value: '滞后', text: '滞后' },
            ],
          },
          { key: 'note', label: '说明', type: 'text', max: 2000, help: '一句话' },
        ],
        checks: ['spent<=inPlace', 'inPlace>=last'],
      },
    ])
    expect(next.plans[0]?.rules.find(({ key }) => key === 'r2')?.form).toBe('yonggong')
    expect(changes).toContainEqual(expect.objectContaining({ section: 'forms', key: 'plan/yonggong' }))
  })

  it('changes as an entry of its own, and goes with the file that no longer has it', async () => {
    const now = await present()
    const changed = await importing({ 'a.yaml': withForm(FIELDS.slice(0, 3), '["spent <= inPlace"]') }, now)
    expect(changed.changes.map(({ section, key, kind }) => [section, key, kind])).toEqual([
      ['forms', 'plan/yonggong', 'changed'],
    ])
    expect(formatImportReport(changed)).toContain(
      '字段：到位资金、已支付资金、用工、判断、说明 → 到位资金、已支付资金、用工',
    )
    const gone = await importing({ 'a.yaml': office }, now)
    expect(gone.next.plans[0]).not.toHaveProperty('forms')
  })

  it('keeps its present version while the new one is wrong, and its rules with it', async () => {
    const now = await present()
    const wrong = withForm([...FIELDS, '{ key: note, label: 另一个, type: text }'])
    const { next, problems } = await importing({ 'a.yaml': wrong }, now)
    expect(problems.filter(({ severity }) => severity === 'error')).toHaveLength(1)
    expect(next).toEqual(now)
  })

  it('stays as long as a rule that was kept names it', async () => {
    const now = await present()
    const wrongRule = RULE.replace('for: kangding', 'for: nowhere')
    const { next } = await importing({ 'a.yaml': withForm(FIELDS, '', 'other', wrongRule) }, now)
    expect(next.plans[0]?.rules.find(({ key }) => key === 'r2')?.form).toBe('yonggong')
    expect(next.plans[0]?.forms?.map(({ name }) => name)).toEqual(['other', 'yonggong'])
  })
})

describe('a wrong form', () => {
  const extra = (field: string): string => withForm([...FIELDS, field])

  it.each<[string, string, number, string, string]>([
    [
      'an unknown type',
      extra('{ key: x, label: 新, type: money }'),
      26,
      'type：只能是：amount、percent',
      'amount 金额',
    ],
    ['a key twice', extra('{ key: note, label: 新, type: text }'), 26, '字段 note 写了两次', '不同的代号'],
    [
      'a label twice',
      extra('{ key: x, label: 支付资金, type: amount }'),
      26,
      '“支付资金”写了两次',
      '都不相同',
    ],
    ['a reserved key', extra('{ key: stage, label: 阶段, type: text }'), 26, '系统自己要用', '换一个'],
    [
      'a key of the report with another type',
      extra('{ key: fundsSpent, label: 新, type: text }'),
      26,
      '类型 amount',
      'type: amount',
    ],
    [
      'a key that is no key',
      extra('{ key: 资金, label: 资金, type: amount }'),
      26,
      'key：要以小写字母开头',
      'key',
    ],
    [
      'a choice without choices',
      extra('{ key: x, label: 新, type: choice }'),
      26,
      'choices：type: choice 要写 choices',
      '至少两个',
    ],
    [
      'a unit of an amount',
      extra('{ key: x, label: 新, type: amount, unit: 元 }'),
      26,
      'unit：只有 integer 能写单位',
      'unit',
    ],
    ['an unknown check', withForm(FIELDS, '[adds-up]'), 20, '没有核对规则 adds-up', 'total-within-plan'],
    [
      'a check on a field that is not there',
      withForm(FIELDS, '["spent <= got"]'),
      20,
      '用到的字段 got 不在表单里',
      '补上这个字段',
    ],
    [
      'a known check without its field',
      withForm(FIELDS, '[total-within-plan]'),
      20,
      '用到的字段 investedTotal 不在表单里',
      '补上这个字段',
    ],
    ['a check between types', withForm(FIELDS, '["workers <= inPlace"]'), 20, '不能比大小', '同为'],
    ['a check on a text', withForm(FIELDS, '["note >= last"]'), 20, '不能比大小', '同为'],
    [
      'the name of an included form',
      withForm(FIELDS, '', 'stage-report'),
      18,
      '是自带表单的名称',
      '换一个代号',
    ],
  ])('%s', async (_, text, line, what, cure) => {
    const { problems, next } = await importing({ 'a.yaml': text })
    const [first] = problems
    expect(first).toMatchObject({ severity: 'error', file: 'a.yaml', line })
    expect(first?.row).toContain('plans 第1条（plan）的表单第1条')
    expect(first?.what).toContain(what)
    expect(first?.cure).toContain(cure)
    expect(next.plans[0]).not.toHaveProperty('forms')
    expect(next.plans[0]?.rules.map(({ key }) => key)).toEqual(['r1'])
    expect(problems.slice(1).map((problem) => problem.what)).toEqual([
      expect.stringContaining('表单 yonggong'),
    ])
  })

  it('twice the same key, and a rule that names none of them', async () => {
    const rule = RULE.replace('form: yonggong', 'form: yongong')
    const once = withForm(FIELDS, '', 'yonggong', rule)
    const twice = once.replace(
      '    forms:\n',
      '    forms:\n      - { key: yonggong, title: 另一张, fields: [{ key: a, label: 甲, type: text }] }\n',
    )
    const { problems } = await importing({ 'a.yaml': twice })
    expect(problems.map(({ what }) => what)).toEqual([
      '表单 yonggong 在这个方案里写了两次',
      '没有表单 yongong',
    ])
    expect(problems[1]?.cure).toContain(
      'monthly-progress、stage-report、liaison-registration、problem-report、none、yonggong',
    )
  })

  it('with a mark of secrecy is refused without a word of it', async () => {
    const text = withForm().replace('        title: 用工', '        涉密: 是\n        title: 用工')
    const { problems, next } = await importing({ 'a.yaml': text })
    expect(JSON.stringify(problems)).not.toContain('用工和资金')
    expect(problems[0]?.what).toContain('涉密')
    expect(next.plans[0]).not.toHaveProperty('forms')
  })
})

it('the JSON Schema knows forms and their types', () => {
  const text = JSON.stringify(importJsonSchema())
  for (const word of ['"forms"', '"longtext"', '"carries"', 'spent <= inPlace', 'problem-report'])
    expect(text).toContain(word)
})
