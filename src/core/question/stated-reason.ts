// A report that gives the reason for its own figures in the same breath: 累计1.1亿，上月多报了.

/** One project's share of a message: its name, or null, and the pieces of text that its values came from. */
export type SaidOf = { readonly project: string | null; readonly sources: readonly string[] }

const PIECES = /[，。；;！!？?\n]|,(?!\d{3})|\.(?!\d)/
/** Voice input has no punctuation: a reason right behind a figure begins a piece of its own. */
const CAUSE = '(?:主要)?(?:都?是)?(?:因为|由于|原因(?:是|为|在于)|受[^，,。]{1,10}影响)'
const AFTER_FIGURE = new RegExp(`^.*?[\\d一二三四五六七八九十百千](?:万元?|亿元?|元|[%％]|成)(?=了?${CAUSE})`)
const GIVES_CAUSE = new RegExp(
  `^[\\s了]*(?:这|那|也|就)?(?:${CAUSE}|(?:主要)?因(?![此而素子故])|(?:情况)?(?:说明|原因|解释)(?:是|为|如下)?[:：])`,
)
/** How a figure comes about. Narrower than what counts once we have asked: here 审计 or 结算 may be the progress itself. */
const ABOUT_FIGURES =
  /(?:多|少|漏|错|重复|误|虚)(?:报|计|填|算|统|列|录)|(?:报|填|算|写|录|统计|登记)[多少错漏重]了?|[核审调冲扣]减|[核调]增|概算.{0,4}(?:调整|追加)|超概算?|口径.{0,4}(?:不同|调整|变)|数据?有误|笔误|重复计|含(?:了|上|有)?(?:以前|前期|去年|上个?月)/
const FOLLOWS = /^(?:所以|导致|造成|致使|以致)/
const ASKS = /吗$|什么|怎么|为何|请问/
/** A figure with its name is a report and no reason. */
const RESTATES =
  /(?:所以|故|导致)?[，,\s]*(?:本月|当月|这个?月)?(?:累计|总共|一共|本月|今年|形象进度|进度|到位|支付|拨付|完成投资)[^，,。；;\d]{0,8}\d/
const SHORTEST = 3

type Piece = { readonly text: string; readonly start: number; readonly asks: boolean }

/**
 * The reasons that a message plainly states (因为…, 由于…, 原因是…, 上月多报了), by project: each belongs to the project whose figures stand
 * before it, a leading one to the first. Texts of problems are none.
 */
export function statedReasons(text: string, parts: readonly SaidOf[]): ReadonlyMap<string | null, string> {
  const places = parts
    .flatMap(({ project, sources }) => sources.map((source) => ({ project, at: text.indexOf(source) })))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at)
  const reasons = new Map<string | null, string>()
  for (const { start, text: said } of reasonPieces(text)) {
    const owner = places.findLast(({ at }) => at <= start) ?? places[0]
    if (!owner) continue
    const before = reasons.get(owner.project)
    reasons.set(owner.project, before === undefined ? said : `${before}，${said}`)
  }
  return reasons
}

/** The reason in a message about one thing only. */
export const statedReason = (text: string): string | undefined =>
  statedReasons(text, [{ project: null, sources: [''] }]).get(null)

function reasonPieces(text: string): { text: string; start: number }[] {
  let isRunning = false
  return piecesOf(text).flatMap(({ text: piece, start, asks }) => {
    const isReason =
      GIVES_CAUSE.test(piece) || ABOUT_FIGURES.test(piece) || (isRunning && FOLLOWS.test(piece))
    const figure = RESTATES.exec(piece)
    const said = (figure ? piece.slice(0, figure.index) : piece).replace(/^了|(?:所以|故)$/g, '').trim()
    isRunning = isReason && !asks && said.length >= SHORTEST
    return isRunning ? [{ text: said, start }] : []
  })
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let start = 0
  for (const part of text.split(PIECES)) {
    const end = start + part.length
    const asks = /[?？]/.test(text.charAt(end)) || ASKS.test(part)
    const head = AFTER_FIGURE.exec(part)?.[0].length ?? 0
    if (head > 0) pieces.push({ text: part.slice(0, head), start, asks })
    pieces.push({ text: part.slice(head), start: start + head, asks })
    start = end + 1
  }
  return pieces
}
