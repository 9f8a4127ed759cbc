// The Chinese names and units of the fields, for cards and questions.
import type { FieldKey } from './types.ts'

/** Label and unit of each field as people see them; the unit is empty where there is none. */
export const FIELD_LABELS: Readonly<Record<FieldKey, { label: string; unit: string }>> = {
  investedThisMonth: { label: '本月完成投资', unit: '万元' },
  investedThisYear: { label: '今年完成投资', unit: '万元' },
  investedTotal: { label: '累计完成投资', unit: '万元' },
  fundsInPlace: { label: '到位资金', unit: '万元' },
  fundsSpent: { label: '支付资金', unit: '万元' },
  percentComplete: { label: '形象进度', unit: '%' },
  physicalProgress: { label: '进展情况', unit: '' },
  demolition: { label: '征地拆迁', unit: '' },
  problems: { label: '存在问题', unit: '' },
  measures: { label: '下一步打算', unit: '' },
  helpNeeded: { label: '需协调事项', unit: '' },
  expectedFinish: { label: '预计完工时间', unit: '' },
  stage: { label: '项目阶段', unit: '' },
}
