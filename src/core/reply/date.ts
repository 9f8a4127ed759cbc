// Dates in replies: 10月底, 明年3月20号, 下周三, 国庆前, 再给10天; vague and impossible ones are told apart, never guessed.
import type { CivilDate } from '../calendar/civil.ts'
import {
  readDayOnly,
  readIso,
  readMonth,
  readMonthEnd,
  readMonths,
  readQuarter,
  readShort,
  readYearEnd,
} from './calendar-dates.ts'
import type { DateReader, DateToken } from './date-parts.ts'
import { readHoliday, readLength, readNearDay, readVague, readWeekday } from './near-dates.ts'

export type { DateToken }

const NUMBER = '0123456789一二三四五六七八九十'
// Readers in order of trial, each with the characters it may begin with.
const READERS: readonly [string, DateReader][] = [
  ['春国元五中节过这近几两年开明今夏秋冬下一汛雨入上', readVague],
  ['国十元五劳七八春除清端中今本明后2', readHoliday],
  [`今本${NUMBER}`, readMonths],
  ['2', readIso],
  [`今本明后去次下上这当${NUMBER}`, readMonth],
  [`今本明后2第上下${NUMBER}`, readQuarter],
  ['今本明后去2年', readYearEnd],
  ['月', readMonthEnd],
  ['下这本上个周星礼', readWeekday],
  ['今明后大', readNearDay],
  ['0123456789', readShort],
  [`两半${NUMBER}`, readLength],
  [NUMBER, readDayOnly],
]
// Most numbers are no dates: without such a sign near by none of the readers need try.
const TIME_WORD = /[年月日号天周期拜季旦节春庆夕明午一冬秋夏末晚早今后儿汛/.-]/
const LOOK_AHEAD = 10
const BY_FIRST = new Map<string, DateReader[]>()
for (const [firsts, reader] of READERS) {
  for (const first of new Set(firsts)) BY_FIRST.set(first, [...(BY_FIRST.get(first) ?? []), reader])
}

/** The characters that a date may begin with. */
export const DATE_FIRSTS: readonly string[] = [...BY_FIRST.keys()]

/** Reads a date at `at`, counted from `today` (Asia/Shanghai). */
export function readDate(text: string, at: number, today: CivilDate): DateToken | undefined {
  const readers = BY_FIRST.get(text[at] ?? '')
  if (!readers || !TIME_WORD.test(text.slice(at, at + LOOK_AHEAD))) return undefined
  for (const reader of readers) {
    const read = reader(text, at, today)
    if (!read) continue
    const before = /^ ?(?:之前|以前|前|止)(?!期|后|景|沿|往|端|面|门|来)/.exec(
      text.slice(read.end, read.end + 4),
    )
    return { kind: 'date', start: at, ...read, end: read.end + (before ? before[0].length : 0) }
  }
  return undefined
}
