// Holidays that people name instead of a date: the day before each is what 国庆前 means.
import { addYears, type CivilDate } from '../calendar/civil.ts'
import { daysLater, match, statedYear, yearOf } from './date-parts.ts'

// Month and day of the fixed ones.
const FIXED: readonly [RegExp, string][] = [
  [/(?:国庆(?:节|假期|长假)?|十一(?!月|号|日|层|栋|个|楼|万))/y, '10-01'],
  [/元旦节?/y, '01-01'],
  [/(?:五一节?|劳动节)(?!月|层)/y, '05-01'],
  [/(?:七一)(?!月)/y, '07-01'],
  [/(?:八一)(?!月)/y, '08-01'],
]

// Lunar ones, by the year's published calendar; an unlisted year is asked for.
const LUNAR: readonly [RegExp, readonly CivilDate[]][] = [
  [
    /(?:春节|除夕)/y,
    ['2024-02-10', '2025-01-29', '2026-02-17', '2027-02-06', '2028-01-26', '2029-02-13', '2030-02-03'],
  ],
  [
    /清明节?/y,
    ['2024-04-04', '2025-04-04', '2026-04-05', '2027-04-05', '2028-04-04', '2029-04-04', '2030-04-05'],
  ],
  [
    /端午节?/y,
    ['2024-06-10', '2025-05-31', '2026-06-19', '2027-06-09', '2028-05-28', '2029-06-16', '2030-06-05'],
  ],
  [
    /中秋节?/y,
    ['2024-09-17', '2025-10-06', '2026-09-25', '2027-09-15', '2028-10-03', '2029-09-22', '2030-09-12'],
  ],
]

const BEFORE = /^ ?(?:放假)?(?:之前|以前|前)(?!后|期)/

const nextDay = (when: string | readonly CivilDate[], today: CivilDate): CivilDate | undefined =>
  typeof when === 'string' ? nextFixed(when, today) : when.find((date) => date > today)

const dayIn = (when: string | readonly CivilDate[], year: number): CivilDate | undefined =>
  typeof when === 'string' ? `${year}-${when}` : when.find((date) => yearOf(date) === year)

function nextFixed(monthDay: string, today: CivilDate): CivilDate {
  const here = `${today.slice(0, 4)}-${monthDay}`
  return here > today ? here : addYears(here, 1)
}

const YEAR = /(?:(今年|本年|明年|后年)|(20\d\d)年)的? ?/y

/** Reads 国庆前, 明年春节前 and the like: the last day before the holiday, by default the next one after `today`. */
export function holidayBefore(
  text: string,
  at: number,
  today: CivilDate,
): { date: CivilDate | undefined; end: number } | undefined {
  const said = match(YEAR, text, at)
  const year = said && statedYear(said[1], said[2], today)
  for (const [name, when] of [...FIXED, ...LUNAR]) {
    name.lastIndex = at + (said?.[0].length ?? 0)
    const found = name.exec(text)
    if (!found) continue
    const nameEnd = name.lastIndex
    const before = BEFORE.exec(text.slice(nameEnd, nameEnd + 6))
    const day = year === undefined ? nextDay(when, today) : dayIn(when, year)
    // The holiday itself, or after it, is no day that one could be held to.
    if (!before) return { date: undefined, end: nameEnd }
    return { date: day && daysLater(day, -1), end: nameEnd + before[0].length }
  }
  return undefined
}
