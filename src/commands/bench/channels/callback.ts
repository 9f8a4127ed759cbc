// Signed and encrypted callbacks as WeCom sends them, and the bare server that does no more than it must with them: the floor.
import { randomBytes, randomUUID } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { decrypt, encrypt, getSignature } from '@wecom/crypto'
import express, { type Express } from 'express'
import type { Sql } from '../../../store/rows.ts'
import { INSERT } from '../bare-socket.ts'

export const SECRETS = {
  corpId: 'wwbench0000000001',
  agentId: '1000002',
  token: 'benchtoken',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
} as const

export type Signed = { readonly path: string; readonly body: string }

/** A liaison's sentence under a message id of its own. */
export function signedCallback(text: string): Signed {
  const { corpId, agentId, token, encodingAesKey } = SECRETS
  const seconds = String(Math.floor(Date.now() / 1_000))
  const xml = `<xml><ToUserName>${corpId}</ToUserName><FromUserName>liaison</FromUserName><CreateTime>${seconds}</CreateTime><MsgType>text</MsgType><Content><![CDATA[${text}]]></Content><MsgId>${randomUUID()}</MsgId><AgentID>${agentId}</AgentID></xml>`
  const sealed = encrypt(encodingAesKey, xml, corpId)
  const nonce = randomBytes(8).toString('hex')
  const signature = getSignature(token, seconds, nonce, sealed)
  return {
    path: `?msg_signature=${signature}&timestamp=${seconds}&nonce=${nonce}`,
    body: `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><AgentID>${agentId}</AgentID><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`,
  }
}

/** Posts on kept-alive connections; rejects for any answer but 200. */
export function poster(url: string, sockets: number) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: sockets })
  return {
    post: ({ path, body }: Signed) =>
      new Promise<void>((resolve, reject) => {
        const request = http.request(`${url}${path}`, { method: 'POST', agent }, (response) => {
          response.resume()
          response.once('end', () =>
            response.statusCode === 200 ? resolve() : reject(new Error(`HTTP ${response.statusCode}`)),
          )
        })
        request.once('error', reject)
        request.end(body)
      }),
    close: () => agent.destroy(),
  }
}

/** express, the library's own signature and decryption, one INSERT; nothing else is looked at. */
export function bareCallback(sql: Sql): Express {
  const app = express()
  const { token, encodingAesKey } = SECRETS
  app.post('/wecom/callback', express.text({ type: () => true }), async (request, response) => {
    const { msg_signature: signature, timestamp, nonce } = request.query
    const sealed = /<Encrypt><!\[CDATA\[([^\]]+)/.exec(String(request.body))?.[1] ?? ''
    if (getSignature(token, String(timestamp), String(nonce), sealed) !== signature)
      return void response.status(403).end()
    const { message } = decrypt(encodingAesKey, sealed)
    await sql.query(INSERT, [/<MsgId>([^<]+)/.exec(message)?.[1] ?? '', JSON.stringify({ message })])
    response.status(200).end()
  })
  return app
}

/** On a free port of loopback. */
export async function served(app: Express): Promise<{ url: string; close(): void }> {
  const server = await new Promise<http.Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening))
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/wecom/callback`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
