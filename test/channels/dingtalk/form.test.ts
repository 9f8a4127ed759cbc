// The form on a card: what fits into its one variable, what of it comes back in every shape, and what becomes of it on a redrawn card.
import { describe, expect, test } from 'vitest'
import { decodeCardCallback } from '../../../src/channels/dingtalk/decode.ts'
import { formParams, inputsThatFit } from '../../../src/channels/dingtalk/form.ts'
import { FORMS } from '../../../src/core/form/forms.ts'
import { inputsOf } from '../../../src/core/message/compose/inputs.ts'
import type { Card, CardInput } from '../../../src/core/message/types.ts'
import { CARD, cardTo, direct, LIAISON, nextId, startPair, TEMPLATE } from './support.ts'

const FORM_TEMPLATE = 'form.schema'
const TEMPLATES = { card: TEMPLATE, form: FORM_TEMPLATE }
const PAIR = { platform: { cardTemplates: TEMPLATES }, config: { cardTemplates: TEMPLATES } }

const REPORT: Card = {
  ...CARD,
  form: {
    title: '可直接在这里填写',
    revision: 0,
    inputs: inputsOf(FORMS['problem-report'], { problem: 'K3处滑坡', category: '其他' }),
  },
}

const line = (key: string, value = '', required = false): CardInput => ({
  ...{ key, label: `栏目${key}`, type: 'lines', value, required },
})
const keysOf = (inputs: readonly CardInput[]): string[] => inputs.map(({ key }) => key)
const bytes = (inputs: readonly CardInput[]): number =>
  Buffer.byteLength(String(formParams({ ...CARD, form: { title: '填', revision: 0, inputs } }).form))

describe('what fits', () => {
  test.each(Object.values(FORMS))('$name, while nothing stands in it', (form) => {
    const inputs = inputsOf(form, {})
    expect(inputsThatFit(inputs)).toEqual(inputs)
    expect(bytes(inputs)).toBeLessThanOrEqual(1_024)
  })

  test('a long text gives way, then the last ones, and never one that is required', () => {
    const long = '很长的进展'.repeat(80)
    const few = [line('a', '1'), line('b', long), line('c', '2')]
    expect(keysOf(inputsThatFit(few))).toEqual(['a', 'c'])
    const many = Array.from({ length: 30 }, (_, index) => line(`f${index}`, '', index === 29))
    const shown = inputsThatFit(many)
    expect(keysOf(shown).slice(0, -1)).toEqual(keysOf(many).slice(0, shown.length - 1))
    expect(keysOf(shown).at(-1)).toBe('f29')
    expect(bytes(shown)).toBeLessThanOrEqual(1_024)
    expect(inputsThatFit([line('a'), line('b', long, true)])).toEqual([])
  })
})

describe('on the card', () => {
  test('is drawn, filled in and heard, and goes from the redrawn card when it is spent', async () => {
    await using pair = await startPair(PAIR)
    expect(pair.channel.inputsShown?.(REPORT.form?.inputs ?? [])).toEqual(REPORT.form?.inputs)
    const id = nextId()
    expect(await pair.channel.send(cardTo(direct(LIAISON), REPORT, id))).toMatchObject({ type: 'sent' })
    const { id: bubble = '', card } = pair.world.bubbles()[0] ?? {}
    expect(card?.form).toMatchObject({ title: '可直接在这里填写' })
    expect(card?.form?.inputs).toMatchObject([
      { name: 'problem', type: 'lines', required: true, value: 'K3处滑坡' },
      { name: 'category', type: 'choice', required: true, value: '其他', options: expect.any(Array) },
      { name: 'since', type: 'date', required: false, value: '' },
      { name: 'department', type: 'line', required: true, value: '' },
      { name: 'helpNeeded', type: 'lines', required: false, value: '' },
    ])
    const typed = { category: '评审不严', since: '2021-04-20', department: '县自然资源局' }
    expect(await pair.platform.fill?.(LIAISON, bubble, typed)).toEqual({ reached: true })
    expect(pair.received[0]).toMatchObject({
      chat: direct(LIAISON),
      sender: LIAISON,
      content: { type: 'filled', card: id, values: { problem: 'K3处滑坡', ...typed, helpNeeded: '' } },
    })

    await pair.channel.updateCard(id, { ...REPORT, title: '已收到' }, undefined)
    expect(pair.world.find(bubble)?.card).toMatchObject({ title: '已收到', form: card?.form })
    const spent = { title: '可直接在这里填写', revision: 0, inputs: [] }
    await pair.channel.updateCard(id, { ...REPORT, form: spent }, undefined)
    expect(pair.world.find(bubble)?.card).not.toHaveProperty('form')
    expect(pair.platform.complaints()).toEqual([])
  })

  test('is not there where the installation has no template for it', async () => {
    await using pair = await startPair()
    expect(pair.channel.inputsShown).toBeUndefined()
    const message = cardTo(direct(LIAISON))
    await pair.channel.send(message)
    await pair.channel.updateCard(message.id, CARD, undefined)
    expect(pair.world.bubbles()[0]?.card).not.toHaveProperty('form')
  })
})

describe('what comes back', () => {
  const form = {
    total: '320',
    light: { index: 1, value: '滞后' },
    ways: { index: [0, 2], value: ['甲', '丙'] },
  }
  const values = { total: '320', light: '滞后', ways: '甲\n丙' }
  const heard = (callback: object) =>
    decodeCardCallback({
      messageId: 'm1',
      data: JSON.stringify({ type: 'actionCallback', outTrackId: 'card-1', userId: LIAISON, ...callback }),
    })?.inbound.content
  const told = (action: object) => heard({ content: JSON.stringify({ cardPrivateData: action }) })

  test.each([
    [
      'as documented',
      { content: JSON.stringify({ cardPrivateData: { actionIds: ['form'], params: { form } } }) },
    ],
    [
      'under the other name',
      { value: JSON.stringify({ cardPrivateData: { actionIds: ['form'], params: { form } } }) },
    ],
    [
      'beside',
      { content: JSON.stringify({ cardPrivateData: { actionIds: ['form'], params: {} }, params: { form } }) },
    ],
    ['as objects', { content: { cardPrivateData: { actionIds: ['form'], params: { form } } } }],
    [
      'as text',
      {
        content: JSON.stringify({
          cardPrivateData: { params: JSON.stringify({ form: JSON.stringify(form) }) },
        }),
      },
    ],
    ['outside', { actionIds: ['x'], params: { form } }],
  ])('%s', (_, callback) => {
    expect(heard(callback)).toEqual({ type: 'filled', card: 'card-1', values })
  })

  test('values of any kind are text, and what is no value is empty', () => {
    const odd = {
      a: 12.5,
      b: true,
      c: null,
      d: { index: -1, value: null },
      e: { text: '?' },
      f: [1, {}, 'x'],
      g: [],
    }
    expect(told({ actionIds: ['form'], params: { form: odd } })).toEqual({
      type: 'filled',
      card: 'card-1',
      values: { a: '12.5', b: 'true', c: '', d: '', e: '', f: '1\nx', g: '' },
    })
  })

  test.each([[undefined], [null], ['no json'], [[1]], [7]])('a form that is %j is an empty one', (bad) => {
    const content = { type: 'filled', card: 'card-1', values: {} }
    expect(told({ actionIds: ['form'], params: { form: bad } })).toEqual(content)
  })

  test('a button is still a button', () => {
    expect(told({ actionIds: ['list'], params: { button: 'ack', form: 'no json' } })).toEqual({
      ...{ type: 'click', card: 'card-1', button: 'ack' },
    })
  })
})
