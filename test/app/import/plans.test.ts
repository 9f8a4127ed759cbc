// Plan files: every timing and opening, choices of units, and what is wrong with a rule.
import { describe, expect, it } from 'vitest'
import type { Rule } from '../../../src/core/plan/types.ts'
import { promptOnlyPolicy, standardPolicy } from '../../../src/core/task/policy.ts'
import { importing, office } from './files.ts'

const withRules = (rules: readonly string[], rest = ''): string =>
  [office.slice(0, office.indexOf('projects:')), rest, ...rules.map((rule) => `      - { ${rule} }\n`)]
    .join('')
    .concat(office.slice(office.indexOf('projects:')))

const basics = 'key: r2, title: 报送, kind: answer'

async function ruleFrom(rule: string): Promise<Rule | undefined> {
  const { problems, next } = await importing({ 'a.yaml': withRules([`${basics}, ${rule}`]) })
  expect(problems.filter((problem) => problem.severity === 'error')).toEqual([])
  return next.plans[0]?.rules.find((entry) => entry.key === 'r2')
}

async function complaintAbout(rule: string): Promise<string> {
  const { problems, next } = await importing({ 'a.yaml': withRules([`${basics}, ${rule}`]) })
  expect(next.plans[0]?.rules.map((entry) => entry.key)).toEqual(['r1'])
  expect(problems).toHaveLength(1)
  expect(problems[0]?.line).toBe(19)
  expect(problems[0]?.row).toBe('plans 第1条（plan）的规则第2条（r2）')
  return problems[0]?.what ?? ''
}

describe('a rule', () => {
  const rest = 'opens: { daysBefore: 7 }, for: kangding'

  it('falls due at every kind of time', async () => {
    const timing = async (due: string, subjects = rest) =>
      (await ruleFrom(`due: ${due}, ${subjects}`))?.timing
    expect(await timing('2021-05-31')).toEqual({ type: 'date', date: '2021-05-31' })
    expect(await timing('[2021-05-31, 2021-06-30]')).toEqual({
      type: 'dates',
      dates: ['2021-05-31', '2021-06-30'],
    })
    const span = { from: '2021-05-01', until: '2021-12-31' }
    const text = 'from: 2021-05-01, until: 2021-12-31'
    expect(await timing(`{ every: day, ${text} }`)).toEqual({ type: 'cadence', every: 'day', ...span })
    expect(await timing(`{ every: week, day: 1, ${text} }`)).toEqual({
      type: 'cadence',
      every: 'week',
      day: 1,
      ...span,
    })
    const quarterly = await timing(`{ every: quarter, month: 1, day: end, ${text} }`)
    expect(quarterly).toEqual({ type: 'cadence', every: 'quarter', month: 1, day: 'end', ...span })
    const offset = await timing('{ after: 开工, workdays: 5 }')
    expect(offset).toEqual({ type: 'offset', event: '开工', amount: 5, unit: 'workdays' })
    const stages = await timing(
      `{ stages: { suspended: { every: month, ${text} } } }`,
      'opens: { daysBefore: 0 }, for: projects',
    )
    expect(stages).toEqual({
      type: 'by-stage',
      stages: { suspended: { type: 'cadence', every: 'month', ...span } },
    })
  })

  it('opens on a day, or days or workdays ahead', async () => {
    const opens = async (opening: string) =>
      (await ruleFrom(`due: 2021-05-31, opens: ${opening}, for: kangding`))?.opens
    expect(await opens('2021-05-10')).toEqual({ type: 'date', date: '2021-05-10' })
    expect(await opens('{ daysBefore: 7 }')).toEqual({ type: 'before', amount: 7, unit: 'days' })
    expect(await opens('{ workdaysBefore: 3 }')).toEqual({ type: 'before', amount: 3, unit: 'workdays' })
  })

  it('is for projects, units, or children of a unit picked by the end of their names', async () => {
    const units = async (choice: string) =>
      (await ruleFrom(`due: 2021-05-31, opens: 2021-05-10, for: ${choice}`))?.responsible
    expect(await units('projects')).toEqual({ type: 'projects' })
    expect(await units('kangding')).toEqual({ type: 'units', units: ['kangding'] })
    expect(await units('{ childrenOf: bureau, count: 2 }')).toEqual({
      type: 'units',
      units: ['kangding', 'luding'],
    })
    expect(await units('[luding, { childrenOf: bureau, ending: 市经信局 }, luding]')).toEqual({
      type: 'units',
      units: ['luding', 'kangding'],
    })
  })

  it('names a standard ladder or brings its own', async () => {
    const policy = async (text: string) =>
      (await ruleFrom(`due: 2021-05-31, ${rest}, policy: ${text}`))?.policy
    expect(await policy('standard')).toEqual(standardPolicy)
    expect(await policy('prompt-only')).toEqual(promptOnlyPolicy)
    const own =
      '{ key: k, name: 快, steps: [{ key: a, kind: prompt, at: open, to: [assignee] }, { key: b, kind: named, at: 1, to: [group] }] }'
    expect(await policy(own)).toEqual({
      key: 'k',
      name: '快',
      steps: [
        { key: 'a', kind: 'prompt', at: { from: 'open' }, to: ['assignee'] },
        { key: 'b', kind: 'named', at: { from: 'due', workdays: 1 }, to: ['group'] },
      ],
    })
  })
})

