// DING messages of the robot (documented: 机器人发送DING), by app, text message or phone.
import { randomUUID } from 'node:crypto'
import { isReachable, type Platform } from './platform.ts'
import { type Body, Refusal, required } from './refusal.ts'

export type DingKind = 'app' | 'sms' | 'phone'
export type ShownDing = {
  readonly id: string
  readonly by: DingKind
  readonly to: readonly string[]
  readonly words: string
}

const KINDS: readonly (DingKind | undefined)[] = [undefined, 'app', 'sms', 'phone']
/** Documented: receivers inside the app, and by text or phone. */
const MAX_RECEIVERS: Record<DingKind, number> = { app: 200, sms: 20, phone: 20 }

export type Dings = {
  send(body: Body): { openDingId: string; failedList: Record<string, string[]> }
  /** Text and phone are bought apart; without a pack they are refused (field report), which is how the imitation starts. */
  buy(kind: DingKind, count: number): void
  all(): readonly ShownDing[]
}

export function createDings(platform: Platform): Dings {
  const left: Record<DingKind, number> = { app: Number.POSITIVE_INFINITY, sms: 0, phone: 0 }
  const sent: ShownDing[] = []
  return {
    send(body) {
      if (required(body, 'robotCode', 'invalid.chatbotId') !== platform.robotCode)
        throw new Refusal('invalid.chatbotId')
      const by = KINDS[Number(body.remindType)]
      const people: unknown[] = Array.isArray(body.receiverUserIdList) ? body.receiverUserIdList : []
      if (people.length === 0) throw new Refusal('miss.staffId')
      if (by === undefined) throw new Refusal('send.ding.exception', 'remindType')
      if (people.length > MAX_RECEIVERS[by]) throw new Refusal('ding.receivercount.limit')
      const words = required(body, 'content', 'send.ding.exception')
      if (left[by] < people.length)
        throw new Refusal('ding.serverquota.insufficient', 'ding server quota insufficient')
      left[by] -= people.length
      const to = people.map(String).filter((id) => isReachable(platform, id))
      const failed = people.map(String).filter((id) => !to.includes(id))
      const id = randomUUID()
      sent.push({ id, by, to, words })
      return { openDingId: id, failedList: failed.length > 0 ? { 'staffId.notExisted': failed } : {} }
    },
    buy: (kind, count) => {
      left[kind] += count
    },
    all: () => sent,
  }
}
