// Who hears a step of the ladder: roles become people and groups, and an empty seat becomes its fallback (invariant 11).
import { type CivilDate, dateOf, type Instant } from '../calendar/civil.ts'
import type { Directory, Person } from '../people/directory.ts'
import { fallbackPosts, groupsFor, headOf, holderOf, officePost, standInFor } from '../people/lookup.ts'
import type { Plan } from '../plan/types.ts'
import { isEscalation } from '../task/decide.ts'
import { type Audience, isFormal, type Step } from '../task/policy.ts'
import type { Task } from '../task/types.ts'
import type { Family, Notice, Reader, Saying } from './notice.ts'
import { type Address, addressKey } from './types.ts'

export type Listener = { readonly to: Address; readonly reader: Reader; readonly person?: Person }

/** The notices of one step of one task, each to a different address. Empty only when not even the plan's office has an account. */
export function noticesOf(task: Task, step: Step, plan: Plan, directory: Directory, now: Instant): Notice[] {
  const heard = new Set<string>()
  return step.to
    .flatMap((audience) => listeners(task, audience, plan, directory, dateOf(now)))
    .filter(({ to }) => !heard.has(addressKey(to)) && heard.add(addressKey(to)))
    .map((listener) => notice(task, step, listener, now))
}

function notice(task: Task, step: Step, { to, reader }: Listener, now: Instant): Notice {
  const saying: Saying = isFormal(step.kind)
    ? { type: 'formal', task: task.id, step: step.key, kind: step.kind }
    : { type: 'duty', task: task.id, step: step.key, kind: step.kind, reader }
  return {
    // The due date is part of the key: after an extension the same step may be said again.
    dedupKey: [task.key, step.key, dateOf(task.dueAt), addressKey(to)].join('|'),
    to,
    family: familyOf(step, reader),
    saying,
    task: task.id,
    step: step.key,
    notBefore: now,
    ...(isEscalation(step) ? {} : { deadline: task.dueAt }),
  }
}

function familyOf(step: Step, reader: Reader): Family {
  if (isFormal(step.kind)) return step.kind
  return reader === 'unit-head' || reader === 'office' ? 'overdue-copy' : 'duty'
}

/** The people or groups behind one audience on one day. */
export function listeners(
  task: Pick<Task, 'post' | 'unit' | 'plan'>,
  audience: Audience,
  plan: Plan,
  directory: Directory,
  day: CivilDate,
): Listener[] {
  if (audience === 'group') {
    const groups = groupsFor(directory, { plan: plan.key, unit: task.unit })
    if (groups.length > 0) {
      return groups.map((group) => ({
        to: { channel: group.channel, kind: 'group', id: group.chatId },
        reader: 'group',
      }))
    }
    return direct(directory, fallback(directory, plan), 'office', day)
  }
  const seats = [
    seatOf(task, audience, plan, directory),
    ...fallbackPosts(directory, plan, task.unit).map(({ key }) => key),
  ]
  const reader: Reader = audience === 'leader' ? 'office' : audience
  return direct(directory, seats, reader, day)
}

function seatOf(
  task: Pick<Task, 'post' | 'unit'>,
  audience: Audience,
  plan: Plan,
  directory: Directory,
): string | undefined {
  if (audience === 'assignee') return task.post
  if (audience === 'unit-head') return headOf(directory, task.unit)?.key
  if (audience === 'leader') return plan.leader
  return officePost(directory, plan.office)?.key
}

const fallback = (directory: Directory, plan: Plan): (string | undefined)[] => [
  officePost(directory, plan.office)?.key,
]

/** The first of these seats at which somebody can be reached: its stand-in on that day, else its holder. */
function direct(
  directory: Directory,
  seats: readonly (string | undefined)[],
  reader: Reader,
  day: CivilDate,
): Listener[] {
  for (const seat of seats) {
    if (seat === undefined) continue
    for (const person of [standInFor(directory, seat, day), holderOf(directory, seat, day)]) {
      const account = person?.accounts[0]
      if (person && account) return [{ to: { ...account, kind: 'direct' }, reader, person }]
    }
  }
  return []
}
