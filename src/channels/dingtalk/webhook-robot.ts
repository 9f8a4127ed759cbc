// Groups that are spoken to through their own robot (自定义机器人): an address with a key in it, signed, twenty messages a minute.
import { createHmac } from 'node:crypto'
import type { Clock } from '../../app/ports.ts'
import type { Card, Outgoing, SendOutcome } from '../../core/message/types.ts'
import { WEBHOOK_CHAT, type WebhookSecret } from '../../core/people/directory.ts'
import { type Count, settle } from './call.ts'
import { exchange } from './http.ts'
import { outcomeOf } from './refusals.ts'
import { cutToBytes, markdownOf, renderMention } from './render.ts'

/** What opens a group's own robot, by the group's key; undefined when nothing is kept. Rejects with a Chinese sentence when it can't be read. */
export type KeyOf = (group: string) => Promise<WebhookSecret | undefined>

/** Documented; one more silences the robot for ten minutes, so we stop by ourselves. */
const PER_MINUTE = 20
const MINUTE_MS = 60_000
/** Documented (460101). */
const MAX_BODY_BYTES = 20_000
/** Left for the JSON around the text and its escapes. */
const TEXT_BYTES = 15_000

export type WebhookRobotOptions = {
  readonly oapiBase: string
  readonly clock: Clock
  readonly timeoutMs: number
  readonly count: Count
  readonly keyOf: KeyOf
}

export const isWebhookGroup = ({ to }: Pick<Outgoing, 'to'>): boolean =>
  to.kind === 'group' && to.id.startsWith(WEBHOOK_CHAT)

/** Sends to `webhook:<group key>`. `msgUuid` is the platform's idempotency key (documented), so a repeat is harmless. */
export function createWebhookRobot(
  options: WebhookRobotOptions,
): (message: Outgoing) => Promise<SendOutcome> {
  const { clock, timeoutMs, count } = options
  const recent = new Map<string, number[]>()

  return async (message) => {
    const group = message.to.id.slice(WEBHOOK_CHAT.length)
    const secret = await secretOf(options.keyOf, group)
    if ('type' in secret) return secret
    const now = clock.now()
    const within = (recent.get(group) ?? []).filter((at) => at > now - MINUTE_MS && at <= now)
    const oldest = within[within.length - PER_MINUTE]
    if (oldest !== undefined) return tooFast(oldest + MINUTE_MS - now)
    recent.set(group, [...within, now])
    const url = `${options.oapiBase}/robot/send?${addressQuery(secret, now)}`
    const body = bodyOf(message)
    const result = await exchange({ method: 'POST', url, body, timeoutMs })
    if (result.type !== 'not-sent') count('messages')
    return settle(result, ({ errcode }) => (errcode === 0 ? { type: 'sent' } : undefined))
  }
}

async function secretOf(keyOf: KeyOf, group: string): Promise<WebhookSecret | SendOutcome> {
  try {
    return (await keyOf(group)) ?? outcomeOf('webhook.noKey', group)
  } catch (error) {
    return outcomeOf('webhook.keyUnreadable', error instanceof Error ? error.message : '')
  }
}

const tooFast = (afterMs: number): SendOutcome => ({
  type: 'retry-later',
  afterMs,
  detail: '这个群的机器人一分钟最多发20条，稍后再发',
})

/** The sign covers the time and the secret: base64 of HMAC-SHA256 over `timestamp\nsecret` with the secret as key (documented: 加签). */
export function addressQuery({ key, sign }: WebhookSecret, now: number): URLSearchParams {
  if (sign === undefined) return new URLSearchParams({ access_token: key })
  const signature = createHmac('sha256', sign).update(`${now}\n${sign}`).digest('base64')
  return new URLSearchParams({ access_token: key, timestamp: String(now), sign: signature })
}

function bodyOf({ id, content }: Outgoing): object {
  if (content.type === 'text') {
    return { msgUuid: id, msgtype: 'text', text: { content: cutToBytes(content.text, TEXT_BYTES) } }
  }
  return { msgUuid: id, ...fitting(content.card) }
}

// JSON escapes make a text longer than it looks, so the cut is tried until the whole body fits.
function fitting(card: Card): object {
  if (card.mentions?.length) return renderMention(card)
  const { title, text } = markdownOf(card)
  for (let limit = TEXT_BYTES; ; limit = Math.floor(limit * 0.8)) {
    const body = { msgtype: 'markdown', markdown: { title, text: cutToBytes(text, limit) } }
    if (Buffer.byteLength(JSON.stringify(body)) <= MAX_BODY_BYTES - 200) return body
  }
}
