// The last step of delivery: write down that it goes, send, write down what the platform said (invariant 2).

import { dateOf, type Instant } from '../core/calendar/civil.ts'
import { groupBy } from '../core/group-by.ts'
import { listeners } from '../core/message/audience.ts'
import type { Family, Notice } from '../core/message/notice.ts'
import { addressKey, type Outgoing, type SendOutcome } from '../core/message/types.ts'
import type { StepKind } from '../core/task/policy.ts'
import type { DeliverDeps } from './deliver.ts'
import { insist } from './insist.ts'
import type { QueuedNotice, Settlement } from './outbox-port.ts'
import type { Channel } from './ports.ts'
import { whoseAddress } from './render.ts'
import type { EventDraft, LedgerNote } from './store-port.ts'

/** `plan`: what the message is about, so that its office hears of a refusal. */
export type ToSend = {
  readonly message: Outgoing
  readonly family: Family
  readonly notices: readonly QueuedNotice[]
  readonly plan?: string
}

export type Sent = ToSend & { readonly outcome: SendOutcome }

/** Addresses served at the same time; within one address messages keep their order. */
const CONCURRENCY = 8

/** How often a message of unknown outcome is shown to a platform that can recognise it, before a person is asked. */
const MAX_ATTEMPTS = 5

const ASK_AGAIN_MS = 10_000

