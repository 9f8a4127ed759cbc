// What the app sends: within the platform's bytes, once however often it is tried, and changed when it is pressed.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { splitBytes } from '../../../../src/channels/wecom/app/render.ts'
import type { AppCard } from '../../../../src/channels/wecom/app/template-card.ts'
import type { Card } from '../../../../src/core/message/types.ts'
import { type AppStage, appBubbles, CARD, LIAISON, openAppStage, toLiaison, words } from './stage.ts'

let stage: AppStage
beforeEach(async () => {
  stage = await openAppStage()
})
afterEach(() => stage.stop())

describe('words', () => {
  it('too long for one message leave as several, cut between characters, and nothing is lost', async () => {
    const line = '甘孜州康定市👨‍👩‍👧‍👦。'
    const text = Array.from({ length: 200 }, (_, index) => `${index}${line}`).join('\n')
    expect(await stage.app.client.send(toLiaison(words(text)))).toMatchObject({ type: 'sent' })
    const shown = appBubbles(stage.world).map((bubble) => bubble.text ?? '')
    expect(shown.length).toBeGreaterThan(3)
    expect(shown.join('\n')).toBe(text)
    expect(shown.every((part) => Buffer.byteLength(part) <= 2048)).toBe(true)
  })

  it('are cut at a character wherever the edge falls', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.integer({ min: 4, max: 60 }),
        (text, most) => {
          const pieces = splitBytes(text, most)
          expect(
            pieces.every((piece) => Buffer.byteLength(piece) <= most && !/\p{Surrogate}/u.test(piece)),
          ).toBe(true)
          expect(pieces.join('').replaceAll('\n', '')).toBe(text.replaceAll('\n', ''))
        },
      ),
    )
  })

  it('are shown once when the answer was lost, and twice when they are two messages', async () => {
    const message = toLiaison(words('收到'))
    await stage.app.client.send(toLiaison(words('先取凭证')))
    stage.platform.faults.arm('drop-response')
    expect((await stage.app.client.send(message)).type).toBe('unknown')
    expect((await stage.app.client.send(message)).type).toBe('sent')
    expect((await stage.app.client.send(toLiaison(words('收到')))).type).toBe('sent')
    expect(appBubbles(stage.world).map(({ text }) => text)).toEqual(['先取凭证', '收到', '收到'])
  })

  it('a repeat of several parts shows only those that were missing', async () => {
    const message = toLiaison(words('长'.repeat(1500)))
    await stage.app.client.send(toLiaison(words('先取凭证')))
    stage.platform.faults.arm('drop-response')
    expect((await stage.app.client.send(message)).type).toBe('unknown')
    expect((await stage.app.client.send(message)).type).toBe('sent')
    expect(
      appBubbles(stage.world)
        .slice(1)
        .map(({ text }) => text)
        .join(''),
    ).toBe('长'.repeat(1500))
  })
})

describe('the silent caps', () => {
  it('are counted by us: thirty a minute and a thousand an hour, and not one vanishes', async () => {
    let sent = 0
    while (sent < 1000) {
      const outcome = await stage.app.client.send(toLiaison(words(`第${sent}条`)))
      if (outcome.type === 'sent') sent += 1
      else if (outcome.type === 'retry-later') stage.clock.move(outcome.afterMs)
      else throw new Error(outcome.detail)
    }
    expect(await stage.app.client.send(toLiaison(words('还有')))).toMatchObject({ type: 'retry-later' })
    expect(stage.platform.dropped()).toBe(0)
    expect(appBubbles(stage.world)).toHaveLength(1000)
  })

  it('the platform would have dropped them without a word', async () => {
    const replicas = [stage.app, stage.replica()]
    for (const app of replicas) {
      for (let count = 0; count < 20; count++)
        expect((await app.client.send(toLiaison(words(`${count}`)))).type).toBe('sent')
    }
    expect([stage.platform.dropped(), appBubbles(stage.world).length]).toEqual([10, 30])
  })
})

