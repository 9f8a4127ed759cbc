// What the platform pushes → what was said or pressed. Lists only the fields we use, and forgives what it does not.
import { z } from 'zod'
import {
  type Address,
  EMPTIED,
  type Inbound,
  type InboundContent,
  type MediaRef,
} from '../../core/message/types.ts'
import { isObject, type JsonObject, parseObject } from '../unanswered.ts'
import { quotedText } from './quote.ts'

/** What a frame says about itself. */
export type Push = { readonly messageId: string; readonly data: string }

/** The organisation's monthly quota is used up: messages then come without their text. */
const OVERRUN = 20_001

/** What people call the messages that a robot can't read; the last two are known from field reports only. */
const KINDS: Readonly<Partial<Record<string, string>>> = {
  unknownMsgType: '位置、表情和转发的卡片',
  chatRecord: '合并转发的聊天记录',
  interactiveCard: '转发的卡片',
}

const optionalText = z.string().min(1).optional().catch(undefined)
const optionalNumber = z.coerce.number().optional().catch(undefined)

const RobotMessage = z.object({
  msgId: z.string().min(1),
  msgtype: z.string().catch('unknown'),
  conversationId: z.string().min(1),
  conversationType: z.coerce.string(),
  robotCode: optionalText,
  senderStaffId: optionalText,
  senderId: optionalText,
  sessionWebhook: optionalText,
  sessionWebhookExpiredTime: optionalNumber,
  createAt: optionalNumber,
  errorCode: optionalNumber,
})
type RobotMessage = z.infer<typeof RobotMessage>

const CardCallback = z.object({
  type: optionalText,
  outTrackId: z.string().min(1),
  userId: optionalText,
  spaceId: optionalText,
  spaceType: optionalText,
})
type CardCallback = z.infer<typeof CardCallback>

/** Throws for data that is no robot message at all; whatever is merely unusual becomes `unsupported`. */
export function decodeRobotMessage(push: Push, own: { robotCode: string; botName: string }): Inbound {
  const data = parseObject(push.data) ?? {}
  const message = RobotMessage.parse(data)
  return {
    channel: 'dingtalk',
    messageId: `${message.robotCode ?? own.robotCode}:${message.msgId}`,
    chat: chatOf(message),
    ...(message.senderStaffId && { sender: message.senderStaffId }),
    ...(message.createAt !== undefined && { sentAt: message.createAt }),
    content: contentOf(message, data, own.botName),
    ...replyHandle(message),
  }
}

// An outsider has no staff id. His encrypted id keeps his chats apart, though only a session webhook can answer him.
function chatOf(message: RobotMessage): Address {
  if (message.conversationType === '2') {
    return { channel: 'dingtalk', kind: 'group', id: message.conversationId }
  }
  const id = message.senderStaffId ?? message.senderId ?? message.conversationId
  return { channel: 'dingtalk', kind: 'direct', id }
}

function replyHandle(message: RobotMessage): Pick<Inbound, 'replyTo'> {
  const { sessionWebhook, sessionWebhookExpiredTime: expiresAt, conversationId } = message
  if (sessionWebhook === undefined || expiresAt === undefined) return {}
  return { replyTo: { sessionWebhook, expiresAt, conversationId } }
}

function contentOf(message: RobotMessage, data: JsonObject, botName: string): InboundContent {
  if (message.errorCode === OVERRUN) return { type: 'unsupported', what: EMPTIED }
  const content = isObject(data.content) ? data.content : {}
  const quote = quotedText(data)
  const said = (text: string, media: MediaRef[]): InboundContent => ({
    type: 'text',
    text: withoutMention(text, botName),
    ...(quote !== undefined && { quote }),
    media,
  })
  switch (message.msgtype) {
    case 'text':
      return said(isObject(data.text) ? textIn(data.text.content) : '', [])
    case 'richText':
      return said(...richText(content))
    case 'audio':
      return said(textIn(content.recognition), mediaOf('voice', content))
    case 'picture':
      return said('', mediaOf('image', content))
    case 'video':
      return said('', mediaOf('video', content))
    case 'file':
      return said('', mediaOf('file', content))
    default:
      return { type: 'unsupported', what: KINDS[message.msgtype] ?? '这类消息' }
  }
}

