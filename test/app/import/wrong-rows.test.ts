// Each kind of wrong row: it names its file, its line and the cure, and spoils nothing else.
import { describe, expect, it } from 'vitest'
import { formatImportReport, type Problem } from '../../../src/app/import/index.ts'
import { importing, office } from './files.ts'

type Case = { name: string; rows: string; line: number; what: string; cure: string; more?: string[] }

// `rows` are imported from a second file beside the sound office; `more` are the problems that follow from the first.
const cases: Case[] = [
  {
    name: 'a missing field',
    rows: 'units:\n  - { key: danba }',
    line: 2,
    what: 'name：没有写',
    cure: '请填写name：名称',
  },
  {
    name: 'a misspelt field',
    rows: 'units:\n  - { key: danba, name: 丹巴县经信局, nmae: 丹巴 }',
    line: 2,
    what: '有不认识的字段：nmae',
    cure: '拼写',
  },
  {
    name: 'a value of the wrong type',
    rows: 'people:\n  - key: x\n    name: 某岗位\n    wecom: 12345',
    line: 4,
    what: 'wecom：应是文字',
    cure: '纯数字请加引号',
  },
  {
    name: 'a role that does not exist',
    rows: 'posts:\n  - { key: p, title: 科员, unit: bureau, role: clerk }',
    line: 2,
    what: 'role：只能是：liaison、head',
    cure: 'liaison 联络员',
  },
  {
    name: 'a key with blanks',
    rows: 'units:\n  - { key: dan ba, name: 丹巴县经信局 }',
    line: 2,
    what: 'key：写法不对',
    cure: '代号',
  },
  {
    name: 'an unknown parent',
    rows: 'units:\n  - { key: danba, name: 丹巴县经信局, parent: nowhere }',
    line: 2,
    what: '单位 nowhere 没有登记',
    cure: '请先在 units 里登记',
  },
  {
    name: 'a cycle in the tree',
    rows: 'units:\n  - { key: a, name: 甲, parent: b }\n  - { key: b, name: 乙, parent: a }\n  - { key: c, name: 丙, parent: a }',
    line: 2,
    what: '绕成了圈：a → b → a',
    cure: 'parent',
    more: ['绕成了圈：b → a → b', '单位 a 没有导入'],
  },
  {
    name: 'a key used twice',
    rows: 'units:\n  - { key: danba, name: 丹巴县经信局 }\n  - { key: danba, name: 丹巴县商务局 }',
    line: 3,
    what: '第2行重复',
    cure: '另一个代号',
  },
  {
    name: 'a field written twice',
    rows: 'units:\n  - key: danba\n    name: 丹巴县经信局\n    name: 丹巴县商务局',
    line: 4,
    what: '一个字段写了两次',
    cure: '删去',
  },
  {
    name: 'a post of an unknown unit, with all that is written into it',
    rows: 'posts:\n  - { key: p, title: 局长, unit: nowhere, role: head, since: 2021-04-11, holder: { key: q, name: 某局长 } }\ndelegations:\n  - { post: p, to: kd-ll, from: 2021-05-01, until: 2021-05-02 }',
    line: 2,
    what: '单位 nowhere 没有登记',
    cure: 'units',
    more: ['岗位 p 没有导入'],
  },
  {
    name: 'a second liaison of a unit',
    rows: 'posts:\n  - { key: p, title: 联络员, unit: kangding, role: liaison }',
    line: 2,
    what: '单位 kangding 已有联络员（liaison）岗位',
    cure: 'role: other',
  },
  {
    name: 'a holder without a first day',
    rows: 'posts:\n  - { key: p, title: 局长, unit: kangding, role: head, holder: kd-ll }',
    line: 2,
    what: '没有写从哪天起在任',
    cure: '2021-04-12',
  },
  {
    name: 'an unknown holder',
    rows: 'posts:\n  - { key: p, title: 局长, unit: kangding, role: head, since: 2021-04-11, holder: nobody }',
    line: 2,
    what: '人员 nobody 没有登记',
    cure: 'people',
  },
  {
    name: 'an account of somebody else, in another case',
    rows: 'people:\n  - { key: x, name: 某岗位, wecom: KD-LL }',
    line: 2,
    what: '账号 wecom kd-ll 已经属于',
    cure: '一个账号只能属于一个人',
  },
  {
    name: 'a date that does not exist',
    rows: 'holdings:\n  - post: kd-ll\n    person: ld-ll\n    from: 2021-02-30',
    line: 4,
    what: 'from：日历上没有这一天',
    cure: '第一天',
  },
  {
    name: 'a date in another form',
    rows: 'delegations:\n  - { post: kd-ll, to: ld-ll, from: 2021-5-1, until: 2021-05-02 }',
    line: 2,
    what: 'from：日期要写成 2021-04-30 这样',
    cure: '第一天',
  },
  {
    name: 'an end before its beginning',
    rows: 'delegations:\n  - { post: kd-ll, to: ld-ll, from: 2021-05-03, until: 2021-05-02 }',
    line: 2,
    what: 'until：最后一天（until）早于第一天（from）',
    cure: '最后一天',
  },
  {
    name: 'two holders on the same days',
    rows: 'posts:\n  - { key: p, title: 局长, unit: kangding, role: head }\nholdings:\n  - { post: p, person: kd-ll, from: 2021-04-11, until: 2021-12-31 }\n  - { post: p, person: ld-ll, from: 2021-09-01 }',
    line: 5,
    what: '岗位 p 的任期与 kd-ll 的任期（2021-04-11 至 2021-12-31）重叠',
    cure: 'until',
  },
  {
    name: 'a group of an unknown plan',
    rows: 'groups:\n  - { key: g, name: 群, channel: wecom, chat: wr2, plans: [nowhere] }',
    line: 2,
    what: '方案 nowhere 没有登记',
    cure: 'plans',
  },
  {
    name: 'a group bound to nothing',
    rows: 'groups:\n  - { key: g, name: 群, channel: wecom, chat: wr2 }',
    line: 2,
    what: '没有绑定任何方案',
    cure: '导入格式说明',
  },
  {
    name: 'a chat that another group has',
    rows: 'groups:\n  - { key: g, name: 群, channel: wecom, chat: wr1, plans: [plan] }',
    line: 2,
    what: '这个群已经登记过',
    cure: '一个群只登记一条',
  },
  {
    name: 'an unknown stage',
    rows: 'projects:\n  - { key: p, name: 桥梁, unit: kangding, stage: building, plans: [plan] }',
    line: 2,
    what: 'stage：只能是：not-started',
    cure: '在建',
  },
  {
    name: 'an investment with its unit',
    rows: 'projects:\n  - { key: p, name: 桥梁, unit: kangding, stage: suspended, plans: [plan], investment: 1.2亿 }',
    line: 2,
    what: '投资额要写成不带单位的数字',
    cure: '万元',
  },
  {
    name: 'a liaison post that does not exist',
    rows: 'projects:\n  - { key: p, name: 桥梁, unit: kangding, stage: suspended, plans: [plan], liaison: nowhere }',
    line: 2,
    what: '岗位 nowhere 没有登记',
    cure: 'posts',
  },
  {
    name: 'a section that does not exist',
    rows: 'unit:\n  - { key: danba, name: 丹巴县经信局 }',
    line: 1,
    what: '不认识的分节',
    cure: 'units、people',
  },
  {
    name: 'a section that is no list',
    rows: 'units: { key: danba, name: 丹巴县经信局 }',
    line: 1,
    what: '分节里应是列表',
    cure: '“- ”',
  },
]

describe('a wrong row', () => {
  it.each(cases)('$name', async ({ rows, line, what, cure, more = [] }) => {
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
