// The included forms. The sentences in chat and the phone page fill the same fields under the same keys.
import { FIELD_LABELS } from '../reply/fields-labels.ts'
import { STAGES } from '../reply/stored.ts'
import type { FieldKey } from '../reply/types.ts'
import type { Form, FormField, FormName, IncludedForm } from './types.ts'

const LONGEST_TEXT = 500

/** The categories of G3, and whatever fits none of them. */
const PROBLEM_CATEGORIES = [
  ...['申报不实', '申报不公开', '要件手续不齐', '评审不严'],
  ...['拨付滞留挪用', '属地责任未压实', '推进缓慢未验收', '监管脱节', '其他'],
]

/** A field of the reader's, with the reader's own words for it. */
function field(key: FieldKey, rest: Omit<FormField, 'key' | 'label' | 'unit'>): FormField {
  const { label, unit } = FIELD_LABELS[key]
  return { key, label, ...(unit ? { unit } : {}), ...rest }
}

const text = (key: FieldKey, help: string): FormField =>
  field(key, { type: 'text', max: LONGEST_TEXT, carries: true, help })

const list = (key: FieldKey): FormField =>
  field(key, { type: 'list', max: LONGEST_TEXT, carries: true, help: '一行一条；没有就填“无”' })

/** 月度进展 (C2, K2): everything that a sentence in chat can report. */
const monthlyProgress: Form = {
  name: 'monthly-progress',
  title: '项目进展',
  fields: [
    field('investedThisMonth', { type: 'amount', maybeNegative: true }),
    field('investedTotal', { type: 'amount', carries: true }),
    field('investedThisYear', { type: 'amount' }),
    field('percentComplete', { type: 'percent', carries: true }),
    text('physicalProgress', '如：主体封顶，正在做外墙'),
    list('problems'),
    list('measures'),
    list('helpNeeded'),
    { ...text('demolition', '如：还差3户'), rare: true },
    field('fundsInPlace', { type: 'amount', carries: true, rare: true }),
    field('fundsSpent', { type: 'amount', carries: true, rare: true }),
    field('expectedFinish', { type: 'date', carries: true, rare: true }),
    field('stage', {
      type: 'choice',
      carries: true,
      rare: true,
      choices: Object.entries(STAGES).map(([value, name]) => ({ value, text: name })),
    }),
  ],
  checks: [
    'total-not-below-last',
    'month-adds-up',
    'total-within-plan',
    'percent-not-below-last',
    'in-place-not-below-last',
    'spent-not-below-last',
  ],
}

/** 阶段报告 (G5). */
const stageReport: Form = {
  name: 'stage-report',
  title: '阶段工作情况',
  fields: [
    {
      key: 'statement',
      label: '本阶段工作情况',
      type: 'text',
      required: true,
      max: 2000,
      rest: true,
      also: ['工作情况', '办理情况', '进展情况'],
      help: '做了什么、完成了多少',
    },
    { ...list('problems'), carries: false, also: ['问题', '困难'] },
    { ...list('measures'), carries: false, also: ['下步打算', '下一步', '下步工作'] },
    { ...list('helpNeeded'), carries: false, also: ['需协调', '请求支持'] },
  ],
  checks: [],
}

/** 联络员登记 (G6). */
const liaisonRegistration: Form = {
  name: 'liaison-registration',
  title: '联络员登记',
  fields: [
    {
      key: 'liaisonName',
      label: '联络员姓名',
      type: 'text',
      required: true,
      max: 30,
      also: ['联络员', '姓名'],
    },
    {
      key: 'liaisonPost',
      label: '职务',
      type: 'text',
      max: 50,
      also: ['联络员职务'],
      help: '如：办公室主任',
    },
    {
      ...{ key: 'liaisonPhone', label: '联系电话', type: 'phone', required: true },
      also: ['电话', '手机', '手机号', '联系方式', '联络员电话'],
      help: '手机或带区号的座机',
    },
    { key: 'statement', label: '备注', type: 'text', max: LONGEST_TEXT },
  ],
  checks: [],
}

/** 问题上报 (C5): what is wrong, and which department must answer within the limit. */
const problemReport: Form = {
  name: 'problem-report',
  title: '问题上报',
  fields: [
    {
      ...{ key: 'problem', label: '问题', type: 'text', required: true, max: 1000, rest: true },
      also: ['问题描述', '存在问题'],
      help: '什么地方、什么事、影响多大；照片请另发到对话里',
    },
    {
      ...{ key: 'category', label: '问题类别', type: 'choice', required: true, also: ['类别'] },
      choices: PROBLEM_CATEGORIES.map((name) => ({ value: name, text: name })),
    },
    { key: 'since', label: '发生时间', type: 'date', past: true, also: ['从何时起', '时间'] },
    {
      ...{ key: 'department', label: '需答复的部门', type: 'text', required: true, max: 50 },
      also: ['答复部门', '责任部门', '部门'],
      help: '请它在4个工作日内答复的部门，如：县自然资源局',
    },
    { ...list('helpNeeded'), carries: false, also: ['需要的支持', '需协调', '请求支持'] },
  ],
  checks: [],
}

/** A duty without figures: the statement that it is done. */
const statement: Form = {
  name: 'none',
  title: '办理情况',
  fields: [
    {
      key: 'statement',
      label: '办理情况',
      type: 'text',
      required: true,
      max: 2000,
      help: '如：已于4月26日报送，文号康经信〔2021〕5号',
    },
  ],
  checks: [],
}

/** Every form that a rule can name. */
export const FORMS: Readonly<Record<IncludedForm, Form>> = {
  'monthly-progress': monthlyProgress,
  'stage-report': stageReport,
  'liaison-registration': liaisonRegistration,
  'problem-report': problemReport,
  none: statement,
}

/** The form of a task: an included one, or the plan's own as it was when the task opened. */
export function formOf({ form, ownForm }: { readonly form: FormName; readonly ownForm?: Form }): Form {
  if (form !== 'own') return FORMS[form]
  if (!ownForm) throw new Error('a task with a form of its own came without it')
  return ownForm
}

/** Whether rules can name it without bringing it along. */
export const isIncludedForm = (name: string): name is IncludedForm => Object.hasOwn(FORMS, name)
