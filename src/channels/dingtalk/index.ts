// DingTalk as a channel: messages and presses come in over the stream, everything goes out by the API.
import type { Channel, Clock, Log, Receive } from '../../app/ports.ts'
import type { Amounts } from '../../core/message/quota.ts'
import type { Outgoing, SendOutcome } from '../../core/message/types.ts'
import { failureCode } from '../unanswered.ts'
import { type Count, createCall } from './call.ts'
import { type CardTurns, createCardTurns } from './card-turns.ts'
import { type Client, createClient } from './client.ts'
import { Stream, TIMINGS, type Timings } from './connect.ts'
import { decodeCardCallback, decodeRobotMessage, type Push } from './decode.ts'
import { createDing, type Ding, type DingBy } from './ding.ts'
import { createEvents } from './events.ts'
import { inputsThatFit, redrawnParams } from './form.ts'
import { download } from './media.ts'
import { outcomeOf } from './refusals.ts'
import { createSender, isRecognised } from './send.ts'
import { createTokens } from './token.ts'
import { createWebhookRobot, type KeyOf } from './webhook-robot.ts'

export type DingtalkConfig = {
  readonly apiBase: string
  readonly oapiBase: string
  readonly clientId: string
  readonly clientSecret: string
  readonly robotCode: string
  /**
   * Our card name → template id; `card` serves every card without its own, `form` those with something to fill in (absent: there are
   * none). Empty: cards go out as markdown.
   */
  readonly cardTemplates: Readonly<Record<string, string>>
  readonly botName: string
  /** How an overdue notice rings besides; absent: not at all. */
  readonly ding?: DingBy
  /** What the organisation's month holds; absent: without end. */
  readonly quota?: Amounts
}

export type DingtalkDeps = {
  readonly clock: Clock
  readonly log: Log
  /** Told of every call and message that the organisation's month pays for. */
  readonly count?: Count
  /** Opens the robots of groups that have their own; absent: there are none. */
  readonly keyOf?: KeyOf
  /** For tests: shorter intervals than the real platform's. */
  readonly timings?: Partial<Timings & { readonly callTimeoutMs: number; readonly downloadTimeoutMs: number }>
}

const ROBOT_TOPIC = '/v1.0/im/bot/messages/get'
const CARD_TOPIC = '/v1.0/card/instances/callback'
const TOPICS = [ROBOT_TOPIC, CARD_TOPIC]

/** The platform's standard edition allows 20 calls a second for one application; one bucket is assumed for all of its APIs. */
const LIMITS: Channel['limits'] = [{ per: 'channel', count: 20, windowMs: 1_000 }]

/** Everything about DingTalk that the product uses. `start` rejects for a configuration that can't be right, and for nothing else. */
export function createDingtalkChannel(given: DingtalkConfig, deps: DingtalkDeps): Channel {
  const config = { ...given, apiBase: baseOf(given.apiBase), oapiBase: baseOf(given.oapiBase) }
  const { clock, log } = deps
  const timings = { ...TIMINGS, callTimeoutMs: 10_000, downloadTimeoutMs: 60_000, ...deps.timings }
  const tokens = createTokens({ ...config, clock, timeoutMs: timings.callTimeoutMs })
  const count = deps.count ?? (() => undefined)
  const call = createCall({ ...config, tokens, timeoutMs: timings.callTimeoutMs, count })
  const client = createClient({ ...config, call, timeoutMs: timings.callTimeoutMs, count })
  const keyOf = deps.keyOf ?? (() => Promise.resolve(undefined))
  const toWebhook = createWebhookRobot({ ...config, clock, timeoutMs: timings.callTimeoutMs, count, keyOf })
  const send = createSender({ ...config, client, clock, toWebhook })
  const turns = createCardTurns()
  const events = counted(count, createEvents(deps))
  let stream: Stream | undefined

  return {
    name: 'dingtalk',
    limits: LIMITS,
    ...(config.quota && { quota: config.quota }),
    ...(config.ding && { insist: ringer(createDing({ ...config, call }), config.ding) }),
    async start(receive) {
      const wrong = problemOf(config)
      if (wrong) throw new Error(wrong)
      const serve = createServe(config, receive, turns, count)
      stream = new Stream({ ...config, topics: TOPICS, onEvent: events, log, timings }, serve)
      await stream.start()
    },
    isReady: () => stream?.isOpen() ?? false,
    send: (message) => guarded(send, message, log),
    ...(config.cardTemplates.form && { inputsShown: inputsThatFit }),
    isIdempotent: (message) => isRecognised(message, config.cardTemplates),
    async updateCard(id, card) {
      const update = (): Promise<SendOutcome> => client.updateCard(id, redrawnParams(card))
      const outcome = await turns.update(id, update)
      if (outcome.type !== 'sent') log.warn({ card: id, outcome }, 'DingTalk card was not redrawn')
    },
    fetchMedia: ({ ref, name }) => fetchMedia(client, ref.downloadCode, name, timings.downloadTimeoutMs),
    stop: async () => stream?.stop(),
  }
}

