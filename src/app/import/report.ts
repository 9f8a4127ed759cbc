// The text of `duban import`: problems first, then what changes, section by section.
import { describeField } from './describe.ts'
import type { ImportPlan } from './plan-import.ts'
import { type Change, type Problem, sectionNames, sections } from './types.ts'

const kinds = { added: '新增', changed: '修改', removed: '删除' } as const

const names: Readonly<Record<Change['section'], string>> = { ...sectionNames, rules: '规则', forms: '表单' }

const fieldNames: Readonly<Record<string, string>> = {
  name: '名称',
  short: '简称',
  parent: '上级单位',
  title: '名称',
  unit: '单位',
  role: '岗位类别',
  accounts: '账号',
  post: '岗位',
  person: '人员',
  to: '代办人',
  from: '第一天',
  until: '最后一天',
  channel: '平台',
  chatId: '群编号',
  units: '单位',
  plans: '方案',
  stage: '阶段',
  liaison: '联络员岗位',
  listedFrom: '列入日期',
  listedUntil: '退出日期',
  totalInvestment: '计划总投资（万元）',
  document: '文号',
  issuedOn: '印发日期',
  office: '督办办公室',
  leader: '领导岗位',
  complaints: '受理投诉的岗位',
  phases: '阶段和措施',
  policy: '督办阶梯',
  events: '事件',
  order: '规则的次序',
  measure: '措施',
  kind: '任务类别',
  form: '表单',
  fields: '字段',
  checks: '核对规则',
  timing: '到期',
  dueTime: '到期时刻',
  opens: '开始',
  responsible: '责任单位',
  overlap: '新旧两期',
  about: '报告期',
}

/** Plain Chinese for a terminal, each line at most one fact. Nothing of a classified row is in it. */
export function formatImportReport(result: ImportPlan): string {
  const errors = result.problems.filter((problem) => problem.severity === 'error')
  const warnings = result.problems.filter((problem) => problem.severity === 'warning')
  const blocks = [
    listOf(`有${errors.length}处错误，这些条目没有导入：`, errors.flatMap(describeProblem)),
    listOf(`有${warnings.length}处提醒，条目照常导入：`, warnings.flatMap(describeProblem)),
    ...[...sections, 'forms' as const, 'rules' as const].map((section) =>
      describeSection(section, result.changes),
    ),
    summaryOf(result),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

const listOf = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [title, ...lines].join('\n')

function describeProblem({ file, line, row, what, cure }: Problem): string[] {
  const place = [file, line === undefined ? '' : ` 第${line}行`, row === undefined ? '' : `，${row}`].join('')
  return [`  ${place}：${what}`, `    怎么办：${cure}`]
}

function describeSection(section: Change['section'], changes: readonly Change[]): string {
  const own = changes.filter((change) => change.section === section)
  return listOf(`${names[section]}：`, own.flatMap(describeChange))
}

function describeChange({ kind, key, fields }: Change): string[] {
  const shown = fields.filter(({ field }) => field !== 'key')
  if (kind === 'added') {
    const facts = shown.map(({ field, after }) => `${labelOf(field)} ${describeField(field, after)}`)
    return [`  ${kinds[kind]} ${key}：${facts.join('，')}`]
  }
  return [
    `  ${kinds[kind]} ${key}`,
    ...shown.map(({ field, before, after }) => `    ${labelOf(field)}：${changed(field, before, after)}`),
  ]
}

// Where both sides read the same, the difference is deeper than the report goes.
function changed(field: string, before: unknown, after: unknown): string {
  const [old, fresh] = [describeField(field, before), describeField(field, after)]
  return old === fresh ? '内容有改动' : `${old} → ${fresh}`
}

const labelOf = (field: string): string => fieldNames[field] ?? field

function summaryOf({ changes, unchanged, problems }: ImportPlan): string {
  const count = (kind: Change['kind']): number => changes.filter((change) => change.kind === kind).length
  const refused = new Set(problems.filter((p) => p.severity === 'error').map((p) => `${p.file}:${p.line}`))
    .size
  if (changes.length === 0)
    return `没有改动：${unchanged}条与现有内容相同${refused > 0 ? `，${refused}处有误` : ''}。`
  return `合计：新增${count('added')}条，修改${count('changed')}条，删除${count('removed')}条，${unchanged}条不变${refused > 0 ? `，${refused}处有误` : ''}。`
}
