// What the robot can do beyond one message to one address: many people at once, taking back, and who has read.
import type { SendOutcome } from '../../core/message/types.ts'
import { isObject } from '../unanswered.ts'
import { type Answer, answerOf, type Call } from './call.ts'
import { outcomeOf } from './refusals.ts'
import type { RobotBody } from './render.ts'

/** Documented for userIds, though the error text speaks of a hundred. */
const MAX_PEOPLE = 20
/** Documented for recalls. */
const MAX_KEYS = 20
/** Documented for the readers of a group message. */
const MAX_READERS = 200

/** Where a robot's message went: a group by its conversation, people by nothing. */
export type SentTo = { readonly openConversationId?: string }

/** `failed`: key → the platform's reason. */
export type Recalled = {
  readonly recalled: readonly string[]
  readonly failed: Readonly<Record<string, string>>
}

export type ReadStatus = {
  /** As documented: SUCCESS, RECALLED or PROCESSING. */
  readonly state: string
  /** userIds. For a group only the readers are told, never who has not read. */
  readonly read: readonly string[]
  readonly unread: readonly string[]
}

export type RobotCalls = {
  /**
   * The same words to many people, twenty a call (documented: 批量发送单聊消息), with what became of each. The product's cards differ from person to
   * person and go one by one; this is for the same text to everybody, where it costs a twentieth of the month's calls.
   */
  sendToPeople(userIds: readonly string[], message: RobotBody): Promise<ReadonlyMap<string, SendOutcome>>
  /** Takes messages back within 24 hours; `keys` are the platform ids of sent messages (documented: 撤回). Twenty a call. */
  recall(to: SentTo, keys: readonly string[]): Promise<Answer<Recalled>>
  /** Who has read a message of the last 24 hours (documented: 消息已读). Every look costs a call, so it is never polled. */
  readStatus(to: SentTo, key: string): Promise<Answer<ReadStatus>>
}

export function createRobotCalls({ call, robotCode }: { call: Call; robotCode: string }): RobotCalls {
  return {
    async sendToPeople(userIds, message) {
      const outcomes = new Map<string, SendOutcome>()
      for (const people of slices([...new Set(userIds)], MAX_PEOPLE)) {
        const body = { robotCode, userIds: people, ...message }
        const result = await call({ method: 'POST', path: '/v1.0/robot/oToMessages/batchSend', body })
        const answer = answerOf(result, batchOf)
        for (const id of people) outcomes.set(id, answer.type === 'ok' ? answer.value(id) : answer)
      }
      return outcomes
    },
    recall: (to, keys) => recall(call, robotCode, to, keys),
    readStatus: (to, key) =>
      to.openConversationId === undefined
        ? readByPerson(call, robotCode, key)
        : readByGroup(call, robotCode, to.openConversationId, key),
  }
}

/** What a batch answer says about one of its people: HTTP 200 only says that the batch was taken. */
export function batchOf(body: {
  readonly [key: string]: unknown
}): ((userId: string) => SendOutcome) | undefined {
  const { processQueryKey } = body
  if (typeof processQueryKey !== 'string') return undefined
  const invalid = textsIn(body.invalidStaffIdList)
  const slowed = textsIn(body.flowControlledStaffIdList)
  return (userId) => {
    if (invalid.includes(userId)) return outcomeOf('invalidStaffId', userId)
    if (slowed.includes(userId)) return outcomeOf('flowControlled', userId)
    return { type: 'sent', platformId: processQueryKey }
  }
}

// The path of the batch recall is spelled like this, unlike that of the batch send (documented).
async function recall(
  call: Call,
  robotCode: string,
  to: SentTo,
  keys: readonly string[],
): Promise<Answer<Recalled>> {
  const path =
    to.openConversationId === undefined
      ? '/v1.0/robot/otoMessages/batchRecall'
      : '/v1.0/robot/groupMessages/recall'
  const recalled: string[] = []
  const failed: Record<string, string> = {}
  for (const processQueryKeys of slices(keys, MAX_KEYS)) {
    const result = await call({ method: 'POST', path, body: { robotCode, ...to, processQueryKeys } })
    const answer = answerOf(result, (body) => (Array.isArray(body.successResult) ? body : undefined))
    if (answer.type !== 'ok') return answer
    recalled.push(...textsIn(answer.value.successResult))
    if (isObject(answer.value.failedResult)) {
      for (const [key, reason] of Object.entries(answer.value.failedResult)) failed[key] = String(reason)
    }
  }
  return { type: 'ok', value: { recalled, failed } }
}

async function readByPerson(call: Call, robotCode: string, key: string): Promise<Answer<ReadStatus>> {
  const query = new URLSearchParams({ robotCode, processQueryKey: key })
  const result = await call({ method: 'GET', path: `/v1.0/robot/oToMessages/readStatus?${query}` })
  return answerOf(result, ({ sendStatus, messageReadInfoList: list }) => {
    if (typeof sendStatus !== 'string') return undefined
    const people = (Array.isArray(list) ? list : []).filter(isObject)
    const having = (status: string): string[] =>
      people.filter(({ readStatus }) => readStatus === status).map(({ userId }) => String(userId))
    return { state: sendStatus, read: having('READ'), unread: having('UNREAD') }
  })
}

async function readByGroup(
  call: Call,
  robotCode: string,
  openConversationId: string,
  processQueryKey: string,
): Promise<Answer<ReadStatus>> {
  const read: string[] = []
  let nextToken: string | undefined
  for (;;) {
    const body = {
      robotCode,
      openConversationId,
      processQueryKey,
      maxResults: MAX_READERS,
      ...(nextToken && { nextToken }),
    }
    const result = await call({ method: 'POST', path: '/v1.0/robot/groupMessages/query', body })
    const answer = answerOf(result, (page) => (typeof page.sendStatus === 'string' ? page : undefined))
    if (answer.type !== 'ok') return answer
    read.push(...textsIn(answer.value.readUserIds))
    const { hasMore, nextToken: next, sendStatus } = answer.value
    if (hasMore !== true || typeof next !== 'string' || next === nextToken)
      return { type: 'ok', value: { state: String(sendStatus), read, unread: [] } }
    nextToken = next
  }
}

const textsIn = (list: unknown): string[] => (Array.isArray(list) ? list.map(String) : [])

function slices<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  )
}
