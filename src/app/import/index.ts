// The import as other parts of the product see it.
export { importJsonSchema } from './json-schema.ts'
export { emptySnapshot, type ImportPlan, planImport } from './plan-import.ts'
export { formatImportReport } from './report.ts'
export type { Change, FieldChange, Problem, Snapshot } from './types.ts'
