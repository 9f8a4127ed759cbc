// The forms of a plan: no word or key means two things, and every check is about fields that are there.
import { CHECKS } from '../../core/form/cross-checks.ts'
import { FORMS, isIncludedForm } from '../../core/form/forms.ts'
import { COMPARABLE, comparisonOf, ownCheckName } from '../../core/form/own-checks.ts'
import type { CheckName, Form, FormField, KnownCheck } from '../../core/form/types.ts'
import type { Plan } from '../../core/plan/types.ts'
import type { Check } from './check.ts'
import type { Fault, Row } from './findings.ts'
import type { FormRow } from './formats-form.ts'
import type { PlanRow } from './parse-rows.ts'

/** The good forms of a plan's row; a refused one leaves its present version in force. */
export function formsOf(check: Check, { value }: Row<PlanRow>, present: Plan | undefined): Form[] {
  const accepted = new Map<string, Form>()
  for (const { entry, value: row } of value.forms) {
    const fault = accepted.has(row.name) ? twice(row.name) : faultOf(row)
    if (fault === undefined) accepted.set(row.name, { ...row, checks: row.checks.flatMap(checkName) })
    else check.findings.refuse(entry, fault)
  }
  return [...new Set(value.formOrder)].flatMap((key) => {
    const form = accepted.get(key) ?? present?.forms?.find(({ name }) => name === key)
    return form === undefined ? [] : [form]
  })
}

/** Why a rule can't name this form; undefined when it can. */
export function unknownForm(name: string, forms: readonly Form[], { formOrder }: PlanRow): Fault | undefined {
  if (isIncludedForm(name) || forms.some((form) => form.name === name)) return undefined
  if (formOrder.includes(name))
    return {
      path: ['form'],
      what: `表单 ${name} 有误没有导入，所以这一条也没有导入`,
      cure: '请先改好那张表单',
    }
  const known = [...Object.keys(FORMS), ...forms.map((form) => form.name)].join('、')
  return {
    path: ['form'],
    what: `没有表单 ${name}`,
    cure: `请改成其中一个，或在方案的 forms 里补上：${known}`,
  }
}

const twice = (key: string): Fault => ({
  path: ['key'],
  what: `表单 ${key} 在这个方案里写了两次`,
  cure: '请给每张表单不同的代号',
})

function faultOf(row: FormRow): Fault | undefined {
  if (isIncludedForm(row.name) || row.name === 'own')
    return { path: ['key'], what: `${row.name} 是自带表单的名称`, cure: '请换一个代号' }
  return fieldsFault(row) ?? checksFault(row)
}

/** What the record, the page or the project's stage already mean by these. */
const RESERVED = ['revision', 'reason', 'explanations', 'noChange', 'stage', 'statement']

function fieldsFault({ fields }: FormRow): Fault | undefined {
  const keys = new Set<string>()
  const words = new Set<string>()
  for (const [index, field] of fields.entries()) {
    const path = ['fields', index, 'key']
    if (RESERVED.includes(field.key))
      return { path, what: `字段代号 ${field.key} 系统自己要用`, cure: '请换一个字段代号' }
    if (keys.size === keys.add(field.key).size)
      return { path, what: `字段 ${field.key} 写了两次`, cure: '请给每个字段不同的代号' }
    const known = reportField(field.key)
    if (known && known.type !== field.type)
      return {
        path: ['fields', index, 'type'],
        what: `${field.key} 在月报里是“${known.label}”，类型 ${known.type}`,
        cure: `请写 type: ${known.type}，或换一个字段代号`,
      }
    const word = [field.label, ...(field.also ?? [])].find((one) => words.size === words.add(one).size)
    if (word !== undefined)
      return {
        path: ['fields', index, 'label'],
        what: `“${word}”写了两次，群里回复时分不清是哪一项`,
        cure: '请让每个字段的 label 和 also 都不相同',
      }
  }
  return undefined
}

/** Ledgers add these up over all records, whatever form they came with. */
const reportField = (key: string): FormField | undefined =>
  FORMS['monthly-progress'].fields.find((field) => field.key === key)

function checksFault({ fields, checks }: FormRow): Fault | undefined {
  for (const [index, check] of checks.entries()) {
    const fault = checkFault(fields, check)
    if (fault) return { path: ['checks', index], ...fault }
  }
  return undefined
}

function checkFault(fields: readonly FormField[], check: string): Fault | undefined {
  const found = checkName(check)[0]
  const comparison = comparisonOf(check)
  if (found === undefined)
    return {
      what: `没有核对规则 ${check}`,
      cure: `请写 "字段 <= 字段"、"字段 >= last"（不少于上期），或 ${Object.keys(CHECKS).join('、')}`,
    }
  const keys = comparison
    ? [comparison.field, ...(comparison.other === undefined ? [] : [comparison.other])]
    : CHECKS[found as KnownCheck].involves
  const missing = keys.find((key) => fields.every((field) => field.key !== key))
  if (missing !== undefined)
    return {
      what: `核对规则 ${check} 用到的字段 ${missing} 不在表单里`,
      cure: '请改正字段代号，或补上这个字段',
    }
  const types = new Set(fields.filter(({ key }) => keys.includes(key)).map(({ type }) => type))
  if (comparison && (types.size > 1 || ![...types].every((type) => COMPARABLE.includes(type))))
    return {
      what: `核对规则 ${check} 比较的字段类型不能比大小`,
      cure: '两个字段要同为 amount、percent、integer 或 date',
    }
  return undefined
}

/** Empty for a check that nobody knows. */
function checkName(written: string): CheckName[] {
  if (Object.hasOwn(CHECKS, written)) return [written as KnownCheck]
  const comparison = comparisonOf(written)
  return comparison === undefined ? [] : [ownCheckName(comparison)]
}
