// What a person was shown or asked and may be answering now: kept in the database, so that it survives restarts, and forgotten in time.
import { type CivilDate, DAY_MS, HOUR_MS, type Instant } from '../../core/calendar/civil.ts'
import type { Turn } from './context.ts'
import type { Filling } from './fill-in.ts'
import type { Question } from './questions.ts'
import type { Pending } from './requests/pending.ts'

type Slots = {
  /** The tasks of the list that he read last, in its order. */
  readonly listed: readonly string[]
  /** He pressed "correct" for this task. */
  readonly correcting: string
  /** What he said when he was asked which duty is meant, and the duties in the order of the card. */
  readonly choosing: {
    readonly text: string
    readonly tasks: readonly string[]
    readonly fitsAll: boolean
    /** He has said nothing since. */
    readonly fresh: boolean
  }
  /** The task about which something was asked back. */
  readonly asked: string
  /** What he was asked about a request. */
  readonly requesting: Pending
  /** What he was asked about figures and has not answered. */
  readonly questions: readonly Question[]
  /** The form that he has begun in sentences. */
  readonly filling: Filling
  /** What could not be read on this day, as long as each got a helpful answer. */
  readonly unread: { readonly day: CivilDate; readonly said: readonly string[] }
}

type Slot = keyof Slots
type Kept = { readonly [S in Slot]?: { readonly value: Slots[S]; readonly at: Instant } }

/** A list that was shown this long ago is not what a number means any more. */
export const LIST_LIFE_MS = 7 * DAY_MS

/** Figures that come hours after "correct" was pressed are more likely the next report than a correction. */
const LASTS: Record<Slot, number> = {
  listed: LIST_LIFE_MS,
  correcting: HOUR_MS,
  choosing: DAY_MS,
  asked: 2 * DAY_MS,
  requesting: DAY_MS,
  questions: 7 * DAY_MS,
  filling: 2 * DAY_MS,
  unread: DAY_MS,
}

/** What was remembered, with its time; undefined when there is nothing or it is too old. */
export async function recall<S extends Slot>(
  turn: Pick<Turn, 'tx' | 'person' | 'now'>,
  slot: S,
): Promise<{ value: Slots[S]; at: Instant } | undefined> {
  const kept: Kept = (await turn.tx.conversation(turn.person.key)) ?? {}
  const found = kept[slot]
  return found && turn.now - found.at <= LASTS[slot] ? found : undefined
}

/** Without a value the slot is forgotten. */
export async function remember<S extends Slot>(turn: Turn, slot: S, value?: Slots[S]): Promise<void> {
  const kept = (await turn.tx.conversation(turn.person.key)) ?? {}
  const { [slot]: _, ...others } = kept
  const next = value === undefined ? others : { ...others, [slot]: { value, at: turn.now } }
  await turn.tx.saveConversation(turn.person.key, next, turn.now)
}
