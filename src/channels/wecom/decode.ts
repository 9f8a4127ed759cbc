// WeCom's callback frames into what the product hears. Only the fields that are used are read; everything else may change.
import { z } from 'zod'
import type { Instant } from '../../core/calendar/civil.ts'
import type { Address, Inbound, InboundContent, MediaRef } from '../../core/message/types.ts'

const Words = z.object({ content: z.string() })
const File = z.object({ url: z.string(), aeskey: z.string().optional() })
const Mixed = z.object({
  msg_item: z.array(z.object({ msgtype: z.string(), text: Words.optional(), image: File.optional() })),
})
const Quote = z.object({
  text: Words.optional(),
  voice: Words.optional(),
  mixed: Mixed.optional(),
})

const Envelope = z.object({
  headers: z.object({ req_id: z.string() }),
  body: z.object({
    msgid: z.string().optional(),
    chatid: z.string().optional(),
    from: z.object({ userid: z.string() }),
    create_time: z.number().optional(),
    msgtype: z.string(),
  }),
})
type Envelope = z.infer<typeof Envelope>

const MessageBody = z.object({
  msgid: z.string(),
  text: Words.optional(),
  voice: Words.optional(),
  mixed: Mixed.optional(),
  image: File.optional(),
  file: File.optional(),
  video: File.optional(),
  quote: Quote.optional().catch(undefined),
})
type MessageBody = z.infer<typeof MessageBody>

const Pressed = z.object({ event_key: z.string(), task_id: z.string() })
// The documents nest the data under the event's name; the SDK's types have it beside the name. Both are read.
const CardEvent = z.union([
  z.object({ template_card_event: Pressed }).transform((event) => event.template_card_event),
  Pressed,
])
const EventBody = z.object({ event: z.looseObject({ eventtype: z.string() }) })

export type Reader = { readonly botName: string; readonly now: Instant }

/** What came of a frame: an inbound, nothing for us, or unreadable (`where` names fields, never content). */
export type Decoded =
  | { readonly type: 'inbound'; readonly inbound: Inbound }
  | { readonly type: 'ignored'; readonly what: string }
  | { readonly type: 'unreadable'; readonly where: string }

/** Never throws. `receivedAt` in replyTo is `reader.now`. */
export function decode(frame: unknown, reader: Reader): Decoded {
  const event = z.object({ body: EventBody }).safeParse(frame)
  const eventtype = event.data?.body.event.eventtype
  // Has no sender, and is the connection's business.
  if (eventtype === 'disconnected_event') return { type: 'ignored', what: eventtype }
  const envelope = Envelope.safeParse(frame)
  if (!envelope.success) return unreadable(envelope.error)
  return event.success
    ? decodeEvent(envelope.data, event.data.body.event, reader)
    : decodeMessage(envelope.data, frame, reader)
}

function decodeMessage(envelope: Envelope, frame: unknown, reader: Reader): Decoded {
  const parsed = z.object({ body: MessageBody }).safeParse(frame)
  // A known type with an unknown body still came from somebody, who should hear that it was not understood.
  const content: InboundContent = parsed.success
    ? readContent(envelope, parsed.data.body, reader)
    : { type: 'unsupported', what: envelope.body.msgtype }
  const { msgid } = envelope.body
  if (msgid === undefined) return { type: 'unreadable', where: 'body.msgid' }
  return inbound(envelope, reader, 'message', msgid, content)
}

function readContent(
  { body: { msgtype, chatid } }: Envelope,
  body: MessageBody,
  reader: Reader,
): InboundContent {
  const quote = quoted(body.quote)
  const said = (text: string, media: readonly MediaRef[] = []): InboundContent => ({
    type: 'text',
    text: chatid === undefined ? text : withoutMention(text, reader.botName),
    ...(quote ? { quote } : {}),
    media,
  })
  if (msgtype === 'text' && body.text) return said(body.text.content)
  if (msgtype === 'voice' && body.voice) return said(body.voice.content)
  if (msgtype === 'mixed' && body.mixed) return said(wordsOf(body.mixed), picturesOf(body.mixed))
  if (msgtype === 'image' && body.image) return said('', [mediaRef('image', body.image)])
  if (msgtype === 'file' && body.file) return said('', [mediaRef('file', body.file)])
  if (msgtype === 'video' && body.video) return said('', [mediaRef('video', body.video)])
  return { type: 'unsupported', what: msgtype }
}

function decodeEvent(envelope: Envelope, event: { eventtype: string }, reader: Reader): Decoded {
  const { msgid, from, create_time: time } = envelope.body
  if (event.eventtype === 'enter_chat') {
    const id = msgid ?? `enter:${from.userid}:${time ?? envelope.headers.req_id}`
    return inbound(envelope, reader, 'entered', id, { type: 'entered' })
  }
  // Others (thumbs, changes of rights) are not something a person says to the product.
  if (event.eventtype !== 'template_card_event') return { type: 'ignored', what: event.eventtype }
  const pressed = CardEvent.safeParse(event)
  if (!pressed.success) return unreadable(pressed.error)
  const { task_id: card, event_key: button } = pressed.data
  const id = msgid ?? `click:${from.userid}:${time ?? envelope.headers.req_id}:${card}:${button}`
  return inbound(envelope, reader, 'click', id, { type: 'click', card, button })
}

function inbound(
  { headers, body }: Envelope,
  { now }: Reader,
  kind: 'message' | 'click' | 'entered',
  messageId: string,
  content: InboundContent,
): Decoded {
  const chat: Address =
    body.chatid === undefined
      ? { channel: 'wecom', kind: 'direct', id: body.from.userid }
      : { channel: 'wecom', kind: 'group', id: body.chatid }
  const sentAt = body.create_time === undefined ? {} : { sentAt: body.create_time * 1000 }
  const replyTo = { reqId: headers.req_id, kind, receivedAt: now }
  return {
    type: 'inbound',
    inbound: { channel: 'wecom', messageId, chat, sender: body.from.userid, ...sentAt, content, replyTo },
  }
}

/** A mention is plain text at the front, and a bot's name may contain spaces: only the configured name is a safe mark. */
function withoutMention(text: string, botName: string): string {
  const trimmed = text.trimStart()
  const mention = `@${botName}`
  return (trimmed.startsWith(mention) ? trimmed.slice(mention.length) : text).trim()
}

function wordsOf(mixed: z.infer<typeof Mixed>): string {
  return mixed.msg_item.flatMap((item) => (item.text ? [item.text.content] : [])).join('\n')
}

function picturesOf(mixed: z.infer<typeof Mixed>): MediaRef[] {
  return mixed.msg_item.flatMap((item) => (item.image ? [mediaRef('image', item.image)] : []))
}

function quoted(quote: z.infer<typeof Quote> | undefined): string | undefined {
  return quote?.text?.content ?? quote?.voice?.content ?? (quote?.mixed && wordsOf(quote.mixed))
}

function mediaRef(kind: MediaRef['kind'], { url, aeskey }: z.infer<typeof File>): MediaRef {
  return { kind, ref: aeskey === undefined ? { url } : { url, aeskey } }
}

function unreadable(error: z.ZodError): Decoded {
  return { type: 'unreadable', where: error.issues.map((issue) => issue.path.join('.')).join(' ') }
}
