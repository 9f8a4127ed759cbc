// What an import would change, and how the report says it.
import { describe, expect, it } from 'vitest'
import { formatImportReport, importJsonSchema, type Snapshot } from '../../../src/app/import/index.ts'
import { importing, office } from './files.ts'

const present = async (): Promise<Snapshot> => (await importing({ 'a.yaml': office })).next

describe('changes', () => {
  it('name each field with its old and its new value', async () => {
    const edited = office
      .replace('name: 道路', 'name: 道路工程')
      .replace('stage: not-started', 'stage: under-construction, investment: "320.50"')
    const result = await importing({ 'a.yaml': edited }, await present())
    expect(result.changes).toEqual([
      {
        section: 'projects',
        key: 'road',
        kind: 'changed',
        fields: [
          { field: 'name', before: '道路', after: '道路工程' },
          { field: 'totalInvestment', after: '320.5' },
        ],
      },
    ])
    const report = formatImportReport(result)
    expect(report).toContain('  修改 road\n    名称：道路 → 道路工程\n    计划总投资（万元）：无 → 320.5\n')
    expect(report).toContain('合计：新增0条，修改1条，删除0条')
    expect(report).toContain('阶段没有采用文件里的“在建”：该项目已经是“未开工”')
  })

  it('take away the rules that a plan no longer has', async () => {
    const without = office.replace(/ {6}- \{ key: r1.*\n/, '').replace('rules:', 'rules: []')
    const { changes } = await importing({ 'a.yaml': without }, await present())
    expect(changes.find((change) => change.section === 'rules')).toEqual({
      section: 'rules',
      key: 'plan/r1',
      kind: 'removed',
      fields: [],
    })
  })

  it('leave alone what the files do not speak of', async () => {
    const { next } = await importing(
      { 'b.yaml': 'units:\n  - { key: danba, name: 丹巴县经信局 }' },
      await present(),
    )
    expect(next.directory.units).toHaveLength(4)
    expect(next.plans).toHaveLength(1)
  })

  it('speak of none in a report when there are none', async () => {
    const result = await importing({ 'a.yaml': office }, await present())
    expect(formatImportReport(result)).toBe('没有改动：16条与现有内容相同。\n')
  })
})

describe('a successor (C8)', () => {
  const successor = office.replace(
    'since: 2021-04-11, holder: { key: kd-ll, name: 康定市联络员, wecom: kd-ll }',
    'since: 2021-09-01, holder: { key: kd-ll-2, name: 康定市接任联络员, wecom: kd-ll-2 }',
  )

  it('ends the term of his predecessor the day before', async () => {
    const { problems, next } = await importing({ 'a.yaml': successor }, await present())
    expect(problems).toEqual([])
    expect(next.directory.holdings.filter((holding) => holding.post === 'kd-ll')).toEqual([
      { post: 'kd-ll', person: 'kd-ll', from: '2021-04-11', until: '2021-08-31' },
      { post: 'kd-ll', person: 'kd-ll-2', from: '2021-09-01' },
    ])
  })

  it('stays when an old file or the same file is imported again', async () => {
    const { next } = await importing({ 'a.yaml': successor }, await present())
    expect((await importing({ 'a.yaml': office }, next)).changes).toEqual([])
    expect((await importing({ 'a.yaml': successor }, next)).changes).toEqual([])
  })

  it('on the first day of his predecessor corrects who it was', async () => {
    const corrected = office.replace(
      'holder: { key: kd-ll, name: 康定市联络员, wecom: kd-ll }',
      'holder: ld-ll',
    )
    const { next } = await importing({ 'a.yaml': corrected }, await present())
    expect(next.directory.holdings.find((holding) => holding.post === 'kd-ll')?.person).toBe('ld-ll')
  })
})

describe('accounts', () => {
  it('can change hands within one import', async () => {
    const swapped =
      'people:\n  - { key: kd-ll, name: 康定市联络员, wecom: LD-LL }\n  - { key: ld-ll, name: 泸定县联络员, wecom: kd-ll }'
    const { problems, changes } = await importing({ 'b.yaml': swapped }, await present())
    expect(problems).toEqual([])
    expect(changes.map((change) => change.key)).toEqual(['kd-ll', 'ld-ll'])
  })

  it('are asked in the preferred order', async () => {
    const both = 'people:\n  - { key: x, name: 某岗位, wecom: x, dingtalk: X1, prefers: dingtalk }'
    const { next } = await importing({ 'b.yaml': both }, await present())
    expect(next.directory.people.at(-1)?.accounts.map((account) => account.channel)).toEqual([
      'dingtalk',
      'wecom',
    ])
  })
})

describe('the JSON Schema', () => {
  it('has every section and explains the fields', () => {
    const schema = JSON.stringify(importJsonSchema())
    for (const section of [
      'units',
      'people',
      'posts',
      'holdings',
      'delegations',
      'projects',
      'groups',
      'plans',
    ])
      expect(schema).toContain(`"${section}"`)
    expect(schema).toContain('钉钉的 userId；纯数字请加引号')
  })
})
