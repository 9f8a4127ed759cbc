// A small office for the page's own tests: a real world, and bots that only echo in place of the product.
import { addDays, dateOf, HOUR_MS, type Instant, instantOf } from '../../src/core/calendar/civil.ts'
import type { ChannelName } from '../../src/core/people/directory.ts'
import type { Delivered, Imitation, Said } from '../../src/sandbox/imitation.ts'
import type { DemoOffice, Leap, LedgerLine } from '../../src/sandbox/office.ts'
import { type Bubble, type Chat, createWorld, type Persona, type World } from '../../src/sandbox/world.ts'

export const START = instantOf('2021-04-12', '08:30')
const MAY = instantOf('2021-05-01', '09:00')

const person = (platform: ChannelName, account: string, name: string): Persona => {
  return { platform, account, name, hasSpoken: true }
}
const PEOPLE: readonly Persona[] = [
  person('wecom', 'kangding', '康定市联络员'),
  person('wecom', 'kangding-head', '康定市单位负责人'),
  person('wecom', 'luding', '泸定县联络员'),
  person('wecom', 'office', '州经信局督办专员'),
  person('dingtalk', 'mouding', '牟定县联络员'),
  person('dingtalk', 'leader', '分管领导'),
]
const GROUP: Chat = {
  platform: 'wecom',
  id: 'group-1',
  kind: 'group',
  title: '资金管理突出问题整治工作群',
  members: ['kangding', 'kangding-head', 'luding', 'office'],
}

type NewBubble = Omit<Bubble, 'id' | 'at'> & { readonly id?: string }
/** What personas wrote and pressed, in order. */
type Heard = { readonly account: string; readonly said?: Said; readonly button?: string }[]

export type SmallOffice = DemoOffice & {
  readonly heard: Heard
  /** Keeps leaps from ending until what it returns is called. */
  hold(): () => void
  setLedger(lines: readonly LedgerLine[]): void
  push(bubble: NewBubble): void
}

type Desk = {
  readonly world: World
  readonly heard: Heard
  push(bubble: NewBubble): void
  /** Writes a new state into the account's row. */
  settle(account: string, state: string): void
}

/** Kangding and Mouding have a card with two buttons each; a pressed or answered task changes its ledger row. */
export function createSmallOffice(): SmallOffice {
  const world = createWorld({ personas: PEOPLE, chats: [GROUP] })
  let now = START
  let count = 0
  let held = Promise.resolve()
  let lines = someLines()

  const push = (bubble: NewBubble): void => world.show({ id: `b${++count}`, ...bubble, at: now })
  const settle = (account: string, state: string): void => {
    const change = { state, lastEvent: `联络员：${state}`, lastEventAt: now }
    lines = lines.map((line) => (line.id === account ? { ...line, ...change } : line))
  }
  const desk: Desk = { world, heard: [], push, settle }
  push(promptCard('wecom', 'kangding'))
  push(promptCard('dingtalk', 'mouding'))
  return {
    ...desk,
    imitations: { wecom: echo('wecom', desk), dingtalk: echo('dingtalk', desk) },
    faults: createSwitches(),
    now: () => now,
    async leap(leap) {
      now = target(now, leap)
      await held
      push({ platform: 'wecom', chat: 'kangding', from: 'bot', markdown: '**提醒**：自查报告今天到期。' })
      lines = lines.map((line) => ({ ...line, overdue: line.due < now }))
    },
    ledger: async () => lines,
    hold() {
      let release = (): void => {}
      held = new Promise((resolve) => {
        release = resolve
      })
      return () => release()
    },
    setLedger(next) {
      lines = [...next]
    },
  }
}

