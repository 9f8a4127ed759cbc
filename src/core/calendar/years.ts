// The State Council's holiday arrangements, 2018 to 2026: which days are off and which weekend days are worked.
// To add a year: one more entry, read off the notice that the General Office of the State Council issues in the autumn before.
// An entry holds every day of its own calendar year, so a notice that also rules the last days of December
// (2019's and 2023's did) is a source of two entries. A notice that changes a year later is added to its sources.
import type { CivilDate } from './civil.ts'

/** A notice of 国务院办公厅: its document number and the date on it. */
export type Source = { readonly document: string; readonly issued: CivilDate }

/** Days off in a row, both ends included, weekend days between them too. */
export type DaysOff = readonly [festival: string, from: CivilDate, to: CivilDate]

export type CalendarYear = {
  readonly year: number
  readonly sources: readonly Source[]
  readonly daysOff: readonly DaysOff[]
  /** Saturdays and Sundays that are worked (调休上班). */
  readonly makeUpDays: readonly CivilDate[]
}

const notice2018: Source = { document: '国办发明电〔2017〕12号', issued: '2017-11-30' }
const notice2019: Source = { document: '国办发明电〔2018〕15号', issued: '2018-12-04' }
// Labour Day 2019 became four days after the yearly notice had given it one.
const labourDay2019: Source = { document: '国办发明电〔2019〕3号', issued: '2019-03-22' }
const notice2020: Source = { document: '国办发明电〔2019〕16号', issued: '2019-11-21' }
// The epidemic: days off to 2 February, so that 1 February, a make-up day of the yearly notice, was not worked.
const springFestival2020: Source = { document: '国办发明电〔2020〕1号', issued: '2020-01-26' }
const notice2021: Source = { document: '国办发明电〔2020〕27号', issued: '2020-11-25' }
const notice2022: Source = { document: '国办发明电〔2021〕11号', issued: '2021-10-25' }
const notice2023: Source = { document: '国办发明电〔2022〕16号', issued: '2022-12-08' }
const notice2024: Source = { document: '国办发明电〔2023〕7号', issued: '2023-10-25' }
const notice2025: Source = { document: '国办发明电〔2024〕12号', issued: '2024-11-12' }
const notice2026: Source = { document: '国办发明电〔2025〕7号', issued: '2025-11-04' }

