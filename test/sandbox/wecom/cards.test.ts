// Each rule of the imitated platform's card check: a good card passes, one change breaks it, and the code says which.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkCard } from '../../../src/sandbox/wecom/cards.ts'
import { buttonCard, cardTo, GROUP, openStage, type Stage } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const notice = (changes: object = {}): object => ({
  card_type: 'text_notice',
  main_title: { title: '本周情况' },
  card_action: { type: 1, url: 'https://duban.example/' },
  ...changes,
})
const row = (changes: object = {}): object => ({ keyname: '截止', value: '4月30日', ...changes })
const button = (key: string, changes: object = {}): object => ({ text: '好', key, ...changes })
const many = (count: number, make: (index: string) => object): object[] =>
  Array.from({ length: count }, (_, index) => make(`k${index}`))
const selection = (changes: object): object => ({
  button_selection: { question_key: 'q', option_list: [{ id: '1', text: '一' }], ...changes },
})

const good: [string, object][] = [
  ['a card with buttons', buttonCard()],
  [
    'six rows, six buttons',
    buttonCard({ horizontal_content_list: many(6, () => row()), button_list: many(6, button) }),
  ],
  ['a key of 1024 bytes', buttonCard({ button_list: [button('k'.repeat(1024))] })],
  ['a task_id of 128 bytes', buttonCard({ task_id: `${'aZ09_-@'.repeat(18)}12` })],
  ['a selection', buttonCard(selection({}))],
  ['long words: the lengths of words are recommendations', buttonCard({ sub_title_text: '长'.repeat(500) })],
  ['an unknown style', buttonCard({ button_list: [button('k', { style: 9 })] })],
  ['a notice', notice()],
  ['a notice with text alone', notice({ main_title: undefined, sub_title_text: '说明' })],
  [
    'a notice with a menu',
    notice({ task_id: 't', action_menu: { desc: '更多', action_list: [button('a')] } }),
  ],
  ['a question to the bot', notice({ jump_list: [{ type: 3, title: '问', question: '进度' }] })],
]

const bad: [number, string, object][] = [
  [42031, 'no type', buttonCard({ card_type: undefined })],
  [42031, 'an unknown type', buttonCard({ card_type: 'poem' })],
  [40058, 'a title that is no text', buttonCard({ main_title: { title: 5 } })],
  [40058, 'a type that is no whole number', notice({ card_action: { type: '1', url: 'https://x' } })],
  [42014, 'no task_id', buttonCard({ task_id: undefined })],
  [42014, 'an empty task_id', buttonCard({ task_id: '' })],
  [42014, 'a task_id with other characters', buttonCard({ task_id: 'a.b' })],
  [42014, 'a task_id of 129 bytes', buttonCard({ task_id: 'a'.repeat(129) })],
  [42014, 'a menu without task_id', notice({ action_menu: { action_list: [button('a')] } })],
  [40058, 'four entries in a menu', notice({ task_id: 't', action_menu: { action_list: many(4, button) } })],
  [
    42051,
    'a menu with one key twice',
    notice({ task_id: 't', action_menu: { action_list: [button('a'), button('a')] } }),
  ],
  [40058, 'a colour that does not exist', buttonCard({ source: { desc: '督办', desc_color: 4 } })],
  [40058, 'no title', buttonCard({ main_title: {} })],
  [42035, 'seven rows', buttonCard({ horizontal_content_list: many(7, () => row()) })],
  [42027, 'a row without name', buttonCard({ horizontal_content_list: [{ value: '4月30日' }] })],
  [
    40058,
    'an attachment, which only apps may send',
    buttonCard({ horizontal_content_list: [row({ type: 2 })] }),
  ],
  [42028, 'a row that leads nowhere', buttonCard({ horizontal_content_list: [row({ type: 1 })] })],
  [42050, 'a member card of nobody', buttonCard({ horizontal_content_list: [row({ type: 3 })] })],
  [40016, 'no button', buttonCard({ button_list: [] })],
  [40016, 'seven buttons', buttonCard({ button_list: many(7, button) })],
  [42038, 'a button without words', buttonCard({ button_list: [button('k', { text: '' })] })],
  [42039, 'a button without key', buttonCard({ button_list: [button('')] })],
  [42039, 'a key of 1025 bytes', buttonCard({ button_list: [button('k'.repeat(1025))] })],
  [42039, 'a key of 342 characters, 1026 bytes', buttonCard({ button_list: [button('键'.repeat(342))] })],
  [42039, 'one key twice', buttonCard({ button_list: [button('k'), button('k')] })],
  [42043, 'a question without key', buttonCard(selection({ question_key: '' }))],
  [42037, 'no option', buttonCard(selection({ option_list: [] }))],
  [42037, 'eleven options', buttonCard(selection({ option_list: many(11, (id) => ({ id, text: '一' })) }))],
  [
    42040,
    'one option twice',
    buttonCard(
      selection({
        option_list: [
          { id: '1', text: '一' },
          { id: '1', text: '二' },
        ],
      }),
    ),
  ],
  [42041, 'an option without words', buttonCard(selection({ option_list: [{ id: '1' }] }))],
  [42045, 'a card action of unknown type', buttonCard({ card_action: { type: 5 } })],
  [40058, 'a notice without any words', notice({ main_title: { desc: '副' } })],
  [42045, 'a notice without card action', notice({ card_action: undefined })],
  [42045, 'a notice that leads nowhere', notice({ card_action: { type: 0 } })],
  [42028, 'a card action without address', notice({ card_action: { type: 1 } })],
  [42030, 'a card action without mini-program', notice({ card_action: { type: 2 } })],
  [40058, 'a quote of unknown type', notice({ quote_area: { type: 7 } })],
  [42042, 'four jumps', notice({ jump_list: many(4, (title) => ({ title })) })],
  [42033, 'a jump without words', notice({ jump_list: [{ type: 0 }] })],
  [40058, 'a jump of unknown type', notice({ jump_list: [{ type: 9, title: '问' }] })],
  [
    40058,
    'a question of 201 bytes',
    notice({ jump_list: [{ type: 3, title: '问', question: '问'.repeat(67) }] }),
  ],
]

it.each(good)('takes %s', async (_what, card) => {
  expect(await stage.client.ask('aibot_send_msg', cardTo(GROUP, card))).toBe(0)
  expect(stage.world.bubbles()).toHaveLength(1)
})

it('refuses each broken card with the code of what is broken, and shows none', async () => {
  for (const [code, what, card] of bad) {
    const answer = await stage.client.ask('aibot_send_msg', cardTo(GROUP, card))
    expect([what, answer]).toEqual([what, code])
  }
  expect(stage.world.bubbles()).toEqual([])
})

it('refuses a card that is no object', () => {
  for (const raw of [null, undefined, 'card', []]) expect(checkCard(raw)).toHaveProperty('errcode')
})

it('draws every part of a card', async () => {
  const card = buttonCard({
    main_title: { title: '题', desc: '副' },
    sub_title_text: '说明',
    horizontal_content_list: [row()],
    button_list: [1, 2, 3, 4].map((style) => button(`k${style}`, { style })),
  })
  await stage.client.ask('aibot_send_msg', cardTo(GROUP, card))
  const shown = stage.world.bubbles()[0]?.card
  expect(shown).toMatchObject({
    id: 'task-1',
    title: '题',
    subtitle: '副',
    text: '说明',
    fields: [{ label: '截止', value: '4月30日' }],
  })
  expect(shown?.buttons.map((one) => one.style)).toEqual(['primary', 'default', 'danger', 'default'])
})
