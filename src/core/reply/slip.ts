// 300万，哦不对，350万: a figure put right in the same breath; only the second one counts.
import type { Doc } from './document.ts'
import { headLength } from './labels.ts'
import type { Token } from './tokens.ts'

const SLIP =
  /^(?:左右|上下|[多吧哈])*[\s，,。.；;!！~…]*(?:哦+|噢|啊|额|呃|唉|哎|等下|等等)?[\s，,]*(?:(?:不对|(?<=[哦噢啊额呃唉哎])不(?=[，,。\s])|不(?:不|是不是)+|不是(?=[，,\s]*(?:是|应))|错了|说错了?|(?:等下|我|刚)?[说看报写打填搞弄记点输](?:错|岔|串|混)[行位列数]?了?|打错了?|写错了?|报错了?|搞错了?|更正(?:一下)?|口误|纠正一下)[哈啊呀哦呢嘛]?[\s，,。.!！~:]*){1,3}(?:应该?是?|应为|应是|实际是?|改成|改为|是|更正为)?(?:大?约|差不多)?[\s:]*$/
const FAR = 24

/** Figures taken back, and the words that the figure after each inherits from it. */
export type Slips = { taken: Set<Token>; heads: Map<Token, string> }

function sameKind(a: Token, b: Token): boolean {
  return a.kind === b.kind && (a.kind === 'amount' || a.kind === 'percent')
}

/** Finds slips. A figure without words of its own is an old, recorded one: that is a correction. */
export function findSlips(doc: Doc): Slips {
  const slips: Slips = { taken: new Set(), heads: new Map() }
  doc.tokens.forEach((first, i) => {
    const second = doc.tokens[i + 1]
    if (!second || !sameKind(first, second) || second.start - first.end > FAR) return
    const gap = doc.norm.slice(first.end, second.start)
    if (!SLIP.test(gap)) return
    const before =
      doc.marked
        .slice(0, first.start)
        .split(/[\n。；;，,]/)
        .at(-1) ?? ''
    const length = before.trim() === '' ? 0 : headLength(before)
    const inherited = slips.heads.get(first)
    const isDirect = /^\s*(?:报错|写错|填错)/.test(gap)
    const wasRecorded = Object.values(doc.context.previous ?? {}).some(
      (value) => first.kind === 'amount' && value === first.value,
    )
    const isEarlier = /上次|之前|昨天|上午|早上|刚才|刚刚|前面|上面/.test(before)
    if (
      (length === 0 && !inherited) ||
      wasRecorded ||
      isEarlier ||
      (isDirect && doc.context.pending === null)
    )
      return
    slips.taken.add(first)
    slips.heads.set(second, `${inherited ?? ''}${before.slice(before.length - length)}`)
  })
  return slips
}