describe('a wrong rule', () => {
  const wrong: [string, string][] = [
    ['due: 2021-05-31, opens: 2021-05-10, for: nowhere', '单位 nowhere 没有登记'],
    ['due: 2021-05-31, opens: 2021-05-10, for: { childrenOf: bureau, count: 18 }', '单位找到2个，应有18个'],
    ['due: 2021-05-31, opens: 2021-05-10, for: { childrenOf: bureau, ending: 科 }', '“科”结尾的单位找到0个'],
    ['due: 2021-05-31, opens: 2021-06-10, for: kangding', '开始日期 2021-06-10 晚于到期日期 2021-05-31'],
    ['due: 2021-05-32, opens: 2021-05-10, for: kangding', 'due：日历上没有这一天'],
    [
      'due: { every: fortnight, from: 2021-05-01, until: 2021-12-31 }, opens: 2021-05-10, for: kangding',
      'due.every：只能是：day、week',
    ],
    [
      'due: { every: week, from: 2021-05-01, until: 2021-12-31 }, opens: { daysBefore: 1 }, for: kangding',
      '星期几',
    ],
    [
      'due: { every: month, month: 2, from: 2021-05-01, until: 2021-12-31 }, opens: { daysBefore: 1 }, for: kangding',
      'month 只用于季度',
    ],
    [
      'due: { every: day, day: 3, from: 2021-05-01, until: 2021-12-31 }, opens: { daysBefore: 0 }, for: kangding',
      '不写 day',
    ],
    [
      'due: { every: month, from: 2021-05-01, until: 2021-04-30 }, opens: { daysBefore: 0 }, for: kangding',
      'until',
    ],
    ['due: { after: 开工, days: 5, months: 1 }, opens: { daysBefore: 0 }, for: kangding', '写且只写一个'],
    [
      'due: { stages: { accepted: { every: month, from: 2021-05-01, until: 2021-12-31 } } }, opens: { daysBefore: 0 }, for: kangding',
      '只能由项目来做',
    ],
    ['due: 2021-05-31, about: same-period, opens: 2021-05-10, for: kangding', 'about 只用于周期性的规则'],
    ['due: 2021-05-31, measure: m9, opens: 2021-05-10, for: kangding', '方案里没有措施 m9'],
    ['due: 2021-05-31, time: 5点, opens: 2021-05-10, for: kangding', '时刻要写成'],
    ['due: 2021-05-31, opens: soon, for: kangding', 'opens：日期要写成'],
    ['due: 2021-05-31, opens: 2021-05-10', 'for：'],
  ]

  it.each(wrong)('is refused alone: %s', async (rule, what) => {
    expect(await complaintAbout(rule)).toContain(what)
  })

  it('keeps its present version and its place', async () => {
    const { next: present } = await importing({
      'a.yaml': withRules([`${basics}, due: 2021-05-31, opens: 2021-05-10, for: kangding`]),
    })
    const edited = withRules([
      `${basics}, due: 2021-05-99, opens: 2021-05-10, for: kangding`,
      'key: r3, title: 新规则, kind: answer, due: 2021-06-30, opens: 2021-06-10, for: kangding',
    ])
    const { next, changes } = await importing({ 'a.yaml': edited }, present)
    expect(next.plans[0]?.rules.map((rule) => rule.key)).toEqual(['r1', 'r2', 'r3'])
    expect(
      changes.filter((change) => change.section === 'rules').map(({ kind, key }) => [kind, key]),
    ).toEqual([['added', 'plan/r3']])
  })

  it('may repeat the key of another', async () => {
    const rule = `${basics}, due: 2021-05-31, opens: 2021-05-10, for: kangding`
    const { problems } = await importing({ 'a.yaml': withRules([rule, rule]) })
    expect(problems.map((problem) => problem.what)).toEqual(['规则 r2 在这个方案里写了两次'])
  })
})

