// How the demo page reads messages, dates and the ledger: the parts of it that need no browser.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOf } from '../../../src/core/calendar/civil.ts'
import type { Bubble, LedgerLine } from '../../../src/sandbox/page/wire.ts'
import { countBy, filterLedger, NO_FILTER } from '../../../src/sandbox/ui/state/ledger-view.ts'
import { briefMoment, dueText, longDate, nextDay, weekday } from '../../../src/sandbox/ui/text/civil.ts'
import { previewOf } from '../../../src/sandbox/ui/text/preview.ts'
import { plainText, readInline, readMarkdown } from '../../../src/sandbox/ui/text/rich.ts'

describe('markdown', () => {
  it('reads the blocks that phones draw', () => {
    const blocks = readMarkdown('## 标题\n> 引用\n- 甲\n2. 乙\n\n---\n正文')
    expect(blocks.map((block) => [block.type, block.marker])).toEqual([
      ['heading', undefined],
      ['quote', undefined],
      ['item', '•'],
      ['item', '2.'],
      ['gap', undefined],
      ['rule', undefined],
      ['line', undefined],
    ])
  })

  it('reads marks inside a line', () => {
    const line = '**重**`码`[看](https://a.example/b)<font color="warning">急</font><@kangding>完'
    expect(readInline(line)).toEqual([
      { type: 'bold', children: [{ type: 'text', text: '重' }] },
      { type: 'code', text: '码' },
      { type: 'link', text: '看', href: 'https://a.example/b' },
      { type: 'font', tone: 'warning', children: [{ type: 'text', text: '急' }] },
      { type: 'mention', account: 'kangding' },
      { type: 'text', text: '完' },
    ])
  })

  it.each([
    '[x](javascript:alert(1))',
    '[x](data:text/html,1)',
    '<script>1</script>',
    '**没有结束',
    '<font color=">',
  ])('leaves %s as it is', (text) => {
    expect(readInline(text)).toEqual([{ type: 'text', text }])
  })

  it('loses no text that carries no marks', () => {
    const words = fc.string({ unit: fc.constantFrom('甲', '乙', ' ', '*', '<', '[', '!', '#x') })
    fc.assert(
      fc.property(words, (text) => {
        fc.pre(!text.includes('**'))
        expect(readInline(text)).toEqual(text === '' ? [] : [{ type: 'text', text }])
      }),
    )
  })

  it('reads a long hostile line in time', () => {
    const started = performance.now()
    for (const unit of ['[', '**', '<font color=red>', '`', '<@'])
      readMarkdown(unit.repeat(100_000 / unit.length))
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('makes one line of it for previews', () => {
    expect(plainText('# 提醒\n\n**4月30日**前报送 <@kangding>')).toBe('提醒 4月30日前报送 @kangding')
  })
})

describe('previews', () => {
  const bubble: Bubble = { id: 'b', platform: 'wecom', chat: 'c', at: 0, from: 'bot' }
  it.each<[string, Partial<Bubble>]>([
    ['[卡片] 请报送', { card: { id: 't', title: '请报送', fields: [], buttons: [] }, text: '别的' }],
    ['[图片]', { images: ['a'] }],
    ['[图片] 现场', { images: ['a'], text: '现场' }],
    ['两行 文字', { text: '两行\n文字' }],
    ['已收到', { markdown: '**已收到**' }],
  ])('says %s', (expected, part) => {
    expect(previewOf({ ...bubble, ...part })).toBe(expected)
  })
  it('says nothing for nothing', () => {
    expect(previewOf(undefined)).toBe('')
  })
})

describe('dates', () => {
  const now = instantOf('2021-12-31', '23:30')
  it('writes them in the time of Asia/Shanghai', () => {
    expect([longDate(now), weekday(now), nextDay(now)]).toEqual(['2021年12月31日', '星期五', '2022-01-01'])
  })
  it.each([
    [instantOf('2021-12-31', '08:05'), '08:05'],
    [instantOf('2021-12-30', '08:05'), '12月30日'],
    [instantOf('2022-01-01', '08:05'), '2022年1月1日'],
  ])('shortens %i to %s', (at, expected) => {
    expect(briefMoment(at, now)).toBe(expected)
  })
  it('names the hour of a due time only where the notice gave one', () => {
    expect(dueText(instantOf('2021-11-30'), now)).toBe('11月30日')
    expect(dueText(instantOf('2021-11-30', '17:00'), now)).toBe('11月30日 17:00')
  })
})

describe('the ledger', () => {
  const line = (id: string, more: Partial<LedgerLine> = {}): LedgerLine => {
    return {
      id,
      plan: '甲',
      title: '自查',
      unit: '康定市',
      state: '待填报',
      due: 10,
      overdue: false,
      ...more,
    }
  }
  const lines = [
    line('a', { due: 30 }),
    line('b', { due: 20, unit: '泸定县', lastEventAt: 5, lastEvent: '已催办' }),
    line('c', { due: 10, plan: '乙', overdue: true, project: '道路' }),
    line('d', { due: 40, state: '已填报', lastEventAt: 9 }),
  ]
  it.each([
    ['dbca', {}],
    ['cbad', { order: 'due' }],
    ['c', { plan: '乙' }],
    ['b', { unit: '泸定县' }],
    ['d', { state: '已填报' }],
    ['c', { overdueOnly: true }],
    ['b', { words: ' 催办  泸定 ' }],
    ['', { words: '泸定 道路' }],
  ] as const)('shows %s for %j', (expected, filter) => {
    const shown = filterLedger(lines, { ...NO_FILTER, ...filter })
    expect(shown.map((one) => one.id).join('')).toBe(expected)
  })
  it('counts by column', () => {
    expect(countBy(lines, 'state')).toEqual([
      { value: '待填报', count: 3 },
      { value: '已填报', count: 1 },
    ])
  })
})
