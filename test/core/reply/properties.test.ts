// Laws that hold for every reply, tried on thousands of made ones.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { read } from '../../../src/core/reply/read.ts'
import type { ReplyContext } from '../../../src/core/reply/types.ts'
import { sentences } from './fixtures.ts'
import { renderings } from './renderings.ts'

const CONTEXT: ReplyContext = {
  sentAt: Date.UTC(2025, 9, 23, 2),
  projects: ['柳溪河河道治理工程'],
  pending: 'monthly-progress',
  previous: null,
}

describe('an amount', () => {
  it('reads back as itself however it is written', () => {
    const amount = fc.oneof(fc.integer({ min: 11, max: 9999 }), fc.integer({ min: 10_000, max: 99_999 }))
    fc.assert(
      fc.property(amount, (wan) => {
        const ways = renderings(wan)
        expect(ways.length).toBeGreaterThanOrEqual(10)
        for (const way of ways) {
          const { reports } = read(`本月完成投资${way}`, CONTEXT)
          expect(reports[0]?.fields.investedThisMonth?.value, way).toBe(wan)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('keeps its cents', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), (cents) => {
        const { reports } = read(`累计完成投资${(cents / 100).toFixed(2)}万元`, CONTEXT)
        expect(reports[0]?.fields.investedTotal?.value).toBe(cents / 100)
      }),
    )
  })
})

const GREETINGS = [
  '领导好，',
  '收到，',
  '报告领导：',
  '您好，报一下：',
  '@进展助手 ',
  '「督办助手：上月累计9999万」\n------\n',
]
const FAREWELLS = ['，谢谢', '，请查收', '[抱拳]', '。辛苦了！', ' 👌', '，照片稍后发群里']

describe('chatter', () => {
  it('around a reply never changes a value', () => {
    const plain = sentences().filter(
      ({ intent, text, context }) =>
        intent === 'report' && !/[\n\t「>]/.test(text) && context.pending === 'monthly-progress',
    )
    const reply = fc.constantFrom(...plain)
    fc.assert(
      fc.property(
        reply,
        fc.constantFrom(...GREETINGS),
        fc.constantFrom(...FAREWELLS),
        (wanted, hello, bye) => {
          const values = (text: string): unknown =>
            read(text, wanted.context).reports.map(({ project, fields }) => [
              project,
              Object.entries(fields)
                .filter(([, found]) => typeof found.value === 'number')
                .map(([key, found]) => [key, found.value]),
            ])
          expect(values(`${hello}${wanted.text}${bye}`), wanted.text).toEqual(values(wanted.text))
        },
      ),
      { numRuns: 1000 },
    )
  })
})

const BITS =
  '本月 累计 完成投资 今年 到位 支付 300万 1.2亿 三百二 50% 七成 下周三 1-10月 8月份 国庆前 再给10天 停工 完工 没开工 问题 无 同上月 更正 不是 应为 多报了 整改 延期 找 王经理 柳溪河 水厂 两个项目 都 其余 ， 。 ； ： \n \t ？ 吗 「 」 @ 1. ① 👍 [强] - — / % 亿 万 元 零 十 百 千 ( ) 说'.split(
    ' ',
  )
const random = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...BITS), { maxLength: 60 }).map((bits) => bits.join('')),
  fc.string({
    unit: fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCharCode(code)),
    maxLength: 120,
  }),
)

describe('any text', () => {
  it('is read without throwing and at once', () => {
    const started = performance.now()
    fc.assert(
      fc.property(random, fc.constantFrom('柳溪河河道治理工程', '县第一人民医院感染楼'), (text, other) => {
        for (const pending of ['monthly-progress', 'rectification', null] as const) {
          read(text, { ...CONTEXT, pending, projects: [CONTEXT.projects[0] ?? '', other] })
        }
      }),
      { numRuns: 10_000 },
    )
    // 20 ms a text would be ten minutes; a loaded machine still needs far less than this.
    expect((performance.now() - started) / 30_000).toBeLessThan(20)
  })

  it('is read in bounded time however long it is', () => {
    for (const bit of BITS.flatMap((word) => [word, `${word}，`])) {
      const text = bit.repeat(Math.ceil(100_000 / bit.length))
      const started = performance.now()
      read(text, CONTEXT)
      expect(performance.now() - started, bit).toBeLessThan(2000)
    }
  })

  it('never gives an impossible number', () => {
    fc.assert(
      fc.property(random, (text) => {
        for (const { fields } of read(text, CONTEXT).reports) {
          for (const { value } of Object.values(fields)) {
            if (typeof value !== 'number') continue
            expect(Number.isFinite(value) && value >= 0, text).toBe(true)
          }
          expect(fields.percentComplete?.value ?? 0, text).toBeLessThanOrEqual(100)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('never fills in what it asks for', () => {
    fc.assert(
      fc.property(random, (text) => {
        const { reports, ambiguous } = read(text, CONTEXT)
        const filled = reports.flatMap(({ fields }) => Object.keys(fields))
        expect(
          filled.filter((key) => (ambiguous as string[]).includes(key)),
          text,
        ).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })
})
