// From queued notices to messages that left: claim, bundle, pace, check, render, send, settle (invariants 2, 3 and 4).

import { dateOf, type Instant } from '../core/calendar/civil.ts'
import { groupBy } from '../core/group-by.ts'
import { bundle } from '../core/message/bundle.ts'
import { earliestSend, longestWindow, type RecentSend } from '../core/message/pace.ts'
import { whyUntrue } from '../core/message/still-true.ts'
import { type Address, addressKey, addressOf } from '../core/message/types.ts'
import type { Words } from '../core/message/words.ts'
import type { ChannelName } from '../core/people/directory.ts'
import type { Office } from '../core/task/decide.ts'
import { formsUnder } from './card-form.ts'
import type { FormLinks } from './form-link.ts'
import type { QueuedNotice } from './outbox-port.ts'
import type { Channel, Log } from './ports.ts'
import { ration } from './ration.ts'
import { type Outgoings, render, type Scene } from './render.ts'
import { sendAll, type ToSend } from './send.ts'
import type { Store } from './store-port.ts'
import type { Usage } from './usage.ts'

export type DeliverDeps = {
  readonly store: Store
  readonly office: Office
  readonly log: Log
  readonly words: Words
  readonly channels: ReadonlyMap<ChannelName, Channel>
  /** A fresh idempotency key, ≤ 64 of [0-9A-Za-z_-], never used before by any installation. */
  readonly newId: () => string
  /** What the platforms' months have used up; absent: nothing is rationed. */
  readonly usage?: Usage
  /** Absent while nobody outside can reach our pages. */
  readonly formLinks?: FormLinks
}

/** How many addresses one claim takes. */
const ADDRESSES = 40

/** How often a claim is prolonged while it is served. */
const KEEP_MS = 3_000

/** Where something could leave now, or what could be answered: beginnings of address keys, or of channel and message id. */
export const reachOf = (
  { channels }: Pick<DeliverDeps, 'channels'>,
  what: 'addresses' | 'messages',
  without: Full = new Set(),
): string[] =>
  [...channels]
    .filter(([name]) => !without.has(name))
    .flatMap(([name, channel]) =>
      (channel.isReady() ? [''] : (channel.partly?.()[what] ?? [])).map((part) => `${name}:${part}`),
    )

/** Channels whose own limit is reached for now: looking at all that waits there would change nothing. */
type Full = Set<ChannelName>

/** Sends all that may be sent at `now`; returns how many messages left. Safe in several processes at once. */
export async function deliver(deps: DeliverDeps, now: () => Instant): Promise<number> {
  let sent = 0
  const full: Full = new Set()
  for (;;) {
    const queued = await deps.store.claim(now(), ADDRESSES, reachOf(deps, 'addresses', full))
    if (queued.length === 0) return sent
    const addresses = [...new Set(queued.map(({ address }) => address))]
    const keeping = setInterval(() => void keep(deps, addresses), KEEP_MS)
    try {
      sent += await serve(deps, queued, now(), full)
    } finally {
      clearInterval(keeping)
      await deps.store.release(addresses)
    }
  }
}

/** A claim that can't be prolonged runs out: then another process goes on, and what has not begun here does not begin. */
async function keep({ store, log }: DeliverDeps, addresses: readonly string[]): Promise<void> {
  await store.keep(addresses).catch((error: unknown) => log.warn({ error }, 'claim not prolonged'))
}

async function serve(
  deps: DeliverDeps,
  queued: readonly QueuedNotice[],
  now: Instant,
  full: Full,
): Promise<number> {
  const usable = await withoutLost(deps, queued, now)
  const ids = [...new Set(usable.flatMap(({ task }) => task ?? []))]
  const formal = usable.filter(({ saying }) => saying.type === 'formal').flatMap(({ task }) => task ?? [])
  const scene: Scene = {
    deps,
    now,
    snapshot: await deps.store.office(),
    tasks: new Map((await deps.store.tasksById(ids)).map((task) => [task.id, task])),
    proof: formal.length > 0 ? await deps.store.proofOf(formal) : [],
  }
  const bundles = await bundleAll(scene, usable)
  const true_ = await keepTrue(scene, bundles)
  const forms = await formsUnder(deps, scene, true_)
  const messages = true_.map((one) => render(scene, one, forms))
  return sendAll(deps, await pace(deps, await ration(deps, messages, now), now, full), now)
}

