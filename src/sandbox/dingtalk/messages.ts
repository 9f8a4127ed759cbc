// What a persona says, as the robot hears it: the common fields, and a body for each kind of message.
import { randomBytes } from 'node:crypto'
import type { Said } from '../imitation.ts'
import type { Bubble } from '../world.ts'
import { pictureCode } from './media.ts'
import { conversationOf, encryptedId, groupOf, type Platform, personaOf } from './platform.ts'

/** The kind of a message and its own members, as in the robot API's documents. */
export type RobotBody = { readonly msgtype: string; readonly [key: string]: unknown }

export const newMessageId = (): string => `msg${randomBytes(16).toString('base64')}`

/** The data of a push. `overrun` leaves the text out, as when the organisation's month is used up (documented). */
export function robotMessage(
  platform: Platform,
  said: { id: string; account: string; chatId: string; body: RobotBody; overrun: boolean },
  session: { url: string; until: number },
): object {
  const { account, chatId, body, overrun } = said
  const group = groupOf(platform, chatId)
  const robot = encryptedId(platform.robotCode)
  const outsider = platform.outsiders.has(account)
  const conversationId = conversationOf(platform, chatId)
  return {
    senderPlatform: 'Win',
    conversationId,
    openThreadId: conversationId,
    conversationType: group ? '2' : '1',
    ...(group && { conversationTitle: group.title, atUsers: [{ dingtalkId: robot }] }),
    isInAtList: group !== undefined,
    chatbotCorpId: platform.corpId,
    chatbotUserId: robot,
    msgId: said.id,
    senderNick: personaOf(platform, account)?.name ?? account,
    isAdmin: false,
    // An outsider has neither (documented).
    ...(!outsider && { senderStaffId: account, senderCorpId: platform.corpId }),
    senderId: encryptedId(account),
    sessionWebhook: session.url,
    sessionWebhookExpiredTime: session.until,
    createAt: platform.clock.now(),
    robotCode: platform.robotCode,
    ...(overrun
      ? { msgtype: body.msgtype, errorCode: 20_001, errorMessage: '消息服务因超出用量已暂停' }
      : body),
  }
}

/** Text, a lone picture, or both together, as the client sends them. */
export function bodyOf(said: Said, bubble: Bubble, quoted: Bubble | undefined, inGroup: boolean): RobotBody {
  const pictures = (said.images ?? []).map((_, index) => pictureCode(bubble.id, index))
  const [picture] = pictures
  if (picture !== undefined && said.text === '') {
    return pictures.length === 1
      ? { msgtype: 'picture', content: pictureBody(picture) }
      : { msgtype: 'richText', content: { richText: pictures.map(pictureSegment) } }
  }
  // The place of the mention stays behind as a space (documented).
  const text = inGroup ? ` ${said.text}` : said.text
  if (picture === undefined)
    return { msgtype: 'text', text: { content: text, ...(quoted && quoteOf(quoted)) } }
  return { msgtype: 'richText', content: { richText: [{ text }, ...pictures.map(pictureSegment)] } }
}

const pictureBody = (code: string): object => ({ downloadCode: code, pictureDownloadCode: `p-${code}` })
const pictureSegment = (code: string): object => ({ type: 'picture', ...pictureBody(code) })

// None of this is in the documents (field reports): texts come whole, cards as a tree, pictures by their code, other messages as an id alone.
function quoteOf(quoted: Bubble): object {
  const { text, markdown, card, images, id } = quoted
  if (card)
    return replied(id, 'interactiveCard', {
      elements: [{ text: card.title }, { children: cardWords(quoted) }],
    })
  if (text !== undefined && text !== '') return replied(id, 'text', { text })
  if (images?.length) return replied(id, 'picture', { downloadCode: pictureCode(id, 0) })
  if (markdown === undefined) return {}
  return { isReplyMsg: true, originalProcessQueryKey: id }
}

const replied = (msgId: string, msgType: string, content: object): object => ({
  isReplyMsg: true,
  repliedMsg: { msgId, msgType, content },
})

function cardWords({ card }: Bubble): object[] {
  const rows = card?.fields.map(({ label, value }) => ({ text: `${label}：${value}` })) ?? []
  return card?.text ? [...rows, { text: card.text }] : rows
}
