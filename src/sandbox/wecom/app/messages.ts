// Sending, changing and recalling messages of the imitated app (documented: 发送应用消息, 更新模版卡片消息, 撤回应用消息).
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { checkCard, drawCard, type WireCard } from '../cards.ts'
import type { AppMedia } from './media.ts'
import { AppOutbox, bubbleOf, type SentMessage } from './outbox.ts'
import { type Payload, payloadOf, type Shown } from './payloads.ts'
import { type AppAnswer, type AppPlatform, type AppRequest, appChat, memberOf, no, OK } from './platform.ts'
import { isRefusal, targetsOf } from './targets.ts'

const MARKDOWN_BYTES = 2048
const DUPLICATE_S = { standard: 1800, most: 14_400 } as const
const INTERACTIVE = new Set(['button_interaction', 'vote_interaction', 'multiple_interaction'])

const Send = z.looseObject({
  msgtype: z.string().default(''),
  agentid: z.unknown().optional(),
  enable_duplicate_check: z.number().default(0),
  duplicate_check_interval: z.number().max(DUPLICATE_S.most).default(DUPLICATE_S.standard),
})
const Update = z.object({
  userids: z.array(z.string()).max(1000).default([]),
  partyids: z.array(z.unknown()).max(100).default([]),
  tagids: z.array(z.unknown()).max(100).default([]),
  atall: z.number().default(0),
  agentid: z.unknown().optional(),
  response_code: z.string(),
  button: z.object({ replace_name: z.string().min(1) }).optional(),
  template_card: z.unknown().optional(),
})
const Recall = z.object({ msgid: z.string() })

export class AppMessages {
  readonly #platform: AppPlatform
  readonly #media: AppMedia
  readonly outbox: AppOutbox

  constructor(platform: AppPlatform, media: AppMedia) {
    this.#platform = platform
    this.#media = media
    this.outbox = new AppOutbox(platform)
  }

  send({ body }: AppRequest): AppAnswer {
    const platform = this.#platform
    const given = Send.safeParse(body)
    if (!given.success) return no(platform, 40035, 'invalid parameter')
    const wrongAgent = this.#wrongAgent(given.data.agentid)
    if (wrongAgent) return wrongAgent
    const targets = targetsOf(platform, body)
    if (isRefusal(targets)) return targets
    const { msgtype } = given.data
    const payload = payloadOf(msgtype, given.data[msgtype], {
      media: this.#media,
      markdownBytes: MARKDOWN_BYTES,
      tooLongMarkdown: 45002,
    })
    const refusal = this.#cardRefusal(payload)
    if (refusal !== undefined) return no(platform, refusal, 'refused')
    if ('errcode' in payload) return no(platform, payload.errcode, 'invalid message')
    // (documented) An identical request within the interval is answered and not delivered again.
    const checks = given.data.enable_duplicate_check === 1
    const earlier = checks ? this.outbox.repeatOf(body, given.data.duplicate_check_interval) : undefined
    if (earlier !== undefined) return { ...OK, ...targets.missed, msgid: earlier }
    if (platform.faults.strikes('names-invalid'))
      return { ...OK, invaliduser: targets.accounts.join('|').toLowerCase(), msgid: randomUUID() }
    const message = this.#deliver(targets.accounts, payload)
    this.outbox.keepBody(body, message.id)
    const code = hasCode(payload.card) ? { response_code: this.outbox.code(message.id) } : {}
    return { ...OK, ...targets.missed, msgid: message.id, ...code }
  }

