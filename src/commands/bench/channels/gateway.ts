// A bare Stream gateway that pushes prepared robot messages to whoever is connected, the product or the floor alike.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

export type Gateway = {
  readonly base: string
  /** Pushes one message under an id of its own; resolves when it is acknowledged with 200. */
  push(): Promise<void>
  close(): void
}

/** One connection at a time: a newer one takes the place of an older. */
export async function openGateway(text: string): Promise<Gateway> {
  let socket: WebSocket | undefined
  let base = ''
  let count = 0
  const waiting = new Map<string, () => void>()
  const server = createServer((request, response) => {
    request.resume()
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ endpoint: base.replace('http', 'ws'), ticket: 'bench' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  new WebSocketServer({ server }).on('connection', (accepted) => {
    socket = accepted
    accepted.on('message', (raw) => {
      const { code, headers } = JSON.parse(String(raw)) as { code?: number; headers?: { messageId?: string } }
      if (code === 200) waiting.get(headers?.messageId ?? '')?.()
    })
  })
  return {
    base,
    async push() {
      const messageId = `bench-${process.pid}-${Date.now()}-${count++}`
      const acknowledged = new Promise<void>((resolve) => waiting.set(messageId, resolve))
      socket?.send(frame(messageId, text))
      await acknowledged
      waiting.delete(messageId)
    },
    close() {
      socket?.terminate()
      server.close()
    },
  }
}

function frame(messageId: string, content: string): string {
  const data = {
    conversationId: 'cidBench==',
    conversationType: '1',
    msgId: messageId,
    senderNick: '某县经信局联络员',
    senderStaffId: 'bench-liaison',
    senderId: '$:LWCP_v1:$bench',
    robotCode: 'bench',
    createAt: Date.now(),
    sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=bench',
    sessionWebhookExpiredTime: Date.now() + 5_400_000,
    msgtype: 'text',
    text: { content },
  }
  return JSON.stringify({
    specVersion: '1.0',
    type: 'CALLBACK',
    headers: {
      topic: '/v1.0/im/bot/messages/get',
      messageId,
      contentType: 'application/json',
      time: String(Date.now()),
    },
    data: JSON.stringify(data),
  })
}
