// What the people of the imitated office do, turned into the callbacks that the platform would send (documented: 接收消息, 接收事件).
import { randomUUID } from 'node:crypto'
import { dateOf } from '../../core/calendar/civil.ts'
import type { Delivered, Said } from '../imitation.ts'
import type { Bubble, Chat } from '../world.ts'
import type { Bot } from './commands.ts'
import { dataUrl, type Media } from './media.ts'
import { type Callback, chatOf } from './memory.ts'
import { openIdOf } from './open-ids.ts'
import type { CallbackCommand, Sessions } from './sessions.ts'

export type Personas = {
  say(account: string, chatId: string, said: Said): Delivered
  click(account: string, bubbleId: string, button: string): Delivered
  enter(account: string): Delivered
}

const OFFLINE = '机器人不在线，这次操作它没有收到；企业微信不会补发'

type Stage = {
  readonly bot: Bot
  readonly sessions: Sessions
  readonly media: Media
  /** The one-shot reply address that every callback carries. */
  readonly responseUrl: () => string
}

export function createPersonas(stage: Stage): Personas {
  return {
    say: (account, chatId, said) => say(stage, account, chatId, said),
    click: (account, bubbleId, button) => click(stage, account, bubbleId, button),
    enter: (account) => enter(stage, account),
  }
}

function say(stage: Stage, account: string, chatId: string, said: Said): Delivered {
  const { bot, media } = stage
  const chat = chatOf(bot.world, chatId)
  if (!chat?.members.includes(account)) return { reached: false, note: '你不在这个会话里，发不了消息' }
  const content = chat.kind === 'group' && said.mention ? `@${bot.name} ${said.text}` : said.text
  bot.world.show(spoken(bot, chat, account, { ...said, text: content }))
  // (documented) In a group the bot hears only what mentions it; pictures alone cannot mention anybody.
  if (chat.kind === 'group' && !said.mention)
    return { reached: false, note: `没有@${bot.name}，机器人听不到群里的这条消息` }
  bot.memory.keepSpoken(chat)
  const body = {
    ...envelope(bot, chat, account),
    ...payload(content, said.images ?? [], media),
    ...quotation(bot, said.quote, media),
  }
  return tell(stage, 'aibot_msg_callback', body, { kind: 'message', chat: chat.id })
}

function click(stage: Stage, account: string, bubbleId: string, key: string): Delivered {
  const { bot } = stage
  const bubble = bot.world.find(bubbleId)
  const chat = bubble && chatOf(bot.world, bubble.chat)
  const button = bubble?.card?.buttons.find((one) => one.key === key)
  if (!bubble?.card || !button || button.disabled)
    return { reached: false, note: '这张卡片上没有可以按的这个按钮' }
  if (!chat?.members.includes(account)) return { reached: false, note: '你不在这个会话里，按不了按钮' }
  const pressed = { card_type: 'button_interaction', event_key: key, task_id: bubble.card.id }
  const body = event(bot, chat, account, 'template_card_event', pressed)
  return tell(stage, 'aibot_event_callback', body, { kind: 'click', chat: chat.id, taskId: bubble.card.id })
}

function enter(stage: Stage, account: string): Delivered {
  const { bot } = stage
  const chat = chatOf(bot.world, account, 'direct')
  if (!chat) return { reached: false, note: '没有这个人' }
  const today = dateOf(bot.clock.now())
  // (documented) Once a day, also when nobody answered it.
  if (bot.memory.enteredOn(account) === today)
    return { reached: false, note: '今天已经打开过会话，企业微信一天只通知机器人一次' }
  bot.memory.keepEntered(account, today)
  const body = event(bot, chat, account, 'enter_chat', {})
  return tell(stage, 'aibot_event_callback', body, { kind: 'entered', chat: chat.id })
}

/** Sends the callback; nothing is kept for a bot that is away (documented by silence: no backlog). */
function tell(stage: Stage, cmd: CallbackCommand, body: object, callback: Omit<Callback, 'at'>): Delivered {
  const { bot, sessions, responseUrl } = stage
  const at = bot.clock.now()
  const full = { response_url: responseUrl(), create_time: Math.floor(at / 1000), ...body }
  const reached = sessions.push(cmd, full, (reqId) => bot.memory.keepCallback(reqId, { ...callback, at }))
  return reached ? { reached } : { reached, note: OFFLINE }
}

function spoken(bot: Bot, chat: Chat, account: string, said: Said): Bubble {
  const quoted = said.quote === undefined ? undefined : bot.world.find(said.quote)
  return {
    id: `wecom:said:${randomUUID()}`,
    platform: 'wecom',
    chat: chat.id,
    at: bot.clock.now(),
    from: account,
    text: said.text,
    ...(said.images?.length ? { images: said.images.map(dataUrl) } : {}),
    ...(quoted ? { quote: wordsOf(quoted) } : {}),
  }
}

// `chatid` comes only with groups (documented).
function envelope(bot: Bot, chat: Chat, account: string): object {
  return {
    msgid: randomUUID(),
    aibotid: bot.id,
    chattype: chat.kind === 'group' ? 'group' : 'single',
    ...(chat.kind === 'group' ? { chatid: chat.id } : {}),
    from: { userid: bot.encryptedIds ? openIdOf(account) : account },
  }
}

function event(bot: Bot, chat: Chat, account: string, eventtype: string, data: object): object {
  // (documented) The data sits under a key that is named like the event.
  return {
    ...envelope(bot, chat, account),
    msgtype: 'event',
    event: { eventtype, [eventtype]: data },
  }
}

function payload(text: string, images: readonly Uint8Array[], media: Media): object {
  if (images.length === 0) return { msgtype: 'text', text: { content: text } }
  const pictures = images.map((bytes) => media.put(bytes))
  if (pictures.length === 1 && text === '') return { msgtype: 'image', image: pictures[0] }
  const items = pictures.map((image) => ({ msgtype: 'image', image }))
  const words = text === '' ? [] : [{ msgtype: 'text', text: { content: text } }]
  return { msgtype: 'mixed', mixed: { msg_item: [...words, ...items] } }
}

// (documented) A quote has its content only: no id, no sender, no time.
function quotation(bot: Bot, bubbleId: string | undefined, media: Media): object {
  const bubble = bubbleId === undefined ? undefined : bot.world.find(bubbleId)
  if (!bubble) return {}
  const words = wordsOf(bubble)
  const picture = bubble.images?.[0]?.split(',')[1]
  if (words === '' && picture)
    return { quote: { msgtype: 'image', image: media.put(Buffer.from(picture, 'base64')) } }
  return { quote: { msgtype: 'text', text: { content: words } } }
}

// What a quoted card looks like on the wire is not documented: its title and text here.
function wordsOf(bubble: Bubble): string {
  const { card } = bubble
  if (card) return [card.title, card.text].filter(Boolean).join('\n')
  return bubble.text ?? bubble.markdown ?? ''
}
