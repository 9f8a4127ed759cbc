// What comes in: stored, then acknowledged, then read and answered in one transaction (invariant 1, the way in).
import type { Instant } from '../core/calendar/civil.ts'
import { dateOf } from '../core/calendar/civil.ts'
import { type Card, EMPTIED } from '../core/message/types.ts'
import { groupByChat, personByAccount } from '../core/people/lookup.ts'
import { problemText } from '../core/problems.ts'
import type { Office } from '../core/task/decide.ts'
import { handleFilled } from './conversation/card-form.ts'
import { handleClick } from './conversation/click.ts'
import { answerProblem, openTasks, type Turn } from './conversation/context.ts'
import { help } from './conversation/help.ts'
import { listTasks } from './conversation/task-list.ts'
import { handleText } from './conversation/text.ts'
import type { Log } from './ports.ts'
import type { Snapshot, Store, StoredInbound, Tx } from './store-port.ts'

export type ReceiveDeps = { readonly store: Store; readonly office: Office; readonly log: Log }

export type Handled = {
  readonly stored: StoredInbound
  readonly redraws: readonly { id: string; card: Card }[]
}

/** After this many failures a message is set aside for a person instead of stopping those behind it. */
const MAX_ATTEMPTS = 3

/** So long a message is left to the process that can answer at once in its channel. */
const OTHERS_FIRST_MS = 10_000

/**
 * Handles the oldest message that waits, if any, and commits everything that follows from it at once. `reach`: beginnings of channel
 * and message id that this process could answer.
 */
export async function handleNext(
  deps: ReceiveDeps,
  now: Instant,
  reach: readonly string[],
): Promise<Handled | undefined> {
  const mine = { reach, orBefore: now - OTHERS_FIRST_MS }
  if (!(await deps.store.hasUnhandledInbound(mine))) return undefined
  const snapshot = await deps.store.office()
  let current: StoredInbound | undefined
  try {
    return await deps.store.transaction(async (tx) => {
      const [stored] = await tx.unhandledInbound(1, mine)
      if (!stored) return undefined
      current = stored
      const redraws = await interpret(deps, tx, snapshot, stored, now)
      await tx.finishInbound(stored.id, { state: 'done', at: now })
      return { stored, redraws }
    })
  } catch (error) {
    if (!current) throw error
    await setAside(deps, current, error, now)
    return { stored: current, redraws: [] }
  }
}

async function setAside(
  { store, log }: ReceiveDeps,
  stored: StoredInbound,
  error: unknown,
  now: Instant,
): Promise<void> {
  const isLast = stored.attempts + 1 >= MAX_ATTEMPTS
  log.error({ error, inbound: stored.id, attempts: stored.attempts + 1 }, 'handling a message failed')
  await store.transaction(async (tx) => {
    await tx.finishInbound(stored.id, {
      state: isLast ? 'failed' : 'received',
      at: now,
      error: String(error),
    })
    if (!isLast) return
    await tx.append([{ at: now, actor: 'duban', kind: 'inbound-failed', inbound: stored.id }])
    await tellStranger(tx, stored, now, 'our-fault', {}, stored.id)
  })
}

async function interpret(
  { office, log }: ReceiveDeps,
  tx: Tx,
  snapshot: Snapshot,
  stored: StoredInbound,
  now: Instant,
): Promise<Turn['redraws']> {
  const { inbound } = stored
  const person =
    inbound.sender === undefined
      ? undefined
      : personByAccount(snapshot.directory, inbound.channel, inbound.sender)
  if (!person) {
    const account = inbound.sender ?? '（平台未提供）'
    await tx.append([
      { at: now, actor: `${inbound.channel}:${account}`, kind: 'unknown-sender', inbound: stored.id },
    ])
    await tellStranger(tx, stored, now, 'unknown-sender', { account }, `${account}|${dateOf(now)}`)
    return []
  }
  if (inbound.chat.kind === 'group' && !groupByChat(snapshot.directory, inbound.channel, inbound.chat.id)) {
    await tx.append([{ at: now, actor: person.key, kind: 'unknown-group', inbound: stored.id }])
    await tellStranger(
      tx,
      stored,
      now,
      'unknown-group',
      { chat: inbound.chat.id },
      `${inbound.chat.id}|${dateOf(now)}`,
    )
    return []
  }
  const turn: Turn = { tx, snapshot, office, now, log, stored, person, redraws: [], answers: 0 }
  await react(turn)
  return turn.redraws
}

async function react(turn: Turn): Promise<void> {
  const { content } = turn.stored.inbound
  switch (content.type) {
    case 'click':
      return handleClick(turn, content.card, content.button)
    case 'filled':
      return handleFilled(turn, content.card, content.values)
    case 'text':
      if (content.text.trim() === '' && content.media.length > 0)
        return help(turn, 'unsupported', { text: '（图片或文件）', slots: { what: '图片和文件' } })
      return handleText(turn, content.text, content.quote)
    case 'entered':
      return listTasks(turn, await openTasks(turn))
    case 'unsupported':
      if (content.what === EMPTIED) return answerProblem(turn, 'month-over')
      return help(turn, 'unsupported', { text: `（${content.what}）`, slots: { what: content.what } })
  }
}

/** One clear answer, at most once for the same `key`: a stranger who writes ten times is not answered ten times. */
async function tellStranger(
  tx: Tx,
  { inbound }: StoredInbound,
  now: Instant,
  problem: 'unknown-sender' | 'unknown-group' | 'our-fault',
  slots: Record<string, string>,
  key: string,
): Promise<void> {
  await tx.enqueue(
    [
      {
        dedupKey: `${problem}|${inbound.channel}|${key}`,
        to: inbound.chat,
        family: 'reply',
        saying: { type: 'card', words: 'problem', slots: problemText(problem, slots) },
        notBefore: now,
        ...(inbound.replyTo ? { replyTo: inbound.replyTo } : {}),
      },
    ],
    now,
  )
}
