// What the bot may ask of the imitated platform: reply, welcome, update and push, each with its conditions (documented: 智能机器人长连接).
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { ImitationClock } from '../imitation.ts'
import type { Bubble, Chat, World } from '../world.ts'
import { checkCard, drawCard, type WireCard } from './cards.ts'
import { type Callback, chatOf, type Memory } from './memory.ts'
import { accountOf } from './open-ids.ts'
import type { Pace } from './pace.ts'

export type Bot = {
  readonly world: World
  readonly clock: ImitationClock
  readonly id: string
  readonly name: string
  readonly memory: Memory
  readonly pace: Pace
  /** Senders are named by encrypted ids. */
  readonly encryptedIds: boolean
}

export type Answer = { readonly errcode: number; readonly errmsg: string }

const OK: Answer = { errcode: 0, errmsg: 'ok' }
const REPLY_MS = 24 * 3_600_000
/** Welcome and card update must come this soon after their event. */
const EVENT_MS = 5000
// (documented: 6 minutes; a newer text speaks of 10)
const STREAM_MS = 6 * 60_000
const CONTENT_BYTES = 20_480

const no = (errcode: number, errmsg: string): Answer => ({ errcode, errmsg })
const badRequestId = no(846605, 'invalid req_id')
const badBody = no(40058, 'invalid Request Parameter')
const tooOften = no(45009, 'api freq out of limit')

const Content = z.string().min(1)
const Reply = z.discriminatedUnion('msgtype', [
  z.object({
    msgtype: z.literal('stream'),
    stream: z.object({ id: z.string().min(1), finish: z.boolean().default(false), content: Content }),
  }),
  z.object({ msgtype: z.literal('markdown'), markdown: z.object({ content: Content }) }),
  z.object({ msgtype: z.literal('template_card'), template_card: z.unknown() }),
])
const Push = z.discriminatedUnion('msgtype', [
  z.object({ msgtype: z.literal('markdown'), markdown: z.object({ content: Content }) }),
  z.object({ msgtype: z.literal('template_card'), template_card: z.unknown() }),
])
const Welcome = z.discriminatedUnion('msgtype', [
  z.object({ msgtype: z.literal('text'), text: z.object({ content: Content }) }),
  z.object({ msgtype: z.literal('template_card'), template_card: z.unknown() }),
])
const PushTarget = z.object({ chatid: z.string(), chat_type: z.number().int().min(0).max(2).default(0) })
const Update = z.object({
  response_type: z.literal('update_template_card'),
  userids: z.array(z.string()).optional(),
  template_card: z.unknown(),
})

/** Carries a command out and says what the platform would answer. Unknown commands are refused (recalled: 40008). */
export function createCommands(bot: Bot): (cmd: string, reqId: string, body: unknown) => Answer {
  return (cmd, reqId, body) => {
    if (cmd === 'aibot_send_msg') return push(bot, body)
    if (cmd === 'aibot_respond_msg') return respond(bot, reqId, body)
    if (cmd === 'aibot_respond_welcome_msg') return welcome(bot, reqId, body)
    if (cmd === 'aibot_respond_update_msg') return update(bot, reqId, body)
    return no(40008, 'unknown cmd')
  }
}

function push(bot: Bot, body: unknown): Answer {
  const target = PushTarget.safeParse(body)
  if (!target.success) return badBody
  const { chatid, chat_type: type } = target.data
  // (recalled) Without a type a group is looked for first, then a person.
  const chat = chatOf(
    bot.world,
    accountOf(bot.world, chatid),
    type === 0 ? undefined : type === 2 ? 'group' : 'direct',
  )
  if (!chat || !bot.memory.hasSpoken(chat)) return no(93006, 'invalid chatid')
  const content = Push.safeParse(body)
  if (!content.success) return badContent(body)
  return content.data.msgtype === 'markdown'
    ? showMarkdown(bot, chat.id, content.data.markdown.content)
    : showCard(bot, chat.id, content.data.template_card)
}

function respond(bot: Bot, reqId: string, body: unknown): Answer {
  const callback = within(bot, reqId, 'message', REPLY_MS)
  if (!callback) return badRequestId
  const content = Reply.safeParse(body)
  if (!content.success) return badContent(body)
  if (content.data.msgtype === 'markdown')
    return showMarkdown(bot, callback.chat, content.data.markdown.content)
  return content.data.msgtype === 'stream'
    ? showStream(bot, callback.chat, reqId, content.data.stream)
    : showCard(bot, callback.chat, content.data.template_card)
}

