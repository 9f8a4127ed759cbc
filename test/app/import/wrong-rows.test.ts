// Each kind of wrong row: it names its file, its line and the cure, and spoils nothing else.
import { describe, expect, it } from 'vitest'
import { formatImportReport, type Problem } from '../../../src/app/import/index.ts'
import { importing, office } from './files.ts'
import { wrongRows } from './wrong-rows.ts'

describe('a wrong row', () => {
  it.each(wrongRows)('$name', async ({ rows, line, what, cure, more = [] }) => {
    const good = 'units:\n  - { key: sound, name: 照常导入的单位 }'
    const result = await importing({ 'a-office.yaml': office, 'b-wrong.yaml': rows, 'c-good.yaml': good })
    const [first, ...others] = result.problems
    expect(first).toMatchObject({ severity: 'error', file: 'b-wrong.yaml', line })
    expect(first?.what).toContain(what)
    expect(first?.cure).toContain(cure)
    expect(others.map((problem) => problem.what)).toEqual(more.map((text) => expect.stringContaining(text)))
    expect(result.next.directory.units.map((unit) => unit.key)).toContain('sound')
    expect(result.next.directory.posts.slice(0, 3).map((post) => post.key)).toEqual([
      'duban',
      'kd-ll',
      'ld-ll',
    ])
    const report = formatImportReport(result)
    expect(report).toContain(`b-wrong.yaml 第${line}行`)
    expect(report).toContain(`怎么办：${first?.cure}`)
  })

  it('does not come in with what was refused', async () => {
    const rows =
      'posts:\n  - { key: p, title: 局长, unit: nowhere, role: head, since: 2021-04-11, holder: { key: q, name: 某局长, wecom: q } }'
    const { next } = await importing({ 'a.yaml': office, 'b.yaml': rows })
    expect(next.directory.people.map((person) => person.key)).not.toContain('q')
    expect(next.directory.holdings.map((holding) => holding.post)).not.toContain('p')
  })

  it('leaves the present version of the row in force', async () => {
    const { next: present } = await importing({ 'a.yaml': office })
    const wrong = 'units:\n  - { key: kangding, name: 康定市经信局, parent: nowhere }'
    const result = await importing({ 'b.yaml': wrong }, present)
    expect(result.changes).toEqual([])
    expect(result.next).toEqual(present)
  })

  it('is a post without its person when two people claim one account', async () => {
    const rows =
      'posts:\n  - { key: p, title: 局长, unit: kangding, role: head, since: 2021-04-11, holder: { key: q, name: 某局长, wecom: LD-LL } }'
    const { problems, next } = await importing({ 'a.yaml': office, 'b.yaml': rows })
    expect(problems.map((problem) => [problem.line, problem.what])).toEqual([
      [2, expect.stringContaining('账号 wecom ld-ll 已经属于')],
    ])
    expect(next.directory.posts.map((post) => post.key)).not.toContain('p')
  })
})

describe('a long chain of units under an unknown one', () => {
  it('is refused row by row, in the time of one look at each', async () => {
    const rows = Array.from(
      { length: 2000 },
      (_, i) => `  - { key: u${i}, name: 单位${i}, parent: u${i + 1} }`,
    )
    const { problems, next } = await importing({ 'a.yaml': ['units:', ...rows].join('\n') })
    expect(problems).toHaveLength(2000)
    expect(problems[0]?.what).toContain('单位 u1 没有导入')
    expect(problems.at(-1)?.what).toBe('单位 u2000 没有登记')
    expect(next.directory.units).toEqual([])
  })
})

describe('a file that cannot be read', () => {
  const what = (problems: readonly Problem[]) => problems.map((problem) => problem.what)

  it('is named with the line where YAML ends to make sense', async () => {
    const broken =
      'units:\n  - { key: danba, name: 丹巴县经信局 }\n  - { key: jiulong, name: [九龙县\nposts: []'
    const { problems, next } = await importing({ 'a.yaml': office, 'broken.yaml': broken })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ file: 'broken.yaml', line: 4 })
    expect(problems[0]?.what).toContain('YAML 格式有误')
    expect(next.directory.units).toHaveLength(3)
  })

  it('is told apart by its fault', async () => {
    const gbk = new Uint8Array([0xb8, 0xca, 0xd7, 0xce])
    expect(what((await importing({ 'gbk.yaml': gbk })).problems)).toEqual(['不是 UTF-8 编码'])
    expect(what((await importing({ 'list.yaml': '- a\n- b' })).problems)).toEqual(['文件里没有分节'])
    expect(what((await importing({ 'two.yaml': 'units: []\nunits: []' })).problems)).toEqual([
      '同一个分节写了两次',
    ])
    expect(what((await importing({ 'alias.yaml': 'units: *nowhere' })).problems)).toHaveLength(1)
    expect(what((await importing({ 'docs.yaml': 'units: []\n---\nposts: []' })).problems)).toEqual([
      '一个文件里有两份内容（--- 分隔）',
    ])
    expect(what((await importing({})).problems)).toEqual(['文件夹里没有 .yaml 文件'])
  })

  it('may be empty, or start with a byte order mark', async () => {
    const { problems, next } = await importing({
      'empty.yaml': '',
      'bom.yaml': '\uFEFFunits:\n  - { key: a, name: 甲 }',
    })
    expect(problems).toEqual([])
    expect(next.directory.units).toHaveLength(1)
  })
})
