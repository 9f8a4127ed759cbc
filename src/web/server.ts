// The HTTP server: health for operators now; callbacks, phone pages and the console join here.
import type { Server } from 'node:http'
import express from 'express'
import helmet from 'helmet'
import { collectDefaultMetrics, Registry } from 'prom-client'

/** `standby`: another process has the connection, and this one takes over when that ends. */
export type ChannelState = 'ready' | 'standby' | 'down'

export type Health = {
  /** Resolves when the database answers. */
  readonly database: () => Promise<unknown>
  readonly channels: () => Readonly<Record<string, ChannelState>>
}

/** /healthz: the process lives. /readyz: the database answers and no channel is down. /metrics: Prometheus text. */
export function createApp(health: Health): express.Express {
  const app = express()
  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  app.disable('x-powered-by')
  app.use(helmet())
  app.get('/healthz', (_request, response) => void response.json({ ok: true }))
  app.get('/readyz', async (_request, response) => {
    const channels = health.channels()
    const database = await health.database().then(
      () => true,
      () => false,
    )
    const ready = database && !Object.values(channels).includes('down')
    response.status(ready ? 200 : 503).json({ ready, database, channels })
  })
  app.get('/metrics', async (_request, response) => {
    response.type('text/plain').send(await metrics.metrics())
  })
  return app
}

/** A port that is taken, said in words. */
export class PortError extends Error {}

/** Listens; the real port is in `address()`. Rejects with PortError when the port can't be had. */
export function listen(app: express.Express, port: number, host?: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = host === undefined ? app.listen(port) : app.listen(port, host)
    server.once('listening', () => resolve(server))
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(new PortError(`端口 ${port} 已被占用：请停掉占用它的程序，或用 PORT=其他端口 启动。`))
      else if (error.code === 'EACCES')
        reject(new PortError(`没有权限使用端口 ${port}：请用 1024 以上的端口，如 PORT=3000。`))
      else reject(error)
    })
  })
}
