// Values of the formats in words, for the report of an import.
import type { Cadence, Opening, Responsible, Timing } from '../../core/plan/types.ts'

const everyNames: Readonly<Record<Cadence['every'], string>> = {
  day: '每个工作日',
  week: '每周',
  'ten-days': '每旬（10日、20日、月末）',
  month: '每月',
  quarter: '每季度',
  'half-year': '每半年',
  year: '每年',
}

const unitNames = { days: '天', workdays: '个工作日', months: '个月', years: '年' } as const

/** A value as a clerk would say it; undefined is 无. */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return '无'
  if (Array.isArray(value)) return value.length === 0 ? '无' : describeList(value)
  if (typeof value !== 'object') return String(value)
  if ('type' in value) return describeTyped(value as Timing | Opening | Responsible)
  if ('steps' in value && 'name' in value)
    return `${String(value.name)}（${(value.steps as unknown[]).length}步）`
  if ('channel' in value && 'id' in value) return `${String(value.channel)} ${String(value.id)}`
  return JSON.stringify(value)
}

function describeList(values: readonly unknown[]): string {
  const isPlain = values.every((value) => typeof value !== 'object')
  if (isPlain && values.length > 6) return `${values.slice(0, 3).join('、')} 等${values.length}项`
  return isPlain || values.length <= 2 ? values.map(describe).join('、') : `共${values.length}项`
}

function describeTyped(value: Timing | Opening | Responsible): string {
  switch (value.type) {
    case 'date':
      return value.date
    case 'dates':
      return value.dates.join('、')
    case 'cadence':
      return describeCadence(value)
    case 'offset':
      return `${value.event}后${value.amount}${unitNames[value.unit]}`
    case 'by-stage':
      return Object.entries(value.stages)
        .map(([stage, cadence]) => `${stage} ${describeCadence(cadence)}`)
        .join('；')
    case 'before':
      return `提前${value.amount}${unitNames[value.unit]}`
    case 'units':
      return describe(value.units)
    case 'projects':
      return '每个在册项目'
  }
}

function describeCadence({ every, day, month, from, until }: Cadence): string {
  const inMonth = month === undefined ? '' : `第${month}个月`
  const onDay =
    every === 'week' ? `星期${'一二三四五六日'[Number(day) - 1] ?? day}` : day === 'end' ? '末' : `${day}日`
  return `${everyNames[every]}${inMonth}${day === undefined ? '' : onDay}（${from} 至 ${until}）`
}
