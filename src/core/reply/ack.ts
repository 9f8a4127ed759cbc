// Recognises a receipt or a promise: 收到, 好的, 周五前报, 马上安排.
import { trimEdges } from './words.ts'

const LONGEST = 60

const RECEIPT =
  /^(?:收到|已收|收悉|好的?|好嘞|好滴|好咧|嗯+|恩+|行|可以|中|成|ok|okay|yes|是的?|知道了?|晓得|明白|了解|清楚|已阅|阅|遵命|没问题|1|一|6+|谢谢|感谢|辛苦(?!大家|各位)|遵照|按要求|照办|执行|稍等|稍后|马上|这就|立即|立马|立刻|尽快|抓紧|在弄|在填|在报|得令|妥|噢|哦|照办|领导(?:好|放心)|欧克|正在?(?:统计|核|汇总|算|填|收集|整理|弄|准备材料)|我(?:们|这边)?(?:马上|这就|尽快|立即|抓紧|催|核|问|看|落实|安排|去))/i
const PROMISE =
  /^已(?:经)?(?:通知|安排|转告|要求|告知|督促|布置|部署|转达|转给)|(?:前|上午|下午|晚上|中午|今天|明天|后天|下班|晚点|待会|等下|一会|马上|尽快|抓紧|立即|这就|回头|两天|稍后|\uE003)[^，。,]{0,10}?(?:报|发|交|填|传|给|整改|落实|安排|处理|弄|改|办|催|完成|上报|补|装好|修好|换好|清完|搞好|做好)/
const ACK_STICKERS = /OK|好的?|收到|强|赞|抱拳|握手|玫瑰|敬礼|胜利|👌|👍|🫡|🙏|✅|👏|💪|🤝/i

/** True for a receipt; `text` is marked. */
export function isAck(text: string, stickers: readonly string[]): boolean {
  const plain = trimEdges(text)
  if (plain.length > LONGEST) return false
  if (plain === '' || /^\uE004+$|^\uE001+$/.test(plain)) {
    return plain === '' && stickers.some((sticker) => ACK_STICKERS.test(sticker))
  }
  return RECEIPT.test(plain) || PROMISE.test(plain)
}