/** Begun by a process that died before it heard the answer: tried again only where the platform recognises the message by its id. */
async function withoutLost(
  deps: DeliverDeps,
  queued: readonly QueuedNotice[],
  now: Instant,
): Promise<QueuedNotice[]> {
  const isLost = (notice: QueuedNotice): boolean => notice.settled === false && notice.idempotent !== true
  const lost = queued.filter(isLost)
  const sends = [...new Set(lost.flatMap(({ sendId }) => sendId ?? []))]
  if (sends.length > 0) {
    deps.log.error({ sends: sends.length }, 'messages of unknown outcome need a person')
    await deps.store.settle(
      sends.map((id) => ({
        id,
        state: 'unknown',
        at: now,
        detail: 'the process ended before the platform answered',
      })),
      lost.map(({ task, sendId }) => ({
        at: now,
        actor: 'duban',
        kind: 'send-unknown',
        ...(task ? { task } : {}),
        data: { send: sendId },
      })),
      [],
    )
  }
  return queued.filter((notice) => !isLost(notice))
}

async function bundleAll({ deps, now }: Scene, queued: readonly QueuedNotice[]): Promise<Outgoings[]> {
  const byAddress = groupBy(queued, ({ address }) => address)
  const spoken = await deps.store.spokenOn(dateOf(now), [...byAddress.keys()])
  const all = [...byAddress].map(([address, notices]) => ({
    address: addressOf(address),
    bundles: bundle(notices, spoken.get(address) ?? new Set(), deps.office, now),
  }))
  await deps.store.holdNotices(all.flatMap(({ bundles }) => bundles.held))
  await deps.store.closeNotices(
    all.flatMap(({ bundles }) => bundles.merged),
    'merged',
    [],
  )
  return all.flatMap(({ address, bundles }) => bundles.go.map((one) => ({ ...one, address })))
}

/** Drops what is no longer true at this very moment, with the reason in the trail. */
async function keepTrue(scene: Scene, bundles: readonly Outgoings[]): Promise<Outgoings[]> {
  const untrue = bundles.flatMap(({ items, address }) =>
    items.flatMap((notice) => {
      const why = whyNot(scene, notice, address)
      return why === undefined ? [] : [{ notice, why }]
    }),
  )
  await scene.deps.store.closeNotices(
    untrue.map(({ notice }) => notice.id),
    'dropped',
    untrue.map(({ notice, why }) => ({
      at: scene.now,
      actor: 'duban',
      kind: 'notice-dropped',
      ...(notice.task ? { task: notice.task } : {}),
      data: { why, step: notice.step ?? null, to: notice.address },
    })),
  )
  const dropped = new Set(untrue.map(({ notice }) => notice.id))
  return bundles
    .map((one) => ({ ...one, items: one.items.filter(({ id }) => !dropped.has(id)) }))
    .filter(({ items }) => items.length > 0)
}

function whyNot({ snapshot, tasks, now }: Scene, notice: QueuedNotice, to: Address): string | undefined {
  if (notice.saying.type === 'card') return undefined
  const task = tasks.get(notice.saying.task)
  const plan = snapshot.plans.find(({ key }) => key === task?.plan)
  if (!task || !plan) return 'plan-removed'
  return whyUntrue(notice.saying, to, task, plan, snapshot.directory, now)
}

/** Holds what the platform's published limits don't allow yet; counted from stored rows, so a restart forgets nothing. */
async function pace(
  deps: DeliverDeps,
  messages: readonly ToSend[],
  now: Instant,
  full: Full,
): Promise<ToSend[]> {
  const allowed: ToSend[] = []
  for (const [name, ofChannel] of groupBy(messages, ({ message }) => message.to.channel)) {
    const limits = deps.channels.get(name)?.limits ?? []
    const ofAll = limits.filter(({ per }) => per === 'channel')
    const recent = await recentOf(deps, name, ofChannel, now)
    for (const one of ofChannel) {
      const address = addressKey(one.message.to)
      const at = earliestSend(limits, recent, address, now)
      if (at > now) {
        await deps.store.holdNotices(one.notices.map(({ id }) => ({ id, until: at })))
        if (earliestSend(ofAll, recent, address, now) > now) full.add(name)
      } else {
        recent.push({ address, at: now })
        allowed.push(one)
      }
    }
  }
  return allowed
}

/** Everybody's sends where a limit counts them all, else only those to the chats in hand. */
function recentOf(
  { channels, store }: DeliverDeps,
  name: ChannelName,
  messages: readonly ToSend[],
  now: Instant,
): Promise<RecentSend[]> {
  const limits = channels.get(name)?.limits ?? []
  const since = now - longestWindow(limits)
  if (limits.some(({ per }) => per === 'channel')) return store.recentSends(name, since)
  return store.recentSends(
    name,
    since,
    messages.map(({ message }) => addressKey(message.to)),
  )
}
