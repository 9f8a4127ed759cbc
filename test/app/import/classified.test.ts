// Rows marked 涉密 are refused, and nothing that stands in them is said anywhere.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isClassified } from '../../../src/app/import/classified.ts'
import { formatImportReport, type ImportPlan } from '../../../src/app/import/index.ts'
import { importing, office } from './files.ts'

const SECRET = 'miji'

function expectNoTrace(result: ImportPlan): void {
  const said = [JSON.stringify(result), formatImportReport(result)].join()
  expect(said).not.toContain(SECRET)
}

const rows: [string, string][] = [
  [
    'classified: true',
    `projects:\n  - { key: ${SECRET}, name: ${SECRET}, unit: kangding, stage: suspended, plans: [plan], classified: true }`,
  ],
  ['涉密: 是', `projects:\n  - { key: ${SECRET}, name: ${SECRET}, 涉密: 是 }`],
  ['是否涉密: 是', `units:\n  - { key: ${SECRET}, name: ${SECRET}, 是否涉密: 是 }`],
  ['密级: 涉密', `groups:\n  - { key: ${SECRET}, name: ${SECRET}, chat: ${SECRET}, 密级: 涉密 }`],
  ['密级: 机密', `people:\n  - { key: ${SECRET}, name: ${SECRET}, wecom: ${SECRET}, 密级: 机密 }`],
  ['a mark in the name', `units:\n  - { key: ${SECRET}, name: （涉密）${SECRET} }`],
  [
    'a mark on the holder',
    `posts:\n  - { key: ${SECRET}, title: ${SECRET}, unit: kangding, role: other, since: 2021-04-11, holder: { key: ${SECRET}, name: ${SECRET}, 涉密: 是 } }`,
  ],
  ['a malformed row', `units:\n  - { key: ${SECRET}, nmae: ${SECRET}, 涉密: 是 }`],
  ['a mark written twice', `units:\n  - { key: ${SECRET}, name: ${SECRET}, 涉密: 是, 涉密: 否 }`],
  [
    'a whole plan',
    `plans:\n  - { key: ${SECRET}, name: ${SECRET}, 密级: 秘密, issued: 2021-04-11, office: bureau, policy: standard, rules: [] }`,
  ],
]

describe('a classified row', () => {
  it.each(rows)('is refused without a trace: %s', async (_, text) => {
    const result = await importing({ 'a.yaml': office, 'b.yaml': text })
    expect(result.problems.map(({ file, line, row }) => ({ file, line, row }))).toEqual([
      { file: 'b.yaml', line: 2, row: text.includes('是, 涉密') ? 'units 第1条' : undefined },
    ])
    expect(result.next.directory.units.length).toBe(3)
    expectNoTrace(result)
  })

  it('takes what depends on it along, still without a trace', async () => {
    const text = [
      'units:',
      `  - { key: ${SECRET}, name: ${SECRET}, 涉密: 是 }`,
      'posts:',
      `  - { key: ${SECRET}-ll, title: 联络员, unit: ${SECRET}, role: liaison, since: 2021-04-11, holder: { key: ${SECRET}-p, name: ${SECRET} } }`,
      'holdings:',
      `  - { post: ${SECRET}-ll, person: kd-ll, from: 2022-01-01 }`,
      `  - { post: kd-ll, person: ${SECRET}-p, from: 2022-01-01 }`,
      'projects:',
      `  - { key: p, name: 项目, unit: ${SECRET}, stage: suspended, plans: [plan] }`,
      'groups:',
      `  - { key: g, name: 群, channel: wecom, chat: wr9, units: [${SECRET}] }`,
    ].join('\n')
    const result = await importing({ 'a.yaml': office, 'b.yaml': text })
    expect(result.problems.map((problem) => problem.line)).toEqual([2, 4, 6, 7, 9, 11])
    expect(result.problems[1]?.what).toContain('引用了因涉密没有导入的内容')
    expect(result.problems.every((problem) => problem.row === undefined)).toBe(true)
    expectNoTrace(result)
  })

  it('refuses only itself when it is a rule, an event or a measure of a plan', async () => {
    const plan = (extra: string) =>
      office.replace(
        '    rules:\n',
        `    events: [{ event: ${SECRET}, date: 2021-05-01, 涉密: 是 }]\n    rules:\n${extra}`,
      )
    const rule = `      - { key: ${SECRET}, title: ${SECRET}, kind: answer, due: 2021-05-01, opens: 2021-04-12, for: kangding, 涉密: 是 }\n`
    const result = await importing({ 'a.yaml': plan(rule) })
    expect(result.problems).toHaveLength(2)
    expect(result.next.plans[0]?.rules.map((entry) => entry.key)).toEqual(['r1'])
    expectNoTrace(result)
  })

  it('may be a whole file', async () => {
    const result = await importing({
      'a.yaml': `密级: 秘密\nunits:\n  - { key: ${SECRET}, name: ${SECRET} }`,
    })
    expect(result.problems.map((problem) => problem.what)).toEqual(['整个文件标有涉密标记，没有导入'])
    expectNoTrace(result)
  })

  it('leaves no trace in a file that is broken elsewhere', async () => {
    const result = await importing({
      'a.yaml': `units:\n  - { key: ${SECRET}, 涉密: 是 }\n  - { name: [${SECRET}\n${SECRET}:`,
    })
    expect(result.problems).toHaveLength(1)
    expectNoTrace(result)
  })
})

describe('a mark', () => {
  it('may say that a row is not classified', async () => {
    const text =
      'units:\n  - { key: a, name: 甲, 涉密: 否, 密级: 公开, classified: false }\n  - { key: b, name: 非涉密资料室, 密级: }'
    const { problems, next } = await importing({ 'a.yaml': text })
    expect(problems).toEqual([])
    expect(next.directory.units).toHaveLength(2)
  })

  it('is believed unless it clearly says no', () => {
    fc.assert(
      fc.property(fc.string(), (said) => {
        const isNo = ['', '0', 'n', 'no', 'false'].includes(said.trim().toLowerCase())
        expect(isClassified({ deep: [{ 涉密: said }] })).toBe(!isNo)
      }),
    )
    expect(isClassified({ 涉密: '不涉密' })).toBe(false)
    expect(isClassified({ 密级: '看不清' })).toBe(true)
  })
})