describe('cards', () => {
  const done: Card = {
    name: 'done',
    title: '四月进度',
    fields: [{ label: '状态', value: '已报' }],
    buttons: [],
  }
  const bubble = (account = LIAISON): string => appBubbles(stage.world, account).at(-1)?.id ?? ''

  it('are changed once by the code of the press, and only for whoever pressed', async () => {
    const message = toLiaison(CARD)
    await stage.app.client.send(message)
    await stage.platform.click(LIAISON, bubble(), 'done')
    const replyTo = stage.heard[0]?.replyTo
    stage.clock.move(3_600_000)
    await stage.app.client.updateCard(message.id, done, replyTo)
    const shown = appBubbles(stage.world)[0]?.card
    expect(shown).toMatchObject({ id: message.id, fields: [{ label: '状态', value: '已报' }] })
    expect(shown?.buttons).toEqual([expect.objectContaining({ text: '已办理', disabled: true })])
    await stage.app.client.updateCard(message.id, { ...done, title: '再改一次' }, replyTo)
    expect(appBubbles(stage.world)[0]?.card?.title).toBe('四月进度')
    expect(stage.lines.some(({ message: line }) => line === 'card update failed')).toBe(true)
    expect((await stage.platform.click(LIAISON, bubble(), 'done')).reached).toBe(false)
  })

  it('stay as they are after 72 hours', async () => {
    const message = toLiaison(CARD)
    await stage.app.client.send(message)
    await stage.platform.click(LIAISON, bubble(), 'done')
    stage.clock.move(72 * 3_600_000)
    await stage.app.client.updateCard(message.id, done, stage.heard[0]?.replyTo)
    expect(stage.platform.calls('/cgi-bin/message/update_template_card')).toBe(0)
  })

  const choice = { question_key: 'q', option_list: [{ id: '1', text: '一' }] }
  const submit_button = { text: '提交', key: 's' }
  const opens = { card_action: { type: 1 as const, url: 'https://duban.example/' } }
  const types: AppCard[] = [
    { card_type: 'text_notice', main_title: { title: '通知' }, ...opens },
    {
      card_type: 'news_notice',
      main_title: { title: '要闻' },
      card_image: { url: 'https://duban.example/a.png' },
      ...opens,
    },
    {
      card_type: 'button_interaction',
      task_id: 't1',
      main_title: { title: '报送' },
      button_list: [{ text: '好', key: 'k' }],
    },
    {
      card_type: 'vote_interaction',
      task_id: 't2',
      main_title: { title: '表决' },
      checkbox: choice,
      submit_button,
    },
    {
      card_type: 'multiple_interaction',
      task_id: 't3',
      main_title: { title: '填报' },
      select_list: [choice],
      submit_button,
    },
  ]

  it.each(types)('$card_type is taken by the platform', async (card) => {
    expect(await stage.app.client.sendCard(LIAISON, card)).toMatchObject({ type: 'sent' })
  })

  it.each<[string, AppCard]>([
    ['a key of 1025 bytes', { ...button(), button_list: [{ text: '好', key: 'k'.repeat(1025) }] }],
    [
      'seven buttons',
      { ...button(), button_list: Array.from({ length: 7 }, (_, key) => ({ text: '好', key: `${key}` })) },
    ],
    ['a key twice', { ...button(), button_list: ['k', 'k'].map((key) => ({ text: '好', key })) }],
    ['a task_id in Chinese', { ...button(), task_id: '任务' }],
    [
      'a notice that leads nowhere',
      { card_type: 'text_notice', main_title: { title: '通知' }, card_action: { type: 1 } },
    ],
  ])('%s does not leave', async (_what, card) => {
    expect(await stage.app.client.sendCard(LIAISON, card)).toMatchObject({
      type: 'refused',
      code: 'bad-card',
    })
    expect(stage.platform.calls('/cgi-bin/message/send')).toBe(0)
  })

  function button(): Extract<AppCard, { card_type: 'button_interaction' }> {
    return { card_type: 'button_interaction', task_id: 'b', main_title: { title: '报送' }, button_list: [] }
  }
})