function richText(content: JsonObject): [string, MediaRef[]] {
  const parts: unknown[] = Array.isArray(content.richText) ? content.richText : []
  const objects = parts.filter(isObject)
  // `at` parts name who was mentioned; the mention of the robot is no part of what was said.
  const text = objects.filter((part) => part.type !== 'at').map((part) => textIn(part.text))
  const pictures = objects.filter((part) => part.type === 'picture')
  return [text.join(''), pictures.flatMap((part) => mediaOf('image', part))]
}

// `pictureDownloadCode` is left alone: the download API answered it with HTTP 500.
function mediaOf(kind: MediaRef['kind'], content: JsonObject): MediaRef[] {
  const { downloadCode, fileName } = content
  if (typeof downloadCode !== 'string' || downloadCode === '') return []
  return [{ kind, ref: { downloadCode }, ...(typeof fileName === 'string' && { name: fileName }) }]
}

// Group texts keep a space where the mention was cut out; some clients leave the mention itself.
function withoutMention(text: string, botName: string): string {
  const trimmed = text.trim()
  const mention = `@${botName}`
  return botName !== '' && trimmed.startsWith(mention) ? trimmed.slice(mention.length).trim() : trimmed
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')

/**
 * A pressed button, or a form that was sent in, and its card; undefined for the other callbacks of this topic, which we never asked for. Throws for data that is no card callback.
 *
 * The platform gives a click no id of its own. The id of the push is the same only for a redelivery of the same frame, so a double
 * press is two messages here: whoever handles clicks must treat the second as the stale button that it is (invariant 10).
 */
export function decodeCardCallback(push: Push): { card: string; inbound: Inbound } | undefined {
  const data = parseObject(push.data) ?? {}
  const callback = CardCallback.parse(data)
  if (callback.type !== undefined && callback.type !== 'actionCallback') return undefined
  const card = callback.outTrackId
  const inbound: Inbound = {
    channel: 'dingtalk',
    messageId: `${card}:${push.messageId}`,
    chat: spaceOf(callback),
    ...(callback.userId && { sender: callback.userId }),
    content: pressedIn(data, card),
  }
  return { card, inbound }
}

// Only a group's space is named by a conversation id as far as is known; whoever needs certainty looks at where the card was sent.
function spaceOf({ spaceId, spaceType, userId }: CardCallback): Address {
  const robot = spaceType?.toUpperCase().includes('ROBOT') ?? false
  return spaceId?.startsWith('cid') && !robot
    ? { channel: 'dingtalk', kind: 'group', id: spaceId }
    : { channel: 'dingtalk', kind: 'direct', id: userId ?? spaceId ?? '' }
}

/** Documents and clients disagree on the name of the member and on where the parameters are, so all of them are read. */
function pressedIn(data: JsonObject, card: string): InboundContent {
  const content = [data.content, data.value].map(asObject).find(isObject) ?? {}
  const action = asObject(content.cardPrivateData) ?? content
  const params = [action.params, content.params, data.params].map(asObject).filter(isObject)
  const [id]: unknown[] = Array.isArray(action.actionIds) ? action.actionIds : []
  const form = params.map((one) => asObject(one.form)).find(isObject)
  if (form || id === FORM) return { type: 'filled', card, values: valuesIn(form ?? {}) }
  const button = params.map((one) => textIn(one.button)).find((key) => key !== '')
  return { type: 'click', card, button: button ?? textIn(id) }
}

/** The component that holds a form's inputs, and the parameter in which it sends them (documented). */
const FORM = 'form'

function valuesIn(form: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, filledText(value)]))
}

// A choice comes as its place and its value, several as lists of both, a tick as true or false (documented).
function filledText(value: unknown): string {
  const plain = isObject(value) ? value.value : value
  return (Array.isArray(plain) ? plain : [plain])
    .filter((one) => typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean')
    .join('\n')
}

const asObject = (value: unknown): JsonObject | undefined =>
  typeof value === 'string' ? parseObject(value) : isObject(value) ? value : undefined
