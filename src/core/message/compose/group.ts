// The group's card: one line a duty, names only where the ladder names them.
import type { Card } from '../types.ts'
import { fill } from '../words.ts'
import type { Fact, Scene } from './compose.ts'
import { dueText, leftText, nameList } from './phrases.ts'

/** Facts of one duty, told in one line. */
type Line = { readonly kind: string; readonly facts: readonly Fact[] }

/** Counts before the deadline, names and mentions after it. `no-group-list`: told to the plan's office, of units without a group. */
export function groupCard(
  facts: readonly Fact[],
  scene: Scene,
  words: 'group-list' | 'no-group-list' = 'group-list',
): Card {
  const lines = [...linesOf(facts)]
  const named = facts.filter((fact) => kindOf(fact) === 'named')
  const card = fill(scene.words, words, {
    headline: headline(facts, named),
    lines: lines.map((line) => lineText(line, scene)).join('\n'),
  })
  if (scene.to.kind !== 'group') return card
  const mentions = [...new Set(named.flatMap(({ account }) => (account ? [account] : [])))]
  return mentions.length > 0 ? { ...card, mentions } : card
}

const kindOf = ({ saying }: Fact): string => (saying.type === 'duty' ? saying.kind : saying.type)

function linesOf(facts: readonly Fact[]): Iterable<Line> {
  const lines = new Map<string, Line>()
  for (const fact of facts) {
    const kind = kindOf(fact)
    const key = `${kind}|${fact.task.rule}|${fact.task.dueAt}`
    lines.set(key, { kind, facts: [...(lines.get(key)?.facts ?? []), fact] })
  }
  return [...lines.values()].sort((a, b) => (a.facts[0]?.task.dueAt ?? 0) - (b.facts[0]?.task.dueAt ?? 0))
}

function headline(facts: readonly Fact[], named: readonly Fact[]): string {
  if (named.length > 0) return `${named.length}项任务逾期未报`
  const fresh = facts.filter((fact) => kindOf(fact) === 'prompt').length
  return fresh > 0 ? `新下达${fresh}项任务` : `${facts.length}项任务即将到期`
}

function lineText({ kind, facts }: Line, scene: Scene): string {
  const first = facts[0]
  if (!first) return ''
  const whose = (fact: Fact): string => fact.project ?? fact.unit
  if (kind === 'named')
    return `【逾期未报】${first.task.title}（${dueText(first.task.dueAt)}到期）：${nameList(facts.map(whose), 18)}`
  if (kind === 'prompt') return `【新】${first.task.title}：${facts.length}家，${dueText(first.task.dueAt)}前`
  return `【${leftText(first.task, scene.office.calendar, scene.now)}】${first.task.title}：${facts.length}家未报`
}
