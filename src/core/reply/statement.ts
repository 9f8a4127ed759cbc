// Answers to duties that ask for no figures: done, not yet, or unclear; never guessed.

export type Statement = 'done' | 'not-done' | 'unclear'

const DONE =
  /(已经?|都|全部|刚刚?)?(报送|上报|报备|报了|报完|报过|提交|交了|完成|办结|办完|办了|弄好|整完|整好|[报交]过|已(?:报|交|办|发(?!现|生|展|包|放))|办好|办理完毕|落实|弄完|搞定|发过去|成立|召开|公布|公示|开展|寄出|盖章报)/
const NOT_DONE =
  /(还没|还未|没有|不(?:想|会|再|愿意?)?[报交填]|懒得|尚未|未能|未完成|没完成|没报|未报|没办|未办|不能|无法|来不及|正在|准备|马上|抓紧|争取|计划|打算|预计|明天|后天|下周|过几天|稍后|待会|一会)/
const ASKS = /[?？]|[吗么]$|[了过完]没(?:有|得)?[啊呀呢哦]?$|是不是|有没有报|什么时候|怎么|如何|哪里|请问/

/** 公路和大桥都报过了: that something was handed in, and nothing of what. */
export const claimsReported = (text: string): boolean =>
  text.length <= LONGEST_CLAIM && /[报交填](?:过|了|完)|已[报交填]/.test(text) && !/[\d万亿%％]/.test(text)

const LONGEST_CLAIM = 20

/** Reads a statement about a duty that is either done or not. A sentence that both says and denies it is unclear. */
export function readStatement(text: string): Statement {
  if (ASKS.test(text)) return 'unclear'
  const isDone = DONE.test(text)
  const isNot = NOT_DONE.test(text)
  if (isDone && !isNot) return 'done'
  return isNot ? 'not-done' : 'unclear'
}
