// How people begin to put right what they have reported: plainly (更正：…), or in passing (不对，是1.2亿).

/** `plain` says so whatever follows; `passing` means it only with a figure behind it; `bare` names nothing to correct. */
export type Correcting = 'plain' | 'passing' | 'bare'

const PLAIN = /^(?:我?(?:要|想|再|来|需要|申请|请|麻烦|帮我)*)(?:更正|改正|修改|订正|纠正)/
const PASSING =
  /^(?:哦|啊|呃|额|唉|哎|等下|[，,\s])*(?:不对|又?错了|有误|口误|(?:刚才?|刚刚|上面|前面|上一?条|我)*(?:的|数据?|数字|月报)?(?:搞|报|写|说|打|填|弄|发|算|录)错了?|(?:刚才?|刚刚|上面|前面|上一?条)(?:的|那[个条])?(?:数|数字|数据)?(?:不对|有误|错了))(?![吗么没])/
const TAIL = /^(?:一下|下|了|啊|哈|哦|呀|数据?|数字|累计|内容|[!！。.，,：:\s~～])*$/
const FIGURE = /[\d一二两三四五六七八九十百千][\d.\s]*(?:个)?(?:万|亿|元|[%％]|成|w)|百分之/i

/** Undefined for a sentence that corrects nothing. */
export function readCorrecting(text: string): Correcting | undefined {
  const plain = text.normalize('NFKC').trim()
  const mark = PLAIN.exec(plain) ?? PASSING.exec(plain)
  if (!mark || /[?？]$/.test(plain)) return undefined
  if (TAIL.test(plain.slice(mark[0].length))) return 'bare'
  if (PLAIN.test(plain)) return 'plain'
  return FIGURE.test(plain) ? 'passing' : undefined
}
