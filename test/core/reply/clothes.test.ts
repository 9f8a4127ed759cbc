// What a report says does not hang on how it is typed.
import { describe, expect, it } from 'vitest'
import { read } from '../../../src/core/reply/read.ts'
import { CLOTHES } from './clothes.ts'
import { type Case, sentences } from './fixtures.ts'

const ALL = sentences()
const PLAIN = ALL.filter(
  ({ intent, text, context }) =>
    intent === 'report' && !/[\n\t「>]/.test(text) && context.pending === 'monthly-progress',
)
const isFirm = (key: string, value: unknown): boolean =>
  typeof value === 'number' || key === 'expectedFinish' || key === 'stage'

/** Numbers, dates, stages and questions as one text; values that need not be read are left out. */
function saidIn(text: string, { context, entries }: Case): string {
  const { reports, ambiguous } = read(text, context)
  const optional = new Set(entries.flatMap((entry) => Object.keys(entry.optional)))
  const values = reports.flatMap(({ project, fields }) =>
    Object.entries(fields)
      .filter(([key, { value }]) => isFirm(key, value) && !optional.has(key))
      .map(([key, { value }]) => `${project} ${key} ${value}`),
  )
  return [...values.sort(), ...ambiguous.toSorted()].join('; ')
}

describe('a report in other clothes', () => {
  it.each(CLOTHES)('says the same when %s', (_, dress) => {
    const dressed = PLAIN.filter(({ text }) => dress(text) !== text)
    expect(dressed.length).toBeGreaterThanOrEqual(4)
    const said = (text: (wanted: Case) => string): string[] =>
      dressed.map((wanted) => `${dress(wanted.text)} → ${saidIn(text(wanted), wanted)}`)
    expect(said(({ text }) => dress(text))).toEqual(said(({ text }) => text))
  })
})

// A correction or hearsay holds within its sentence (不是210万，是201万); 没钱 may be the problem or no news.
const OF_REPORTS = ['commas become full stops', 'commas become line ends', '没 becomes 没有']
const OTHERS = ALL.filter(
  ({ intent, text }) =>
    intent !== 'report' && !/[\n\t「>]|^(?:\[[^\]]+\]|\p{Extended_Pictographic})+$/u.test(text),
)

function meantBy(text: string, wanted: Case): string {
  const { intent, extension, delegate, rectified } = read(text, wanted.context)
  return [
    intent,
    saidIn(text, wanted),
    extension?.until?.value,
    delegate?.to?.normalize('NFKC'),
    rectified !== undefined,
  ].join('; ')
}

describe('another reply in other clothes', () => {
  it.each(CLOTHES.filter(([name]) => !OF_REPORTS.includes(name)))('means the same when %s', (_, dress) => {
    const meant = (text: (wanted: Case) => string): string[] =>
      OTHERS.map((wanted) => `${dress(wanted.text)} → ${meantBy(text(wanted), wanted)}`)
    expect(meant(({ text }) => dress(text))).toEqual(meant(({ text }) => text))
  })
})
