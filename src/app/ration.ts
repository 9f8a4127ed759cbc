// When a platform's month runs short: the better messages go, the others wait with the reason in the trail, and the office is told.
import { dateOf, type Instant } from '../core/calendar/civil.ts'
import { nextWorkingMoment, nextWorkingMorning } from '../core/calendar/working-hours.ts'
import { groupBy } from '../core/group-by.ts'
import { listeners } from '../core/message/audience.ts'
import type { Notice } from '../core/message/notice.ts'
import {
  type Amounts,
  type Level,
  levelOf,
  mayGo,
  meterOf,
  monthEnd,
  monthOf,
  RANKS,
  rankOf,
} from '../core/message/quota.ts'
import { type Address, addressKey } from '../core/message/types.ts'
import type { ChannelName } from '../core/people/directory.ts'
import type { DeliverDeps } from './deliver.ts'
import type { Channel } from './ports.ts'
import type { ToSend } from './send.ts'
import type { EventDraft, Snapshot } from './store-port.ts'

/** The messages that may go now; the others are held until the next working morning, when the office may have bought more. */
export async function ration(
  deps: DeliverDeps,
  messages: readonly ToSend[],
  now: Instant,
): Promise<ToSend[]> {
  const held = new Set<ToSend>()
  for (const [name, ofChannel] of groupBy(messages, ({ message }) => message.to.channel)) {
    const quota = deps.channels.get(name)?.quota
    if (!quota || !deps.usage) continue
    for (const one of beyond(ofChannel, await deps.usage.used(name, now), quota)) held.add(one)
  }
  if (held.size > 0) await hold(deps, [...held], now)
  return messages.filter((one) => !held.has(one))
}

// What was begun already is finished: its answer may be the platform's own refusal.
function beyond(messages: readonly ToSend[], used: Amounts, quota: Amounts): ToSend[] {
  const left = { ...used }
  const rankOfMessage = ({ notices, message }: ToSend) => rankOf(notices, message.to)
  const best = messages.toSorted((a, b) => RANKS.indexOf(rankOfMessage(a)) - RANKS.indexOf(rankOfMessage(b)))
  return best.filter((one) => {
    const meter = meterOf(one.message.to)
    const begun = one.notices.some(({ sendId }) => sendId !== undefined)
    if (!begun && !mayGo(rankOfMessage(one), left[meter], quota[meter])) return true
    left[meter] += 1
    return false
  })
}

async function hold(deps: DeliverDeps, held: readonly ToSend[], now: Instant): Promise<void> {
  const { calendar, hours } = deps.office
  const until = Math.min(nextWorkingMorning(calendar, hours, now), monthEnd(now))
  const notices = held.flatMap((one) => one.notices)
  deps.log.warn({ messages: held.length, until }, 'held back: the month of the platform is nearly used up')
  await deps.store.holdNotices(notices.map(({ id }) => ({ id, until })))
  const events = notices.map(
    ({ task, step, address }): EventDraft => ({
      at: now,
      actor: 'duban',
      kind: 'notice-held',
      ...(task ? { task } : {}),
      data: { why: 'quota', step: step ?? null, to: address },
    }),
  )
  await deps.store.transaction((tx) => tx.append(events))
}

const NAMES: Record<ChannelName, string> = { wecom: '企业微信', dingtalk: '钉钉' }
const METERS = { calls: '接口调用', messages: 'Webhook和Stream消息' } as const

/** Tells every supervising office once a month that a platform's month runs short, and once that it is used up. */
export async function warnOfQuota(deps: DeliverDeps, now: Instant): Promise<void> {
  const { usage } = deps
  if (!usage) return
  const notices: Notice[] = []
  for (const [name, channel] of deps.channels) {
    if (channel.quota === undefined) continue
    const used = await usage.used(name, now)
    const level = worst(used, channel.quota)
    if (level) notices.push(...warnings(deps, await deps.store.office(), { name, used, channel, level }, now))
  }
  if (notices.length > 0) await deps.store.transaction((tx) => tx.enqueue(notices, now))
}

function worst(used: Amounts, quota: Amounts): Level | undefined {
  const levels = [levelOf(used.calls, quota.calls), levelOf(used.messages, quota.messages)]
  return levels.includes('spent') ? 'spent' : levels.find((level) => level !== undefined)
}

type Short = {
  readonly name: ChannelName
  readonly used: Amounts
  readonly channel: Channel
  readonly level: Level
}

function warnings(
  { office }: DeliverDeps,
  snapshot: Snapshot,
  { name, used, channel, level }: Short,
  now: Instant,
): Notice[] {
  const quota = channel.quota ?? used
  const lines = (['calls', 'messages'] as const).map(
    (meter) => `${METERS[meter]}：已用${used[meter]}，共${quota[meter]}`,
  )
  const slots = { platform: NAMES[name], month: monthOf(now), lines: lines.join('\n') }
  return officesOf(snapshot, name, now).map((to) => ({
    dedupKey: ['quota', name, monthOf(now), level, addressKey(to)].join('|'),
    to,
    family: 'reply',
    saying: { type: 'card', words: level === 'short' ? 'quota-short' : 'quota-spent', slots },
    notBefore: nextWorkingMoment(office.calendar, office.hours, now),
  }))
}

/** Where each office listens, rather on another platform than the one that runs short. */
function officesOf({ plans, directory }: Snapshot, short: ChannelName, now: Instant): Address[] {
  const heard = new Map<string, Address>()
  for (const plan of plans) {
    const seat = { post: '', unit: plan.office, plan: plan.key }
    const [listener] = listeners(seat, 'office', plan, directory, dateOf(now))
    if (!listener) continue
    const other = listener.person?.accounts.find(({ channel }) => channel !== short)
    const to: Address = other ? { ...other, kind: 'direct' } : listener.to
    heard.set(addressKey(to), to)
  }
  return [...heard.values()]
}
