// The small phrases that cards are made of: dates, what is left, who is meant, how to answer.
import { type CivilDate, dateOf, END_OF_DAY, type Instant, timeOf } from '../../calendar/civil.ts'
import { type Calendar, workdaysBetween } from '../../calendar/workdays.ts'
import type { FieldType, IncludedForm } from '../../form/types.ts'
import type { Task } from '../../task/types.ts'
import type { CardButton } from '../types.ts'

/** `4月30日`. */
export function shortDate(date: CivilDate): string {
  const [, month = '', day = ''] = date.split('-')
  return `${Number(month)}月${Number(day)}日`
}

/** `4月30日`, or `4月30日 17:00` when the notice gave an hour. */
export function dueText(dueAt: Instant): string {
  const time = timeOf(dueAt)
  return time === END_OF_DAY ? shortDate(dateOf(dueAt)) : `${shortDate(dateOf(dueAt))} ${time.slice(0, 5)}`
}

/** `4月30日 09:05`. */
export const momentText = (at: Instant): string => `${shortDate(dateOf(at))} ${timeOf(at).slice(0, 5)}`

/** Workdays that have passed since the due date, at least 1 once it has passed. */
export function workdaysLate(task: Pick<Task, 'dueAt'>, calendar: Calendar, now: Instant): number {
  return Math.max(1, workdaysBetween(calendar, dateOf(task.dueAt), dateOf(now)))
}

/** `今天到期`, `明天到期`, `还有3个工作日`. */
export function leftText(task: Pick<Task, 'dueAt'>, calendar: Calendar, now: Instant): string {
  const days = workdaysBetween(calendar, dateOf(now), dateOf(task.dueAt))
  if (dateOf(now) === dateOf(task.dueAt)) return '今天到期'
  return days <= 0 ? `${dueText(task.dueAt)}到期` : `还有${days}个工作日`
}

const EXAMPLE: Record<IncludedForm, string> = {
  'monthly-progress':
    '直接回复即可，如：本月完成投资320万，累计1.5亿，形象进度64%，无问题。没变化就回复“无变化”。',
  'stage-report': '直接回复本阶段做了什么、有什么问题、下步打算即可。',
  'liaison-registration':
    '直接回复即可，如：登记 联络员×××，职务办公室主任，电话0836-2822222。单位负责人确认后办结。',
  'problem-report':
    '直接回复即可，如：问题：K3处滑坡，道路中断；类别：推进缓慢未验收；部门：县自然资源局；发生时间：4月20日。',
  none: '办结后点“已报送”，或直接回复办理情况（可写文号）。',
}

export function howToAnswer(task: Pick<Task, 'form' | 'ownForm'>): string {
  if (task.form !== 'own') return EXAMPLE[task.form]
  const named = (task.ownForm?.fields ?? []).filter(({ rare }) => !rare).slice(0, NAMED_IN_EXAMPLE)
  return `直接回复即可，按“项目：内容”写，如：${named.map(({ label, type, unit = '' }) => `${label}：${SAMPLES[type]}${type === 'integer' ? unit : ''}`).join('；')}。`
}

/** The first few show how it is done; the phone page shows all. */
const NAMED_IN_EXAMPLE = 6

/** What an answer to a field of a plan's own form looks like. */
const SAMPLES: Record<FieldType, string> = {
  amount: '320万',
  percent: '64%',
  integer: '12',
  date: '6月30日',
  phone: '0836-2822222',
  text: '……',
  list: '……',
  choice: '……',
}

/** Buttons under a card about one task. Keys are read by app/receive. */
export function answerButtons(task: Pick<Task, 'form'>): CardButton[] {
  const ack: CardButton = { key: 'ack', text: '收到', style: 'default' }
  if (task.form === 'none') return [{ key: 'done', text: '已报送', style: 'primary' }, ack]
  if (task.form === 'monthly-progress') return [{ key: 'no-change', text: '无变化', style: 'default' }, ack]
  return [ack]
}

/** Names with a limit: `康定市、泸定县等18个单位`. */
export function nameList(names: readonly string[], limit = 8): string {
  const unique = [...new Set(names)]
  if (unique.length <= limit) return unique.join('、')
  return `${unique.slice(0, limit).join('、')}等${unique.length}个单位`
}
