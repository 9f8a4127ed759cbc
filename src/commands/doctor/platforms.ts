// The configured platforms, each asked in its own way; a connection that the running server holds is left alone.
import { bad, type Finding, good } from '../../app/finding.ts'
import { diagnoseDingtalk } from '../../channels/dingtalk/diagnose.ts'
import { diagnoseApp } from '../../channels/wecom/app/diagnose.ts'
import { diagnoseBot } from '../../channels/wecom/diagnose.ts'
import type { Config } from '../../config.ts'
import { dateOf } from '../../core/calendar/civil.ts'
import type { ChannelName } from '../../core/people/directory.ts'
import { holderOf } from '../../core/people/lookup.ts'
import { awaitsAnswer } from '../../core/task/types.ts'
import type { Database } from '../../store/database.ts'
import { createStore } from '../../store/store.ts'
import { runningClock } from '../clocks.ts'
import { botLease } from '../wecom.ts'
import { clockSkew } from './machine.ts'

const SKEW_TIMEOUT_MS = 5_000
const LEASE_SECONDS = 30

/** Group by group, as each is known. */
export async function* examinePlatforms(
  config: Config,
  database: Database | undefined,
): AsyncGenerator<Finding[]> {
  const { wecom, wecomApp, dingtalk, wecomApiBase, botName, publicUrl } = config
  if (!wecom && !wecomApp && !dingtalk)
    yield [bad('平台', '企业微信和钉钉都没有配置', '在 .env 里填写 WECOM_… 或 DINGTALK_…，步骤见 README')]
  const clock = runningClock(config.startAt)
  if (wecomApp) {
    yield await skew('企业微信', wecomApiBase, config)
    const page = publicUrl === undefined ? {} : { publicUrl }
    const accounts = await accountsOn('wecom', database, clock.now())
    yield await diagnoseApp({ ...wecomApp, apiBase: wecomApiBase, ...page }, { clock, accounts })
  }
  if (wecom) yield [await bot(wecom, database)]
  if (dingtalk) {
    yield await skew('钉钉', dingtalk.apiBase, config)
    yield await diagnoseDingtalk(
      { ...dingtalk, botName },
      { clock, accounts: await accountsOn('dingtalk', database, clock.now()) },
    )
  }
}

async function bot(settings: NonNullable<Config['wecom']>, database: Database | undefined): Promise<Finding> {
  const check = '企业微信机器人'
  if (!database) return good(check, '由运行中的服务连接，不打扰它；连接状态见 /readyz')
  const store = createStore(database)
  const lease = botLease(settings.botId)
  if (!(await store.acquireLease(lease, LEASE_SECONDS))) return good(check, '正由运行中的服务连接')
  try {
    return await diagnoseBot(settings)
  } finally {
    await store.releaseLease(lease)
  }
}

/** By any answer's Date header; a rehearsal's clock is not compared. */
async function skew(platform: string, base: string, { startAt }: Config): Promise<Finding[]> {
  if (startAt !== undefined) return []
  try {
    const response = await fetch(base, { redirect: 'manual', signal: AbortSignal.timeout(SKEW_TIMEOUT_MS) })
    await response.body?.cancel()
    const date = Date.parse(response.headers.get('date') ?? '')
    return Number.isNaN(date) ? [] : [clockSkew(platform, date, runningClock(undefined).now())]
  } catch {
    return [bad(`网络（${platform}）`, `${base} 连不上`, '检查本机的外网、域名解析和代理设置')]
  }
}

/** Account → name, of everybody on this platform who has something to do. */
async function accountsOn(
  channel: ChannelName,
  database: Database | undefined,
  now: number,
): Promise<ReadonlyMap<string, string>> {
  if (!database) return new Map()
  const store = createStore(database)
  const { directory } = await store.office()
  const posts = new Set(
    (await store.ledger()).filter(({ state }) => awaitsAnswer(state)).map(({ post }) => post),
  )
  const people = [...posts].flatMap((post) => holderOf(directory, post, dateOf(now)) ?? [])
  return new Map(
    people.flatMap(({ name, accounts }) =>
      accounts.filter((account) => account.channel === channel).map(({ id }) => [id, name] as const),
    ),
  )
}
