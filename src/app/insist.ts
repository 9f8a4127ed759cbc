// Rings for overdue notices that were just taken, where the operator asked for it: an extra that must never cost a message.
import type { Instant } from '../core/calendar/civil.ts'
import { mayGo } from '../core/message/quota.ts'
import type { DeliverDeps } from './deliver.ts'
import type { Channel } from './ports.ts'
import type { Sent } from './send.ts'
import type { EventDraft } from './store-port.ts'

/** At most once for each message, and not at all while the month is short. What comes of it is in the trail and in the log. */
export async function insist(deps: DeliverDeps, sent: readonly Sent[], now: Instant): Promise<void> {
  const events: EventDraft[] = []
  for (const one of sent.filter(isUrgent)) {
    const channel = deps.channels.get(one.message.to.channel)
    if (!channel?.insist || (await isShort(deps, channel, now))) continue
    const outcome = await channel.insist(one.message)
    if (outcome.type !== 'sent')
      deps.log.warn({ outcome, channel: channel.name }, 'an overdue notice did not ring')
    const data = { send: one.message.id, outcome: outcome.type }
    for (const { task } of one.notices)
      events.push({ at: now, actor: 'duban', kind: 'rang', ...(task ? { task } : {}), data })
  }
  if (events.length > 0) await deps.store.transaction((tx) => tx.append(events))
}

const isUrgent = ({ outcome, message, notices }: Sent): boolean =>
  outcome.type === 'sent' &&
  message.to.kind === 'direct' &&
  notices.some(
    ({ saying }) =>
      saying.type === 'duty' && saying.kind === 'overdue-notice' && saying.reader === 'assignee',
  )

// The first thing that is given up when calls run out.
async function isShort({ usage }: DeliverDeps, { name, quota }: Channel, now: Instant): Promise<boolean> {
  if (!usage || !quota) return false
  return !mayGo('group', (await usage.used(name, now)).calls, quota.calls)
}