/** Two switches that only remember how they stand: what they do is shown by the imitations' own tests. */
function createSwitches(): DemoOffice['faults'] {
  const on = new Set<string>()
  const one = (id: string, place: string, platform: ChannelName) => ({
    ...{ id, place, platform, name: '丢包', explain: '消息送到了，回执丢了', chance: 0.3, struck: 2 },
    on: on.has(id),
  })
  const switches = () => [
    one('wecom/drop', '企业微信机器人', 'wecom'),
    one('dingtalk/drop', '钉钉', 'dingtalk'),
  ]
  return {
    seed: 7,
    switches,
    turn(id, wanted) {
      if (wanted) on.add(id)
      else on.delete(id)
      return switches().some((known) => known.id === id)
    },
  }
}

function echo(platform: ChannelName, { world, heard, push, settle }: Desk): Imitation {
  return {
    platform,
    settings: {},
    async say(account, chat, said) {
      heard.push({ account, said })
      push(spoken(platform, account, chat, said))
      if (chat === GROUP.id && !said.mention) return DEAF
      settle(account, '已填报')
      push({ platform, chat, from: 'bot', markdown: `**已收到**：${said.text}` })
      return { reached: true }
    },
    async click(account, bubbleId, button) {
      heard.push({ account, button })
      redraw(world, bubbleId)
      settle(account, '已签收')
      return { reached: true }
    },
    async enter(account) {
      push({ platform, chat: account, from: 'bot', text: '您好，我是督办助手。' })
      return { reached: true }
    },
    settled: async () => {},
    close: async () => {},
  }
}

const DEAF: Delivered = { reached: false, note: '群里没有 @机器人，它听不到这条消息。' }

function spoken(platform: ChannelName, from: string, chat: string, said: Said): NewBubble {
  const images = (said.images ?? []).map(
    (bytes) => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`,
  )
  return {
    ...{ platform, chat, from },
    ...(said.text ? { text: said.text } : {}),
    ...(said.mention ? { mentions: ['bot'] } : {}),
    ...(said.quote ? { quote: said.quote } : {}),
    ...(images.length > 0 ? { images } : {}),
  }
}

function promptCard(platform: ChannelName, chat: string): NewBubble {
  const card: Bubble['card'] = {
    id: `task-${chat}`,
    title: '请报送自查报告',
    subtitle: '工业和信息化资金管理突出问题专项整治',
    fields: [
      { label: '截止', value: '2021年4月30日' },
      { label: '责任单位', value: '县（市）经信局' },
    ],
    text: '请对照八类问题开展自查。\n直接回复即可填报。',
    buttons: [
      { key: 'ack', text: '收到', style: 'primary' },
      { key: 'extend', text: '申请延期', style: 'default' },
    ],
  }
  return { platform, chat, from: 'bot', card }
}

function redraw(world: World, bubbleId: string): void {
  const bubble = world.find(bubbleId)
  if (!bubble?.card) return
  const buttons = [{ key: 'ack', text: '已签收', style: 'default', disabled: true } as const]
  world.show({ ...bubble, card: { ...bubble.card, buttons } })
}

/** Where a leap arrives; throws when no task is left. */
function target(now: Instant, leap: Leap): Instant {
  if (leap.type === 'hour') return now + HOUR_MS
  if (leap.type === 'next-morning') return instantOf(addDays(dateOf(now), 1), '09:00')
  if (leap.type === 'to-date') return instantOf(leap.date, '09:00')
  if (now < MAY) return MAY
  throw new Error('后面没有到期的任务了。')
}

function someLines(): LedgerLine[] {
  const rows: readonly (readonly [id: string, unit: string])[] = [
    ['kangding', '康定市'],
    ['luding', '泸定县'],
    ['mouding', '牟定县'],
  ]
  return rows.map(([id, unit]) => ({
    id,
    plan: id === 'mouding' ? '重点项目推进' : '资金管理突出问题专项整治',
    title: '报送自查报告',
    unit,
    ...(id === 'mouding' ? { project: '牟定县工业园区道路' } : {}),
    state: '待填报',
    due: instantOf('2021-04-30'),
    overdue: false,
  }))
}
