// 累计的, 是今年的: which of several fields somebody names when he was asked.
import type { FieldKey } from '../reply/types.ts'

const NAMES: { readonly [K in FieldKey]?: RegExp } = {
  investedThisMonth: /^(?:(?:本|当|这个?|上个?)月|月度|\d{1,2}月份?)$/,
  investedThisYear: /^(?:今年|本年度?|年度|全年|当年|年初(?:以来|至今|到现在))$/,
  investedTotal: /^(?:累计|总的?|总共|总计|一共|合计|开工(?:以来|至今|到现在)|到目前)$/,
  fundsInPlace: /^(?:(?:资金)?到位(?:资金)?)$/,
  fundsSpent: /^(?:(?:资金)?(?:支付|支出|拨付|使用|已付|花)(?:资金)?)$/,
  percentComplete: /^(?:形象)?进度$/,
}
const BEFORE = /^(?:就|那)?(?:应该|应当|当然|都)?(?:是|指的?是?|说的是|报的是|为|算|填|选|按)?(?:的是)?/
const AFTER =
  /(?:的|数|完成|投资|数据|金额|总额|这一?个|那一?个|这项|项|吧|啊|哦|哈|呢|了|数字|来算|完成额)*[。.!！~～]*$/

/** The one of `keys` that the text names and nothing else; undefined for a longer sentence. */
export function fieldNamed(text: string, keys: readonly FieldKey[]): FieldKey | undefined {
  const name = text.normalize('NFKC').replace(/\s/g, '').replace(BEFORE, '').replace(AFTER, '')
  return keys.find((key) => NAMES[key]?.test(name))
}
