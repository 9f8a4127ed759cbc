// Reasons in the same breath as the figures: what is one, whose it is, and what must not be taken for one.
import { describe, expect, test } from 'vitest'
import { statedReason, statedReasons } from '../../../src/core/question/stated-reason.ts'

describe('one report', () => {
  test.each([
    ['本月完成0万元，因为下雪停工', '因为下雪停工'],
    ['累计1.1亿，由于征地还没完', '由于征地还没完'],
    ['累计1.1亿,主要是因为审计核减', '主要是因为审计核减'],
    ['累计1.1亿因为上月多报了', '因为上月多报了'],
    ['形象进度从45%改到40%，上月多算了', '上月多算了'],
    ['因停电，本月只完成10万，累计1.1亿', '因停电'],
    ['由于上期多报累计改为1.1亿', '由于上期多报'],
    ['累计1.1亿。原因是结算审减了一千万', '原因是结算审减了一千万'],
    ['累计1.1亿，说明：上期含了前期费', '说明：上期含了前期费'],
    ['受疫情影响，累计1.1亿', '受疫情影响'],
    ['累计1.1亿，因为下雪，导致退了一批材料，主体封顶', '因为下雪，导致退了一批材料'],
    ['累计1.1亿，上月报多了，无问题', '上月报多了'],
    ['累计1,100万元，概算已经调整', '概算已经调整'],
  ])('%s → %s', (text, reason) => {
    expect(statedReason(text)).toBe(reason)
  })

  test.each([
    '本月完成320万，累计1.1亿，主体封顶',
    '累计1.1亿，存在问题：征地还差3户',
    '累计1.1亿，因此申请延期',
    '征地因为村民阻挡还差3户，累计1.1亿',
    '累计1.1亿，正在办理竣工结算审计',
    '累计1.1亿，上月是不是多报了吗',
    '累计1.1亿，为什么又要我报',
    '更正：累计应为1.1亿',
    '因',
  ])('no reason: %s', (text) => {
    expect(statedReason(text)).toBeUndefined()
  })
})

test('of several projects each has its own', () => {
  const text = '便道累计2000万，上月报多了；供水管道累计1.1亿；大桥因为停工，累计3000万'
  const reasons = statedReasons(text, [
    { project: '便道', sources: ['累计2000万'] },
    { project: '供水管道', sources: ['累计1.1亿'] },
    { project: '大桥', sources: ['大桥', '累计3000万'] },
  ])
  expect([...reasons]).toEqual([['便道', '上月报多了']])
  expect(statedReasons('因为下雪，累计2000万', [{ project: null, sources: ['累计2000万'] }]).get(null)).toBe(
    '因为下雪',
  )
  expect(statedReasons('因为下雪停工', []).size).toBe(0)
})
