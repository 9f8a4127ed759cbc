// Sentences about being away, with somebody to stand in.
import { describe, expect, test } from 'vitest'
import { endsLeave, faultOfPeriod, readLeave } from '../../../src/core/request/leave.ts'

/** A Monday. */
const TODAY = '2021-06-28'

describe('readLeave', () => {
  test.each([
    ['请假，7月1日到7月5日由何丽代', { from: '2021-07-01', until: '2021-07-05', name: '何丽' }],
    ['我7月1日至5日休假，由何丽代办', { from: '2021-07-01', until: '2021-07-05', name: '何丽' }],
    ['7.1-7.5请假，找何丽代我报', { from: '2021-07-01', until: '2021-07-05', name: '何丽' }],
    ['这周我出差，找何丽代我报', { from: '2021-06-28', until: '2021-07-04', name: '何丽' }],
    ['下周学习，由王主任代', { from: '2021-07-05', until: '2021-07-11', name: '王主任' }],
    ['明天请假，何丽代', { from: '2021-06-29', until: '2021-06-29', name: '何丽' }],
    ['明天起3天出差，何丽替我报', { from: '2021-06-29', until: '2021-07-01', name: '何丽' }],
    ['12月30日到1月3日请假，由何丽代', { from: '2021-12-30', until: '2022-01-03', name: '何丽' }],
    ['到周五我都在外出差，由何丽代报', { from: '2021-06-28', until: '2021-07-02', name: '何丽' }],
    ['7月5日到7月1日请假，由何丽代', { from: '2021-07-05', until: '2021-07-01', name: '何丽' }],
    ['7月1日起请假，由何丽代', { from: '2021-07-01', name: '何丽' }],
    ['请假三天', {}],
    ['我明天起请假三天', { from: '2021-06-29', until: '2021-07-01' }],
    ['从七月五号到七月九号休年假', { from: '2021-07-05', until: '2021-07-09' }],
    ['下周三请一天假', { from: '2021-07-07', until: '2021-07-07' }],
    ['我要请假', {}],
    ['委托何丽', { name: '何丽' }],
    ['设置代理人：何丽，本月', { from: '2021-06-28', until: '2021-06-30', name: '何丽' }],
  ])('%s', (text, expected) => {
    expect(readLeave(text, TODAY)).toEqual(expected)
  })

  test.each([
    '已委托第三方机构开展绩效评价，已完成',
    '因出差，文件下周报',
    '局长请假了',
    '工人国庆休假，工地停工',
    '本阶段组织学习培训2次，成立工作专班，由各单位办公室代办会务，走访企业35家，梳理问题12条，建立台账，下一步转入集中整治，确保按期完成任务',
    '本阶段组织学习培训2次',
    '材料已交给王科长',
    '以后找何丽',
    '申请延期到7月5日',
    '收到',
  ])('%s: is about something else', (text) => {
    expect(readLeave(text, TODAY)).toBeUndefined()
  })
})

test.each(['取消代理', '结束代理', '我已销假', '返岗了'])('%s ends it', (text) => {
  expect(endsLeave(text)).toBe(true)
})

test.each(['已取消代理商资格，材料已报送', '我的任务'])('%s ends nothing', (text) => {
  expect(endsLeave(text)).toBe(false)
})

test.each([
  ['2021-07-05', '2021-07-01', 'backwards'],
  ['2021-06-01', '2021-06-27', 'past'],
  ['2021-06-28', '2022-12-31', 'too-long'],
  ['2021-06-20', '2021-06-28', undefined],
])('from %s to %s: %s', (from, until, fault) => {
  expect(faultOfPeriod({ from, until }, TODAY)).toBe(fault)
})
