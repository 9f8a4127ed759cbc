// What members do in the app's own conversation, turned into the XML that the platform posts (documented: 接收消息格式, 事件格式).
import { randomInt, randomUUID } from 'node:crypto'
import type { Delivered, Said } from '../../imitation.ts'
import type { Bubble } from '../../world.ts'
import { choicesOf, type WireCard } from '../cards.ts'
import { dataUrl } from '../media.ts'
import type { Callbacks } from './callbacks.ts'
import type { AppMedia } from './media.ts'
import type { AppMessages } from './messages.ts'
import { type AppPlatform, appChat, isVisible, memberOf } from './platform.ts'
import { type Elements, toXml } from './xml.ts'

/** Option ids per question key. */
export type Selection = Readonly<Record<string, readonly string[]>>

/** What has no words of its own. `file` is not in the official list (several reports). */
export type Sent =
  | { readonly kind: 'image' | 'voice' | 'video' | 'file'; readonly name: string; readonly bytes: Uint8Array }
  | {
      readonly kind: 'location'
      readonly label: string
      readonly latitude: number
      readonly longitude: number
    }

const UNREACHED = '应用没有收到：回调地址没有应答，企业微信试过三次后放弃'
const NOT_VISIBLE: Delivered = { reached: false, note: '你不在这个应用的可见范围内' }

export class AppPersonas {
  readonly #platform: AppPlatform
  readonly #callbacks: Callbacks
  readonly #messages: AppMessages
  readonly #media: AppMedia

  constructor(
    platform: AppPlatform,
    parts: { callbacks: Callbacks; messages: AppMessages; media: AppMedia },
  ) {
    this.#platform = platform
    this.#callbacks = parts.callbacks
    this.#messages = parts.messages
    this.#media = parts.media
  }

  /** Words and each picture are messages of their own. */
  async say(account: string, { text, images = [] }: Said): Promise<Delivered> {
    if (!this.#mayUse(account)) return NOT_VISIBLE
    const outcomes: Delivered[] = []
    if (text !== '') {
      this.#show(account, { text })
      outcomes.push(await this.#tell(account, { MsgType: 'text', Content: text, MsgId: messageId() }))
    }
    for (const bytes of images)
      outcomes.push(await this.send(account, { kind: 'image', name: '图片.jpg', bytes }))
    return outcomes.find(({ reached }) => !reached) ?? { reached: true }
  }

  async send(account: string, sent: Sent): Promise<Delivered> {
    if (!this.#mayUse(account)) return NOT_VISIBLE
    if (sent.kind === 'location') {
      this.#show(account, { text: `[位置] ${sent.label}` })
      return this.#tell(account, location(sent))
    }
    this.#show(
      account,
      sent.kind === 'image' ? { images: [dataUrl(sent.bytes)] } : { text: `[${sent.kind}] ${sent.name}` },
    )
    return this.#tell(account, fileElements(sent, this.#media.put(sent.kind, sent.name, sent.bytes)))
  }

  /** `selected` is what was chosen before the button was pressed. Nothing stops a second press until the card is changed. */
  async click(account: string, bubbleId: string, key: string, selected: Selection = {}): Promise<Delivered> {
    if (!this.#mayUse(account)) return NOT_VISIBLE
    const bubble = this.#platform.world.find(bubbleId)
    const message = bubbleId.split(':')[1] ?? ''
    const card = this.#messages.cardOf(message, account)
    const button = bubble?.card?.buttons.find((one) => one.key === key)
    if (!card || bubble?.chat !== appChat(account) || !button || button.disabled)
      return { reached: false, note: '这张卡片上没有可以按的这个按钮' }
    if (!isOffered(card, selected)) return { reached: false, note: '这张卡片上没有这个选项' }
    return this.#tell(account, this.#pressed(message, card, key, selected))
  }

  /** Opens the conversation with the app: told each time, often (documented). */
  enter(account: string): Promise<Delivered> {
    return this.#event(account, { Event: 'enter_agent', EventKey: '' })
  }

  /** Presses an entry of the app's menu. */
  menu(account: string, key: string): Promise<Delivered> {
    return this.#event(account, { Event: 'click', EventKey: key })
  }

  /** Any event, as an administrator's doing causes it. */
  event(from: string, event: string, more: Elements = {}): Promise<Delivered> {
    return this.#tell(from, { MsgType: 'event', Event: event, ...more })
  }

  async #event(account: string, elements: Elements): Promise<Delivered> {
    return this.#mayUse(account) ? this.#tell(account, { MsgType: 'event', ...elements }) : NOT_VISIBLE
  }

  #pressed(message: string, card: WireCard, key: string, selected: Selection): Elements {
    const items = Object.entries(selected).map(([question, ids]) => ({
      QuestionKey: question,
      OptionIds: { OptionId: [...ids] },
    }))
    return {
      MsgType: 'event',
      Event: 'template_card_event',
      EventKey: key,
      TaskId: card.task_id ?? '',
      CardType: card.card_type,
      ResponseCode: this.#messages.outbox.code(message),
      ...(items.length > 0 ? { SelectedItems: { SelectedItem: items } } : {}),
    }
  }

  async #tell(account: string, elements: Elements): Promise<Delivered> {
    const { clock, corpId, agentId } = this.#platform
    const xml = toXml({
      ToUserName: corpId,
      FromUserName: account,
      CreateTime: Math.floor(clock.now() / 1000),
      ...elements,
      AgentID: String(agentId),
    })
    const { taken } = await this.#callbacks.deliver(xml)
    return taken ? { reached: true } : { reached: false, note: UNREACHED }
  }

  #mayUse(account: string): boolean {
    const member = memberOf(this.#platform, account)
    return member !== undefined && isVisible(this.#platform, member)
  }

  #show(account: string, shown: Pick<Bubble, 'text' | 'images'>): void {
    const { world, clock } = this.#platform
    const id = `wecom-app:said:${randomUUID()}`
    world.show({ id, platform: 'wecom', chat: appChat(account), at: clock.now(), from: account, ...shown })
  }
}

/** 64 bits: more than a double holds (documented). */
const messageId = (): string =>
  `${randomInt(4_000_000, 9_000_000)}${String(randomInt(1e12)).padStart(12, '0')}`

const location = (sent: Extract<Sent, { kind: 'location' }>): Elements => ({
  MsgType: 'location',
  Location_X: sent.latitude,
  Location_Y: sent.longitude,
  Scale: 15,
  Label: sent.label,
  MsgId: messageId(),
  AppType: 'wxwork',
})

function fileElements({ kind, name }: Exclude<Sent, { kind: 'location' }>, media: string): Elements {
  const more = {
    image: { PicUrl: `http://wework.qpic.cn/${media}` },
    voice: { Format: 'amr' },
    video: { ThumbMediaId: media },
    file: { FileName: name },
  }[kind]
  return { MsgType: kind, MediaId: media, ...more, MsgId: messageId() }
}

/** Every choice is one of the card's; a question with one answer has one. */
function isOffered(card: WireCard, selected: Selection): boolean {
  return Object.entries(selected).every(([question, ids]) => {
    const choice = choicesOf(card).find((one) => one.question_key === question)
    const isMany = card.card_type === 'vote_interaction' && card.checkbox?.mode === 1
    const known = choice?.option_list.map(({ id }) => id) ?? []
    return ids.length > 0 && (isMany || ids.length === 1) && ids.every((id) => known.includes(id))
  })
}
