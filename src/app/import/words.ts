// What the fixed values of the formats are called in Chinese.

import type { IncludedForm } from '../../core/form/types.ts'
import type { ChannelName, PostRole, ProjectStage } from '../../core/people/directory.ts'
import type { CadenceUnit, Rule, TaskKind } from '../../core/plan/types.ts'

type Names<T extends string> = Readonly<Record<T, string>>

export const channelNames: Names<ChannelName> = { wecom: '企业微信', dingtalk: '钉钉' }

export const roleNames: Names<PostRole> = {
  liaison: '联络员',
  head: '负责人',
  office: '督办办公室',
  leader: '领导',
  supervisor: '监管责任人',
  auditor: '审计',
  other: '其他',
}

export const stageNames: Names<ProjectStage> = {
  'not-started': '未开工',
  'about-to-start': '即将开工',
  'under-construction': '在建',
  suspended: '停工',
  completed: '完工',
  accepted: '已验收',
}

export const kindNames: Names<TaskKind> = {
  report: '填报',
  deliverable: '报送材料',
  inspection: '现场检查',
  rectification: '整改',
  answer: '限时答复',
  signoff: '签字背书',
  review: '审核',
}

export const formNames: Names<IncludedForm> = {
  'monthly-progress': '月报',
  'stage-report': '阶段报告',
  'liaison-registration': '联络员登记',
  'problem-report': '问题上报',
  none: '只需答复',
}

/** The types of the fields of a plan's own form, as the files name them. */
export const fieldTypeNames = {
  amount: '金额（万元）',
  percent: '百分比',
  integer: '整数',
  text: '短文字',
  longtext: '长文字',
  list: '一行一条',
  date: '日期',
  choice: '选项',
  phone: '电话',
} as const

export const everyNames: Names<CadenceUnit> = {
  day: '每个工作日',
  week: '每周',
  'ten-days': '每旬',
  month: '每月',
  quarter: '每季度',
  'half-year': '每半年',
  year: '每年',
}

export const overlapNames: Names<Rule['overlap']> = {
  keep: '两期都保留',
  supersede: '由新的一期代替',
}

export const aboutNames: Names<NonNullable<Rule['about']>> = {
  'same-period': '本期',
  'previous-period': '上一期',
}

/** `liaison 联络员、head 负责人…` */
export const listed = (names: Readonly<Record<string, string>>): string =>
  Object.entries(names)
    .map(([value, name]) => `${value} ${name}`)
    .join('、')

/** The keys of a table of names, for a schema. */
export const valuesOf = <T extends string>(names: Names<T>): T[] => Object.keys(names) as T[]
