// Messages of the robot: to a group, to people, and into the conversation of a session webhook.
import { randomUUID } from 'node:crypto'
import type { Instant } from '../../core/calendar/civil.ts'
import { sessionWords, type Words } from './markup.ts'
import { groupOf, isReachable, type Platform } from './platform.ts'
import { type Body, isBody, Refusal, required } from './refusal.ts'
import type { SentMessages } from './sent-messages.ts'

/** The members that each message key must have (documented); links open pages, so none of these buttons can call back. */
const MESSAGE_KEYS: Readonly<Record<string, readonly string[]>> = {
  sampleText: ['content'],
  sampleMarkdown: ['title', 'text'],
  sampleActionCard: ['title', 'text', 'singleTitle', 'singleURL'],
  sampleActionCard2: ['title', 'text', 'actionTitle1', 'actionURL1', 'actionTitle2', 'actionURL2'],
  sampleLink: ['title', 'text', 'picUrl', 'messageUrl'],
  sampleImageMsg: ['photoURL'],
}
/** Documented. */
const MAX_PARAM_BYTES = 15_000
const MAX_PEOPLE = 20
/** What a session lives by its own word (documented samples). */
const SESSION_MS = 90 * 60_000

export type Robot = {
  sendToGroup(body: Body): { processQueryKey: string }
  sendToPeople(body: Body): {
    processQueryKey: string
    invalidStaffIdList: string[]
    flowControlledStaffIdList: string[]
  }
  /** A new session webhook for the chat of an inbound message. */
  session(chatId: string, base: string): { url: string; until: Instant }
  /** Says nothing about the message it shows: such messages have no id (documented). */
  reply(session: string, body: Body): { errcode: 0; errmsg: 'ok' }
}

export function createRobot(platform: Platform, sent: SentMessages): Robot {
  const sessions = new Map<string, { chatId: string; until: Instant }>()
  return {
    sendToGroup: (body) => sendToGroup(platform, sent, body),
    sendToPeople: (body) => sendToPeople(platform, sent, body),
    session(chatId, base) {
      const id = randomUUID().replaceAll('-', '')
      const until = platform.clock.now() + SESSION_MS
      sessions.set(id, { chatId, until })
      return { url: `${base}/robot/sendBySession?session=${id}`, until }
    },
    reply(session, body) {
      const known = sessions.get(session)
      if (!known || platform.clock.now() >= known.until) throw new Refusal('300001')
      show(platform, known.chatId, `dt-session-${randomUUID()}`, sessionWords(body))
      return { errcode: 0, errmsg: 'ok' }
    },
  }
}

function sendToGroup(platform: Platform, sent: SentMessages, body: Body): { processQueryKey: string } {
  checkRobot(platform, body)
  const words = messageWords(body)
  const chatId = required(body, 'openConversationId', 'miss.openConversationId')
  // Case matters: an id in lower case is another one (field report).
  if (!groupOf(platform, chatId)) throw new Refusal('invalid.openConversationId')
  checkOpen(platform, chatId)
  const processQueryKey = randomUUID()
  show(platform, chatId, processQueryKey, words)
  sent.add(processQueryKey, [{ chat: chatId, bubble: processQueryKey }], chatId)
  return { processQueryKey }
}

/** Throws when the group is dissolved, the robot stopped (documented) or not a member (field report of the code). */
function checkOpen(platform: Platform, chatId: string): void {
  const why = platform.closedGroups.get(chatId)
  if (why === 'disbanded') throw new Refusal('group.disbanded')
  if (why === 'robot stopped') throw new Refusal('bot.stopped')
  if (why === 'robot removed') throw new Refusal('resource.not.found')
}

// HTTP 200 and nobody reached is possible: the lists tell (documented).
function sendToPeople(platform: Platform, sent: SentMessages, body: Body): ReturnType<Robot['sendToPeople']> {
  checkRobot(platform, body)
  const words = messageWords(body)
  const userIds: unknown[] = Array.isArray(body.userIds) ? body.userIds : []
  if (userIds.length === 0) throw new Refusal('invalidParameter.userIds.empty')
  if (userIds.length > MAX_PEOPLE) throw new Refusal('invalidParameter.userIds.overMax')
  const people = userIds.map(String)
  const reachable = people.filter((id) => isReachable(platform, id))
  const flowControlledStaffIdList = reachable.filter((id) => platform.flowControlled.has(id))
  const processQueryKey = randomUUID()
  const reached = reachable
    .filter((known) => !platform.flowControlled.has(known))
    .map((chat) => ({ chat, bubble: people.length === 1 ? processQueryKey : `${processQueryKey}-${chat}` }))
  for (const { chat, bubble } of reached) show(platform, chat, bubble, words)
  sent.add(processQueryKey, reached)
  const invalidStaffIdList = people.filter((id) => !reachable.includes(id))
  return { processQueryKey, invalidStaffIdList, flowControlledStaffIdList }
}

export function checkRobot(platform: Platform, body: Body): void {
  const robotCode = required(body, 'robotCode', 'invalidParameter.robotCode.empty')
  if (robotCode !== platform.robotCode) throw new Refusal('invalidParameter.robotCode.auth')
}

function messageWords(body: Body): Words {
  const msgKey = required(body, 'msgKey', 'invalidParameter.msgKey.empty')
  const members = Object.hasOwn(MESSAGE_KEYS, msgKey) ? MESSAGE_KEYS[msgKey] : undefined
  if (!members) throw new Refusal('invalidParameter.msgKey.invalid')
  const text = required(body, 'msgParam', 'invalidParameter.msgParam.invalid')
  if (Buffer.byteLength(text) > MAX_PARAM_BYTES) throw new Refusal('invalidParameter.msgParam.tooLong')
  const param = parseParam(text)
  const whole = members.every((member) => typeof param[member] === 'string' && param[member] !== '')
  if (!whole) throw new Refusal('invalidParameter.msgParam.invalid')
  return msgKey === 'sampleText' ? { text: String(param.content) } : { markdown: String(param.text ?? '') }
}

function parseParam(text: string): Body {
  try {
    const value: unknown = JSON.parse(text)
    if (isBody(value)) return value
  } catch {
    // Said below.
  }
  throw new Refusal('invalidParameter.msgParam.invalid')
}

export function show({ world, clock }: Platform, chat: string, id: string, words: Words): void {
  world.show({ id, platform: 'dingtalk', chat, at: clock.now(), from: 'bot', ...words })
}
