// The app's messages and events into what the product hears (documented: 接收消息格式, 事件格式). What is not used may change.
import { createHash } from 'node:crypto'
import { dateOf, type Instant } from '../../../core/calendar/civil.ts'
import type { Inbound, InboundContent, MediaRef, ReplyHandle } from '../../../core/message/types.ts'
import type { Decoded } from '../decode.ts'
import { nodesOf, textOf, textsOf, type XmlNode } from './xml.ts'

export type AppReader = { readonly agentId: string; readonly now: Instant }

/** Begins the message ids of what came through the app. */
export const APP_MESSAGE = 'app'

/** What the member did in the app, so that the answer finds its way back. */
type Kind = 'message' | 'click' | 'entered'

/** The callback's XML, already verified. */
export function decodeCallback(root: XmlNode, reader: AppReader): Decoded {
  const agent = textOf(root, 'AgentID')
  if (agent !== undefined && agent !== reader.agentId) return { type: 'ignored', what: 'another app' }
  const sender = textOf(root, 'FromUserName')
  const type = textOf(root, 'MsgType')
  if (!sender || !type) return { type: 'unreadable', where: sender ? 'MsgType' : 'FromUserName' }
  return type === 'event' ? decodeEvent(root, sender, reader) : decodeMessage(root, sender, type, reader)
}

function decodeMessage(root: XmlNode, sender: string, type: string, reader: AppReader): Decoded {
  const id = textOf(root, 'MsgId')
  if (!id) return { type: 'unreadable', where: 'MsgId' }
  return inbound(root, sender, reader, { id, kind: 'message', content: contentOf(root, type) })
}

function contentOf(root: XmlNode, type: string): InboundContent {
  if (type === 'text') return said(textOf(root, 'Content') ?? '')
  const kind = MEDIA[type]
  const mediaId = textOf(root, 'MediaId')
  if (kind && mediaId) {
    const name = textOf(root, 'FileName')
    return said('', [{ kind, ref: { via: 'app', mediaId }, ...(name ? { name } : {}) }])
  }
  return { type: 'unsupported', what: NAMES[type] ?? type }
}

const MEDIA: Readonly<Record<string, MediaRef['kind']>> = {
  image: 'image',
  voice: 'voice',
  video: 'video',
  // (several reports) Not in the official list.
  file: 'file',
}
const NAMES: Readonly<Record<string, string>> = { location: '位置', link: '链接' }

const said = (text: string, media: readonly MediaRef[] = []): InboundContent => ({
  type: 'text',
  text: text.trim(),
  media,
})

function decodeEvent(root: XmlNode, sender: string, reader: AppReader): Decoded {
  const event = textOf(root, 'Event') ?? ''
  switch (event) {
    case 'enter_agent':
      // Told each time the conversation is opened: the id lets only the first of a day in, as with the bot.
      return inbound(root, sender, reader, {
        id: `enter:${sender}:${dateOf(reader.now)}`,
        kind: 'entered',
        content: { type: 'entered' },
      })
    case 'click': {
      // An entry of the app's menu says what its key says.
      const content = said(textOf(root, 'EventKey') ?? '')
      return inbound(root, sender, reader, { id: eventId(root, sender), kind: 'message', content })
    }
    case 'template_card_event':
    case 'template_card_menu_event':
      return decodeClick(root, sender, reader)
    default:
      return { type: 'ignored', what: event }
  }
}

function decodeClick(root: XmlNode, sender: string, reader: AppReader): Decoded {
  const card = textOf(root, 'TaskId')
  const button = textOf(root, 'EventKey')
  if (!card || button === undefined) return { type: 'unreadable', where: card ? 'EventKey' : 'TaskId' }
  const selected = selectionOf(root)
  const content: InboundContent = { type: 'click', card, button, ...(selected ? { selected } : {}) }
  const code = textOf(root, 'ResponseCode')
  const handle = code ? { responseCode: code, userid: sender } : {}
  return inbound(root, sender, reader, { id: eventId(root, sender), kind: 'click', content, handle })
}

/** Chosen option ids per question: one or many, always a list, in no promised order. */
function selectionOf(root: XmlNode): Record<string, string[]> | undefined {
  const items = nodesOf(root, 'SelectedItems').flatMap((list) => nodesOf(list, 'SelectedItem'))
  const entries = items.flatMap((item): [string, string[]][] => {
    const question = textOf(item, 'QuestionKey')
    return question ? [[question, nodesOf(item, 'OptionIds').flatMap((ids) => textsOf(ids, 'OptionId'))]] : []
  })
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}

/** Events have no id, and sender with second is too coarse (several reports): all that tells two apart, hashed since keys may be long. */
function eventId(root: XmlNode, sender: string): string {
  const parts = ['CreateTime', 'Event', 'EventKey', 'TaskId', 'ResponseCode', 'AgentID']
  const key = [sender, ...parts.map((name) => textOf(root, name) ?? '')].join('\n')
  return `event:${createHash('sha256').update(key).digest('hex')}`
}

type Heard = {
  readonly id: string
  readonly kind: Kind
  readonly content: InboundContent
  readonly handle?: ReplyHandle
}

function inbound(
  root: XmlNode,
  sender: string,
  { now }: AppReader,
  { id, kind, content, handle }: Heard,
): Decoded {
  const seconds = Number(textOf(root, 'CreateTime'))
  const heard: Inbound = {
    channel: 'wecom',
    messageId: `${APP_MESSAGE}:${id}`,
    chat: { channel: 'wecom', kind: 'direct', id: sender },
    sender,
    ...(seconds > 0 ? { sentAt: seconds * 1000 } : {}),
    content,
    replyTo: { via: 'app', kind, receivedAt: now, ...handle },
  }
  return { type: 'inbound', inbound: heard }
}
