// Sends through the long connection and says what became of it. Which way a message takes decides whether a repeat is harmless.
import { type TemplateCard, type WSClient, WsCmd } from '@wecom/aibot-node-sdk'
import { z } from 'zod'
import type { Clock, Log } from '../../app/ports.ts'
import type { Card, Outgoing, ReplyHandle, SendOutcome } from '../../core/message/types.ts'
import type { Connection } from './connect.ts'
import { BAD_REQUEST_ID, errcodeOf, NOT_SUBSCRIBED, outcomeOf } from './refusals.ts'
import { cardAsMarkdown, fitMarkdown, renderCard, renderRedrawn } from './render.ts'

const REPLY_MS = 24 * 3_600_000
/** Welcome and card update must reach the platform this soon after their event. */
const EVENT_MS = 5000
const NOT_READY_MS = 5000
/** A late acknowledgement may still come this long after the SDK gave it up. */
const LATE_ACK_MS = 30_000
/** What both task_id and stream.id take: a worse id would be answered like a used one. */
const USABLE_ID = /^[0-9A-Za-z_-]{1,64}$/

const Handle = z.object({
  reqId: z.string(),
  kind: z.enum(['message', 'click', 'entered']),
  receivedAt: z.number(),
})

type Way =
  | { readonly route: 'card'; readonly card: TemplateCard }
  | { readonly route: 'reply' | 'welcome'; readonly reqId: string; readonly markdown: string }
  | { readonly route: 'push'; readonly markdown: string }

export class Client {
  readonly #connection: Connection
  readonly #publicUrl: string | undefined
  readonly #clock: Clock
  readonly #log: Log
  /** The message whose acknowledgement is, or may still be, awaited under a req_id. */
  readonly #awaited = new Map<string, string>()
  /** Replies that became pushes with an unknown end: these must not be repeated. */
  readonly #doubtful = new Set<string>()

  constructor(connection: Connection, publicUrl: string | undefined, deps: { clock: Clock; log: Log }) {
    this.#connection = connection
    this.#publicUrl = publicUrl
    this.#clock = deps.clock
    this.#log = deps.log
  }

  async send(message: Outgoing): Promise<SendOutcome> {
    if (!USABLE_ID.test(message.id)) return BAD_ID
    const client = this.#connection.ready()
    if (!client) return { type: 'retry-later', afterMs: NOT_READY_MS, detail: '还没有连上企业微信' }
    const way = this.#wayOf(message)
    if (way.route === 'card' || way.route === 'push') return this.#attempt(client, message, way)
    const outcome = await this.#answer(client, message, way)
    // The platform no longer takes an answer to that message; the chat itself is still open.
    if (outcome.type !== 'refused' || outcome.code !== BAD_REQUEST_ID) return outcome
    const pushed = await this.#attempt(client, message, { route: 'push', markdown: way.markdown })
    if (pushed.type === 'unknown') this.#doubtful.add(message.id)
    return pushed
  }

  /** Cards carry their task_id and replies their stream id; pushed and welcoming words carry nothing. */
  isIdempotent(message: Outgoing): boolean {
    const { route } = this.#wayOf(message)
    return route === 'card' || (route === 'reply' && !this.#doubtful.has(message.id))
  }

  /** Best effort: the platform gives five seconds after the click and no second chance. */
  async updateCard(id: string, card: Card, replyTo: ReplyHandle | undefined): Promise<void> {
    const handle = Handle.safeParse(replyTo).data
    const client = this.#connection.ready()
    const rendered = renderRedrawn(id, card, this.#publicUrl)
    const inTime = handle?.kind === 'click' && this.#clock.now() - handle.receivedAt < EVENT_MS
    if (!client || !inTime)
      return this.#log.debug({ channel: 'wecom', card: id, inTime }, 'card update skipped')
    try {
      await client.updateTemplateCard({ headers: { req_id: handle.reqId } }, rendered)
    } catch (failure) {
      this.#log.warn({ channel: 'wecom', card: id, code: errcodeOf(failure) }, 'card update failed')
    }
  }

  #wayOf({ id, content, replyTo }: Outgoing): Way {
    const card = content.type === 'card' ? renderCard(id, content.card, this.#publicUrl) : undefined
    if (card) return { route: 'card', card }
    const markdown = fitMarkdown(content.type === 'text' ? content.text : cardAsMarkdown(content.card))
    const handle = Handle.safeParse(replyTo).data
    const age = handle ? this.#clock.now() - handle.receivedAt : 0
    if (handle?.kind === 'message' && age < REPLY_MS) return { route: 'reply', reqId: handle.reqId, markdown }
    if (handle?.kind === 'entered' && age < EVENT_MS)
      return { route: 'welcome', reqId: handle.reqId, markdown }
    return { route: 'push', markdown }
  }

  // Acknowledgements are told apart by req_id alone: two messages waiting under one would be taken for each other.
  async #answer(client: WSClient, message: Outgoing, way: Way & { reqId: string }): Promise<SendOutcome> {
    const awaited = this.#awaited.get(way.reqId)
    if (awaited !== undefined && awaited !== message.id)
      return { type: 'retry-later', afterMs: NOT_READY_MS, detail: '上一条回复还在等企业微信确认' }
    this.#awaited.set(way.reqId, message.id)
    const outcome = await this.#attempt(client, message, way)
    if (outcome.type === 'unknown') setTimeout(() => this.#awaited.delete(way.reqId), LATE_ACK_MS).unref()
    else this.#awaited.delete(way.reqId)
    return outcome
  }

  async #attempt(client: WSClient, message: Outgoing, way: Way): Promise<SendOutcome> {
    try {
      await post(client, message, way)
      return { type: 'sent' }
    } catch (failure) {
      if (errcodeOf(failure) === NOT_SUBSCRIBED) this.#connection.renew()
      return outcomeOf(failure, way.route, this.#clock.now())
    }
  }
}

const BAD_ID: SendOutcome = {
  type: 'refused',
  code: 'bad-id',
  detail: '消息编号不合企业微信的要求',
  cure: '这是程序的错误：请把编号交给系统管理员',
}

/** Resolves with the platform's yes; rejects with its answer frame, or with an Error when none came within the SDK's 5 s. */
function post(client: WSClient, { id, to }: Outgoing, way: Way): Promise<unknown> {
  if (way.route === 'reply')
    return client.replyStream({ headers: { req_id: way.reqId } }, id, way.markdown, true)
  if (way.route === 'welcome') {
    const body = { msgtype: 'text', text: { content: way.markdown } } as const
    return client.reply({ headers: { req_id: way.reqId } }, body, WsCmd.RESPONSE_WELCOME)
  }
  // The SDK's types forget chat_type; without it the platform guesses.
  const chat = { chat_type: to.kind === 'group' ? 2 : 1 }
  return way.route === 'card'
    ? client.sendMessage(to.id, { ...chat, msgtype: 'template_card', template_card: way.card })
    : client.sendMessage(to.id, { ...chat, msgtype: 'markdown', markdown: { content: way.markdown } })
}
