// `duban serve`: the product for real, ticking every minute until it is told to stop.
import type { AddressInfo } from 'node:net'
import type { Express } from 'express'
import cron from 'node-cron'
import type { Channel, Log } from '../app/ports.ts'
import { type Config, ConfigError } from '../config.ts'
import { formatInstant } from '../core/calendar/civil.ts'
import { type ChannelState, createApp, listen } from '../web/server.ts'
import { runningClock } from './clocks.ts'
import { phonePages } from './phone-pages.ts'
import { type Product, startProduct } from './product.ts'

/** Runs until SIGTERM or SIGINT; then lets what is being sent be settled. */
export async function serve(config: Config, log: Log): Promise<void> {
  if (!config.wecom && !config.wecomApp && !config.dingtalk) {
    throw new ConfigError([
      '还没有接入任何平台：请填 WECOM_BOT_ID 和 WECOM_BOT_SECRET，或自建应用的 WECOM_CORP_ID 等五项，或 DINGTALK_CLIENT_ID 和 DINGTALK_CLIENT_SECRET；只想试用请运行 npm run demo',
    ])
  }
  const clock = runningClock(config.startAt)
  if (config.startAt !== undefined)
    log.warn({ now: formatInstant(clock.now()) }, '演练模式：时间是虚拟的（DUBAN_NOW），正式使用请去掉')
  const product = await startProduct(config, clock, log)
  const app = createApp(healthOf(product))
  const { publicUrl, startAt } = config
  if (publicUrl !== undefined) {
    app.use('/m', await phonePages(product, { publicUrl, rehearsal: startAt !== undefined, clock, log }))
    // Where WeCom's cards without buttons lead.
    app.get('/', (_request, response) => response.redirect(`${publicUrl}/m/`))
  }
  mountCallbacks(app, product)
  const server = await listen(app, config.port).catch(async (error: unknown) => {
    await product.stop()
    throw error
  })
  log.info(
    { port: (server.address() as AddressInfo).port, database: product.database.location },
    '督办助手已启动',
  )
  const stopTicking = tickEveryMinute(product, log)
  await stopSignal()
  log.info({}, '正在停止：等已发出的消息落账')
  stopTicking()
  server.close()
  await product.stop()
}

/** What the platforms themselves call. */
export function mountCallbacks(app: Express, { wecom }: Product): void {
  if (wecom?.app) app.use('/wecom/callback', wecom.app.callback.router)
}

/** What waits for a limit, a connection or another process goes on within so long. */
const PULSE_MS = 1_000

/** Looks at once, then every minute. The cron is only a wake-up: what is due is a query (invariant 5). */
export function tickEveryMinute({ engine }: Product, log: Log): () => void {
  const logger = {
    info: () => undefined,
    debug: () => undefined,
    warn: (message: string) => log.warn({ message }, 'cron'),
    error: (message: string | Error) => log.error({ message: String(message) }, 'cron'),
  }
  const task = cron.schedule('* * * * *', () => engine.wake(), { timezone: 'Asia/Shanghai', logger })
  const pulses = setInterval(() => engine.pulse(), PULSE_MS)
  engine.wake()
  return () => {
    clearInterval(pulses)
    void task.destroy()
  }
}

export const healthOf = ({ database, channels }: Product) => ({
  database: () => database.pool.query('SELECT 1'),
  channels: () => Object.fromEntries([...channels].map(([name, channel]) => [name, stateOf(channel)])),
})

const stateOf = (channel: Channel): ChannelState =>
  channel.isReady() ? 'ready' : channel.isStandby?.() ? 'standby' : 'down'

export const stopSignal = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
