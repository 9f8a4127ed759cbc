// What zod finds wrong with a row, in words for a clerk: what is wrong, where, and how to put it right.
import { z } from 'zod'
import { help } from './fields.ts'
import type { Path } from './types.ts'

export type Complaint = { readonly path: Path; readonly what: string; readonly cure: string }

type Issue = z.core.$ZodIssue

const chinese = z.locales.zhCN().localeError

/** Validates a value. Never throws. */
export function parsed<T extends z.ZodType>(
  schema: T,
  value: unknown,
): { value: z.output<T> } | { complaints: Complaint[] } {
  const result = schema.safeParse(value, { error: wordingOf })
  return result.success ? { value: result.data } : { complaints: result.error.issues.flatMap(complaintsOf) }
}

const typeNames: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  array: '列表',
  object: '“字段: 值”的形式',
  boolean: 'true 或 false',
}

const wordingOf: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_type' && issue.input === undefined) return '没有写'
  if (issue.code === 'invalid_type') return `应是${typeNames[issue.expected] ?? issue.expected}`
  if (issue.code === 'unrecognized_keys') return `有不认识的字段：${issue.keys.join('、')}`
  if (issue.code === 'invalid_value') return `只能是：${issue.values.join('、')}`
  if (issue.code === 'invalid_format') return '写法不对'
  return chinese(issue)
}

function complaintsOf(issue: Issue): Complaint[] {
  const nearest = issue.code === 'invalid_union' ? nearestBranch(issue) : undefined
  if (nearest !== undefined)
    return nearest.flatMap((inner) => complaintsOf({ ...inner, path: [...issue.path, ...inner.path] }))
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)))
  const message = issue.code === 'invalid_union' ? '写法不对' : issue.message
  const field = fieldOf(path)
  const what = field === undefined ? message : `${path.join('.')}：${message}`
  return [{ path, what, cure: cureFor(issue, field) }]
}

// Of the ways in which a field may be written, the one that the clerk seems to have meant: of the right type, with the fewest faults.
function nearestBranch(issue: Extract<Issue, { code: 'invalid_union' }>): Issue[] | undefined {
  const meant = issue.errors.filter((faults) => !faults.some(isWrongFromTheStart))
  const weight = (faults: Issue[]): number =>
    faults.reduce((sum, fault) => sum + (fault.code === 'unrecognized_keys' ? fault.keys.length : 1), 0)
  return meant.sort((a, b) => weight(a) - weight(b))[0]
}

const isWrongFromTheStart = (fault: Issue): boolean =>
  fault.path.length === 0 && (fault.code === 'invalid_type' || fault.code === 'invalid_value')

// The innermost named step: rules.2.due.every → every.
const fieldOf = (path: Path): string | undefined =>
  path.findLast((step): step is string => typeof step === 'string')

function cureFor(issue: Issue, field: string | undefined): string {
  if (issue.code === 'unrecognized_keys') return '请改正字段的拼写，或删去它；可用的字段见导入格式说明'
  const explained = Object.entries(help).find(([name]) => name === field)?.[1]
  if (explained === undefined) return '请照导入格式说明改正后再导入'
  return `请填写${field}：${explained}`
}