  /** A code that is unknown, used or old has no documented number: 40058 here. */
  update({ body }: AppRequest): AppAnswer {
    const platform = this.#platform
    const given = Update.safeParse(body)
    if (!given.success) return no(platform, 40058, 'invalid parameter')
    const wrongAgent = this.#wrongAgent(given.data.agentid)
    if (wrongAgent) return wrongAgent
    const message = this.outbox.usable(given.data.response_code)
    if (!message?.card) return no(platform, 40058, 'invalid response_code')
    const next = changed(message.card, given.data)
    if ('errcode' in next) return no(platform, next.errcode, 'invalid template_card')
    this.outbox.useUp(given.data.response_code)
    const asked = given.data.atall === 1 ? message.accounts : given.data.userids
    const has = (id: string): string | undefined =>
      message.accounts.find((account) => account === memberOf(platform, id)?.account)
    for (const account of asked.flatMap((id) => has(id) ?? [])) this.#redraw(message, account, next.card)
    return { ...OK, invaliduser: asked.filter((id) => !has(id)).map((id) => id.toLowerCase()) }
  }

  recall({ body }: AppRequest): AppAnswer {
    const given = Recall.safeParse(body)
    const message = given.success ? this.outbox.message(given.data.msgid) : undefined
    if (!message) return no(this.#platform, 40058, 'invalid msgid')
    if (!this.outbox.isRecallable(message)) return no(this.#platform, 42052, 'msgid expired')
    for (const account of message.accounts) this.#show(message, account, { text: '此消息已撤回' })
    this.outbox.forget(message.id)
    return OK
  }

  /** The card as this member has it now. */
  cardOf(message: string, account: string): WireCard | undefined {
    const changed = this.#platform.world.recall(cardKey(message, account))
    return changed ? (JSON.parse(changed) as WireCard) : this.outbox.message(message)?.card
  }

  // (documented) Another app's number with this app's token.
  #wrongAgent(agentid: unknown): AppAnswer | undefined {
    if (agentid === undefined) return no(this.#platform, 40056, 'invalid agentid')
    return String(agentid) === String(this.#platform.agentId)
      ? undefined
      : no(this.#platform, 301002, 'not allow operate another agent')
  }

  #cardRefusal(payload: Payload): number | undefined {
    const card = 'card' in payload ? payload.card : undefined
    if (!card) return undefined
    const needsCallback = INTERACTIVE.has(card.card_type) || card.action_menu !== undefined
    if (needsCallback && !this.#platform.callbackUrl) return 43012
    return card.task_id !== undefined && this.outbox.hasUsed(card.task_id) ? 42014 : undefined
  }

  #deliver(accounts: readonly string[], { shown, card }: Exclude<Payload, { errcode: number }>): SentMessage {
    const now = this.#platform.clock.now()
    const message = { id: randomUUID(), accounts, at: now, ...(card ? { card } : {}) }
    // Drawn first: were the process killed in between, the task_id would be used up by a card that nobody has.
    for (const account of accounts) {
      const vanishes = this.#platform.faults.strikes('silent-drop')
      if (vanishes) this.outbox.dropped += 1
      else if (this.outbox.admits(account)) this.#show(message, account, shown)
    }
    this.outbox.keep(message)
    return message
  }

  #redraw(message: SentMessage, account: string, card: WireCard): void {
    this.#platform.world.remember(cardKey(message.id, account), JSON.stringify(card))
    this.#show(message, account, { card: drawCard(card, message.card?.task_id ?? '') })
  }

  #show({ id, at }: SentMessage, account: string, shown: Shown): void {
    this.#platform.world.show({
      id: bubbleOf(id, account),
      platform: 'wecom',
      chat: appChat(account),
      at,
      from: 'bot',
      ...shown,
    })
  }
}

const cardKey = (message: string, account: string): string => `wecom-app:card:${bubbleOf(message, account)}`

const hasCode = (card: WireCard | undefined): boolean =>
  card !== undefined && (INTERACTIVE.has(card.card_type) || card.action_menu !== undefined)

/** Either the buttons turn grey under a name, or another card takes the place; it keeps the first one's task_id. */
function changed(
  card: WireCard,
  { button, template_card: raw }: z.infer<typeof Update>,
): { card: WireCard } | { errcode: number } {
  if (button && INTERACTIVE.has(card.card_type))
    return { card: { ...card, replace_text: button.replace_name } }
  if (typeof raw !== 'object' || raw === null) return { errcode: 40058 }
  return checkCard({ ...raw, task_id: card.task_id }, 'app')
}
