// What a report says does not hang on how it is typed.
import { describe, expect, it } from 'vitest'
import { read } from '../../../src/core/reply/read.ts'
import { CLOTHES } from './clothes.ts'
import { type Case, sentences } from './fixtures.ts'

const PLAIN = sentences().filter(
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
