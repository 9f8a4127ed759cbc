// A platform's month: what a message costs, when the office is warned, and what waits first when the month runs short.
import { addMonths, dateOf, type Instant, instantOf } from '../calendar/civil.ts'
import { WEBHOOK_CHAT } from '../people/directory.ts'
import type { Family, Saying } from './notice.ts'
import type { Address } from './types.ts'

/** Calls of the platform's API, and messages by a webhook or a connection: two shares of the month, each with its own end. */
export type Meter = 'calls' | 'messages'

/** What a month holds or has used; both count for the whole organisation, which may have other applications too. */
export type Amounts = Readonly<Record<Meter, number>>

export const NOTHING: Amounts = { calls: 0, messages: 0 }

/** The civil month of Asia/Shanghai, `YYYY-MM`. */
export const monthOf = (at: Instant): string => dateOf(at).slice(0, 7)

/** Midnight of the first day after this month. */
export function monthEnd(at: Instant): Instant {
  return instantOf(addMonths(`${monthOf(at)}-01`, 1), '00:00')
}

/** The share that one message to this address takes from. */
export const meterOf = (to: Address): Meter =>
  to.kind === 'group' && to.id.startsWith(WEBHOOK_CHAT) ? 'messages' : 'calls'

/** How much a message matters when not everything can be said. */
export type Rank = 'formal' | 'overdue' | 'reply' | 'prompt' | 'reminder' | 'group'

/** Best first: what stands here early is held back late. */
export const RANKS: readonly Rank[] = ['formal', 'overdue', 'reply', 'prompt', 'reminder', 'group']

/** Warnings about the month itself, which must get through when nothing else does. */
const WARNINGS: readonly string[] = ['quota-short', 'quota-spent']

type Sayable = { readonly family: Family; readonly saying: Saying }

/** The rank of a message is that of the best thing it says. */
export function rankOf(items: readonly Sayable[], to: Address): Rank {
  const ranks = items.map((item) => rankOfOne(item, to))
  return RANKS.find((rank) => ranks.includes(rank)) ?? 'reply'
}

function rankOfOne({ family, saying }: Sayable, to: Address): Rank {
  switch (saying.type) {
    case 'formal':
    case 'issued':
      return 'formal'
    case 'card':
      return WARNINGS.includes(saying.words) ? 'formal' : 'reply'
    case 'duty':
      if (saying.kind === 'overdue-notice' || saying.kind === 'named' || family === 'overdue-copy')
        return 'overdue'
      if (to.kind === 'group') return 'group'
      return saying.kind === 'prompt' ? 'prompt' : 'reminder'
    default:
      return 'overdue'
  }
}

/**
 * The part of the month that must be left over for better things before a message of this rank may go. Formal steps are never held, whatever
 * our count says: the platform grants some days of grace, and somebody else may have bought more.
 */
export const RESERVED: Readonly<Record<Rank, number>> = {
  formal: Number.NEGATIVE_INFINITY,
  overdue: 0.01,
  reply: 0.02,
  prompt: 0.05,
  reminder: 0.1,
  group: 0.15,
}

/** Whether one more of this rank may go when `used` of `size` are used up. */
export const mayGo = (rank: Rank, used: number, size: number): boolean =>
  RESERVED[rank] === Number.NEGATIVE_INFINITY || size - used > size * RESERVED[rank]

export type Level = 'short' | 'spent'

/** From here on the office is warned (issue of the office: once a month). */
export const WARN_AT = 0.7

/** How a month stands; undefined while there is nothing to say. */
export function levelOf(used: number, size: number): Level | undefined {
  if (used >= size) return 'spent'
  return used >= size * WARN_AT ? 'short' : undefined
}

export type MonthEstimate = {
  readonly month: string
  readonly channel: Address['channel']
  /** What the messages themselves cost, with what the present month has used already. */
  readonly cost: Amounts
  /** What answers would cost besides, if every duty that a person is asked for is answered once there. */
  readonly answers: Amounts
  /** Messages that would be held back, when the platform has an end. */
  readonly held: Readonly<Partial<Record<Rank, number>>>
}

/** A message of a forecast: to whom, when, how much it matters, and about how many duties. */
export type Planned = {
  readonly at: Instant
  readonly to: Address
  readonly rank: Rank
  readonly about: number
}

/** An answer by message is heard (one message), answered (one call), and redraws the card (one call). */
const ANSWER: Amounts = { calls: 2, messages: 1 }

/** Months and platforms in the order in which they first occur. `used` is what the present month has used, `sizes` what a month holds. */
export function estimateMonths(
  planned: readonly Planned[],
  used: (channel: Address['channel'], month: string) => Amounts,
  sizes: (channel: Address['channel']) => Amounts | undefined,
): MonthEstimate[] {
  const months = new Map<string, MonthEstimate>()
  for (const one of planned) {
    const month = monthOf(one.at)
    const { channel } = one.to
    const key = `${month}|${channel}`
    const before = months.get(key) ?? {
      month,
      channel,
      cost: used(channel, month),
      answers: NOTHING,
      held: {},
    }
    months.set(key, add(before, one, sizes(channel)))
  }
  return [...months.values()]
}

function add(before: MonthEstimate, { to, rank, about }: Planned, size: Amounts | undefined): MonthEstimate {
  const meter = meterOf(to)
  if (size && !mayGo(rank, before.cost[meter], size[meter])) {
    return { ...before, held: { ...before.held, [rank]: (before.held[rank] ?? 0) + 1 } }
  }
  const asked = to.kind === 'direct' && rank === 'prompt' ? about : 0
  return {
    ...before,
    cost: { ...before.cost, [meter]: before.cost[meter] + 1 },
    answers: {
      calls: before.answers.calls + asked * ANSWER.calls,
      messages: before.answers.messages + asked * ANSWER.messages,
    },
  }
}
