// Recognises a receipt or a promise: 收到, 好的, 周五前报, 马上安排.
import { trimEdges } from './words.ts'

const LONGEST = 60

// Short words are a receipt only as a whole (好的， 行吧。): 行 and 中 begin other words, too.
const YES =
  /^(?:好|行|中|成|是|嗯|恩|妥|噢|哦|可以|得|中|要得|得行)(?:的|了|吧|啊|呢|哈|嘞|滴|咧|哒|呀|啦|好|是|嗯|恩)*(?=$|[，,。!！~\s]|马上|这就|我|今|明|后天|尽|抓|立|收到|知道|领导|\uE003)/
const RECEIPT =
  /^(?:收到|(?:通知)?已?[接收]到|已收|收悉|ok|okay|yes|roger|知道了?|晓得|明白|了解|清楚|已阅|遵命|没问题|1+$|一$|6+$|谢谢|感谢|辛苦(?!大家|各位)|遵照|按要求|照办|执行|稍等|稍后|马上|这就|立即|立马|立刻|尽快|抓紧|在弄|在填|在报|得令|领导(?:好|放心)|欧克|正在?(?:统计|核|汇总|算|填|收集|整理|弄|准备材料)|(?:等)?我(?:们|这边|先)*(?:马上|这就|尽快|立即|抓紧|催|核|问|看|落实|安排|去))/i
const ANNOUNCES =
  /收到(?:的)?(?:请|后|的)?回|各单位|各乡镇|出发|集合|各位|大家|请于|通知[:：]|^通知(?!已|收|接)/
const PROMISE =
  /^已(?:经)?(?:通知|安排|转告|转(?!移|入|账|正|为)|要求|告知|督促|布置|部署|转达|转给)|(?:前|上午|下午|晚上|中午|今天|明天|后天|回去|到单位|到办公室|下班|晚点|待会|等下|一会|马上|尽快|抓紧|立即|这就|回头|两天|稍后|[完好]了?就|尽量|\uE003)[^，。,]{0,10}?(?:报|(?<!出)发|交|填|传|给|整改|落实|安排|处理|弄|改|办|催|完成|上报|补|装好|修好|换好|清完|搞好|做好)(?!(?:投资|产值)?\uE001)/
// 还差洗车台, 改好了3条: how far it is, and neither a receipt nor a promise.
const UNDER_WAY = /(?:还差|就差|剩下|还剩)[^，。]{2}|(?:改|弄|做|修|装)好?了\uE004|正?抓紧(?:改|整改|弄)着/
const ACK_STICKERS = /OK|好的?|收到|强|赞|抱拳|握手|玫瑰|敬礼|胜利|👌|👍|🫡|🙏|✅|👏|💪|🤝/i

/** True for a receipt; `text` is marked. */
export function isAck(text: string, stickers: readonly string[]): boolean {
  const plain = trimEdges(text)
  if (plain.length > LONGEST) return false
  if (plain === '' || /^\uE004+$|^\uE001+$/.test(plain)) {
    return plain === '' && stickers.some((sticker) => ACK_STICKERS.test(sticker))
  }
  if (ANNOUNCES.test(plain) || UNDER_WAY.test(plain)) return false
  return YES.test(plain) || RECEIPT.test(plain) || PROMISE.test(plain)
}