/** The words of a ring: what the message is called, since the message itself lies in the chat. */
function ringer(ding: Ding, by: DingBy): (message: Outgoing) => Promise<SendOutcome> {
  return async ({ to, content }) => {
    const words = content.type === 'card' ? content.card.title : content.text
    const answer = await ding([to.id], `${words}。请打开与督办助手的对话办理。`, by)
    if (answer.type !== 'ok') return answer
    const reason = answer.value.failed[to.id]
    return reason === undefined ? { type: 'sent', platformId: answer.value.id } : outcomeOf(reason, to.id)
  }
}

const counted =
  <T>(count: Count, handle: (one: T) => void) =>
  (one: T): void => {
    count('messages')
    handle(one)
  }

// Resolves after the insert; only then the link acknowledges. The answer to a press changes nothing by itself: what was decided
// is not known yet, and what the answer carried would be shown to the presser alone.
function createServe(config: DingtalkConfig, receive: Receive, turns: CardTurns, count: Count) {
  return async (topic: string, push: Push): Promise<object> => {
    count('messages')
    if (topic === ROBOT_TOPIC) await receive(decodeRobotMessage(push, config))
    const click = topic === CARD_TOPIC ? decodeCardCallback(push) : undefined
    if (click) await turns.press(click.card, () => receive(click.inbound))
    return {}
  }
}

// An exception here is a defect of ours; whether anything left is not known, so it counts as unknown.
async function guarded(
  send: (message: Outgoing) => Promise<SendOutcome>,
  message: Outgoing,
  log: Log,
): Promise<SendOutcome> {
  const outcome = await send(message).catch((error: unknown): SendOutcome => {
    return { type: 'unknown', detail: `发送程序出错（${failureCode(error)}），请人工核对是否已送达` }
  })
  if (outcome.type === 'unknown')
    log.error({ id: message.id, outcome }, 'DingTalk send has an unknown outcome')
  if (outcome.type === 'refused') log.warn({ id: message.id, outcome }, 'DingTalk refused a message')
  return outcome
}

async function fetchMedia(client: Client, code: unknown, name: string | undefined, timeoutMs: number) {
  if (typeof code !== 'string') throw new Error('这张图片或文件没有下载码，请对方重新发送')
  const file = await download(await client.downloadUrl(code), timeoutMs)
  return { ...file, ...(name !== undefined && { name }) }
}

function problemOf(config: DingtalkConfig): string | undefined {
  for (const key of ['apiBase', 'oapiBase'] as const) {
    if (!/^https?:\/\//.test(config[key])) return `钉钉的 ${key} 要以 https:// 开头`
  }
  for (const key of ['clientId', 'clientSecret', 'robotCode'] as const) {
    if (config[key].trim() === '') return `缺少钉钉的 ${key}`
  }
  return undefined
}

const baseOf = (url: string): string => url.trim().replace(/\/+$/, '')
