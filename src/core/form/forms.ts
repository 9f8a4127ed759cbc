// The included forms. The sentences in chat and the phone page fill the same fields under the same keys.
import type { FormName } from '../plan/types.ts'
import { FIELD_LABELS } from '../reply/fields-labels.ts'
import { STAGES } from '../reply/stored.ts'
import type { FieldKey } from '../reply/types.ts'
import type { Form, FormField } from './types.ts'

const LONGEST_TEXT = 500

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
  checks: ['total-not-below-last', 'month-adds-up', 'total-within-plan'],
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
      help: '做了什么、完成了多少',
    },
    { ...list('problems'), carries: false },
    { ...list('measures'), carries: false },
    { ...list('helpNeeded'), carries: false },
  ],
  checks: [],
}

/** 联络员登记 (G6). */
const liaisonRegistration: Form = {
  name: 'liaison-registration',
  title: '联络员登记',
  fields: [
    { key: 'liaisonName', label: '联络员姓名', type: 'text', required: true, max: 30 },
    { key: 'liaisonPost', label: '职务', type: 'text', max: 50, help: '如：办公室主任' },
    { key: 'liaisonPhone', label: '联系电话', type: 'phone', required: true, help: '手机或带区号的座机' },
    { key: 'statement', label: '备注', type: 'text', max: LONGEST_TEXT },
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
export const FORMS: Readonly<Record<FormName, Form>> = {
  'monthly-progress': monthlyProgress,
  'stage-report': stageReport,
  'liaison-registration': liaisonRegistration,
  none: statement,
}
