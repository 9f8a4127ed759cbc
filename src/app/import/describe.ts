// Values of the formats in words, for the report of an import.
import type { Account, ProjectStage } from '../../core/people/directory.ts'
import type { Cadence, Opening, PlanEvent, Responsible, Timing } from '../../core/plan/types.ts'
import {
  aboutNames,
  channelNames,
  everyNames,
  formNames,
  kindNames,
  overlapNames,
  roleNames,
  stageNames,
} from './words.ts'

const namesOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  role: roleNames,
  stage: stageNames,
  kind: kindNames,
  form: formNames,
  channel: channelNames,
  overlap: overlapNames,
  about: aboutNames,
}

const unitNames = { days: '天', workdays: '个工作日', months: '个月', years: '年' } as const

/** The value of a field as a clerk would say it; undefined is 无. */
export function describeField(field: string, value: unknown): string {
  return namesOf[field]?.[String(value)] ?? describe(value)
}

function describe(value: unknown): string {
  if (value === undefined) return '无'
  if (Array.isArray(value)) return describeList(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if ('label' in value) return String(value.label)
  if ('type' in value) return describeTyped(value as Timing | Opening | Responsible)
  return describePart(value as Part)
}

// An account, an event, a ladder, a phase.
type Part = Account | PlanEvent | { readonly name: string }

function describePart(part: Part): string {
  if ('channel' in part) return `${channelNames[part.channel]} ${part.id}`
  return 'event' in part ? `${part.event} ${part.date}` : part.name
}

function describeList(values: readonly unknown[]): string {
  if (values.length === 0) return '无'
  if (values.length <= 6) return values.map(describe).join('、')
  return `${values.slice(0, 3).map(describe).join('、')} 等${values.length}项`
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
        .map(([stage, cadence]) => `${stageNames[stage as ProjectStage]}${describeCadence(cadence)}`)
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
