// Percentages: 64%, 百分之四十六, 七成五, 五分之四; and steps of them (5个百分点).
import { digitOf, readNumeral } from './numerals.ts'

/** `value` is 0–100 where it makes sense; `points` are a difference, not a state. */
export type Percent = {
  kind: 'percent'
  start: number
  end: number
  value: number
  vague: boolean
  points: boolean
}

const RANGE = /^ ?(?:-|~|—|至|到) ?(?=[\d一二三四五六七八九十百])/

type Part = { value: number; end: number; vague: boolean; points: boolean }

function readSign(text: string, at: number): Part | undefined {
  const start = text[at] === '-' ? at + 1 : at
  const first = readNumeral(text, start)
  if (!first) return undefined
  let { value, end, vague } = first
  const sign = RANGE.exec(text.slice(end, end + 4))
  const second = sign ? readNumeral(text, end + sign[0].length) : undefined
  if (second && /^ ?%/.test(text.slice(second.end))) {
    end = second.end
    value = second.value
    vague = true
  }
  const isPoints = /^多?个?(?:百分点|点(?![钟半]))/.exec(text.slice(end, end + 6))
  if (isPoints && /^多?个/.test(isPoints[0]))
    return { value, end: end + isPoints[0].length, vague, points: true }
  const tail = /^(?:多|来)? ?%/.exec(text.slice(end, end + 3))
  if (!tail) return undefined
  end += tail[0].length
  const to = /^ ?(?:-|~|—|至|到) ?\d+(?:\.\d+)?%/.exec(text.slice(end, end + 12))
  if (to) return { value, end: end + to[0].length, vague: true, points: false }
  return { value: start > at ? -value : value, end, vague, points: false }
}

function readHundredths(text: string, at: number): Part | undefined {
  const head = /^百分之/.exec(text.slice(at, at + 3))
  if (!head) return undefined
  const first = readNumeral(text, at + 3)
  if (first) return { value: first.value, end: first.end, vague: first.vague, points: false }
  return text[at + 3] === '百' ? { value: 100, end: at + 4, vague: false, points: false } : undefined
}

function readTenths(text: string, at: number): Part | undefined {
  const match =
    /^(\d(?:\.\d)?|[一二三四五六七八九两]{1,2}|几)成(?![立为本果效功都员分品套片型交绩长])(多|半|[一二三四五六七八九\d])?/.exec(
      text.slice(at, at + 6),
    )
  if (!match) return undefined
  const [all, number = '', more = ''] = match
  const digit = digitOf(number) ?? Number(number)
  const isVague = Number.isNaN(digit)
  const ones = more === '半' ? 5 : (digitOf(more) ?? (Number(more) || 0))
  return { value: isVague ? 0 : digit * 10 + ones, end: at + all.length, vague: isVague, points: false }
}

function readFraction(text: string, at: number): Part | undefined {
  const match = /^([一二三四五六七八九十\d]{1,3})分之([一二三四五六七八九两\d]{1,3})/.exec(
    text.slice(at, at + 8),
  )
  if (!match) return undefined
  const below = readNumeral(match[1] ?? '', 0)?.value ?? (match[1] === '十' ? 10 : 0)
  const above = digitOf(match[2]) ?? Number(match[2])
  if (!below || Number.isNaN(above)) return undefined
  return {
    value: Math.round((above / below) * 10_000) / 100,
    end: at + match[0].length,
    vague: false,
    points: false,
  }
}

// What every percentage has; most numbers are none.
const SIGN = /[%成点]|分之/
const LONGEST = 24

/** Reads a percentage at `at`. */
export function readPercent(text: string, at: number): Percent | undefined {
  if (!SIGN.test(text.slice(at, at + LONGEST))) return undefined
  const near = text.slice(at, at + 8)
  const part =
    (near.includes('分之') ? (readHundredths(text, at) ?? readFraction(text, at)) : undefined) ??
    (near.includes('成') ? readTenths(text, at) : undefined) ??
    readSign(text, at)
  return part && { kind: 'percent', start: at, ...part }
}
