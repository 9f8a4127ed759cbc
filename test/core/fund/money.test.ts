// Money to the fen, whatever a float would make of it (invariant 9).
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amountText, wanOf, yuanFromWan } from '../../../src/core/fund/money.ts'

describe('money', () => {
  test.each([
    [320, '3200000.00', '320万元'],
    [0.1 + 0.2, '3000.00', '0.3万元'],
    [15_200, '152000000.00', '1.52亿元'],
    [80.5, '805000.00', '80.5万元'],
    [-12.345678, '-123456.78', '-12.345678万元'],
    [0, '0.00', '0万元'],
    [1e-7, '0.00', '0万元'],
    [0.0000005, '0.01', '0.000001万元'],
    [-1e-9, '0.00', '0万元'],
    [9_999.99, '99999900.00', '9999.99万元'],
    [10_000, '100000000.00', '1亿元'],
  ])('%d 万元 is %s yuan, read as %s', (wan, yuan, text) => {
    expect(yuanFromWan(wan)).toBe(yuan)
    expect(amountText(yuan)).toBe(text)
  })

  test('what is read comes back as it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_000_000_000, max: 9_000_000_000 }), (fen) => {
        const wan = fen / 1_000_000
        expect(wanOf(yuanFromWan(wan))).toBe(wan)
      }),
    )
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('%d is no amount', (value) => {
    expect(() => yuanFromWan(value)).toThrow(RangeError)
  })
})
