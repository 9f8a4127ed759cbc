// From notices that leave together to one card: the only place where a push gets its words.
import type { Instant } from '../../calendar/civil.ts'
import type { Office } from '../../task/decide.ts'
import type { FormalKind, StepKind } from '../../task/policy.ts'
import type { Task } from '../../task/types.ts'
import type { Family, Saying } from '../notice.ts'
import type { Address, Card } from '../types.ts'
import { fill, type Words } from '../words.ts'
import { dutyCard } from './duty.ts'
import { draftCard, issuedCard, unreachableCard } from './formal.ts'
import { groupCard } from './group.ts'

/** A notice with what it speaks about, as it stands at the moment of sending (invariant 3). */
export type Fact = {
  readonly saying: Saying
  readonly task: Task
  readonly unit: string
  readonly plan: string
  readonly project?: string
  /** The assignee's account on the channel this leaves by, for a mention. */
  readonly account?: string
}

/** What became of the earlier steps of a task: the ground on which a formal step stands. */
export type Proof = {
  readonly task: string
  readonly kind: StepKind
  readonly at: Instant
  readonly delivered: boolean
}

export type Scene = {
  readonly to: Address
  readonly family: Family
  readonly office: Office
  readonly now: Instant
  readonly words: Words
  readonly proof: readonly Proof[]
}

/** One card for facts of one family to one address. `facts` is not empty. */
export function compose(facts: readonly Fact[], scene: Scene): Card {
  const formal = asFormal(scene.family)
  if (formal) return draftCard(facts, formal, scene)
  if (scene.family === 'issued') return issuedCard(facts, scene)
  if (scene.family === 'unreachable') return unreachableCard(facts, scene)
  if (scene.to.kind === 'group') return groupCard(facts, scene)
  return dutyCard(facts, scene)
}

/** A card whose words were decided when it was queued: answers in a conversation. */
export function composeReply(saying: Extract<Saying, { type: 'card' }>, words: Words): Card {
  const choices = (saying.choices ?? []).map((choice) => ({ ...choice, style: 'default' as const }))
  return fill(words, saying.words, saying.slots, choices)
}

const asFormal = (family: Family): FormalKind | undefined =>
  family === 'circular' || family === 'admonition' || family === 'letter' ? family : undefined
