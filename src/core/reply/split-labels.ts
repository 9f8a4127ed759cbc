// Cuts dictated words where a label, a remedy or a request begins in the middle of them.
import type { Doc } from './document.ts'
import type { Piece } from './flow.ts'

const INNER_LABEL =
  /主要(?:就)?是(?<=.{4}主要(?:就)?是)|存在(?<!(?:没有|没|无|不)存在)(?:的)?(?:主要|突出)?(?:问题|困难)|主要(?:问题|困难)|(?:问题|困难)(?:就)?是|(?<!.)问题|下一?步(?:打算|计划|工作)?|(?<!没有|没啥|没什么|没|无|不|暂无)需要?协调(?:的)?(?:事项|问题)|(?<!完工|竣工|完成|交付|通车|[干做]完|复工|到位|应该|肯定|绝对)(?:没有?|暂无|暂时没有?|无|不存在)(?:什么|啥|任何|其他|别的)*大?的?(?:问题|困难)(?![^，。]{0,6}(?:解决|处理))|(?:准备|打算)(?<=[^，。]{6}[^不没有未好在](?:准备|打算))(?=[增加派请调换采想重把组先再追上改])|就是(?<=[^，。]{6}了就是)(?=[^，。]{3})|(?:麻烦|请)(?<=[^，。申恳]{5}(?:麻烦|请))(?=[^，。]{2,8}(?:局|办|县|镇|乡|政府|部门|公司|委|里)(?:里|上)?[^，。])/g

/** Cuts a piece where a label begins in the middle of dictated words. */
export function splitAtLabels(doc: Doc, piece: Piece): Piece[] {
  const text = doc.norm.slice(piece.start, piece.end)
  if (text.search(INNER_LABEL) < 0) return [piece]
  const cuts = [...text.matchAll(INNER_LABEL)]
    .map(({ index }) => piece.start + index)
    .filter((at) => at > piece.start)
  const starts = [piece.start, ...cuts]
  return starts.map((start, i) => ({ ...piece, start, end: starts[i + 1] ?? piece.end }))
}