describe('a wrong plan', () => {
  const complaint = async (from: string, to: string) => {
    const { problems, next } = await importing({ 'a.yaml': office.replace(from, to) })
    expect(next.plans).toEqual([])
    return problems.map((problem) => problem.what)
  }

  it('is refused with what belongs to it', async () => {
    expect(await complaint('office: bureau', 'office: nowhere')).toEqual([
      '单位 nowhere 没有登记',
      expect.stringContaining('方案 plan 没有导入'),
      expect.stringContaining('方案 plan 没有导入'),
    ])
    expect((await complaint('office: bureau', 'office: bureau\n    complaints: nowhere'))[0]).toBe(
      '岗位 nowhere 没有登记',
    )
    expect((await complaint('office: bureau', 'office: kangding'))[0]).toContain('没有 role: office 的岗位')
    expect((await complaint('title: 措施', 'title: 措施, lead: [nowhere]'))[0]).toBe('单位 nowhere 没有登记')
    expect((await complaint('measures: [', 'measures: [{ key: m1, title: 另一项 }, '))[0]).toBe(
      '措施 m1 写了两次',
    )
  })
})

describe('events', () => {
  const rule = `${basics}, due: { after: 开工, days: 5 }, opens: { daysBefore: 2 }, for: projects`
  const withEvents = (events: string) =>
    withRules([rule]).replace('    rules:', `    events: [${events}]\n    rules:`)

  it('are missed with a warning until they have a date', async () => {
    const { problems } = await importing({ 'a.yaml': withRules([rule]) })
    expect(problems).toMatchObject([{ severity: 'warning', what: '事件“开工”还没有日期，暂时不会产生任务' }])
  })

  it('belong to everybody, a unit or a project', async () => {
    const events =
      '{ event: 开工, date: 2021-05-01 }, { event: 开工, subject: road, date: 2021-06-01 }, { event: 验收, subject: luding, date: 2021-07-01 }'
    const { problems, next } = await importing({ 'a.yaml': withEvents(events) })
    expect(problems).toEqual([])
    expect(next.plans[0]?.events).toHaveLength(3)
  })

  it('are refused alone, and what is present stays', async () => {
    const { next: present } = await importing({
      'a.yaml': withEvents('{ event: 开工, subject: road, date: 2021-06-01 }'),
    })
    const wrong =
      '{ event: 开工, subject: raod, date: 2021-07-01 }, { event: 验收, date: 2021-08-01 }, { event: 验收, date: 2021-09-01 }'
    const { problems, next } = await importing({ 'a.yaml': withEvents(wrong) }, present)
    expect(problems.map((problem) => problem.what)).toEqual(['项目 raod 没有登记', '事件“验收”写了两次'])
    expect(next.plans[0]?.events).toEqual([
      { event: '验收', date: '2021-08-01' },
      { event: '开工', subject: 'road', date: '2021-06-01' },
    ])
  })
})

describe('warnings', () => {
  const warnings = async (text: string) =>
    (await importing({ 'a.yaml': text })).problems.map(({ severity, what }) => `${severity} ${what}`)

  it('tell of units that nobody answers for', async () => {
    const lost = office
      .split('\n')
      .filter((line) => !line.includes('key: kd-ll'))
      .join('\n')
    expect(await warnings(lost)).toEqual([
      expect.stringContaining('warning 没有联络员岗位的单位：kangding'),
      expect.stringContaining('warning 没有联络员岗位的单位：kangding'),
    ])
    const vacant = office.replace(/(key: kd-ll, title: 联络员, unit: kangding, role: liaison).*\}/, '$1 }')
    expect(await warnings(vacant)).toEqual(['warning 联络员岗位没有在任人员'])
  })

  it('tell of people who cannot be reached, and of years without a calendar', async () => {
    expect(await warnings(office.replace(', wecom: kd-ll', ''))).toEqual([
      'warning 没有企业微信或钉钉账号，收不到消息',
    ])
    const far = withRules([`${basics}, due: 2099-05-31, opens: { daysBefore: 7 }, for: kangding`])
    expect(await warnings(far)).toEqual(['warning 规则排到2099年，而工作日历还没有这一年'])
  })
})
