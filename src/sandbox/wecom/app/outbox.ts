// What the imitated app has sent: task ids used up for ever, codes that may change a card once, messages that may be recalled, the silent caps.
import { createHash, randomUUID } from 'node:crypto'
import type { WireCard } from '../cards.ts'
import type { AppPlatform } from './platform.ts'

/** A message as its receivers have it. */
export type SentMessage = {
  readonly id: string
  readonly accounts: readonly string[]
  readonly at: number
  readonly card?: WireCard
}

type Code = { readonly message: string; readonly at: number; used: boolean }

/** (documented: 更新模版卡片消息) */
const CODE_MS = 72 * 3_600_000
/** (documented: 撤回应用消息) */
const RECALL_MS = 24 * 3_600_000
/** (documented: 发送应用消息) More than these to one member vanish without a word. */
const CAPS = [
  { count: 30, ms: 60_000 },
  { count: 1000, ms: 3_600_000 },
] as const

export const bubbleOf = (message: string, account: string): string => `wecom-app:${message}:${account}`

export class AppOutbox {
  readonly #platform: AppPlatform
  readonly #codes = new Map<string, Code>()
  readonly #received = new Map<string, number[]>()
  readonly #bodies = new Map<string, { readonly at: number; readonly message: string }>()
  /** Messages that a member did not get though the answer was 0. */
  dropped = 0

  constructor(platform: AppPlatform) {
    this.#platform = platform
  }

  /** Task ids live as long as the world's memory: over restarts too. */
  hasUsed(taskId: string): boolean {
    return this.messageOfTask(taskId) !== undefined
  }

  messageOfTask(taskId: string): SentMessage | undefined {
    const id = this.#platform.world.recall(this.#key('task', taskId))
    return id === undefined ? undefined : this.message(id)
  }

  message(id: string): SentMessage | undefined {
    const stored = this.#platform.world.recall(this.#key('message', id))
    return stored ? (JSON.parse(stored) as SentMessage) : undefined
  }

  keep(message: SentMessage): void {
    this.#platform.world.remember(this.#key('message', message.id), JSON.stringify(message))
    const { task_id } = message.card ?? {}
    if (task_id) this.#platform.world.remember(this.#key('task', task_id), message.id)
  }

  forget(id: string): void {
    this.#platform.world.remember(this.#key('message', id), '')
  }

  isRecallable({ at }: SentMessage): boolean {
    return this.#platform.clock.now() - at <= RECALL_MS
  }

  /** A fresh code that may change the card of this message once. */
  code(message: string): string {
    const code = randomUUID().replaceAll('-', '')
    this.#codes.set(code, { message, at: this.#platform.clock.now(), used: false })
    return code
  }

  /** The message that this code may change now. */
  usable(code: string): SentMessage | undefined {
    const known = this.#codes.get(code)
    if (!known || known.used || this.#platform.clock.now() - known.at > CODE_MS) return undefined
    return this.message(known.message)
  }

  useUp(code: string): void {
    const known = this.#codes.get(code)
    if (known) known.used = true
  }

  /** Counts one message for the member; false when it exceeds a cap and is to vanish. */
  admits(account: string): boolean {
    const now = this.#platform.clock.now()
    const times = (this.#received.get(account) ?? []).filter((at) => at > now - 3_600_000)
    const isFree = CAPS.every(({ count, ms }) => times.filter((at) => at > now - ms).length < count)
    this.#received.set(account, isFree ? [...times, now] : times)
    if (!isFree) this.dropped += 1
    return isFree
  }

  /** The message that this very request made within the interval, if it did. */
  repeatOf(body: unknown, intervalS: number): string | undefined {
    const known = this.#bodies.get(digest(body))
    return known && this.#platform.clock.now() - known.at < intervalS * 1000 ? known.message : undefined
  }

  keepBody(body: unknown, message: string): void {
    this.#bodies.set(digest(body), { at: this.#platform.clock.now(), message })
  }

  #key(...parts: string[]): string {
    return ['wecom-app', String(this.#platform.agentId), ...parts].join(':')
  }
}

const digest = (body: unknown): string => createHash('sha256').update(JSON.stringify(body)).digest('hex')
