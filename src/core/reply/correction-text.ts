// Corrections of texts: 补一条, 问题那栏不是无, 问题应该是无.
import { type Claims, claim } from './claims.ts'
import { type Doc, wordsOf } from './document.ts'
import { isNone, kindOf, saysNoHelp, saysNoProblem, type TextKind } from './texts.ts'

const INTRO =
  /(?:补(?:充|报|上)?|再?添|漏(?:报|填|写|掉)?了?|加|增加)(?:一|两|几|1|2)?(?:条|个|点)?(?:问题|措施|困难|需要协调的事项)?[:，, ]*|(?:应(?:该|是|为)+|改成|改为|更正为|实际(?:是|上是)?)[: ]*/g

function kindNamed(doc: Doc): TextKind | undefined {
  if (/问题|困难/.test(doc.norm)) return 'problems'
  if (/协调|帮助/.test(doc.norm)) return 'helpNeeded'
  if (/下一?步|措施|打算/.test(doc.norm)) return 'measures'
  if (/拆迁|征地/.test(doc.norm)) return 'demolition'
  return /进展|进度|备注/.test(doc.norm) ? 'physicalProgress' : undefined
}

/** Claims the text that a correction adds or puts in place of another. */
export function correctedText(doc: Doc, claims: Claims): void {
  const removed = /删|去掉/.test(doc.norm) ? kindNamed(doc) : undefined
  if (removed === 'problems' || removed === 'helpNeeded' || removed === 'measures') {
    const whole = doc.spans.at(-1)
    if (whole) claim(claims, whole.target, removed, [], doc.clean.trim())
    return
  }
  const intros = [...doc.norm.matchAll(INTRO)]
  const intro = intros.at(-1)
  const target = doc.spans.at(-1)?.target
  if (!intro || !target) return
  const start = intro.index + intro[0].length
  const words = wordsOf(doc, start, doc.norm.length)
  const kind = kindNamed(doc) ?? kindOf(doc.marked.slice(start))
  if (words === '' || kind === undefined) return
  if (kind === 'physicalProgress' || kind === 'demolition') {
    if (!isNone(words)) claim(claims, target, kind, words, words)
  } else
    claim(
      claims,
      target,
      kind,
      isNone(words) || saysNoProblem(words) || saysNoHelp(words) ? [] : [words],
      words,
    )
}
