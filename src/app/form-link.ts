// The address of one task's form: who and what it is for, signed, so that nobody can make or change one.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { DAY_MS, type Instant } from '../core/calendar/civil.ts'
import type { ChannelName } from '../core/people/directory.ts'
import type { Task } from '../core/task/types.ts'

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

/** `<payload>.<HMAC-SHA256>`, both base64url. */
export function signTicket({ task, person, channel, expires }: FormTicket, key: Uint8Array): string {
  const payload = Buffer.from(JSON.stringify([task, person, channel, expires])).toString('base64url')
  return `${payload}.${signature(payload, key).toString('base64url')}`
}

/** The ticket of an untouched token; undefined for anything else. Whether it has expired is for the caller. */
export function readTicket(token: string, key: Uint8Array): FormTicket | undefined {
  const [payload = '', signed = '', ...rest] = token.split('.')
  const given = Buffer.from(signed, 'base64url')
  const right = signature(payload, key)
  if (rest.length > 0 || given.length !== right.length || !timingSafeEqual(given, right)) return undefined
  const [task, person, channel, expires] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [
    string,
    string,
    ChannelName,
    Instant,
  ]
  return { task, person, channel, expires }
}

const signature = (payload: string, key: Uint8Array): Buffer =>
  createHmac('sha256', key).update(payload).digest()
