// What people ask us, and how they answer what we asked: sentences of our own, and what must not be mistaken for them.
import { describe, expect, test } from 'vitest'
import { classifyQuestion } from '../../../src/core/question/classify.ts'
import { isForAll, namesIn, projectsIn } from '../../../src/core/question/duty-named.ts'
import { explanationText, readExplanation } from '../../../src/core/question/explanation.ts'
import { fieldNamed } from '../../../src/core/question/field-named.ts'

describe('questions that the record can answer', () => {
  test.each([
    ...['我还差什么', '还差哪些没报？', '我还有什么任务', '还有哪些没交', '我要报什么', '我们还欠啥'].map(
      (text) => ['owed', text],
    ),
    ...['什么时候截止', '啥时候交', '几号之前要报？', '截止日期是哪天', '最晚什么时候报', '还有几天'].map(
      (text) => ['due', text],
    ),
    ...['上月报的多少', '上个月我们报了多少', '上期累计是多少', '供水管道上月形象进度多少'].map((text) => [
      'last',
      text,
    ]),
    ...['为什么问我', '为啥又催我', '凭什么要我报', '这个依据是什么', '怎么是我报', '为什么要我填'].map(
      (text) => ['why', text],
    ),
    ...[
      '天天催烦不烦',
      '催啥呢不是刚报了吗',
      '已经报了还问',
      '我都说了报了报了',
      '烦死了',
      '又催',
      '老是催',
      '自查清单报了没',
      '都交了没有',
    ].map((text) => ['nagged', text]),
  ])('%s: %s', (kind, text) => {
    expect(classifyQuestion(text)).toBe(kind)
    expect(classifyQuestion(` 你好，${text}啊？`)).toBe(kind)
  })

  test.each([
    '本月完成投资320万，什么时候能拨款',
    '下午几点开会',
    '征地还差3户',
    '征地还差多少钱',
    '什么时候开会',
    '收到',
    '已报送',
    '请问怎么填',
    '上月多报了50万',
    '不该问我',
    '资金什么时候到位',
    '催办施工方加快进度',
    '报了3个项目',
    '一直在催促施工单位',
  ])('not for the record: %s', (text) => {
    expect(classifyQuestion(text)).toBeUndefined()
  })
})

describe('which field', () => {
  const KEYS = ['investedThisMonth', 'investedThisYear', 'investedTotal'] as const

  test.each([
    ['累计的', 'investedTotal'],
    ['是总的', 'investedTotal'],
    ['开工以来', 'investedTotal'],
    ['应该是本月的', 'investedThisMonth'],
    ['4月份的', 'investedThisMonth'],
    ['今年的吧', 'investedThisYear'],
    ['年初以来', 'investedThisYear'],
  ])('%s → %s', (text, key) => {
    expect(fieldNamed(text, KEYS)).toBe(key)
  })

  test('a longer sentence, or a field that was not asked about, names none', () => {
    for (const text of ['累计1.2亿', '今年的会议', '开会', '形象进度', ''])
      expect(fieldNamed(text, KEYS)).toBeUndefined()
    expect(fieldNamed('累计', ['investedThisMonth', 'investedThisYear'])).toBeUndefined()
  })
})

describe('explanations', () => {
  test.each([
    ['clear', '结算审减了一千多万'],
    ['clear', '上月多报了50万'],
    ['clear', '概算调整了'],
    ['clear', '说明：预付款上次算进去了'],
    ['likely', '因为下雨停工'],
    ['no', '下午两点开会'],
    ['no', '累计应为1.25亿，上月报错了'],
    ['no', '上个月报错了吗'],
    ['no', '对的'],
    ['no', '没错'],
  ])('%s: %s', (kind, text) => {
    expect(readExplanation(text)).toBe(kind)
  })

  test('it is kept without its heading, and not without end', () => {
    expect(explanationText('说明：结算审减', 300)).toBe('结算审减')
    expect(explanationText('原因', 300)).toBe('原因')
    expect(explanationText('结算审减'.repeat(100), 300)).toHaveLength(300)
  })
})

describe('names in a sentence', () => {
  const TITLES = ['建立资金管理台账', '报送自查清单', '报送动员部署文件']
  const by = { endings: true }

  test('a telling part is enough, a shared one is not', () => {
    expect(namesIn('台账和自查清单都报了', TITLES, by)).toEqual(['建立资金管理台账', '报送自查清单'])
    expect(namesIn('已报送', TITLES, by)).toEqual([])
    expect(namesIn('折多山便道什么时候截止', ['折多山便道工程', '康定供水管道工程'])).toEqual([
      '折多山便道工程',
    ])
    expect(namesIn('工程进展', ['折多山便道工程', '康定供水管道工程'])).toEqual([])
  })

  test('a project by its short form, unless it fits several', () => {
    const projects = ['龙川江大桥工程', '元谋二级公路工程', '元谋供水工程']
    expect(projectsIn('大桥上个月报的多少', projects)).toEqual(['龙川江大桥工程'])
    expect(projectsIn('二级公路能不能晚两天报', projects)).toEqual(['元谋二级公路工程'])
    expect(projectsIn('元谋的什么时候截止', projects)).toEqual([])
    expect(projectsIn('什么时候截止', projects)).toEqual([])
  })

  test('all of them', () => {
    for (const text of [
      '都报了',
      '全部报送',
      '三项都已报送',
      '材料都交了',
      '其余的全部报送',
      '所有任务都完成了',
    ])
      expect(isForAll(text)).toBe(true)
    for (const text of ['已报送', '都没报', '台账都报了', '大家都报了吗']) expect(isForAll(text)).toBe(false)
  })
})
