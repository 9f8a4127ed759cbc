// Formal steps: drafts that the supervising office issues or holds, with the proof they stand on, and what is issued (G8).
import { dateOf } from '../../calendar/civil.ts'
import type { FormalKind, StepKind } from '../../task/policy.ts'
import type { Card } from '../types.ts'
import { fill } from '../words.ts'
import type { Fact, Proof, Scene } from './compose.ts'
import { dueText, nameList, shortDate, workdaysLate } from './phrases.ts'

export const FORMAL_NAMES: Record<FormalKind, string> = {
  circular: '通报',
  admonition: '约谈',
  letter: '督办函',
}

export function draftCard(facts: readonly Fact[], kind: FormalKind, scene: Scene): Card {
  return fill(scene.words, `draft-${kind}`, {
    count: String(facts.length),
    plan: nameList([...new Set(facts.map(({ plan }) => plan))], 2),
    lines: lines(facts, scene),
    ...proofSlots(facts, scene.proof),
  })
}

export function issuedCard(facts: readonly Fact[], scene: Scene): Card {
  const saying = facts[0]?.saying
  const kind = saying?.type === 'issued' ? saying.kind : 'circular'
  return fill(scene.words, `issued-${kind}`, { count: String(facts.length), lines: lines(facts, scene) })
}

/** Who could not be reached, and what to do about it: an outage must not look like silence (invariant 11). */
export function unreachableCard(facts: readonly Fact[], scene: Scene): Card {
  const reasons = new Map<string, string>()
  for (const { saying } of facts) if (saying.type === 'unreachable') reasons.set(saying.whom, saying.cure)
  const lines = [...reasons].map(([whom, cure]) => `${whom}：${cure}`)
  return fill(scene.words, 'unreachable', { count: String(reasons.size), lines: lines.join('\n') })
}

function lines(facts: readonly Fact[], scene: Scene): string {
  const byRule = new Map<string, Fact[]>()
  for (const fact of facts) {
    const key = `${fact.task.rule}|${fact.task.dueAt}`
    byRule.set(key, [...(byRule.get(key) ?? []), fact])
  }
  return [...byRule.values()].map((group) => ruleLine(group, scene)).join('\n')
}

function ruleLine(group: readonly Fact[], scene: Scene): string {
  const task = group[0]?.task
  if (!task) return ''
  const late = workdaysLate(task, scene.office.calendar, scene.now)
  const names = nameList(
    group.map((fact) => fact.project ?? fact.unit),
    18,
  )
  return `${task.title}（${dueText(task.dueAt)}到期，已过${late}个工作日）：${names}`
}

/** Rows of their own, so that a long list of units can't push them off a small card. */
function proofSlots(facts: readonly Fact[], proof: readonly Proof[]) {
  const tasks = new Set(facts.map(({ task }) => task.id))
  const about = proof.filter(({ task }) => tasks.has(task))
  const missing = about.filter(({ delivered }) => !delivered).length
  return {
    reminded: countsText(about, { prompt: '下达', reminder: '提醒' }),
    urged: countsText(about, { 'overdue-notice': '点对点', named: '群内点名' }),
    taken: countsText(about, FORMAL_NAMES),
    missing:
      missing > 0 ? `${missing}次，签发前请核实` : about.length > 0 ? '' : '没有送达记录，签发前请核实',
  }
}

/** `下达2次（4月19日起）、提醒6次`: the date is the first delivery of all. */
function countsText(proof: readonly Proof[], names: Partial<Record<StepKind, string>>): string {
  const sent = proof.filter(({ kind, delivered }) => delivered && names[kind] !== undefined)
  if (sent.length === 0) return ''
  const counts = Object.entries(names).flatMap(([kind, name]) => {
    const count = sent.filter((entry) => entry.kind === kind).length
    return count > 0 ? [`${name}${count}次`] : []
  })
  return `${counts.join('、')}（${shortDate(dateOf(Math.min(...sent.map(({ at }) => at))))}起）`
}
