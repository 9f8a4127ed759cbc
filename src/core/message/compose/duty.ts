// Cards to one person about his duties, or about his unit's.
import { byDue } from '../../task/types.ts'
import type { Card } from '../types.ts'
import { fill } from '../words.ts'
import type { Fact, Scene } from './compose.ts'
import { groupCard } from './group.ts'
import { answerButtons, dueText, howToAnswer, leftText, workdaysLate } from './phrases.ts'

/** One duty: everything about it, with buttons. Several: a numbered list that can be answered by number. */
export function dutyCard(facts: readonly Fact[], scene: Scene): Card {
  const [only, ...others] = facts
  if (only && others.length === 0) return single(only, scene)
  if (scene.family !== 'overdue-copy') return list(facts, scene)
  return facts.some(isForOffice) ? groupCard(facts, scene, 'no-group-list') : copyList(facts, scene)
}

/** What a unit's group would hear, if it had one; it may be about duties that are only just open. */
const isForOffice = ({ saying }: Fact): boolean => saying.type === 'duty' && saying.reader === 'office'

function single(fact: Fact, scene: Scene): Card {
  const { task } = fact
  const copied = scene.family === 'overdue-copy'
  const slots = {
    title: task.title,
    due: dueText(task.dueAt),
    left: leftText(task, scene.office.calendar, scene.now),
    late: String(workdaysLate(task, scene.office.calendar, scene.now)),
    unit: fact.unit,
    project: fact.project ?? '',
    plan: fact.plan,
    how: copied ? '' : howToAnswer(task),
  }
  return fill(scene.words, wordsFor(fact), slots, copied ? [] : answerButtons(task))
}

function wordsFor({ saying }: Fact): string {
  if (saying.type !== 'duty') return 'duty-reminder'
  if (saying.kind === 'prompt') return 'duty-prompt'
  return saying.kind === 'reminder' ? 'duty-reminder' : 'duty-overdue'
}

function list(facts: readonly Fact[], scene: Scene): Card {
  const sorted = [...facts].sort((a, b) => byDue(a.task, b.task))
  const lines = sorted.map(
    (fact, index) => `${index + 1}. ${mark(fact, scene)}${subject(fact)}，${dueText(fact.task.dueAt)}`,
  )
  const slots = {
    count: String(facts.length),
    urgency: urgency(sorted, scene),
    lines: lines.join('\n'),
    how: '回复“序号+内容”办理，如：1 已报送。',
  }
  return fill(scene.words, 'duty-list', slots, [{ key: 'ack', text: '全部收到', style: 'default' }])
}

function urgency(sorted: readonly Fact[], { now }: Scene): string {
  const late = sorted.filter(({ task }) => now > task.dueAt).length
  if (late > 0) return `其中${late}项已逾期`
  return `最近截止${dueText(sorted[0]?.task.dueAt ?? now)}`
}

function copyList(facts: readonly Fact[], scene: Scene): Card {
  const lines = facts.map(
    (fact, index) =>
      `${index + 1}. ${subject(fact)}：${dueText(fact.task.dueAt)}到期，已过${workdaysLate(fact.task, scene.office.calendar, scene.now)}个工作日`,
  )
  return fill(scene.words, 'copy-list', { count: String(facts.length), lines: lines.join('\n') })
}

const subject = (fact: Fact): string =>
  fact.project ? `${fact.project}·${fact.task.title}` : fact.task.title

function mark(fact: Fact, scene: Scene): string {
  if (fact.saying.type !== 'duty') return ''
  if (fact.saying.kind === 'prompt') return '【新】'
  if (fact.saying.kind === 'reminder') return `【${leftText(fact.task, scene.office.calendar, scene.now)}】`
  return '【已逾期】'
}
