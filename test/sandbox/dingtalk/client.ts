// A bare client of the imitated platform: what a stranger's program would send, without any of the product's care.
import { WebSocket } from 'ws'
import type { DingtalkImitation } from '../../../src/sandbox/dingtalk/index.ts'
import { SECRET } from './office.ts'

export type Answer = { readonly status: number; readonly body: { readonly [key: string]: unknown } }

export const ROBOT_TOPIC = '/v1.0/im/bot/messages/get'
export const CARD_TOPIC = '/v1.0/card/instances/callback'

export async function request(
  platform: DingtalkImitation,
  route: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const [method = '', path = ''] = route.split(' ')
  const response = await fetch(`${platform.base}${path}`, {
    method,
    headers: { accept: 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}

export async function tokenOf(platform: DingtalkImitation): Promise<string> {
  const body = { appKey: 'dingappkey1', appSecret: SECRET }
  const answer = await request(platform, 'POST /v1.0/oauth2/accessToken', body)
  return String(answer.body.accessToken)
}

/** A call with the living token. */
export async function authorised(platform: DingtalkImitation, route: string, body: object): Promise<Answer> {
  return request(platform, route, body, { 'x-acs-dingtalk-access-token': await tokenOf(platform) })
}

export function openStream(
  platform: DingtalkImitation,
  topics: readonly string[],
  secret = SECRET,
): Promise<Answer> {
  const subscriptions = topics.map((topic) => ({ type: 'CALLBACK', topic }))
  const body = { clientId: 'dingappkey1', clientSecret: secret, subscriptions }
  return request(platform, 'POST /v1.0/gateway/connections/open', body)
}

export type Frame = {
  readonly type: string
  readonly headers: { readonly [key: string]: string }
  readonly data: string
}

/** A socket on which every robot message and press is acknowledged with `response`, unless that is undefined. */
export async function connect(platform: DingtalkImitation, topics: readonly string[], response?: object) {
  const { body } = await openStream(platform, topics)
  const socket = new WebSocket(`${String(body.endpoint)}?ticket=${String(body.ticket)}`)
  const frames: Frame[] = []
  let closed = false
  socket.on('close', () => {
    closed = true
  })
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Frame
    frames.push(frame)
    if (frame.type !== 'CALLBACK' || response === undefined) return
    const headers = { messageId: frame.headers.messageId, contentType: 'application/json' }
    socket.send(JSON.stringify({ code: 200, headers, message: 'OK', data: JSON.stringify({ response }) }))
  })
  await new Promise((resolve, reject) => {
    socket.on('open', resolve)
    socket.on('error', reject)
  })
  return { socket, frames, isClosed: () => closed }
}
