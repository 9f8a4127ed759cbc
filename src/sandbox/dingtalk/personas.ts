// What people do on their phones: write, send pictures, press buttons; and what of it reaches the product.
import type { Delivered, Said } from '../imitation.ts'
import type { Bubble, ShownCard } from '../world.ts'
import { filledParams, whyUnsent } from './card-form.ts'
import type { Cards } from './cards.ts'
import type { Limits } from './limits.ts'
import { dataUrl } from './media.ts'
import { bodyOf, newMessageId, type RobotBody, robotMessage } from './messages.ts'
import { conversationOf, groupOf, type Platform, personaOf } from './platform.ts'
import type { Pushes } from './pushes.ts'
import type { Robot } from './robot.ts'

/** How a press is told: documents and clients disagree on the member's name and on the place of the parameters (documented and field reports). */
export type PressShape = 'content' | 'value' | 'params-beside' | 'ids-only'

type Office = {
  readonly platform: Platform
  readonly cards: Cards
  readonly robot: Robot
  readonly pushes: Pushes
  readonly limits: Limits
  readonly base: () => string
}

const NO_ANSWER: Delivered = { reached: false, note: '机器人暂时没有回应' }

export class Personas {
  private readonly office: Office
  pressShape: PressShape = 'content'

  constructor(office: Office) {
    this.office = office
  }

  async say(account: string, chatId: string, said: Said): Promise<Delivered> {
    const { platform } = this.office
    const id = newMessageId()
    const bubble: Bubble = { ...bubbleOf(platform, id, account, chatId), ...wordsOf(said) }
    platform.world.show(bubble)
    const group = groupOf(platform, chatId)
    // Nothing else of a group ever reaches a robot, and no history can be read (documented).
    if (group && !said.mention) return { reached: false, note: '没有 @机器人，机器人看不到这句话' }
    const quoted = said.quote === undefined ? undefined : platform.world.find(said.quote)
    return this.push(id, account, chatId, bodyOf(said, bubble, quoted, group !== undefined))
  }

  /** Sends a message of any kind, as a client would; voice, video and files don't reach a robot from a group (documented). */
  async send(account: string, chatId: string, body: RobotBody): Promise<Delivered> {
    const { platform } = this.office
    if (groupOf(platform, chatId) && ['audio', 'video', 'file'].includes(body.msgtype)) {
      return { reached: false, note: '群里的语音、视频和文件发不到机器人' }
    }
    const id = newMessageId()
    platform.world.show({ ...bubbleOf(platform, id, account, chatId), text: `[${body.msgtype}]` })
    return this.push(id, account, chatId, body)
  }

  async click(account: string, bubbleId: string, button: string): Promise<Delivered> {
    return this.act(account, bubbleId, ({ buttons }) =>
      buttons.some(({ key }) => key === button)
        ? pressed(this.pressShape, this.pressShape === 'ids-only' ? button : 'button_list', { button })
        : '卡片上没有这个按钮',
    )
  }

  async fill(account: string, bubbleId: string, typed: Readonly<Record<string, string>>): Promise<Delivered> {
    return this.act(account, bubbleId, ({ form }) => {
      if (!form) return '卡片上没有可以填的内容'
      const values = { ...Object.fromEntries(form.inputs.map(({ name, value }) => [name, value])), ...typed }
      return whyUnsent(form, values) ?? pressed(this.pressShape, 'form', filledParams(form, values))
    })
  }

  /** `done`: what the client makes of the card as this person sees it, or why it sends nothing. */
  private async act(
    account: string,
    bubbleId: string,
    done: (shown: ShownCard) => object | string,
  ): Promise<Delivered> {
    const { platform, cards, pushes, limits } = this.office
    const bubble = platform.world.find(bubbleId)
    const card = bubble?.card && cards.find(bubble.card.id)
    const shown = card && cards.viewOf(account, card.outTrackId)
    if (!shown || !sees(platform, account, bubble.chat)) return { reached: false, note: '看不到这张卡片' }
    const content = done(shown)
    if (typeof content === 'string') return { reached: false, note: content }
    if (!card.callbacks) return { reached: false, note: '按了没有反应' }
    limits.takeStream()
    cards.answering(card.outTrackId, true)
    const ack = await pushes.press({ ...this.pressOf(account, bubble.chat, card.outTrackId), ...content })
    cards.answering(card.outTrackId, false)
    // A late answer is ignored (documented).
    if (!ack) return { reached: false, note: '操作失败，请稍后再试' }
    cards.applyAnswer(account, card.outTrackId, ack.data.response)
    return { reached: true }
  }

  private async push(id: string, account: string, chatId: string, body: RobotBody): Promise<Delivered> {
    const { platform, robot, pushes, limits, base } = this.office
    const said = { id, account, chatId, body, overrun: limits.takeStream() }
    const acknowledged = await pushes.message(id, robotMessage(platform, said, robot.session(chatId, base())))
    return acknowledged ? { reached: true } : NO_ANSWER
  }

  private pressOf(account: string, chat: string, outTrackId: string): object {
    const { platform } = this.office
    const group = groupOf(platform, chat) !== undefined
    return {
      type: 'actionCallback',
      outTrackId,
      corpId: platform.corpId,
      userId: account,
      userIdType: 1,
      spaceId: group ? conversationOf(platform, chat) : account,
      // 'im' is documented for a group; the other is recalled.
      spaceType: group ? 'im' : 'IM_ROBOT',
      extension: '{}',
    }
  }
}

function pressed(shape: PressShape, id: string, params: object): object {
  const actionIds = [id]
  switch (shape) {
    case 'content':
      return { content: JSON.stringify({ cardPrivateData: { actionIds, params } }) }
    case 'value':
      return { value: JSON.stringify({ cardPrivateData: { actionIds, params } }) }
    case 'params-beside':
      return { content: JSON.stringify({ cardPrivateData: { actionIds }, params }) }
    case 'ids-only':
      return { content: JSON.stringify({ cardPrivateData: { actionIds, params: {} } }) }
  }
}

function bubbleOf(platform: Platform, id: string, account: string, chat: string): Bubble {
  if (!personaOf(platform, account)) throw new Error(`nobody on DingTalk has the account ${account}`)
  if (!sees(platform, account, chat)) throw new Error(`${account} is not in the chat ${chat}`)
  return { id, platform: 'dingtalk', chat, at: platform.clock.now(), from: account }
}

const sees = (platform: Platform, account: string, chat: string): boolean =>
  !platform.left.has(account) &&
  (chat === account || (groupOf(platform, chat)?.members.includes(account) ?? false))

function wordsOf({ text, images, quote, mention }: Said): Partial<Bubble> {
  return {
    ...(text !== '' && { text }),
    ...(images?.length && { images: images.map(dataUrl) }),
    ...(mention && { mentions: ['bot'] }),
    ...(quote !== undefined && { quote }),
  }
}
