// Who opens a phone page: the platform vouches for an account, the directory knows the person, and a signed cookie remembers him.
import { randomBytes } from 'node:crypto'
import { HOUR_MS, type Instant } from '../core/calendar/civil.ts'
import type { ChannelName, Person } from '../core/people/directory.ts'
import { personByAccount, personByKey } from '../core/people/lookup.ts'
import { channelNames } from './import/words.ts'
import { type FormRefusal, refusal } from './open-form.ts'
import type { Log } from './ports.ts'
import { readSigned, sign } from './signed.ts'
import type { Store } from './store-port.ts'

/** `client`: a page inside the platform's own client was given the code; `browser`: it came back with the visitor. */
export type CodeSource = 'client' | 'browser'

/**
 * `again`: the code is used up, too old or unknown. `refused`: something is not set up, `cure` says what in Chinese. `later`: the
 * platform did not answer.
 */
export type SignInOutcome =
  | { readonly type: 'account'; readonly id: string }
  | { readonly type: 'outsider' }
  | { readonly type: 'again' }
  | { readonly type: 'refused'; readonly cure: string }
  | { readonly type: 'later' }

/** One platform's way of telling who somebody is. */
export interface SignIn {
  readonly channel: ChannelName
  /** Where a page inside the platform's client asks for the code itself; absent: there too the visitor is led to `authorizeUrl`. */
  readonly inClient?: { readonly corpId: string; readonly clientId: string }
  /** `state`: letters and digits. */
  authorizeUrl(redirectUri: string, state: string): string
  /** Never throws. A code is good once. */
  accountOf(code: string, from: CodeSource): Promise<SignInOutcome>
}

/** Who is signed in, and on which platform: where his receipts go. */
export type Visitor = { readonly person: Person; readonly channel: ChannelName }

export type SignInDeps = { readonly store: Store; readonly key: Uint8Array; readonly log: Log }

/** How long a sign-in lasts: a working day, so that nobody signs in twice on one. */
export const SESSION_MS = 12 * HOUR_MS

/** Who the code stands for, `again` where a new one may help, or what to tell the visitor. */
export async function identify(
  { store, log }: SignInDeps,
  signIn: SignIn,
  code: string,
  from: CodeSource,
): Promise<Visitor | 'again' | FormRefusal> {
  const { channel } = signIn
  const platform = channelNames[channel]
  const outcome = await signIn.accountOf(code, from)
  if (outcome.type === 'again') return 'again'
  if (outcome.type === 'outsider') return refusal('sign-in-outsider', { platform })
  if (outcome.type === 'account') {
    const person = personByAccount((await store.office()).directory, channel, outcome.id)
    return person ? { person, channel } : refusal('sign-in-unknown', { platform, account: outcome.id })
  }
  log.warn({ channel, ...outcome }, 'the platform did not sign a visitor in')
  if (outcome.type === 'later') return refusal('sign-in-later', { platform })
  return refusal('sign-in-refused', { platform, cure: outcome.cure.replace(/。$/, '') })
}

/** What the session cookie holds. */
export function signSession({ person, channel }: Visitor, key: Uint8Array, now: Instant): string {
  return sign('session-1:', [person.key, channel, now + SESSION_MS], key)
}

/** Whose session this is, if it is ours, still runs, and its person is still in the directory with an account there. */
export async function visitorOf(
  { store, key }: SignInDeps,
  session: string,
  now: Instant,
): Promise<Visitor | undefined> {
  const facts = readSigned('session-1:', session, key) as [string, ChannelName, Instant] | undefined
  if (!facts || now > facts[2]) return undefined
  const [personKey, channel] = facts
  const person = personByKey((await store.office()).directory, personKey)
  return person?.accounts.some((account) => account.channel === channel) ? { person, channel } : undefined
}

/** A sign-in on its way: what must come back from the platform, and where the visitor wanted to go. */
export type Attempt = {
  readonly channel: ChannelName
  readonly state: string
  readonly to: string
  /** The first code was of no use; there is no third try by itself. */
  readonly isSecond: boolean
}

/** Longer than a code lives, and shorter than a lunch. */
export const ATTEMPT_MS = 10 * 60_000

/** With a new state, which nobody can guess. */
export function newAttempt(channel: ChannelName, to: string, isSecond: boolean): Attempt {
  return { channel, state: randomBytes(16).toString('hex'), to, isSecond }
}

/** What the cookie of a sign-in on its way holds. */
export function signAttempt(
  { channel, state, to, isSecond }: Attempt,
  key: Uint8Array,
  now: Instant,
): string {
  return sign('attempt-1:', [channel, state, to, isSecond, now + ATTEMPT_MS], key)
}

/** The attempt that this browser began, while it runs. */
export function readAttempt(text: string, key: Uint8Array, now: Instant): Attempt | undefined {
  const facts = readSigned('attempt-1:', text, key) as
    | [ChannelName, string, string, boolean, Instant]
    | undefined
  if (!facts || now > facts[4]) return undefined
  const [channel, state, to, isSecond] = facts
  return { channel, state, to, isSecond }
}
