// The fields that rows of many sections share, with the words that explain them to a clerk.
import { z } from 'zod'
import { isCivilDate } from '../../core/calendar/civil.ts'
import {
  aboutNames,
  channelNames,
  everyNames,
  fieldTypeNames,
  formNames,
  kindNames,
  listed,
  overlapNames,
  roleNames,
  stageNames,
} from './words.ts'

/** What each field is for; printed in the JSON Schema and beside every problem with the field. */
export const help = {
  key: '代号：登记后不再改动，由汉字、字母、数字、点、横线、下划线组成，最长64个字符',
  name: '名称：文字，含数字时请加引号',
  short: '简称：卡片和表格里显示',
  parent: '上级单位的代号',
  title: '名称：一句话说清要做什么或是什么岗位',
  unit: '单位的代号',
  role: listed(roleNames),
  holder: '在任人员：人员代号，或直接写 { key, name, wecom 或 dingtalk }',
  since: '从哪天起在任，如 2021-04-12；写了 holder 就要写它',
  wecom: '企业微信的成员账号；纯数字请加引号',
  dingtalk: '钉钉的 userId；纯数字请加引号',
  prefers: '两个平台都有账号时在哪里找他：wecom 或 dingtalk',
  post: '岗位的代号',
  person: '人员的代号',
  to: '代办人：人员的代号',
  from: '第一天，如 2021-04-12',
  until: '最后一天（含当天），如 2021-12-31',
  channel: listed(channelNames),
  chat: '群的编号：企业微信 chatid 或钉钉 openConversationId，大小写照抄',
  webhook:
    '群机器人的完整地址，如 https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…；只发通知，收不到答复',
  sign: '钉钉群机器人“加签”的密钥，以 SEC 开头',
  units: '单位：代号、代号的列表，或 { childrenOf: 上级单位代号, ending: 名称结尾, count: 应有几个 }',
  plans: '方案代号的列表，如 [ganzi]',
  stage: listed(stageNames),
  liaison: '项目联络员的岗位代号；不写就由单位的联络员负责',
  investment: '计划总投资，单位万元，如 12000 或 "320.50"',
  document: '文号',
  issued: '印发日期，如 2021-04-11',
  office: '督办办公室所在单位的代号；该单位要有一个 role: office 的岗位',
  leader: '领导岗位的代号',
  complaints: '受理投诉的岗位的代号，最好在项目以外；不写则由领导岗位受理',
  policy: 'standard 标准督办阶梯、prompt-only 只提示不升级，或自己写 { key, name, steps }',
  phases: '阶段的列表，每个阶段 { key, name, measures }',
  measures: '措施的列表，每项 { key, title, deadline, lead }',
  measure: '这条规则落实的措施的代号',
  deadline: '完成时限，如 2021-04-30',
  lead: '牵头科室的单位代号',
  kind: listed(kindNames),
  form: `${listed(formNames)}，或本方案 forms 里某张表单的代号`,
  due: '何时到期：日期、日期列表、{ every: month, day: 8, from: …, until: … }、{ after: 事件, days: 5 } 或 { stages: … }',
  time: '几点到期，如 "17:30"；不写就是当天结束',
  opens: '何时开始：日期、{ daysBefore: 7 } 或 { workdaysBefore: 5 }',
  for: '谁来做：projects（每个在册项目），或单位：代号、列表、{ childrenOf: 上级单位代号, ending: 名称结尾, count: 应有几个 }',
  overlap: `下一期开始时上一期还没答复：${listed(overlapNames)}`,
  about: `报告的是哪一期：${listed(aboutNames)}`,
  every: listed(everyNames),
  day: '每周的星期几（1 到 7）、每月的几日（1 到 31）或 end 最后一天',
  month: '季度、半年、年里的第几个月，从 1 数起；不写就是最后一个月',
  after: '事件的名称，与 events 里的一致',
  event: '事件的名称',
  date: '日期，如 2021-04-30',
  subject: '事件属于哪个项目或单位的代号；不写就是对所有人',
  steps: '步骤的列表，每步 { key, kind, at: open 或到期前后的工作日数, to }',
  fields: '字段的列表，每个 { key, label, type }',
  type: listed(fieldTypeNames),
  label: '字段的名称，卡片、手机页面和群里的回复都用它；最多20字',
  checks: '核对规则的列表，如 "spent <= inPlace"、"inPlace >= last" 或 total-within-plan',
  choices: '选项的列表，至少两个，如 [正常, 滞后]；只用于 type: choice',
  classified: '涉密标记：标了的条目一律不导入',
} as const

/** The same for the fields of a plan's own form, whose words differ from those of other rows. */
export const formHelp = {
  title: '表单的标题，手机页面上显示',
  fields: help.fields,
  fieldKey: '字段的代号：小写字母开头，只用字母和数字；登记后不要改',
  label: help.label,
  type: help.type,
  unit: '单位，如 人、户；只用于 type: integer',
  required: 'true 表示必填',
  carries: 'true 表示下一期从上期的数开始',
  past: 'true 表示已经发生的日期：一月里说“3月5日”指去年',
  also: '群里回复时也认的叫法，如 [用工人数]',
  choices: help.choices,
  help: '填写说明，一句话',
  checks: help.checks,
} as const

export const text = z.string().trim().min(1).max(200).describe(help.name)

export const key = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u)
  .describe(help.key)

export const keys = z.array(key)

/** A date that exists. */
export const civilDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: '日期要写成 2021-04-30 这样', abort: true })
  .refine(isCivilDate, '日历上没有这一天')

/** What a classified row carries; rows with a mark that says yes never get as far as these. */
export const marks = {
  classified: z.union([z.boolean(), z.string(), z.null()]).describe(help.classified).exactOptional(),
  涉密: z.union([z.boolean(), z.string(), z.null()]).describe(help.classified).exactOptional(),
  密级: z.union([z.string(), z.null()]).describe(help.classified).exactOptional(),
}

const selector = z.strictObject({
  childrenOf: key,
  ending: z.string().min(1).exactOptional(),
  count: z.int().positive().exactOptional(),
})

/** Units named one by one, or picked out of the tree: the direct children of a unit whose name or short name ends so. */
export type UnitChoice = string | z.output<typeof selector>

export const unitChoices = z
  .union([key, selector, z.array(z.union([key, selector])).min(1)])
  .describe(help.units)
  .transform((choice): UnitChoice[] => (Array.isArray(choice) ? choice : [choice]))

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** The object without the fields that are undefined. */
export function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Defined<T>
}
