// What each errcode of the app's API and of group robots means for a message (documented: 全局错误码): sent, later, refused with its cure, or unknown.
import type { SendOutcome } from '../../../core/message/types.ts'
import type { Exchange } from './exchange.ts'

/** `hold`: nobody can be reached until an administrator has cured it; messages wait, and the log says it loudly. */
type Meaning =
  | { readonly type: 'wait'; readonly ms: number | 'next-minute' }
  | { readonly type: 'hold'; readonly cure: string }
  | { readonly type: 'refused'; readonly cure: string }

/** `alarm`: what an administrator must do, in Chinese. */
export type Judged = { readonly outcome: SendOutcome; readonly alarm?: string }

const MINUTE_MS = 60_000
/** How soon it is tried again whether the administrator was there. */
const HOLD_MS = 5 * MINUTE_MS
const NOT_SENT_MS = 5000

const wait = (ms: number | 'next-minute'): Meaning => ({ type: 'wait', ms })
const hold = (cure: string): Meaning => ({ type: 'hold', cure })
const refused = (cure: string): Meaning => ({ type: 'refused', cure })

const BAD_MESSAGE = refused('企业微信不接受这条消息的格式：请把编号和错误码交给系统管理员，重发没有用')
const BAD_ACCOUNT = refused('企业微信不认识这个账号：请核对名单里的账号，改正后重新导入')
const BAD_FILE = refused('企业微信不接受这个文件：请检查格式和大小（图片10MB内，文件20MB内，不能是空文件）')
const OUT_OF_RANGE = refused(
  '对方不在应用的可见范围内：请管理员在管理后台“应用管理 › 本应用 › 可见范围”里加上他',
)
const BAD_GROUP = refused('企业微信不认识这个群，或它不是本应用建的：请核对群编号后重新导入')
const WEBHOOK_GONE = refused('群里的消息推送机器人已被移除或停用：请群主重新添加，把新地址导入')
const WRONG_SECRET = hold('企业ID或应用Secret不对：请在管理后台核对后改 WECOM_CORP_ID、WECOM_SECRET')
const WRONG_AGENT = hold(
  '应用编号与Secret不是同一个应用的：请在管理后台核对后改 WECOM_AGENT_ID、WECOM_SECRET',
)
const NO_RIGHT = hold('应用没有权限或已被停用：请管理员在管理后台启用应用并恢复接口权限')

/** The caller's address is not on the app's list. */
export const UNTRUSTED_IP = 60020
/** A task_id that was used: ours are unique, so the card had arrived before. */
export const USED_TASK = 42014
/** (not stated) Refused by its own field, not by a code. */
export const INVALID_USER = 'invaliduser'

// What is not listed is `unknown`: it is held and shown to a person.
const MEANINGS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [-1, wait(10_000)],
  [6000, wait(10_000)],
  [45009, wait('next-minute')],
  [45033, wait(5000)],
  // Twice in a row, since one retry with a new token lies behind it.
  [40014, wait(10_000)],
  [42001, wait(10_000)],
  ...each([40001, 40013, 41002, 41004, 2000002], WRONG_SECRET),
  ...each([40056, 301002, 42015], WRONG_AGENT),
  ...each([48001, 48002, 48006, 50003], NO_RIGHT),
  [43012, hold('应用没有设置接收消息的地址：请在管理后台“接收消息 › 设置API接收”填好并保存')],
  [
    UNTRUSTED_IP,
    hold('本服务器的地址不在应用的企业可信IP里：请在管理后台“应用管理 › 本应用 › 企业可信IP”里添加'),
  ],
  ...each([40003, 40031, 60111, 301021], BAD_ACCOUNT),
  ...each([50002, 60011, 60021, 81012, 81013, 92000], OUT_OF_RANGE),
  ...each(
    [41001, 40008, 40016, 40032, 40035, 40058, 40063, 44004, 45002, 45008, 47001, 82001, 82002, 82003],
    BAD_MESSAGE,
  ),
  ...each([40004, 40005, 40006, 40009, 40011, 40123, 44001, 45001, 45007, 301016, 301017], BAD_FILE),
  [40007, refused('图片或文件已过期（企业微信只保留三天）：请重新上传后再发')],
  [42052, refused('已超过可以撤回的24小时')],
  [82004, refused('企业微信认为内容不妥，没有发出：请修改措辞后重发')],
  ...each([USED_TASK, ...range(42016, 42020), ...range(42027, 42031), 42033], BAD_MESSAGE),
  ...each([...range(42035, 42047), ...range(42049, 42051)], BAD_MESSAGE),
  ...each(
    [40050, ...range(86001, 86008), 86101, ...range(86201, 86207), 86215, 86216, 86217, 86220],
    BAD_GROUP,
  ),
  ...each([93000, 93004, 93008], WEBHOOK_GONE),
])

function each(codes: readonly number[], meaning: Meaning): [number, Meaning][] {
  return codes.map((code) => [code, meaning])
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

/** The codes of the table, for the test that reaches each of them. */
export const knownAppCodes: readonly number[] = [...MEANINGS.keys()]

/** What became of a request; `now` is an instant. `task_id`: it carried one of ours, so "used before" says that it had arrived. */
export function judge(answer: Exchange, now: number, carries: 'task_id' | 'words' = 'words'): Judged {
  if (answer.type === 'not-sent')
    return { outcome: { type: 'retry-later', afterMs: NOT_SENT_MS, detail: answer.detail } }
  if (answer.type === 'lost') return { outcome: { type: 'unknown', detail: answer.detail } }
  const { code } = answer
  if (code === 0 || (code === USED_TASK && carries === 'task_id')) return { outcome: { type: 'sent' } }
  const detail = `企业微信回答 ${code}`
  const meaning = MEANINGS.get(code)
  if (!meaning) return unknown(detail)
  if (meaning.type === 'refused')
    return { outcome: { type: 'refused', code: String(code), detail, cure: meaning.cure } }
  if (meaning.type === 'hold') {
    const cure = `${meaning.cure}${code === UNTRUSTED_IP ? addressIn(answer.body.errmsg) : ''}`
    return { outcome: { type: 'retry-later', afterMs: HOLD_MS, detail: `${detail}：${cure}` }, alarm: cure }
  }
  const afterMs = meaning.ms === 'next-minute' ? MINUTE_MS - (now % MINUTE_MS) : meaning.ms
  return { outcome: { type: 'retry-later', afterMs, detail } }
}

function unknown(detail: string): Judged {
  const said = `${detail}，含义不明`
  return { outcome: { type: 'unknown', detail: said }, alarm: `${said}：请把错误码交给系统管理员` }
}

/** (several reports) The platform names the address that it saw. */
function addressIn(errmsg: unknown): string {
  const address = typeof errmsg === 'string' ? /from ip: ([0-9a-fA-F.:]+)/.exec(errmsg)?.[1] : undefined
  return address === undefined ? '' : `：${address.replace(/[.:]+$/, '')}`
}
