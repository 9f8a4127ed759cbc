// 已整改到位: the whole rectification is done; half of it, or a promise, is not.
import type { Clause } from './clause.ts'
import { isLongAhead } from './date-parts.ts'
import { type Doc, datesIn, wordsOf } from './document.ts'

const DONE =
  /改过来|换(?:上|成)?新的?了|完成(?:了)?(?:全部|所有|各项)?整改|整改(?:工作|的事|任务|都|已经?|全部|均)*(?:完|好|到位|结束|落实|了(?!一|大|部|几|\d|\uE004))|已(?:经)?(?:全部|都|按要求|按时|完成|安排人|逐[项条一]|分别|及时|当场|立即|现场|基本)*(?:整改|处理|解决|消除|修复|更换|清理|清运|拆除|安装|补|完善|落实|销号|闭环|恢复|加固|加装|设置|配备|覆盖|重新|回填|张贴|盖|立|换|修|装)|(?:改|弄|搞|整|处理|修|换|补|清|清运|盖|装|拆|做|贴|挂|填|加|配|立|架|焊|刷|洗|搬|扫|绑|围|封|铺|砌|签|更换|清理|修复|恢复|加固|加装|安装|覆盖|消除|解决|整理|完善|设置|移|运|堵|疏通|拉|接|腾|刷|喷|搭|垫|压|夯|种|栽|挪|撤|归|浇|抹|焊|锁|断|清退|培训|检测|公示|签订|补办|加高|加密|硬化|回填|交底|开通?|发放?|退场?|停|清场|配|到岗?|上岗?|割|挖|填埋|钉|粘|画|划|标)(?:都)?(?:完毕|完成|完|好|了|上|齐|掉|走|到位|起来|出去|出来|干净|合格|归位|空|到人|到户|到\uE004|平整|严实?|牢固?|满|就位|到底|通)|(?:已|都|均|全部)(?:经|全部|都)?[^，。]{0,6}(?:改正|纠正|移位|规范|归位|闭合|闭环|达标|合格|恢复|培训|改完|到位|完毕)|(?:全部|全都|都|已|均|问题)(?:消除|销号|解决|整改|完成)/
// Any other work that came to its end: 掏通了, 钉死了, 接牢了; but nothing is done by arranging it.
const ENDED =
  /(?!安排|联系|商量|通知|布置|部署|准备|约定|说|谈)[\u4e00-\u9fff]{2}(?:完|好)了|(?:都|也|全部?|已经?|均|重新)[^，。]{0,6}?[^安排联系说谈约订量知置署会报看定买购\s](?:完|好|通|齐|牢|死|实|严|净|到位|起来|回来|下来|下去|掉|走)了/
const PARTLY =
  /方案|安排.{0,6}去|(?:去|来)(?:弄|改|整改|修|处理|换|搞|做)了?$|(?:这|本|下)周|月内|天内|进场(?:改|整改)|这(?:两|几)天|一半|[大多]半|部分|还[没未差剩]|还在|正在|仍在|在(?:改|弄|整改|处理|搞|做|修|装)|剩下?|还有|还差|就差|差(?:一|两|\d|点)|(?:没有?|未|没能|尚未)(?:完全|全部)?(?:整改|改|处理|弄|完|搞|做好|解决|到货|修|换|动|开始|落实|结束|到位)|基本|差不多|快(?:要)?(?:好|完|改|弄)|马上|准备|计划|打算|争取|预计|这就|路上|追尾|堵车|晚到|先开|去催|去(?:联系|落实|办)|过(?:几|两)天|除了|除[^，。]{1,8}外|其余|进行中|尽快|抓紧|只(?:有|是|改|换|完)|等(?:着|厂家|材料|配件|设备|天)|有点?难|改不了|没法|\uE004[个条项]?(?:改|整改|完成|弄|处理)了\uE004|(?:改|整改|完成|弄|处理)了?\uE004(?!.*都)[个条项处块段栋台]/
const LEAD =
  /^(?:那个|反馈(?:一下)?|关于.{2,20}整改(?:情况|的事)?[:]|领导|您好|你好|报告|汇报一?下|收到|好的|[，,。\s:]|关于)+/
// 把围挡补上 is what is to be done; without one of these nobody says that it has been.
const IS_PAST = /[了已都均全完毕好]|到位|合格|结束|闭环|销号/

// 关于专户未开设的问题，已于…: what had been wrong, which is no longer so.
const MATTER = /(?:关于|针对|对于)[^，。]{2,40}?(?:问题|隐患|情况|事项)/
const ASIDE =
  /^(?:照片|图片|附件|请|谢谢|视频|资料(?:也)?发|顺便|顺带|另外|还有|稍后|一会|详见|见附件|麻烦)|发(?:群|你|您|邮箱|过去)/

export type Rectified = { summary: string; clauses: ReadonlySet<Clause> }

function isFuture(doc: Doc, { start, end }: Clause): boolean {
  return datesIn(doc, start, end).some(
    ({ date, delay }) =>
      delay === undefined && date !== undefined && date > doc.today && !isLongAhead(date, doc.today),
  )
}

/** Reads that a rectification is done. `clauses`: those that still speak and hold no figures. */
export function readRectified(doc: Doc, clauses: readonly Clause[]): Rectified | undefined {
  if (doc.context.pending !== 'rectification' && !/整改|隐患|销号/.test(doc.norm)) return undefined
  const text = clauses.map(({ start, end }) => doc.marked.slice(start, end).replace(MATTER, '')).join('，')
  if (!(DONE.test(text) || ENDED.test(text)) || !IS_PAST.test(text) || PARTLY.test(text)) return undefined
  if (clauses.some((clause) => isFuture(doc, clause))) return undefined
  const own = clauses.filter(({ start, end }) => !ASIDE.test(doc.norm.slice(start, end)))
  const first = own[0]
  const last = own.at(-1)
  if (!first || !last) return undefined
  const mention = doc.mentioned.find(({ start }) => start >= first.start && start < first.end)
  const head =
    mention && /^[\s那个这]*$/.test(doc.norm.slice(first.start, mention.start)) ? mention.end : first.start
  const skip = LEAD.exec(doc.norm.slice(head, last.end))?.[0].length ?? 0
  const summary = wordsOf(doc, head + skip, last.end).replace(/^的/, '')
  return summary === '' ? undefined : { summary, clauses: new Set(clauses) }
}
