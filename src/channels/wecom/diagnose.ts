// What `duban doctor` asks WeCom of the bot: whether it can connect. Only when no server holds the connection, or it would be thrown out.
import { bad, type Finding, good } from '../../app/finding.ts'
import type { Log } from '../../app/ports.ts'
import { CONNECT_TIMING, Connection, type ConnectSettings, type ConnectTiming } from './connect.ts'

const CHECK = '企业微信机器人'
const NETWORK_CURE = '检查本机能否访问 openws.work.weixin.qq.com 的 443 端口；用代理时设置 WECOM_WS_URL'

/** Connects once and leaves; never throws. What members say in that second is not heard, as whenever no server runs. */
export async function diagnoseBot(
  settings: ConnectSettings,
  timing: Partial<ConnectTiming> = {},
): Promise<Finding> {
  let cure: unknown
  let cause: unknown
  const keep = (fields: object): void => {
    if ('cure' in fields) cure ??= fields.cure
    if ('cause' in fields) cause ??= fields.cause
  }
  const log: Log = { debug() {}, info() {}, warn: keep, error: keep }
  const connection = new Connection(settings, { ...CONNECT_TIMING, ...timing }, log, () => undefined)
  await connection.open()
  const isConnected = connection.ready() !== undefined
  connection.close()
  if (isConnected) return good(CHECK, '长连接可以建立')
  return bad(CHECK, `连不上（${String(cause ?? 'lost')}）`, typeof cure === 'string' ? cure : NETWORK_CURE)
}
