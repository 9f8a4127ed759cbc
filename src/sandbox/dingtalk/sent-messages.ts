// What the robot sent by the API: who has read it, and taking it back within a day (documented: 消息已读, 撤回).
import type { Instant } from '../../core/calendar/civil.ts'
import type { Platform } from './platform.ts'
import { type Body, Refusal, required } from './refusal.ts'
import { checkRobot } from './robot.ts'

type Copy = { readonly chat: string; readonly bubble: string }
type Sent = {
  readonly at: Instant
  readonly group?: string
  readonly copies: readonly Copy[]
  recalled: boolean
  readonly readers: Set<string>
}

/** Documented, both. */
const DAY_MS = 24 * 3_600_000
const MAX_KEYS = 20
const MAX_READERS = 200

export class SentMessages {
  private readonly platform: Platform
  private readonly sent = new Map<string, Sent>()

  constructor(platform: Platform) {
    this.platform = platform
  }

  add(key: string, copies: readonly Copy[], group?: string): void {
    const at = this.platform.clock.now()
    this.sent.set(key, {
      at,
      copies,
      recalled: false,
      readers: new Set(),
      ...(group !== undefined && { group }),
    })
  }

  /** The person opens the chat: all that was sent there counts as read. */
  read(account: string, chat: string): void {
    for (const { copies, readers } of this.sent.values())
      if (copies.some((copy) => copy.chat === chat)) readers.add(account)
  }

  /** Answers both recalls; a key that is unknown, too old or of another chat fails by itself. */
  recall(body: Body, inGroup: boolean): { successResult: string[]; failedResult: Record<string, string> } {
    checkRobot(this.platform, body)
    const group = inGroup ? required(body, 'openConversationId', 'miss.openConversationId') : undefined
    const keys: unknown[] = Array.isArray(body.processQueryKeys) ? body.processQueryKeys : []
    if (keys.length === 0 || keys.length > MAX_KEYS) throw new Refusal('invalidParameter.param.invalid')
    const successResult: string[] = []
    const failedResult: Record<string, string> = {}
    for (const key of keys.map(String)) {
      const sent = this.sent.get(key)
      if (!sent || sent.group !== group) failedResult[key] = 'processQueryKey.notExist'
      else if (this.isOld(sent)) failedResult[key] = 'processQueryKey.expireTime'
      else {
        this.takeBack(sent)
        successResult.push(key)
      }
    }
    return { successResult, failedResult }
  }

  /** Answers the status of a single-chat message. The time of reading is not supported (documented). */
  readStatus(query: URLSearchParams): object {
    checkRobot(this.platform, { robotCode: query.get('robotCode') ?? '' })
    const sent = this.find(query.get('processQueryKey') ?? '', undefined)
    const messageReadInfoList = sent.copies.map(({ chat }) => ({
      name: this.platform.world.personas.find(({ account }) => account === chat)?.name ?? chat,
      userId: chat,
      readStatus: sent.readers.has(chat) ? 'READ' : 'UNREAD',
    }))
    return { sendStatus: sent.recalled ? 'RECALLED' : 'SUCCESS', messageReadInfoList }
  }

  /** Answers the readers of a group's message, a page at a time. */
  groupReaders(body: Body): object {
    checkRobot(this.platform, body)
    const group = required(body, 'openConversationId', 'miss.openConversationId')
    const sent = this.find(required(body, 'processQueryKey', 'invalidParameter.param.invalid'), group)
    const size = typeof body.maxResults === 'number' ? body.maxResults : MAX_READERS
    if (size > MAX_READERS) throw new Refusal('invalidParameter.param.invalid')
    const from = Number(body.nextToken ?? 0)
    const hasMore = from + size < sent.readers.size
    return {
      sendStatus: sent.recalled ? 'RECALLED' : 'SUCCESS',
      readUserIds: [...sent.readers].slice(from, from + size),
      hasMore,
      ...(hasMore && { nextToken: String(from + size) }),
    }
  }

  private find(key: string, group: string | undefined): Sent {
    const sent = this.sent.get(key)
    if (!sent || sent.group !== group) throw new Refusal('invalidParameter.param.invalid', 'processQueryKey')
    if (this.isOld(sent)) throw new Refusal('processQueryKey.expireTime')
    return sent
  }

  private isOld(sent: Sent): boolean {
    return this.platform.clock.now() >= sent.at + DAY_MS
  }

  // A real chat shows nothing in its place (documented); the world keeps the bubble, so it says what happened.
  private takeBack(sent: Sent): void {
    sent.recalled = true
    const { world } = this.platform
    for (const { bubble } of sent.copies) {
      const shown = world.find(bubble)
      if (!shown) continue
      const { markdown: _, ...rest } = shown
      world.show({ ...rest, text: '（消息已撤回）' })
    }
  }
}
