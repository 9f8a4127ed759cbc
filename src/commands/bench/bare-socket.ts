// The floor under an inbound frame: a bare WebSocket pair and one plain INSERT for each frame, acknowledged after it.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type RawData, WebSocket, WebSocketServer } from 'ws'
import type { Sql } from '../../store/rows.ts'

export type BarePair = {
  /** Sends a frame under its id; resolves when its acknowledgement came back. */
  push(id: string, data: string): Promise<void>
  close(): Promise<void>
}

/** The least that keeps a message: a row of its own. */
export const INSERT = `INSERT INTO inbound (channel, message_id, payload, state, received_at) VALUES ('bench', $1, $2, 'received', now())`

export async function openBarePair(sql: Sql): Promise<BarePair> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const accepted = once(server, 'connection')
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  client.on('message', (raw) => void storeAndAcknowledge(sql, client, raw))
  const [socket] = (await accepted) as [WebSocket]
  if (client.readyState !== WebSocket.OPEN) await once(client, 'open')
  const waiting = new Map<string, () => void>()
  socket.on('message', (raw) => waiting.get(JSON.parse(String(raw)).id)?.())
  return {
    async push(id, data) {
      const acknowledged = new Promise<void>((resolve) => waiting.set(id, resolve))
      socket.send(JSON.stringify({ id, data }))
      await acknowledged
      waiting.delete(id)
    },
    async close() {
      client.terminate()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function storeAndAcknowledge(sql: Sql, client: WebSocket, raw: RawData): Promise<void> {
  const { id, data } = JSON.parse(String(raw)) as { id: string; data: string }
  await sql.query(INSERT, [id, data])
  client.send(JSON.stringify({ id, code: 200 }))
}
