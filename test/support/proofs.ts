// That nothing was lost or said twice, whatever happened: what the phones show against what the database says was sent.
import type { Bubble, World } from '../../src/sandbox/world.ts'
import type { Database } from '../../src/store/database.ts'
import { findBrokenLink } from '../../src/store/events.ts'

export type Proofs = {
  /** What still waits to be said, or was given up. */
  readonly open: readonly string[]
  readonly unhandled: readonly string[]
  /** Messages that left, each with its address. */
  readonly cards: ReadonlySet<string>
  /** Messages on the phones; one that is no card has no place among `cards`. */
  readonly phones: readonly string[]
  readonly isWhole: boolean
}

export async function readProofs({ pool }: Database, world: World): Promise<Proofs> {
  const lines = async (sql: string): Promise<string[]> =>
    (await pool.query<{ line: string }>(sql)).rows.map(({ line }) => line)
  const cards = await lines(`SELECT DISTINCT o.send_id || ' ' || s.address AS line
    FROM outbox o JOIN send s ON s.id = o.send_id WHERE o.state = 'sent'`)
  return {
    open: await lines(
      `SELECT concat_ws(' ', address, state, family) AS line FROM outbox WHERE state NOT IN ('sent', 'merged', 'dropped')`,
    ),
    unhandled: await lines(`SELECT message_id AS line FROM inbound WHERE state <> 'done'`),
    cards: new Set(cards),
    phones: world
      .bubbles()
      .filter(({ from }) => from === 'bot')
      .map(cardOf),
    isWhole: !('seq' in (await findBrokenLink(pool))),
  }
}

function cardOf({ card, chat, platform, markdown, text }: Bubble): string {
  if (!card) return `words: ${markdown ?? text}`
  const kind = chat.startsWith('wr') || chat.startsWith('cid') ? 'group' : 'direct'
  return `${card.id} ${platform}:${kind}:${chat}`
}
