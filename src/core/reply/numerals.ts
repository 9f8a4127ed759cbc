// Numbers as people write them: digits, Chinese numerals, capitals, and any mixture (3千2百, 三百二, 壹佰贰拾).

/** A number read at one place; `vague` when it stands for several (三四百, 几十, 十几). */
export type Numeral = { value: number; end: number; vague: boolean; hasUnit: boolean; bare: boolean }

const ROWS = ['零一二三四五六七八九', '〇壹贰叁肆伍陆柒捌玖', ' 幺两', '  俩']
const DIGITS = new Map(ROWS.flatMap((row) => [...row].map((char, digit): [string, number] => [char, digit])))
const TENS: Record<string, number> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 }

const ARABIC = /(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?/y

/** The digit a character stands for, or undefined. */
export const digitOf = (char: string | undefined): number | undefined =>
  char === undefined || char === ' ' ? undefined : DIGITS.get(char)

const unitOf = (char: string | undefined): number | undefined => (char === undefined ? undefined : TENS[char])

function readArabic(text: string, at: number): { value: number; end: number } | undefined {
  ARABIC.lastIndex = at
  const match = ARABIC.exec(text)
  return match ? { value: Number(match[0].replaceAll(',', '')), end: at + match[0].length } : undefined
}

// One or more digits without a unit: 三 · 三四 (one of both) · 二〇二五 (read out) · 几.
type Digits = { value: number; end: number; vague: boolean }

function readDigits(text: string, at: number): Digits | undefined {
  let end = at
  let value = 0
  const digits: number[] = []
  while (end < text.length) {
    const digit = digitOf(text[end])
    if (digit === undefined) break
    digits.push(digit)
    value = value * 10 + digit
    end++
  }
  if (end === at) {
    const some = /[几数]/.test(text[at] ?? '')
    return some ? { value: 0, end: at + 1, vague: true } : undefined
  }
  return { value, end, vague: isSpan(digits) }
}

// 三四, 五六 and 三五 stand for one of both; 六三 are two numbers side by side.
function isSpan([first = 0, second = 0, ...more]: number[]): boolean {
  return more.length === 0 && first > 0 && (second === first + 1 || (first === 3 && second === 5))
}

// 六十六三号墩: after a ten one digit is left, unless two stand for one of both (三十五六).
function placeOf(text: string, at: number, sum: Sum): Digits | undefined {
  const part = readDigits(text, at)
  const isLong =
    part !== undefined &&
    sum.lastUnit === 10 &&
    part.end - at > 1 &&
    (!part.vague || /[号层楼栋#]/.test(text[part.end] ?? ''))
  return isLong ? { value: digitOf(text[at]) ?? 0, end: at + 1, vague: false } : part
}

type Sum = { total: number; end: number; vague: boolean; lastUnit: number; hasUnit: boolean; digits: number }

function takeUnit(sum: Sum, end: number, unit: number): true {
  sum.end = end
  sum.lastUnit = unit
  sum.hasUnit = true
  return true
}

/** One step: digits with their unit (三百), or a last digit without (三百二 → 20, 三百零二 → 2). */
function step(text: string, sum: Sum): boolean {
  const hasZero = sum.hasUnit && /[零〇]/.test(text[sum.end] ?? '')
  const at = hasZero ? sum.end + 1 : sum.end
  const arabic = readArabic(text, at)
  const part: Digits | undefined = arabic ? { ...arabic, vague: false } : placeOf(text, at, sum)
  if (!part) {
    // 十五: a ten without its one. 百, 千 alone are words (千万别), not numbers.
    const isTen = /[十拾]/.test(text[at] ?? '') && sum.lastUnit > 10
    if (!isTen) return false
    sum.total += 10
    return takeUnit(sum, at + 1, 10)
  }
  const unit = unitOf(text[part.end])
  if (unit !== undefined && unit < sum.lastUnit) {
    const few = text[part.end + 1] === '几' ? 1 : 0
    sum.total += part.value * unit
    if (part.vague || few > 0) sum.vague = true
    return takeUnit(sum, part.end + 1 + few, unit)
  }
  const isRunOn = arabic ? part.value >= 100 : part.end - at > 1 && !part.vague
  if (sum.hasUnit && isRunOn) {
    // 本月二百四三层封顶: where the figure ends and the floor begins nobody can tell.
    sum.vague ||= !arabic && sum.lastUnit >= 100
    return false
  }
  const isShort = sum.hasUnit && !hasZero && sum.lastUnit >= 100 && part.value < 10
  sum.total += isShort ? (part.value * sum.lastUnit) / 10 : part.value
  sum.vague ||= part.vague
  sum.digits = part.end - at
  sum.end = part.end
  sum.lastUnit = 0
  return true
}

/** Reads a number below 万 at `at`. */
export function readNumeral(text: string, at: number): Numeral | undefined {
  const sum: Sum = {
    total: 0,
    end: at,
    vague: false,
    lastUnit: Number.POSITIVE_INFINITY,
    hasUnit: false,
    digits: 0,
  }
  while (sum.lastUnit > 1 && step(text, sum)) {
    // Each step has taken one place; units go down, so that this ends.
  }
  if (sum.end === at) return undefined
  const decimal = readDecimal(text, sum.end)
  if (decimal) {
    return {
      value: sum.total + decimal.value,
      end: decimal.end,
      vague: sum.vague,
      hasUnit: true,
      bare: false,
    }
  }
  const isVague = sum.vague || /[几数]/.test(text.slice(at, sum.end))
  return { value: sum.total, end: sum.end, vague: isVague, hasUnit: sum.hasUnit, bare: !sum.hasUnit }
}

// 一点二亿: only before a unit, since 两点半 and 三点开会 are hours.
function readDecimal(text: string, at: number): { value: number; end: number } | undefined {
  if (text[at] !== '点') return undefined
  const digits = readDigits(text, at + 1)
  if (
    !digits ||
    digits.value === 0 ||
    !/^(?:个?亿|万|个?百分点|成|个点|%)/.test(text.slice(digits.end, digits.end + 4))
  ) {
    const isPercentTail = /百分之.{1,6}$/.test(text.slice(Math.max(0, at - 9), at))
    if (!digits || !isPercentTail) return undefined
  }
  return { value: digits.value / 10 ** (digits.end - at - 1), end: digits.end }
}
