// What is asked back says what was understood: the figure, the fields it may belong to, the words it stood in.
import { describe, expect, it } from 'vitest'
import { read } from '../../../src/core/reply/read.ts'
import type { Previous, ReplyContext } from '../../../src/core/reply/types.ts'
import { sentences } from './fixtures.ts'

const ONE = ['柳溪河河道治理工程']
const TWO = ['东门农贸市场改扩建项目', '双桥镇自来水厂扩建工程']

function doubtsOf(text: string, previous: Previous | null = null, projects: string[] = ONE) {
  const context: ReplyContext = {
    sentAt: Date.UTC(2025, 9, 23, 2),
    projects,
    pending: 'monthly-progress',
    previous,
  }
  return read(text, context).doubts
}

const INVESTED = ['investedThisMonth', 'investedThisYear', 'investedTotal']

describe('a doubt', () => {
  it('gives a certain figure and the fields that it may belong to', () => {
    expect(doubtsOf('完成投资500万')).toEqual([
      { kind: 'field', project: null, keys: INVESTED, value: 500, source: '完成投资500万' },
    ])
    expect(doubtsOf('拨付两百万')).toMatchObject([
      { kind: 'field', keys: ['fundsInPlace', 'fundsSpent'], value: 200 },
    ])
    expect(doubtsOf('今年任务4000万，累计完成2600万')).toMatchObject([
      { kind: 'field', keys: ['investedThisYear', 'investedTotal'], value: 2600 },
    ])
  })

  it('leaves out fields that the message fills otherwise', () => {
    expect(doubtsOf('本月投资80万，另外完成投资500万')).toMatchObject([
      { keys: ['investedThisYear', 'investedTotal'], value: 500 },
    ])
  })

  it('gives no figure for a range', () => {
    expect(doubtsOf('本月完成投资三四百万')).toEqual([
      { kind: 'value', project: null, keys: ['investedThisMonth'], source: '本月完成投资三四百万' },
    ])
  })

  it('gives no figure for a sum over projects', () => {
    const [doubt] = doubtsOf('市场和水厂本月一共完成投资300万', null, TWO)
    expect(doubt).toMatchObject({ kind: 'value', project: TWO[0], keys: ['investedThisMonth'] })
    expect(doubt).not.toHaveProperty('value')
  })

  it('keeps a cumulative figure that fell, to be recorded once explained', () => {
    expect(doubtsOf('累计完成投资2000万', { investedTotal: 2400 })).toEqual([
      {
        kind: 'below-previous',
        project: null,
        keys: ['investedTotal'],
        value: 2000,
        source: '累计完成投资2000万',
      },
    ])
    expect(doubtsOf('形象进度55%', { percentComplete: 60 })).toMatchObject([
      { kind: 'below-previous', keys: ['percentComplete'], value: 55 },
    ])
  })

  it('gives no figure that cannot be', () => {
    for (const text of ['形象进度130%', '本月完成投资-50万']) {
      expect(doubtsOf(text)[0]).not.toHaveProperty('value')
      expect(doubtsOf(text)).toMatchObject([{ kind: 'value' }])
    }
  })

  it('names its project where there are several', () => {
    expect(doubtsOf('水厂完成投资500万，农贸市场本月60万', null, TWO)).toMatchObject([
      { project: TWO[1], keys: INVESTED, value: 500 },
    ])
  })

  it('stands for every field that is asked, and for no other', () => {
    for (const { text, context } of sentences()) {
      const { ambiguous, doubts } = read(text, context)
      const asked = ambiguous.filter((key) => !['project', 'until', 'to', 'intent'].includes(key))
      const keys: string[] = [...new Set(doubts.flatMap((doubt) => doubt.keys))]
      expect(keys.sort(), text).toEqual(asked.sort())
      for (const { source } of doubts) expect(source.length, text).toBeGreaterThan(0)
    }
  })
})
