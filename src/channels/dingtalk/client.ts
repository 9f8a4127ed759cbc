// The calls that we make, and what each one's own success looks like; everything else goes by the refusal table.
import type { SendOutcome } from '../../core/message/types.ts'
import { isObject, type JsonObject } from '../unanswered.ts'
import { type Call, type Count, settle } from './call.ts'
import { exchange } from './http.ts'
import { codeOf, outcomeOf } from './refusals.ts'
import type { CardBody, RobotBody } from './render.ts'
import { batchOf } from './robot-calls.ts'

export type Client = {
  /** Creates the card and delivers it to its one space. */
  createCard(body: CardBody): Promise<SendOutcome>
  /** Replaces the named variables for everybody who sees the card. */
  updateCard(outTrackId: string, params: Record<string, string>): Promise<SendOutcome>
  sendToGroup(openConversationId: string, body: RobotBody): Promise<SendOutcome>
  sendToPerson(userId: string, body: RobotBody): Promise<SendOutcome>
  /** Answers in the conversation of a session webhook; `gone` when the session no longer exists, so nothing was sent. */
  reply(sessionWebhook: string, body: object): Promise<SendOutcome | 'gone'>
  /** The temporary address of a picture or file; throws with a Chinese sentence. */
  downloadUrl(downloadCode: string): Promise<string>
}

/** The code of a session webhook that has expired or never was. */
const SESSION_GONE = '300001'

export type ClientOptions = {
  readonly call: Call
  readonly robotCode: string
  readonly timeoutMs: number
  readonly count: Count
}

export function createClient(options: ClientOptions): Client {
  const { call, robotCode, timeoutMs, count } = options
  return {
    ...cardCalls(call),
    async sendToGroup(openConversationId, message) {
      const body = { robotCode, openConversationId, ...message }
      return settle(await call({ method: 'POST', path: '/v1.0/robot/groupMessages/send', body }), sentOutcome)
    },
    async sendToPerson(userId, message) {
      const body = { robotCode, userIds: [userId], ...message }
      const result = await call({ method: 'POST', path: '/v1.0/robot/oToMessages/batchSend', body })
      return settle(result, (answer) => batchOf(answer)?.(userId))
    },
    async reply(url, body) {
      const result = await exchange({ method: 'POST', url, body, timeoutMs })
      // Webhook messages count; whether those of a session do is not spelled out, so they are taken to.
      count('messages')
      if (result.type === 'answered' && codeOf(result.body) === SESSION_GONE) return 'gone'
      return settle(result, (answer) => (answer.errcode === 0 ? { type: 'sent' } : undefined))
    },
    async downloadUrl(downloadCode) {
      const result = await call({
        method: 'POST',
        path: '/v1.0/robot/messageFiles/download',
        body: { downloadCode, robotCode },
      })
      const url = result.type === 'answered' ? result.body?.downloadUrl : undefined
      if (typeof url === 'string') return url
      const outcome = settle(result, () => undefined)
      const detail = outcome.type === 'sent' ? '' : `：${outcome.detail}`
      throw new Error(`没有取到图片或文件，请对方重新发送${detail}`)
    },
  }
}

function cardCalls(call: Call): Pick<Client, 'createCard' | 'updateCard'> {
  return {
    createCard: async (body) =>
      settle(
        await call({ method: 'POST', path: '/v1.0/card/instances/createAndDeliver', body }),
        cardOutcome,
      ),
    async updateCard(outTrackId, cardParamMap) {
      // Without the option the platform clears every variable that is not named.
      const body = {
        outTrackId,
        cardData: { cardParamMap },
        cardUpdateOptions: { updateCardDataByKey: true },
      }
      const result = await call({ method: 'PUT', path: '/v1.0/card/instances', body })
      return settle(result, ({ success }) => (success === true ? { type: 'sent' } : undefined))
    },
  }
}

// The instance exists from now on, so a space that failed can't be mended by sending again: it would be taken for done.
function cardOutcome(body: JsonObject): SendOutcome | undefined {
  if (body.success !== true || !isObject(body.result)) return undefined
  const results: unknown[] = Array.isArray(body.result.deliverResults) ? body.result.deliverResults : []
  const [space] = results.filter(isObject)
  if (!space) return undefined
  if (space.success !== true) {
    return outcomeOf('card.notDelivered', typeof space.errorMsg === 'string' ? space.errorMsg : '')
  }
  return { type: 'sent', ...(typeof space.carrierId === 'string' && { platformId: space.carrierId }) }
}

function sentOutcome(body: JsonObject): SendOutcome | undefined {
  return typeof body.processQueryKey === 'string'
    ? { type: 'sent', platformId: body.processQueryKey }
    : undefined
}
