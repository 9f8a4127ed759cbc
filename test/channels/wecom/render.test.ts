// Cards within WeCom's limits: whatever the product wants to show, the platform takes.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cut, cutBytes, fitMarkdown, renderCard } from '../../../src/channels/wecom/render.ts'
import type { Card } from '../../../src/core/message/types.ts'
import { checkCard } from '../../../src/sandbox/wecom/cards.ts'
import { botBubbles, openOffice, outgoing } from './office.ts'

const URL = 'https://duban.example/'
const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('', ' ', '\n', '甘孜州经信局', '👩‍👩‍👧‍👦'.repeat(40)),
)
const anyCard: fc.Arbitrary<Card> = fc.record(
  {
    name: words,
    title: words,
    subtitle: words,
    fields: fc.array(fc.record({ label: words, value: words }), { maxLength: 9 }),
    text: fc.oneof(words, fc.constant('长'.repeat(3000))),
    buttons: fc.array(
      fc.record({
        key: fc.oneof(words, fc.constant('键'.repeat(342)), fc.constant('k'.repeat(1024))),
        text: words,
        style: fc.constantFrom('primary', 'default', 'danger'),
      }),
      { maxLength: 9 },
    ),
  },
  { requiredKeys: ['name', 'title', 'fields', 'buttons'] },
)

it('renders any card to one that the platform takes, and with no url to a card or to words', () => {
  fc.assert(
    fc.property(anyCard, fc.constantFrom(URL, undefined), (card, url) => {
      const rendered = renderCard('task-1', card, url)
      if (rendered === undefined) return url === undefined
      const checked = checkCard(JSON.parse(JSON.stringify(rendered)))
      return 'card' in checked && checked.card.task_id === 'task-1'
    }),
    { numRuns: 1000 },
  )
})

it('brings any card to the phone over the socket', async () => {
  const office = await openOffice()
  const property = fc.asyncProperty(anyCard, async (card) => {
    office.clock.move(60_000)
    expect(await office.channel.send(outgoing({ type: 'card', card }))).toEqual({ type: 'sent' })
  })
  await fc.assert(property, { numRuns: 50 })
  await office.stop()
})

it('fills a card to its limits and moves the rest into its text', async () => {
  const card: Card = {
    name: 'full',
    title: '题'.repeat(40),
    subtitle: '副'.repeat(40),
    fields: [1, 2, 3, 4, 5, 6, 7].map((row) => ({
      label: `第${row}项`,
      value: `${row}`.repeat(row === 1 ? 30 : 3),
    })),
    text: '说明',
    buttons: [1, 2, 3, 4, 5, 6, 7].map((n) => ({ key: `k${n}`, text: `按钮${n}`, style: 'default' })),
  }
  const office = await openOffice()
  expect(await office.channel.send(outgoing({ type: 'card', card }))).toEqual({ type: 'sent' })
  const shown = botBubbles(office.world)[0]?.card
  expect(shown?.title).toBe(`${'题'.repeat(25)}…`)
  expect(shown?.subtitle).toBe(`${'副'.repeat(29)}…`)
  expect(shown?.fields).toHaveLength(6)
  expect(shown?.fields[0]).toEqual({ label: '第1项', value: `${'1'.repeat(25)}…` })
  expect(shown?.buttons.map((button) => button.key)).toEqual(['k1', 'k2', 'k3', 'k4', 'k5', 'k6'])
  expect(shown?.text).toBe('说明\n第7项：777\n按钮7')
  await office.stop()
})

it('leaves out buttons that could not come back, and keeps the first of two with one key', () => {
  const style = 'primary' as const
  const buttons = [
    { key: 'a', text: '甲', style },
    { key: 'a', text: '乙', style },
    { key: '键'.repeat(342), text: '丙', style },
    { key: '', text: '丁', style },
  ]
  const rendered = renderCard('t', { name: 'n', title: '题', fields: [], buttons }, URL)
  expect(rendered?.button_list).toEqual([{ key: 'a', text: '甲', style: 1 }])
})

it('leads a card without buttons to the page, and has no card for it without one', () => {
  const card: Card = { name: 'n', title: '题', fields: [], buttons: [] }
  expect(renderCard('t', card, URL)).toMatchObject({
    card_type: 'text_notice',
    card_action: { type: 1, url: URL },
  })
  expect(renderCard('t', card, undefined)).toBeUndefined()
})

it('cuts between characters as a reader counts them', () => {
  const family = '👩‍👩‍👧‍👦'
  expect(cut(family.repeat(3), 3)).toBe(family.repeat(3))
  expect(cut(family.repeat(4), 3)).toBe(`${family.repeat(2)}…`)
  expect(cutBytes('汉字汉字', 12)).toBe('汉字汉字')
  expect(cutBytes('汉字汉字', 11)).toBe('汉字…')
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.integer({ min: 3, max: 100 }),
      (text, most) => {
        const short = cutBytes(text, most)
        return Buffer.byteLength(short) <= most && (short === text || text.startsWith(short.slice(0, -1)))
      },
    ),
  )
})

it('sends words of 100 kB cut to the bytes that the platform takes', async () => {
  const text = '进度'.repeat(17_000)
  expect(Buffer.byteLength(fitMarkdown(text))).toBeLessThanOrEqual(20_480)
  const office = await openOffice()
  expect(await office.channel.send(outgoing({ type: 'text', text }))).toEqual({ type: 'sent' })
  expect(botBubbles(office.world)[0]?.markdown).toBe(fitMarkdown(text))
  await office.stop()
})
