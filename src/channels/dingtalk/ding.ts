// DING: a message that insists, for the urgent steps only; by phone or by text where the office bought that, else inside DingTalk.
import { isObject } from '../unanswered.ts'
import { type Answer, answerOf, type Call } from './call.ts'

/** How it insists (documented: remindType). */
export type DingBy = 'app' | 'sms' | 'phone'

const REMIND_TYPES: Record<DingBy, number> = { app: 1, sms: 2, phone: 3 }
/** Documented: receivers of one DING inside the app, and by text or phone. */
const MAX_RECEIVERS: Record<DingBy, number> = { app: 200, sms: 20, phone: 20 }

/** `by`: how it went in the end. `failed`: userId → the platform's reason. */
export type Dinged = {
  readonly id: string
  readonly by: DingBy
  readonly failed: Readonly<Record<string, string>>
}

/** No idempotency key is known for DING: an outcome `unknown` must not be repeated. */
export type Ding = (userIds: readonly string[], words: string, by: DingBy) => Promise<Answer<Dinged>>

/** Falls back from phone or text to the app when that share is used up (documented: ding.serverquota.insufficient); nothing was sent then. */
export function createDing({ call, robotCode }: { call: Call; robotCode: string }): Ding {
  const send = async (
    receiverUserIdList: readonly string[],
    content: string,
    by: DingBy,
  ): Promise<Answer<Dinged>> => {
    if (receiverUserIdList.length > MAX_RECEIVERS[by])
      throw new Error(`a DING by ${by} goes to ${MAX_RECEIVERS[by]} people`)
    const body = { robotCode, remindType: REMIND_TYPES[by], receiverUserIdList, content }
    const result = await call({ method: 'POST', path: '/v1.0/robot/ding/send', body })
    return answerOf(result, ({ openDingId, failedList }) =>
      typeof openDingId === 'string' ? { id: openDingId, by, failed: failedIn(failedList) } : undefined,
    )
  }
  return async (userIds, words, by) => {
    const answer = await send(userIds, words, by)
    const short = answer.type === 'refused' && answer.code === 'ding.serverquota.insufficient'
    return short && by !== 'app' ? send(userIds, words, 'app') : answer
  }
}

// The platform lists people by reason.
function failedIn(list: unknown): Record<string, string> {
  const reasons = isObject(list) ? Object.entries(list) : []
  return Object.fromEntries(
    reasons.flatMap(([reason, people]) =>
      Array.isArray(people) ? people.map((id) => [String(id), reason]) : [],
    ),
  )
}
