// The project's own sentences: compact lines (s = sender, t = text, q = what was asked, p = previous) made into cases.
import { readdirSync, readFileSync } from 'node:fs'
import { parseInstant } from '../../../src/core/calendar/civil.ts'
import type { Previous, ReplyContext } from '../../../src/core/reply/types.ts'

const SENDERS: Record<string, string[]> = {
  A: ['柳溪河河道治理工程'],
  B: ['东门农贸市场改扩建项目', '双桥镇自来水厂扩建工程'],
  C: ['G213线石坪至云岭段灾毁重建工程', '县特殊教育学校新建项目', '仙人湾旅游码头建设项目'],
  D: ['高新区智慧停车场项目'],
  E: [
    '乌木滩水电站增效扩容改造项目',
    '金竹镇易地扶贫搬迁安置点配套设施',
    '第三幼儿园新建工程',
    '茶产业示范基地',
  ],
  F: ['县第一人民医院感染楼', '县妇幼保健院业务用房'],
  G: ['马家坪风电场（50MW）'],
  H: ['沙湾镇中心卫生院迁建项目'],
  I: ['环城东路雨污分流改造工程'],
  J: ['北山隧道新建工程', '县融媒体中心业务用房'],
  K: ['万亩蓝莓种植基地', '石桥镇文化广场', '县职教中心实训楼'],
  L: ['云溪谷景区游客中心'],
  M: ['村镇供水保障工程', '县城供水管网改造工程'],
}
const PENDING = { m: 'monthly-progress', r: 'rectification', '-': null } as const

type Fields = Record<string, unknown>
type Line = {
  s: string
  t: string
  i: string
  q?: keyof typeof PENDING
  at?: string
  p?: Previous
  f?: Fields | 'same'
  o?: Fields
  r?: [number | null, Fields | 'same'][]
  a?: string[]
  e?: [string | null, string | null]
  z?: string
  d?: string | null
}
/** What one project's entry must hold; `optional` values may be read, too. */
export type Wanted = { project: string | null; fields: Fields; optional: Fields; noChange: boolean }
export type Case = {
  name: string
  text: string
  context: ReplyContext
  intent: string
  entries: Wanted[]
  ambiguous: string[]
  extension: { until: string | null; reason: string | null } | undefined
  rectified: string | undefined
  delegate: string | null | undefined
}

function entriesOf(line: Line, projects: string[]): Wanted[] {
  const make = (project: string | null, value: Fields | 'same'): Wanted => ({
    project,
    fields: value === 'same' ? {} : value,
    optional: line.o ?? {},
    noChange: value === 'same',
  })
  if (line.r) return line.r.map(([i, value]) => make(i === null ? null : (projects[i] ?? null), value))
  return line.f || line.o ? [make(null, line.f ?? {})] : []
}

function toCase(line: Line, name: string): Case {
  const projects = SENDERS[line.s] ?? []
  const sentAt = parseInstant(line.at ?? '2025-10-23T10:00:00+08:00') ?? 0
  return {
    name,
    text: line.t,
    context: { sentAt, projects, pending: PENDING[line.q ?? 'm'], previous: line.p ?? null },
    intent: line.i,
    entries: entriesOf(line, projects),
    ambiguous: line.a ?? [],
    extension: line.e && { until: line.e[0], reason: line.e[1] },
    rectified: line.z,
    delegate: line.d,
  }
}

const FILES = new URL('./sentences/', import.meta.url)

/** All cases of the folder `sentences`, named by their file and line; a file's name begins with the intent of its lines. */
export function sentences(): Case[] {
  return readdirSync(FILES)
    .sort((a, b) => a.localeCompare(b))
    .flatMap((file) =>
      readFileSync(new URL(file, FILES), 'utf8')
        .trim()
        .split('\n')
        .map((text, i) => toCase(JSON.parse(text) as Line, `${file.replace('.jsonl', '')} ${i + 1}`)),
    )
}
