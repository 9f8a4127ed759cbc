// Sentences that register a liaison (G6), in the orders and with the labels that people use.
import { describe, expect, test } from 'vitest'
import {
  completed,
  maskedPhone,
  namesLiaison,
  readRegistration,
  withMaskedPhone,
  withoutPhones,
} from '../../../src/core/request/registration.ts'

const WHOLE = { liaisonName: '何丽', liaisonPost: '办公室主任', liaisonPhone: '13800001234' }

describe('readRegistration', () => {
  test.each([
    '登记 联络员何丽 职务办公室主任 电话13800001234',
    '登记联络员：何丽，职务：办公室主任，联系电话：138 0000 1234',
    '何丽，办公室主任，13800001234',
    '我局联络员是何丽（办公室主任），手机号138-0000-1234。',
    '电话１３８００００１２３４ 姓名何丽 职务 办公室主任',
    '姓名：何丽\n职务：办公室主任\n联系方式：+86 13800001234',
    '联络员何丽办公室主任13800001234',
    '登记 何丽 现任办公室主任 手机：13800001234',
  ])('%s', (text) => {
    expect(readRegistration(text)).toEqual(WHOLE)
  })

  test.each([
    ['登记 联络员何丽', { liaisonName: '何丽' }],
    ['电话13800001234', { liaisonPhone: '13800001234' }],
    ['办公电话0836-2822222', { liaisonPhone: '0836-2822222' }],
    ['何丽 0836 2822222', { liaisonName: '何丽', liaisonPhone: '0836-2822222' }],
    ['职务改为副局长', { liaisonPost: '副局长' }],
    ['更正：电话改为13900005678', { liaisonPhone: '13900005678' }],
    ['联络员：扎西·次仁，电话13800001234', { liaisonName: '扎西·次仁', liaisonPhone: '13800001234' }],
    ['何丽，电话1380000123', { liaisonName: '何丽' }],
    ['收到', {}],
    ['登记', {}],
    ['', {}],
  ])('%s: only what was said', (text, expected) => {
    expect(readRegistration(text)).toEqual(expected)
  })
})

test.each([
  [{}, '何丽', { liaisonName: '何丽' }],
  [{ liaisonName: '何丽' }, '电话13800001234', { liaisonName: '何丽', liaisonPhone: '13800001234' }],
  [{ liaisonName: '何丽' }, '李明', { liaisonName: '何丽' }],
  [{ liaisonName: '何丽' }, '联络员改为李明', { liaisonName: '李明' }],
  [{ liaisonName: '何丽' }, '不知道', { liaisonName: '何丽' }],
  [{}, '不知道', {}],
])('%j with %s', (known, text, expected) => {
  expect(completed(known, text)).toEqual(expected)
})

test.each([
  ['登记', true],
  ['联络员何丽', true],
  ['何丽13800001234', true],
  ['会议取消', false],
  ['办公室主任', false],
])('%s names a liaison: %s', (text, expected) => {
  expect(namesLiaison(text)).toBe(expected)
})

test('the trail shows a registration without its number', () => {
  expect(withMaskedPhone(WHOLE)).toEqual({ ...WHOLE, liaisonPhone: '138****1234' })
  expect(withMaskedPhone({ statement: '已办' })).toEqual({ statement: '已办' })
})

test.each([
  ['13800001234', '138****1234'],
  ['0836-2822222', '083*****2222'],
  ['2822222', '*****22'],
])('%s is shown as %s', (phone, shown) => {
  expect(maskedPhone(phone)).toBe(shown)
})

test('numbers of phones are masked in a text, amounts are not', () => {
  expect(withoutPhones('何丽13800001234，累计13800000000.00元')).toBe('何丽138****1234，累计13800000000.00元')
})
