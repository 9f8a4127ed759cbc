// Amounts of money: 三百二, 1.2个亿, 3千2百万, 320w, 贰仟万元整, 200-250万; everything else that is counted is told apart.
import { readNumeral } from './numerals.ts'

/**
 * `wan` is in 万元 and undefined where the words give no single value. `unit` is what was written: a bare number
 * is 万元 by habit, unless a heading says otherwise. `negative` and `vague` amounts are never recorded.
 */
export type Amount = {
  kind: 'amount'
  start: number
  end: number
  value: number
  unit: 'bare' | 'wan' | 'yi' | 'yuan'
  vague: boolean
  negative: boolean
}
/** A number of things that are not money: 7.2公里, 14栋, 3个问题. */
export type Count = { kind: 'count'; start: number; end: number }

const THINGS =
  /^(?:多|余|来|几)?(?:个(?!亿)|[%‰]|公里|千米|厘米|毫米|米|km|cm|mm|m|栋|幢|座|户|家|处|台|套|层|楼|号|标|条|根|孔|跨|基|亩|方|平|㎡|吨|立|人|名|次|天|日|月|年|季|周|点|时|分|秒|岁|项|份|张|页|片|组|批|村|乡|镇|级|类|兆|伏|千瓦|kw|mw|kv|#|期|步|位|道|口|眼|井|桩|车|辆|遍|小时|倍|折|件|本(?![月年期周项])|篇|株|棵|间|床|对|段|宗|款|星|票|筐|箱|头|只|袋|桶|寸|集|届|线|路|字|场|队|师|边|面|排|列|所|棚|榀|盏|扇|樘|节|艘|架|羽|公顷|幅|环|成|厂|幼|小|中|医|院|区|站)/i
// What is counted by the ten thousand: 12万方; but 900万本月 and 300万年初 are money.
const THINGS_BY_WAN =
  /^(?:多|余|来|几)?(?:公里|千米|米|km|m(?![a-z])|平|㎡|立方|方(?![面案])|吨|亩|株|棵|只(?![有剩能是])|头|羽|人(?![民工员])|户|套|千瓦|kw|尾|斤|公斤|袋|件|册|块砖)/i
const MONEY_TAIL =
  /^(?:元整|元|圆整|圆|块钱|块(?![\u4e00-\u9fff])|块(?=左右|多|吧|了)|人民币|rmb|整(?![体个改治修条理]))/i
const FUZZY = '多余来'

/** Rounds to a cent: amounts are sums of 元 with two decimals, so 万元 have six. */
export const roundWan = (wan: number): number => Math.round(wan * 1e6) / 1e6

type Scaled = { value: number; end: number; vague: boolean; unit: 'bare' | 'wan' | 'yi' }

const skipFuzzy = (text: string, at: number): number => (FUZZY.includes(text[at] ?? ' ') ? at + 1 : at)

// After 万 or 亿 a lone last digit is the next place (一亿二, 一百五十三万六), unless it counts something (三标段).
function mayCloseShort(text: string, end: number): boolean {
  return (
    !/^[\d一二三四五六七八九十百千万亿.]/.test(text.slice(end, end + 1)) &&
    !THINGS.test(text.slice(end, end + 4))
  )
}

function readYi(text: string, at: number, part: { value: number; vague: boolean }): Scaled {
  const whole: Scaled = { value: part.value * 10_000, end: at, vague: part.vague, unit: 'yi' }
  const start = /[零〇]/.test(text[at] ?? '') ? at + 1 : at
  const rest = readNumeral(text, start)
  if (!rest) return whole
  const unitAt = skipFuzzy(text, rest.end)
  if (/[万w]/i.test(text[unitAt] ?? '')) {
    return { value: whole.value + rest.value, end: unitAt + 1, vague: whole.vague || rest.vague, unit: 'yi' }
  }
  if (!mayCloseShort(text, rest.end)) return whole
  const isDigit = rest.bare && rest.value < 10 && start === at
  if (!isDigit && rest.value < 100) return whole
  const add = isDigit ? rest.value * 1000 : rest.value
  return { value: whole.value + add, end: rest.end, vague: whole.vague || rest.vague, unit: 'yi' }
}

// 85万一并报了, 60万一直没给: no last digit.
const ONE_OF_A_WORD = /^一[并起直共样切次旦律下定般边同块道些]/

function readWan(text: string, at: number, part: { value: number; vague: boolean }): Scaled {
  const whole: Scaled = { value: part.value, end: at, vague: part.vague, unit: 'wan' }
  const rest = readNumeral(text, /[零〇]/.test(text[at] ?? '') ? at + 1 : at)
  if (!rest || rest.vague || !mayCloseShort(text, rest.end) || ONE_OF_A_WORD.test(text.slice(at, at + 2)))
    return whole
  if (rest.bare && rest.value < 10 && rest.end === at + 1 && /[一二三四五六七八九\d]/.test(text[at] ?? '')) {
    return { ...whole, value: part.value + rest.value / 10, end: rest.end }
  }
  const isYuan = /^元/.test(text.slice(rest.end)) || (rest.hasUnit && rest.value >= 1000)
  return isYuan && rest.value < 10_000
    ? { ...whole, value: part.value + rest.value / 10_000, end: rest.end }
    : whole
}

function readScaled(text: string, at: number): Scaled | undefined {
  const part = readNumeral(text, at)
  if (!part) return undefined
  let end = skipFuzzy(text, part.end)
  if (text[end] === '几') return { value: part.value, end: end + 1, vague: true, unit: 'bare' }
  if (text[end] === ' ' && /[万亿]/.test(text[end + 1] ?? '')) end++
  const isYi = /^个?亿/.exec(text.slice(end, end + 2))
  if (isYi) return readYi(text, end + isYi[0].length, part)
  if (/^(?:万|w(?![a-z])|W(?![A-Za-z]))/.test(text.slice(end, end + 2))) return readWan(text, end + 1, part)
  return { value: part.value, end: part.end, vague: part.vague, unit: 'bare' }
}

const RANGE_SIGN = /^ ?(?:-|~|—|–|至|到|或者|或|还是) ?(?:大?约 ?)?(?=[\d一二三四五六七八九十百千两])/

/** A second number after a range sign: 200-250万, 300万到350万. */
function readRange(text: string, first: Scaled): { end: number; second: Scaled } | undefined {
  const sign = RANGE_SIGN.exec(text.slice(first.end, first.end + 8))
  if (!sign) return undefined
  const second = readScaled(text, first.end + sign[0].length)
  // 390万到11月底: a day follows, no second bound.
  const isDay = second && /^[月号日年]/.test(text.slice(second.end))
  return second && !isDay ? { end: second.end, second } : undefined
}

// 3千 2百万: one figure or two, nobody can tell.
function readParted(text: string, first: Scaled): { end: number; second: Scaled } | undefined {
  const isOpen = '百千亿'.includes(text[first.end - 1] ?? ' ')
  if (!isOpen || !/^[零〇]? [\d一二三四五六七八九两]/.test(text.slice(first.end, first.end + 3)))
    return undefined
  const second = readScaled(text, text.indexOf(' ', first.end) + 1)
  return second && (second.unit !== 'bare' || /[百千]/.test(text[second.end - 1] ?? ''))
    ? { end: second.end, second }
    : undefined
}

// 几百万, 上千万, 百把万: nobody's figure.
const VAGUE_WORDS =
  /(?:好几|几|数|上|近|成)?[十百千]?(?:来|把|多)?(?:百|千)?万(?=元|块|吧|左右|$|[，,。；;！!\s])/y

function readVague(text: string, at: number): Amount | undefined {
  VAGUE_WORDS.lastIndex = at
  const match = VAGUE_WORDS.exec(text)
  if (!match || match[0].length < 2) return undefined
  const end = at + match[0].length
  return { kind: 'amount', start: at, end, value: 0, unit: 'wan', vague: true, negative: false }
}

function withTail(text: string, found: Scaled): { end: number; isYuan: boolean } {
  let end = found.unit === 'bare' ? found.end : skipFuzzy(text, found.end)
  const tail = MONEY_TAIL.exec(text.slice(end, end + 4))
  if (!tail && text[end] === ' ' && text.startsWith('元', end + 1)) end++
  const money = tail ?? /^元/.exec(text.slice(end, end + 1))
  if (money) end += money[0].length
  return { end, isYuan: money !== null && !/^整|人民币|rmb/i.test(money[0]) }
}

/** Reads an amount or a count at `at`; undefined where no number stands. */
export function readAmount(text: string, at: number): Amount | Count | undefined {
  const isNegative = text[at] === '-' || text[at] === '负'
  const start = isNegative ? at + 1 : at
  const first = readScaled(text, start) ?? undefined
  if (!first) return isNegative ? undefined : readVague(text, at)
  const range = readRange(text, first) ?? readParted(text, first)
  const found = range ? { ...range.second, vague: true } : first
  const tail = withTail(text, found)
  const isMoney = tail.end > found.end || found.unit === 'yi'
  const things = found.unit === 'bare' ? THINGS : THINGS_BY_WAN
  const isThing = !isMoney && things.test(text.slice(found.end, found.end + 4))
  if (isThing || /^[a-z]/i.test(text[found.end] ?? '')) {
    return { kind: 'count', start: at, end: found.end }
  }
  const isChinese = !/\d/.test(text.slice(start, found.end))
  const isWord = isChinese && found.unit === 'bare' && found.end - start < 2 && tail.end === found.end
  const isNothing = /[零〇]/.test(text[start] ?? '') && !/[\u4e00-\u9fff]/.test(text[found.end] ?? '')
  if (isWord && !isNothing) return undefined
  const isYuan = found.unit === 'bare' && tail.isYuan
  const value = isYuan ? found.value / 10_000 : found.value
  const unit = isYuan ? 'yuan' : found.unit
  return {
    kind: 'amount',
    start: at,
    end: tail.end,
    value: roundWan(value),
    unit,
    vague: found.vague,
    negative: isNegative,
  }
}