function welcome(bot: Bot, reqId: string, body: unknown): Answer {
  const callback = within(bot, reqId, 'entered', EVENT_MS)
  if (!callback) return badRequestId
  const content = Welcome.safeParse(body)
  if (!content.success) return badContent(body)
  return content.data.msgtype === 'text'
    ? showMarkdown(bot, callback.chat, content.data.text.content)
    : showCard(bot, callback.chat, content.data.template_card)
}

/** Everybody sees the new card, also when `userids` names a few: the world has one picture for all (simplified). */
function update(bot: Bot, reqId: string, body: unknown): Answer {
  const callback = within(bot, reqId, 'click', EVENT_MS)
  if (!callback) return badRequestId
  const content = Update.safeParse(body)
  if (!content.success) return badBody
  const checked = checkCard(content.data.template_card)
  if ('errcode' in checked) return no(checked.errcode, 'invalid template_card')
  const taskId = checked.card.task_id
  const shown = taskId && taskId === callback.taskId ? bot.world.find(cardBubble(bot, taskId)) : undefined
  if (!taskId || !shown) return badRequestId
  if (!bot.pace.allows(callback.chat, bot.clock.now())) return tooOften
  bot.pace.count(callback.chat, bot.clock.now())
  bot.world.show({ ...shown, card: drawCard(checked.card, taskId) })
  return OK
}

/** The callback behind this req_id, when it is of that kind and young enough. */
function within(bot: Bot, reqId: string, kind: Callback['kind'], ms: number): Callback | undefined {
  const callback = bot.memory.callback(reqId)
  return callback?.kind === kind && bot.clock.now() - callback.at <= ms ? callback : undefined
}

// (several reports) A msgtype that is not taken here is 40008; a known one with a bad body 40058.
function badContent(body: unknown): Answer {
  const known = z.object({ msgtype: z.enum(['stream', 'markdown', 'template_card', 'text']) }).safeParse(body)
  return known.success ? badBody : no(40008, 'invalid message type')
}

function showStream(
  bot: Bot,
  chat: string,
  reqId: string,
  stream: { id: string; finish: boolean; content: string },
): Answer {
  const id = `wecom:${bot.id}:stream:${reqId}:${stream.id}`
  const now = bot.clock.now()
  const state = bot.memory.stream(id)
  if (state && (state.finished || now - state.startedAt > STREAM_MS))
    return no(846608, 'stream can not be updated')
  const shown = showMarkdown(bot, chat, stream.content, id)
  // Only after the bubble is drawn: were the process killed in between, a repeat draws the same bubble again.
  if (shown.errcode === 0)
    bot.memory.keepStream(id, { startedAt: state?.startedAt ?? now, finished: stream.finish })
  return shown
}

function showMarkdown(bot: Bot, chat: string, content: string, id = `wecom:${randomUUID()}`): Answer {
  if (Buffer.byteLength(content) > CONTENT_BYTES) return badBody
  return show(bot, { id, platform: 'wecom', chat, at: bot.clock.now(), from: 'bot', markdown: content })
}

/** A task_id is used up for ever by the bubble that carries it, which the world remembers over restarts. */
function showCard(bot: Bot, chat: Chat['id'], raw: unknown): Answer {
  const checked = checkCard(raw)
  if ('errcode' in checked) return no(checked.errcode, 'invalid template_card')
  const { card } = checked
  const id = card.task_id ? cardBubble(bot, card.task_id) : `wecom:${randomUUID()}`
  if (bot.world.find(id)) return no(42014, 'taskid has existed or empty or exceed max len')
  return show(bot, {
    id,
    platform: 'wecom',
    chat,
    at: bot.clock.now(),
    from: 'bot',
    card: shownCard(card, id),
  })
}

const cardBubble = (bot: Bot, taskId: string): string => `wecom:${bot.id}:card:${taskId}`
const shownCard = (card: WireCard, bubble: string) => drawCard(card, card.task_id ?? bubble)

function show(bot: Bot, bubble: Bubble): Answer {
  if (!bot.pace.allows(bubble.chat, bubble.at)) return tooOften
  bot.pace.count(bubble.chat, bubble.at)
  const earlier = bot.world.find(bubble.id)
  bot.world.show(earlier ? { ...bubble, at: earlier.at } : bubble)
  return OK
}
