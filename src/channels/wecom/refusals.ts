// What each answer of WeCom's bot platform means for a message: sent, try later, refused with its cure, or unknown.
import type { SendOutcome } from '../../core/message/types.ts'

/** How a message was sent: the same code can mean different things. */
export type Route = 'card' | 'reply' | 'welcome' | 'push'

type Meaning =
  | { readonly type: 'arrived-before' }
  | { readonly type: 'wait'; readonly ms: number | 'next-minute' }
  | { readonly type: 'refused'; readonly cure: string }

const MINUTE_MS = 60_000

const wait = (ms: number | 'next-minute'): Meaning => ({ type: 'wait', ms })
const refused = (cure: string): Meaning => ({ type: 'refused', cure })

const BAD_MESSAGE = refused('企业微信不接受这条消息的格式：请把编号和错误码交给系统管理员，重发没有用')
const BAD_ACCOUNT = refused('企业微信不认识这个账号：请核对名单里的账号，改正后重新导入')
const OUT_OF_RANGE = refused('对方不在机器人的可使用范围内：请管理员在企业微信后台把他加进可使用范围')
const DISABLED = refused('机器人没有权限或已被停用：请管理员在企业微信后台恢复后再发')

/** The answer to a req_id that may not be answered (any more). */
export const BAD_REQUEST_ID = '846605'
export const NOT_SUBSCRIBED = 846609

// Codes that mean the same however the message was sent. What is not listed here or below is `unknown`: it is held and shown to a person.
const MEANINGS: ReadonlyMap<number, Meaning> = new Map([
  [-1, wait(10_000)],
  [6000, wait(10_000)],
  [45009, wait('next-minute')],
  [45033, wait(5000)],
  [NOT_SUBSCRIBED, wait(5000)],
  [40003, BAD_ACCOUNT],
  [60111, BAD_ACCOUNT],
  [60011, OUT_OF_RANGE],
  [81012, OUT_OF_RANGE],
  [81013, OUT_OF_RANGE],
  [48002, DISABLED],
  [48006, DISABLED],
  [50003, DISABLED],
  [40008, BAD_MESSAGE],
  [40016, BAD_MESSAGE],
  [40058, BAD_MESSAGE],
  [40063, BAD_MESSAGE],
  [44004, BAD_MESSAGE],
  [45002, BAD_MESSAGE],
  [82004, refused('企业微信认为内容不妥，没有发出：请修改措辞后重发')],
  [93006, refused('机器人还不能在这里先开口：请对方打开与机器人的会话（群里请@机器人）先说一句话')],
  [Number(BAD_REQUEST_ID), refused('可以回复的时间已过：请对方再发一句话')],
  // The codes of the card checks, but for the two that have their own line below.
  ...[27, 28, 30, 31, 33, 35, 38, 39, 45].map((last): [number, Meaning] => [42000 + last, BAD_MESSAGE]),
])

// A card's task_id and a stream's id are ours and unique, so "already used" and "already finished" say that it had arrived.
const ARRIVED_BEFORE: Readonly<Record<Route, number | undefined>> = {
  card: 42014,
  reply: 846608,
  welcome: undefined,
  push: undefined,
}

/** The codes of the table, for the test that reaches each of them. */
export const knownCodes: readonly number[] = [...MEANINGS.keys()]

/** The outcome of a send that failed with `failure`: the raw answer frame, or an Error when no answer came. `now` is an instant. */
export function outcomeOf(failure: unknown, route: Route, now: number): SendOutcome {
  const code = errcodeOf(failure)
  if (code === undefined) return { type: 'unknown', detail: silence(failure) }
  const detail = `企业微信回答 ${code}`
  const meaning: Meaning | undefined =
    code === ARRIVED_BEFORE[route] ? { type: 'arrived-before' } : MEANINGS.get(code)
  if (!meaning) return { type: 'unknown', detail: `${detail}，含义不明` }
  if (meaning.type === 'arrived-before') return { type: 'sent' }
  if (meaning.type === 'refused') return { type: 'refused', code: String(code), detail, cure: meaning.cure }
  const afterMs = meaning.ms === 'next-minute' ? MINUTE_MS - (now % MINUTE_MS) : meaning.ms
  return { type: 'retry-later', afterMs, detail }
}

/** The errcode of an answer frame; the SDK rejects with the frame itself, not with an Error. */
export function errcodeOf(failure: unknown): number | undefined {
  if (typeof failure !== 'object' || failure === null || !('errcode' in failure)) return undefined
  return typeof failure.errcode === 'number' ? failure.errcode : undefined
}

// The bytes had left: whether the message is on the phone nobody can say.
function silence(failure: unknown): string {
  return `已经发出，没有等到企业微信的确认（${failure instanceof Error ? failure.message : '没有说明'}）`
}
