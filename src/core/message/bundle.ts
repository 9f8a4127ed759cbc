// The choke point's rules for one address: quiet hours, one card a day and family, nothing twice about one task (domain §4, invariant 4).

import type { Instant } from '../calendar/civil.ts'
import { nextWorkingMoment, nextWorkingMorning } from '../calendar/working-hours.ts'
import { groupBy } from '../group-by.ts'
import type { Office } from '../task/decide.ts'
import type { Family } from './notice.ts'

/** A queued notice as the rules need it; `id`s grow with time. */
export type Waiting = {
  readonly id: string
  readonly family: Family
  readonly task?: string
  readonly deadline?: Instant
  /** Set when an earlier try of this message has to be finished: the same notices leave under the same id again. */
  readonly sendId?: string
}

export type Bundle<W extends Waiting> = {
  readonly family: Family
  readonly sendId?: string
  readonly items: readonly W[]
}

export type Bundles<W extends Waiting> = {
  readonly go: readonly Bundle<W>[]
  /** Not now: look again at `until`. */
  readonly held: readonly { readonly id: string; readonly until: Instant }[]
  /** Said by a newer notice about the same task in the same card. */
  readonly merged: readonly string[]
}

/**
 * Splits what waits for one address into cards that go now and notices that wait. `spoken` names the families that had
 * their card today. Replies and unfinished tries go at once. Everything else goes in working hours only and, requests aside,
 * once a day, unless its deadline would pass before the next chance.
 */
export function bundle<W extends Waiting>(
  waiting: readonly W[],
  spoken: ReadonlySet<Family>,
  office: Office,
  now: Instant,
): Bundles<W> {
  const retries = [
    ...groupBy(
      waiting.filter((w) => w.sendId !== undefined),
      (w) => w.sendId ?? '',
    ).values(),
  ]
  const fresh = waiting.filter((w) => w.sendId === undefined)
  const replies = fresh.filter((w) => w.family === 'reply')
  const pushes = fresh.filter((w) => w.family !== 'reply')
  const hold = new Map(pushes.map((w) => [w.id, heldUntil(w, spoken, office, now)]))
  const free = pushes.filter((w) => hold.get(w.id) === undefined)
  const alone = [...replies, ...free.filter((w) => w.family === 'request')]
  const leaving = [
    ...groupBy(
      free.filter((w) => w.family !== 'request'),
      (w) => w.family,
    ).values(),
  ].map(latestPerTask)
  return {
    go: [
      ...retries.map((items) => ({
        family: familyOf(items),
        items,
        ...(items[0]?.sendId ? { sendId: items[0].sendId } : {}),
      })),
      ...alone.map((item) => ({ family: item.family, items: [item] })),
      ...leaving.map(({ kept }) => ({ family: familyOf(kept), items: kept })),
    ],
    held: [...hold].flatMap(([id, until]) => (until === undefined ? [] : [{ id, until }])),
    merged: leaving.flatMap(({ merged }) => merged),
  }
}

function heldUntil(
  w: Waiting,
  spoken: ReadonlySet<Family>,
  { calendar, hours }: Office,
  now: Instant,
): Instant | undefined {
  const next =
    w.family !== 'request' && spoken.has(w.family)
      ? nextWorkingMorning(calendar, hours, now)
      : nextWorkingMoment(calendar, hours, now)
  if (next === now) return undefined
  const pressing = w.deadline !== undefined && w.deadline < next && w.deadline >= now
  return pressing ? undefined : next
}

function latestPerTask<W extends Waiting>(items: readonly W[]): { kept: W[]; merged: string[] } {
  const last = new Map(items.map((item) => [item.task ?? item.id, item]))
  const kept = [...last.values()]
  return { kept, merged: items.filter((item) => !kept.includes(item)).map(({ id }) => id) }
}

const familyOf = (items: readonly Waiting[]): Family => items[0]?.family ?? 'duty'
