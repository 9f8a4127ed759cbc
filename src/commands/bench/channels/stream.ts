// Both ends that a Stream gateway may push to: the product's channel with its store, and a bare socket with one INSERT a frame.
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { createDingtalkChannel } from '../../../channels/dingtalk/index.ts'
import type { Database } from '../../../store/database.ts'
import type { Sql } from '../../../store/rows.ts'
import { createStore } from '../../../store/store.ts'
import { runningClock } from '../../clocks.ts'
import { createLog } from '../../log.ts'
import { INSERT } from '../bare-socket.ts'

/** Connected when it resolves. */
export async function productStream(database: Database, gateway: string): Promise<() => Promise<void>> {
  const clock = runningClock(undefined)
  const store = createStore(database)
  const channel = createDingtalkChannel(
    {
      apiBase: gateway,
      oapiBase: gateway,
      clientId: 'bench',
      clientSecret: 'bench',
      robotCode: 'bench',
      botName: '督办助手',
      cardTemplates: {},
    },
    { clock, log: createLog('error') },
  )
  await channel.start((message) => store.saveInbound(message, clock.now()))
  return () => channel.stop()
}

/** Connected when it resolves. */
export async function bareStream(sql: Sql, gateway: string): Promise<() => Promise<void>> {
  const socket = new WebSocket(gateway.replace('http', 'ws'))
  socket.on('message', async (raw) => {
    const { headers, data } = JSON.parse(String(raw)) as { headers: { messageId: string }; data: string }
    await sql.query(INSERT, [headers.messageId, data])
    socket.send(JSON.stringify({ code: 200, headers, message: 'OK', data: '{}' }))
  })
  await once(socket, 'open')
  return async () => socket.terminate()
}