/** Sends and settles; returns how many messages the platforms took. */
export async function sendAll(deps: DeliverDeps, messages: readonly ToSend[], now: Instant): Promise<number> {
  const begun = await deps.store.beginSends(
    messages.map((one) => ({ record: recordOf(deps, one, now), notices: one.notices.map(({ id }) => id) })),
  )
  const lanes = [
    ...groupBy(
      messages.filter(({ message }) => begun.has(message.id)),
      ({ message }) => addressKey(message.to),
    ).values(),
  ]
  const sent: Sent[] = []
  const worker = async (): Promise<void> => {
    for (let lane = lanes.shift(); lane; lane = lanes.shift()) {
      for (const one of lane) sent.push({ ...one, outcome: await sendOne(deps, one.message) })
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
  if (sent.length > 0) await settleAll(deps, sent, now)
  return sent.filter(({ outcome }) => outcome.type === 'sent').length
}

function recordOf(deps: DeliverDeps, { message, family }: ToSend, now: Instant) {
  return {
    id: message.id,
    address: addressKey(message.to),
    channel: message.to.channel,
    family,
    day: dateOf(now),
    content: message.content,
    idempotent: channelOf(deps, message).isIdempotent(message),
    startedAt: now,
  }
}

function channelOf(deps: DeliverDeps, message: Outgoing): Channel {
  const channel = deps.channels.get(message.to.channel)
  if (!channel) throw new Error(`no channel ${message.to.channel}`)
  return channel
}

async function sendOne(deps: DeliverDeps, message: Outgoing): Promise<SendOutcome> {
  try {
    return await channelOf(deps, message).send(message)
  } catch (error) {
    deps.log.error({ error, channel: message.to.channel }, 'channel broke its promise never to throw')
    return { type: 'unknown', detail: 'our own error while sending' }
  }
}

async function settleAll(deps: DeliverDeps, sent: readonly Sent[], now: Instant): Promise<void> {
  const settlements = sent.map((one) => settlementOf(deps, one, now))
  const alarms = sent.filter(({ outcome }) => outcome.type === 'refused')
  await deps.store.settle(
    settlements,
    sent.flatMap((one, index) => eventsOf(one, settlements[index], now)),
    sent.flatMap((one) => notesOf(one, now)),
  )
  await tellOffice(deps, alarms, now)
  // Last: what is settled is never sent again, so neither is the ringing, whatever crashes here.
  await insist(deps, sent, now)
}

function settlementOf(deps: DeliverDeps, sent: Sent, at: Instant): Settlement {
  const { message, notices, outcome } = sent
  const base = { id: message.id, at }
  const unheard = mayBeShown(notices)
  switch (outcome.type) {
    case 'sent':
      return { ...base, state: 'sent', ...(outcome.platformId ? { platformId: outcome.platformId } : {}) }
    case 'retry-later':
      return { ...base, state: 'retry', detail: outcome.detail, notBefore: at + outcome.afterMs, unheard }
    case 'refused':
      // What refuses the repeat says nothing about the try before it.
      return { ...base, state: unheard ? 'unknown' : 'refused', code: outcome.code, detail: outcome.detail }
    case 'unknown':
      return unanswered(deps, sent, at, outcome.detail)
  }
}

/** True when an earlier try was never heard of again, by a crash of ours or an answer that was lost. */
const mayBeShown = (notices: readonly QueuedNotice[]): boolean =>
  notices.some(({ settled, unheard }) => settled === false || unheard === true)

function unanswered(deps: DeliverDeps, { message, notices }: Sent, at: Instant, detail: string): Settlement {
  const attempts = (notices[0]?.attempts ?? 0) + 1
  if (channelOf(deps, message).isIdempotent(message) && attempts < MAX_ATTEMPTS)
    return { id: message.id, at, state: 'retry', detail, notBefore: at + ASK_AGAIN_MS, unheard: true }
  deps.log.error({ channel: message.to.channel, detail }, 'message of unknown outcome needs a person')
  return { id: message.id, at, state: 'unknown', detail }
}

/** One event a task and message; tries that go on are not worth a line in the trail. */
function eventsOf({ message, notices }: Sent, settlement: Settlement | undefined, at: Instant): EventDraft[] {
  if (!settlement || settlement.state === 'retry') return []
  const data = {
    send: message.id,
    to: addressKey(message.to),
    ...(settlement.code ? { code: settlement.code } : {}),
  }
  return notices.map((notice) => ({
    at,
    actor: 'duban',
    kind: `message-${settlement.state}`,
    ...(notice.task ? { task: notice.task } : {}),
    data: { ...data, ...(notice.step ? { step: notice.step } : {}) },
  }))
}

const SAID: Record<StepKind, string> = {
  prompt: '已下达',
  reminder: '已提醒',
  'overdue-notice': '已点对点催办',
  named: '已在群内点名',
  circular: '通报代拟稿待签发',
  admonition: '约谈建议待签发',
  letter: '督办函代拟稿待签发',
}

const ISSUED: Partial<Record<StepKind, string>> = {
  circular: '已通报',
  admonition: '已约谈',
  letter: '已发函',
}

function notesOf({ notices, outcome }: Sent, at: Instant): LedgerNote[] {
  if (outcome.type !== 'sent') return []
  return notices.flatMap(({ task, saying }) => {
    if (task === undefined || saying.type === 'card' || saying.type === 'unreachable') return []
    const text = saying.type === 'issued' ? ISSUED[saying.kind] : SAID[saying.kind]
    return text === undefined ? [] : [{ task, text, at }]
  })
}

/** Whoever can't be reached is named to the supervising office once a day, with the cure (invariant 11). */
async function tellOffice(deps: DeliverDeps, refused: readonly Sent[], now: Instant): Promise<void> {
  if (refused.length === 0) return
  const snapshot = await deps.store.office()
  const notices = refused.flatMap(({ message, notices: said, outcome, plan: planKey }): Notice[] => {
    deps.log.warn({ channel: message.to.channel, outcome }, 'message refused')
    const first = said.find(({ task, saying }) => task !== undefined && saying.type !== 'unreachable')
    if (!first?.task || outcome.type !== 'refused') return []
    const plan = snapshot.plans.find(({ key }) => key === planKey)
    const to =
      plan &&
      listeners(
        { post: '', unit: plan.office, plan: plan.key },
        'office',
        plan,
        snapshot.directory,
        dateOf(now),
      )[0]
    if (!to || addressKey(to.to) === addressKey(message.to)) return []
    return [
      {
        dedupKey: ['unreachable', dateOf(now), addressKey(message.to), addressKey(to.to)].join('|'),
        to: to.to,
        family: 'unreachable',
        saying: {
          type: 'unreachable',
          task: first.task,
          whom: whoseAddress(snapshot, message.to),
          cure: outcome.cure,
        },
        task: first.task,
        notBefore: now,
      },
    ]
  })
  await deps.store.transaction((tx) => tx.enqueue(notices, now))
}
