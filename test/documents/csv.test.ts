// CSV as Excel opens it: the mark, the quotes, and no text that becomes a formula.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvOf } from '../../src/documents/csv.ts'

it('starts with the mark, quotes what needs it, keeps numbers numbers', () => {
  expect(
    csvOf([
      ['单位', '分'],
      ['甲,乙"丙"\n丁', -2],
    ]),
  ).toBe('\uFEFF单位,分\r\n"甲,乙""丙""\n丁",-2\r\n')
})

it.each(['=1+1', '+86', '-x', '@a'])('%s stays a text', (text) => {
  expect(csvOf([[text]])).toBe(`\uFEFF'${text}\r\n`)
})

it('has as many quotes as close themselves, whatever the texts are', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (cells) => {
      expect((csvOf([cells]).match(/"/g) ?? []).length % 2).toBe(0)
    }),
  )
})
