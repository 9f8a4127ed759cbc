// A bare WebSocket speaking to the imitation without any SDK, so that the imitation is judged on its own.
import { EventEmitter, on, once } from 'node:events'
import { WebSocket } from 'ws'

export type Frame = {
  readonly cmd?: string
  readonly headers: { readonly req_id: string }
  readonly errcode?: number
  readonly body?: {
    readonly msgid?: string
    readonly msgtype?: string
    readonly event?: { readonly eventtype: string; readonly [data: string]: unknown }
    readonly [field: string]: unknown
  }
}

export type RawClient = {
  readonly socket: WebSocket
  readonly frames: Frame[]
  /** Sends a command; the errcode of its answer. */
  ask(cmd: string, body?: object, reqId?: string): Promise<number>
  /** The next callback that has not been taken yet. */
  callback(): Promise<Frame>
  closed(): Promise<number>
}

export async function dial(url: string): Promise<RawClient> {
  const socket = new WebSocket(`${url}/any/path`)
  const frames: Frame[] = []
  const waiting: Frame[] = []
  const bell = new EventEmitter()
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Frame
    frames.push(frame)
    if (frame.cmd) waiting.push(frame)
    bell.emit('frame', frame)
  })
  const gone = once(socket, 'close')
  await once(socket, 'open')
  let serial = 0
  async function ask(cmd: string, body?: object, reqId = `own-${++serial}`): Promise<number> {
    const answers = on(bell, 'frame')
    socket.send(JSON.stringify({ cmd, headers: { req_id: reqId }, body }))
    for await (const [frame] of answers as AsyncIterable<[Frame]>)
      if (!frame.cmd && frame.headers.req_id === reqId) return frame.errcode ?? Number.NaN
    throw new Error('closed')
  }
  async function callback(): Promise<Frame> {
    for (;;) {
      const frame = waiting.shift()
      if (frame) return frame
      await once(bell, 'frame')
    }
  }
  return { socket, frames, ask, callback, closed: async () => Number((await gone)[0]) }
}
