// Robots that somebody made in one group (自定义机器人): an address with a token, security settings, twenty messages a minute.
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import type { Instant } from '../../core/calendar/civil.ts'
import { sessionWords } from './markup.ts'
import { type GroupRobot, groupOf, type Platform } from './platform.ts'
import { type Body, Refusal } from './refusal.ts'
import { show } from './robot.ts'

/** Documented, all of them. */
const PER_MINUTE = 20
const MINUTE_MS = 60_000
const MUTE_MS = 10 * MINUTE_MS
const SIGN_LIFE_MS = 3_600_000
const MAX_BODY_BYTES = 20_000

/** Answers /robot/send. Which code the twenty-first message gets is not certain: this is the documents', 130101 was seen in reports. */
const TOO_FAST = '410100'

export type GroupRobots = { send(body: Body, query: URLSearchParams): { errcode: 0; errmsg: 'ok' } }

type Log = { recent: Instant[]; mutedUntil: Instant; readonly uuids: Set<string> }

export function createGroupRobots(platform: Platform): GroupRobots {
  const records = new Map<string, Log>()
  return {
    send(body, query) {
      const token = query.get('access_token') ?? ''
      const robot = platform.webhooks.get(token)
      if (!robot) throw new Refusal('300001', 'token is not exist')
      checkGroup(platform, robot)
      const text = JSON.stringify(body)
      if (Buffer.byteLength(text) > MAX_BODY_BYTES) throw new Refusal('460101')
      checkSecurity(robot, text, query, platform.clock.now())
      const record = records.get(token) ?? { recent: [], mutedUntil: 0, uuids: new Set<string>() }
      records.set(token, record)
      // The idempotency key (documented): what was taken once is not shown again.
      const uuid = typeof body.msgUuid === 'string' ? body.msgUuid : undefined
      if (uuid !== undefined && record.uuids.has(uuid)) return { errcode: 0, errmsg: 'ok' }
      take(record, platform.clock.now())
      show(platform, robot.chatId, `dt-robot-${randomUUID()}`, sessionWords(body))
      if (uuid !== undefined) record.uuids.add(uuid)
      return { errcode: 0, errmsg: 'ok' }
    },
  }
}

function checkGroup(platform: Platform, { chatId }: GroupRobot): void {
  const why = platform.closedGroups.get(chatId)
  if (why === 'disbanded' || !groupOf(platform, chatId)) throw new Refusal('400013', '群已被解散')
  if (why === 'robot removed') throw new Refusal('400101', 'access_token不存在')
  if (why === 'robot stopped') throw new Refusal('400102', '机器人已停用')
}

function checkSecurity(robot: GroupRobot, text: string, query: URLSearchParams, now: Instant): void {
  if (robot.keyword !== undefined && !text.includes(robot.keyword))
    throw new Refusal('310000', 'keywords not in content')
  if (robot.secret === undefined) return
  const timestamp = query.get('timestamp') ?? ''
  if (!(Math.abs(now - Number(timestamp)) <= SIGN_LIFE_MS)) throw new Refusal('310000', 'invalid timestamp')
  const wanted = createHmac('sha256', robot.secret).update(`${timestamp}\n${robot.secret}`).digest()
  const given = Buffer.from(query.get('sign') ?? '', 'base64')
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new Refusal('310000', 'sign not match')
}

// Twenty a minute; one more and the robot is silent for ten (documented).
function take(record: Log, now: Instant): void {
  if (now < record.mutedUntil) throw new Refusal(TOO_FAST)
  record.recent = record.recent.filter((at) => at > now - MINUTE_MS)
  if (record.recent.length >= PER_MINUTE) {
    record.mutedUntil = now + MUTE_MS
    throw new Refusal(TOO_FAST)
  }
  record.recent.push(now)
}
