// The address of one task's form: who and what it is for, signed, so that nobody can make or change one.
import { DAY_MS, type Instant } from '../core/calendar/civil.ts'
import type { ChannelName } from '../core/people/directory.ts'
import type { Task } from '../core/task/types.ts'
import { readSigned, sign } from './signed.ts'

export type FormTicket = {
  readonly task: string
  readonly person: string
  /** Where the card was read, and where the receipt goes. */
  readonly channel: ChannelName
  readonly expires: Instant
}

/** How long after its due date a report can still be handed in by its old link. */
const LINK_LIFE_MS = 30 * DAY_MS

/** Makes the address of a form; `key` is the installation's own. */
export type FormLinks = (task: Task, person: string, channel: ChannelName, now: Instant) => string

export function formLinks(publicUrl: string, key: Uint8Array): FormLinks {
  return (task, person, channel, now) => {
    // A card about a task that is long overdue must not carry a dead link.
    const expires = Math.max(task.dueAt, now) + LINK_LIFE_MS
    return `${publicUrl}/m/t/${signTicket({ task: task.id, person, channel, expires }, key)}`
  }
}

/** The token of a form's address; see `sign`. */
export function signTicket({ task, person, channel, expires }: FormTicket, key: Uint8Array): string {
  return sign('', [task, person, channel, expires], key)
}

/** The ticket of an untouched token; undefined for anything else. Whether it has expired is for the caller. */
export function readTicket(token: string, key: Uint8Array): FormTicket | undefined {
  const facts = readSigned('', token, key) as [string, string, ChannelName, Instant] | undefined
  if (!facts) return undefined
  const [task, person, channel, expires] = facts
  return { task, person, channel, expires }
}
