// 没有完成投资, 一分钱没到位: nothing is a value.
import { type Claims, claim, doubt } from './claims.ts'
import { type Doc, wordsOf } from './document.ts'
import type { Piece } from './flow.ts'
import type { AmountKey } from './types.ts'

const NO_INVESTMENT =
  /(?:没[有得]?|未|无|零)(?:实际|产生|新增|形成|任何)*(?:完成)?(?:任何|一分)*(?:的)?投资(?!计划|意向|人|方|商)|投资(?:额|完成)?(?:为|是|[: ])*(?:零|没有|无)$|投资.{0,8}[:：](?:本月|这个?月)(?:为)?(?:无|没有|零)$|一分(?:钱)?(?:的?投资)?(?:都|也)?(?:没|未)(?:有)?(?:投|完成)|(?:本月|这个?月|当月)(?:又|再|还是|也|都)?(?:没|未)(?:再)?投(?:钱|资|入)?(?:了|呢)?$/
const NOT_IN_PLACE =
  /一分(?:钱)?(?:都|也)?(?:没|未)(?:有)?(?:到|拨|下来|见)|(?:到位资金|资金到位)(?:为|是)?(?:零|没有|无)$/
const NOT_SPENT =
  /一分(?:钱)?(?:都|也)?(?:没|未)(?:有)?(?:付|支付|花|用|支出|给施工)|(?:支付|已付)(?:资金)?(?:为|是)?(?:零|没有|无)$/

function keyOf(text: string): AmountKey | undefined {
  if (NOT_IN_PLACE.test(text)) return 'fundsInPlace'
  if (NOT_SPENT.test(text)) return 'fundsSpent'
  if (!NO_INVESTMENT.test(text)) return undefined
  if (/今年|年初|年内/.test(text)) return 'investedThisYear'
  return /累计|开工以来/.test(text) ? 'investedTotal' : 'investedThisMonth'
}

/** Claims a value of nothing; false when the text says none. */
export function readZero(doc: Doc, claims: Claims, piece: Piece): boolean {
  const text = doc.norm.slice(piece.start, piece.end)
  const key = keyOf(text)
  if (key === undefined) return false
  const isForMonth = /本月|这个?月|当月/.test(text) && key !== 'investedThisMonth'
  const before = doc.context.previous?.[key]
  const source = wordsOf(doc, piece.start, piece.end)
  // Nothing new this month leaves the cumulative figure as it was, which may not be nothing.
  if (isForMonth && before === undefined) doubt(claims, piece.span.target, [key], source)
  else claim(claims, piece.span.target, key, isForMonth ? (before ?? 0) : 0, source)
  return true
}
