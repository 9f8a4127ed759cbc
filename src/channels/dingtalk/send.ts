// Which way a message goes out: as a card, by the session webhook where only that can do it, else by the robot API.
import type { Clock } from '../../app/ports.ts'
import type { Outgoing, SendOutcome } from '../../core/message/types.ts'
import type { Client } from './client.ts'
import { formParams } from './form.ts'
import { outcomeOf } from './refusals.ts'
import {
  MAX_OUT_TRACK_ID,
  type RobotBody,
  renderCard,
  renderMarkdown,
  renderMention,
  renderText,
  renderWebhookText,
  templateOf,
} from './render.ts'
import { isWebhookGroup } from './webhook-robot.ts'

export type Sender = (message: Outgoing) => Promise<SendOutcome>

export type SenderOptions = {
  readonly client: Client
  readonly clock: Clock
  readonly oapiBase: string
  readonly robotCode: string
  readonly cardTemplates: Readonly<Record<string, string>>
  /** To groups that have a robot of their own. */
  readonly toWebhook: Sender
}

// Sessions were seen to end before the time they name.
const WEBHOOK_MARGIN_MS = 5 * 60_000

/** What an encrypted sender id begins with: the only id of an outsider, and no recipient for any API. */
const ENCRYPTED_ID = '$:'

/** Every failure of the platform or the network is an outcome; throws only for a defect of our own. */
export function createSender(options: SenderOptions): Sender {
  const { client, robotCode, cardTemplates } = options

  return async (message) => {
    const { content } = message
    if (isWebhookGroup(message)) return options.toWebhook(message)
    if (isToOutsider(message)) return toOutsider(message, options)
    if (content.type === 'text') return byRobot(client, message, renderText(content.text))
    const template = templateOf(cardTemplates, content.card)
    if (template === undefined) return cardInWords(message, options)
    if (message.id.length > MAX_OUT_TRACK_ID) return outcomeOf('param.invalid', `outTrackId ${message.id}`)
    const { card } = content
    return client.createCard(renderCard(message, card, formParams(card), { template, robotCode }))
  }
}

/** True when the platform knows a repeat: cards by their outTrackId, messages of a group's own robot by their msgUuid. */
export const isRecognised = (message: Outgoing, templates: Readonly<Record<string, string>>): boolean =>
  isWebhookGroup(message) ||
  (message.content.type === 'card' &&
    !isToOutsider(message) &&
    templateOf(templates, message.content.card) !== undefined)

const isToOutsider = ({ to }: Outgoing): boolean => to.kind === 'direct' && to.id.startsWith(ENCRYPTED_ID)

// The robot API can't mention anybody, so a mention is worth the webhook as long as that lives.
async function cardInWords(message: Outgoing, options: SenderOptions): Promise<SendOutcome> {
  const { content, to } = message
  if (content.type !== 'card') return outcomeOf('param.invalid', content.type)
  const webhook =
    to.kind === 'group' && content.card.mentions?.length ? liveWebhook(message, options) : undefined
  const replied = webhook ? await options.client.reply(webhook, renderMention(content.card)) : 'gone'
  return replied === 'gone' ? byRobot(options.client, message, renderMarkdown(content.card)) : replied
}

async function toOutsider(message: Outgoing, options: SenderOptions): Promise<SendOutcome> {
  const { content } = message
  const webhook = liveWebhook(message, options)
  const body = content.type === 'text' ? renderWebhookText(content.text) : renderMention(content.card)
  const replied = webhook ? await options.client.reply(webhook, body) : 'gone'
  return replied === 'gone' ? outcomeOf('300001', 'session 不存在') : replied
}

function byRobot(client: Client, { to }: Outgoing, body: RobotBody): Promise<SendOutcome> {
  return to.kind === 'group' ? client.sendToGroup(to.id, body) : client.sendToPerson(to.id, body)
}

// Only an address of the configured host is called: the handle came in from outside and lay in the database.
function liveWebhook({ replyTo }: Outgoing, { clock, oapiBase }: SenderOptions): string | undefined {
  const { sessionWebhook, expiresAt } = replyTo ?? {}
  if (typeof sessionWebhook !== 'string' || typeof expiresAt !== 'number') return undefined
  if (expiresAt - WEBHOOK_MARGIN_MS <= clock.now()) return undefined
  return sessionWebhook.startsWith(`${oapiBase}/`) ? sessionWebhook : undefined
}
