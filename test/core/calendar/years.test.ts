// The table of holiday arrangements: well-formed, and day by day the same as an independent source.
import chineseDays from 'chinese-days'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  type CivilDate,
  dayNumber,
  isCivilDate,
  weekdayOf,
} from '../../../src/core/calendar/civil.ts'
import { isWorkday, stateCouncilCalendar } from '../../../src/core/calendar/workdays.ts'
import { stateCouncilYears } from '../../../src/core/calendar/years.ts'

function daysOf(year: number): CivilDate[] {
  const length = dayNumber(`${year}-12-31`) - dayNumber(`${year}-01-01`) + 1
  return Array.from({ length }, (_, i) => addDays(`${year}-01-01`, i))
}

// 全国年节及纪念日放假办法: 11 days until 2024, 13 from 2025 on. Make-up days only move rest, they neither add nor take any;
// only the epidemic added two days in 2020, 31 January and the make-up day of 1 February.
const statutoryDays = (year: number): number => (year >= 2025 ? 13 : year === 2020 ? 13 : 11)

it('has the years 2018 to 2026, in order', () => {
  expect(stateCouncilYears.map((entry) => entry.year)).toEqual([
    2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026,
  ])
  expect([...stateCouncilCalendar.years.keys()]).toEqual(stateCouncilYears.map((entry) => entry.year))
})

it('takes its version from the youngest notice', () => {
  expect(stateCouncilCalendar.version).toBe('2025-11-04')
})

describe.each(stateCouncilYears)('$year', ({ year, sources, daysOff, makeUpDays }) => {
  it('names its notices with number and date', () => {
    expect(sources.length).toBeGreaterThan(0)
    for (const { document, issued } of sources) {
      expect(isCivilDate(issued)).toBe(true)
      // A notice is numbered within the year in which it is issued.
      expect(document).toMatch(new RegExp(`^国办发明电〔${issued.slice(0, 4)}〕\\d+号$`))
    }
  })

  it('has ranges in order that do not meet, inside the year', () => {
    const ends = daysOff.flatMap(([, from, to]) => [from, to])
    expect(daysOff.every(([, from, to], i) => from <= to && (daysOff[i - 1]?.[2] ?? '') < from)).toBe(true)
    expect(ends.every((date) => isCivilDate(date) && date.startsWith(`${year}-`))).toBe(true)
  })

  it('works only on weekend days outside the days off', () => {
    expect(makeUpDays.every((date, i) => (makeUpDays[i - 1] ?? '') < date)).toBe(true)
    for (const date of makeUpDays) {
      expect(date.startsWith(`${year}-`)).toBe(true)
      expect(weekdayOf(date), date).toBeGreaterThanOrEqual(6)
      expect(
        daysOff.some(([, from, to]) => from <= date && date <= to),
        date,
      ).toBe(false)
    }
  })

  it('gives the statutory days off beside the weekends, whatever was moved', () => {
    const days = daysOf(year)
    const off = days.filter((date) => !isWorkday(stateCouncilCalendar, date)).length
    const weekendDays = days.filter((date) => weekdayOf(date) >= 6).length
    expect(off - weekendDays).toBe(statutoryDays(year))
  })

  it('is the same as chinese-days on every day', () => {
    const different = daysOf(year).filter(
      (date) => isWorkday(stateCouncilCalendar, date) !== chineseDays.isWorkday(date),
    )
    expect(different).toEqual([])
  })
})