/** One entry a year, in order, without a gap. */
export const stateCouncilYears: readonly CalendarYear[] = [
  {
    year: 2018,
    sources: [notice2018, notice2019],
    daysOff: [
      ['元旦', '2018-01-01', '2018-01-01'],
      ['春节', '2018-02-15', '2018-02-21'],
      ['清明节', '2018-04-05', '2018-04-07'],
      ['劳动节', '2018-04-29', '2018-05-01'],
      ['端午节', '2018-06-18', '2018-06-18'],
      ['中秋节', '2018-09-24', '2018-09-24'],
      ['国庆节', '2018-10-01', '2018-10-07'],
      ['元旦', '2018-12-30', '2018-12-31'],
    ],
    makeUpDays: [
      '2018-02-11',
      '2018-02-24',
      '2018-04-08',
      '2018-04-28',
      '2018-09-29',
      '2018-09-30',
      '2018-12-29',
    ],
  },
  {
    year: 2019,
    sources: [notice2019, labourDay2019],
    daysOff: [
      ['元旦', '2019-01-01', '2019-01-01'],
      ['春节', '2019-02-04', '2019-02-10'],
      ['清明节', '2019-04-05', '2019-04-05'],
      ['劳动节', '2019-05-01', '2019-05-04'],
      ['端午节', '2019-06-07', '2019-06-07'],
      ['中秋节', '2019-09-13', '2019-09-13'],
      ['国庆节', '2019-10-01', '2019-10-07'],
    ],
    makeUpDays: ['2019-02-02', '2019-02-03', '2019-04-28', '2019-05-05', '2019-09-29', '2019-10-12'],
  },
  {
    year: 2020,
    sources: [notice2020, springFestival2020],
    daysOff: [
      ['元旦', '2020-01-01', '2020-01-01'],
      ['春节', '2020-01-24', '2020-02-02'],
      ['清明节', '2020-04-04', '2020-04-06'],
      ['劳动节', '2020-05-01', '2020-05-05'],
      ['端午节', '2020-06-25', '2020-06-27'],
      ['国庆节、中秋节', '2020-10-01', '2020-10-08'],
    ],
    makeUpDays: ['2020-01-19', '2020-04-26', '2020-05-09', '2020-06-28', '2020-09-27', '2020-10-10'],
  },
  {
    year: 2021,
    sources: [notice2021],
    daysOff: [
      ['元旦', '2021-01-01', '2021-01-03'],
      ['春节', '2021-02-11', '2021-02-17'],
      ['清明节', '2021-04-03', '2021-04-05'],
      ['劳动节', '2021-05-01', '2021-05-05'],
      ['端午节', '2021-06-12', '2021-06-14'],
      ['中秋节', '2021-09-19', '2021-09-21'],
      ['国庆节', '2021-10-01', '2021-10-07'],
    ],
    makeUpDays: [
      '2021-02-07',
      '2021-02-20',
      '2021-04-25',
      '2021-05-08',
      '2021-09-18',
      '2021-09-26',
      '2021-10-09',
    ],
  },
  {
    year: 2022,
    sources: [notice2022, notice2023],
    daysOff: [
      ['元旦', '2022-01-01', '2022-01-03'],
      ['春节', '2022-01-31', '2022-02-06'],
      ['清明节', '2022-04-03', '2022-04-05'],
      ['劳动节', '2022-04-30', '2022-05-04'],
      ['端午节', '2022-06-03', '2022-06-05'],
      ['中秋节', '2022-09-10', '2022-09-12'],
      ['国庆节', '2022-10-01', '2022-10-07'],
      ['元旦', '2022-12-31', '2022-12-31'],
    ],
    makeUpDays: [
      '2022-01-29',
      '2022-01-30',
      '2022-04-02',
      '2022-04-24',
      '2022-05-07',
      '2022-10-08',
      '2022-10-09',
    ],
  },
  {
    year: 2023,
    sources: [notice2023],
    daysOff: [
      ['元旦', '2023-01-01', '2023-01-02'],
      ['春节', '2023-01-21', '2023-01-27'],
      ['清明节', '2023-04-05', '2023-04-05'],
      ['劳动节', '2023-04-29', '2023-05-03'],
      ['端午节', '2023-06-22', '2023-06-24'],
      ['中秋节、国庆节', '2023-09-29', '2023-10-06'],
    ],
    makeUpDays: [
      '2023-01-28',
      '2023-01-29',
      '2023-04-23',
      '2023-05-06',
      '2023-06-25',
      '2023-10-07',
      '2023-10-08',
    ],
  },
  {
    year: 2024,
    sources: [notice2024],
    daysOff: [
      ['元旦', '2024-01-01', '2024-01-01'],
      // 9 February, New Year's Eve, stays a workday: the notice only encourages paid leave for it.
      ['春节', '2024-02-10', '2024-02-17'],
      ['清明节', '2024-04-04', '2024-04-06'],
      ['劳动节', '2024-05-01', '2024-05-05'],
      ['端午节', '2024-06-10', '2024-06-10'],
      ['中秋节', '2024-09-15', '2024-09-17'],
      ['国庆节', '2024-10-01', '2024-10-07'],
    ],
    makeUpDays: [
      '2024-02-04',
      '2024-02-18',
      '2024-04-07',
      '2024-04-28',
      '2024-05-11',
      '2024-09-14',
      '2024-09-29',
      '2024-10-12',
    ],
  },
  {
    year: 2025,
    sources: [notice2025],
    daysOff: [
      ['元旦', '2025-01-01', '2025-01-01'],
      ['春节', '2025-01-28', '2025-02-04'],
      ['清明节', '2025-04-04', '2025-04-06'],
      ['劳动节', '2025-05-01', '2025-05-05'],
      ['端午节', '2025-05-31', '2025-06-02'],
      ['国庆节、中秋节', '2025-10-01', '2025-10-08'],
    ],
    makeUpDays: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  },
  {
    year: 2026,
    sources: [notice2026],
    daysOff: [
      ['元旦', '2026-01-01', '2026-01-03'],
      ['春节', '2026-02-15', '2026-02-23'],
      ['清明节', '2026-04-04', '2026-04-06'],
      ['劳动节', '2026-05-01', '2026-05-05'],
      ['端午节', '2026-06-19', '2026-06-21'],
      ['中秋节', '2026-09-25', '2026-09-27'],
      ['国庆节', '2026-10-01', '2026-10-07'],
    ],
    makeUpDays: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
]
