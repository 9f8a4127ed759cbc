// Corrections: how they begin, and the month that they are about.
import { describe, expect, test } from 'vitest'
import { readCorrecting } from '../../../src/core/question/correcting.ts'
import { monthNamed } from '../../../src/core/question/month-named.ts'

describe('how a correction begins', () => {
  test.each([
    ['plain', '更正：累计应为1.52亿'],
    ['plain', '更正 便道累计2200万'],
    ['plain', '我要更正，台账已建立，共35个项目'],
    ['plain', '修改一下累计1.2亿'],
    ['passing', '不对 还是1.2亿'],
    ['passing', '又错了，还是2200万'],
    ['passing', '报错了，累计是1.2亿'],
    ['passing', '刚才写错了 应该是百分之三十'],
    ['passing', '哦不对，本月是三百二十万'],
    ['bare', '更正'],
    ['bare', '报错了'],
    ['bare', '刚才的数不对'],
    ['bare', '更正一下数据'],
  ])('%s: %s', (kind, text) => {
    expect(readCorrecting(text)).toBe(kind)
  })

  test.each([
    '不对吗',
    '不对啊我报过了的',
    '不是我负责，找张局',
    '累计1.1亿，上月报错了',
    '是不是报错了？',
    '上月报错了吗',
    '已报送',
  ])('no correction: %s', (text) => {
    expect(readCorrecting(text)).toBeUndefined()
  })
})

describe('the month of a correction', () => {
  test.each([
    ['更正：4月供水管道累计应为1.25亿', '2021-04'],
    ['更正：四月份累计应为1.25亿', '2021-04'],
    ['更正：供水管道3月的累计是1.1亿', '2021-03'],
    ['更正：12月累计应为1.25亿', '2020-12'],
    ['更正：2020年5月份完成投资300万', '2020-05'],
    ['更正：6月本月完成300万', '2021-06'],
  ])('%s → %s', (text, month) => {
    expect(monthNamed(text, '2021-06-07')).toBe(month)
  })

  test.each([
    '更正：累计应为1.25亿',
    '更正：本月完成300万',
    '更正：预计12月底完成',
    '更正：预计12月完工',
    '更正：5月20日前完成',
    '更正：累计1.2亿，计划8月报验',
  ])('none: %s', (text) => {
    expect(monthNamed(text, '2021-06-07')).toBeUndefined()
  })
})
