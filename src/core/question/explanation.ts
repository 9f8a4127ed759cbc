// Whether a sentence explains a figure that was asked about, or is about something else.

/**
 * `clear`: it speaks of how figures come about (多报, 核减, 概算调整 …) or calls itself an explanation; that counts for as long as the
 * question is open. `likely`: it only gives some reason (因为 …); that counts as the very next sentence alone.
 * `no`: everything else, a new figure or a question above all.
 */
export type Explaining = 'clear' | 'likely' | 'no'

const LEAD = /^(?:情况)?(?:说明|解释|原因)(?:一下|如下|是|为)?[:：,，\s]*/
const ABOUT_FIGURES =
  /(?:多|少|漏|错|重复?|误|补|虚)(?:报|计|填|算|统|列|录)|(?:报|填|算|写|录|统计)[多少错漏重]了?|[核审调冲扣]减|[核调]增|调整|扣除|收回|退[回库款]|缴回|结算|决算|审计|概算|超概|追加|变更|口径|含(?:了|上|以前|前|去年)|有误|笔误|重复|跨月|补录/
const SOME_REASON = /因为?(?!此)|由于|主要是|是因|缘故|所致/
const ASKS = /[?？]|吗[。.]?$|什么|怎么|哪|几时|多少|请问/
/** A figure with its name is a new report or a correction. */
const RESTATES =
  /(?:累计|总共|一共|本月|这个?月|当月|今年|形象进度|到位|支付|拨付|完成投资)[^，,。；;]{0,8}?[\d一二两三四五六七八九]|应(?:为|是|该是)|改[为成]|更正|不是.{1,8}是/

/** Judges a sentence by itself; whether a question is open is for the caller. */
export function readExplanation(text: string): Explaining {
  const plain = text.normalize('NFKC').trim()
  if (plain.length < 3 || ASKS.test(plain)) return 'no'
  if (RESTATES.test(plain)) return 'no'
  if (LEAD.test(plain) || ABOUT_FIGURES.test(plain)) return 'clear'
  return SOME_REASON.test(plain) ? 'likely' : 'no'
}

/** The explanation as it is kept: without 说明： in front, at most so many characters. */
export function explanationText(text: string, most: number): string {
  const plain = text.trim()
  const bare = plain.normalize('NFC').replace(LEAD, '').trim()
  return [...(bare === '' ? plain : bare)].slice(0, most).join('')
}
