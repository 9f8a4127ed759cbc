// The end of `duban forecast`: what the messages cost each platform's month, and what would wait when the month runs short.
import type { UsageStore } from '../app/usage.ts'
import type { Config } from '../config.ts'
import type { ForecastCard } from '../core/message/forecast.ts'
import {
  type Amounts,
  estimateMonths,
  levelOf,
  type Meter,
  type MonthEstimate,
  NOTHING,
  RANKS,
  type Rank,
} from '../core/message/quota.ts'
import { addressOf } from '../core/message/types.ts'
import type { ChannelName } from '../core/people/directory.ts'

/** `size`: what the month holds; absent where the platform sets no end. */
export type ForecastMonth = MonthEstimate & { readonly size?: Amounts }

/** With what the months have used already, as counted so far. */
export async function monthsOf(
  cards: readonly ForecastCard[],
  store: UsageStore,
  config: Pick<Config, 'dingtalk'>,
): Promise<ForecastMonth[]> {
  const sizes = (channel: ChannelName): Amounts | undefined =>
    channel === 'dingtalk' ? config.dingtalk?.quota : undefined
  const planned = cards.map((card) => ({
    at: card.at,
    to: addressOf(card.address),
    rank: card.rank,
    about: card.about.length,
  }))
  const used = new Map<string, Amounts>()
  for (const { month, channel } of estimateMonths(planned, () => NOTHING, sizes))
    used.set(`${channel}|${month}`, await store.usage(channel, month))
  const estimates = estimateMonths(
    planned,
    (channel, month) => used.get(`${channel}|${month}`) ?? NOTHING,
    sizes,
  )
  return estimates.map((estimate) => {
    const size = sizes(estimate.channel)
    return { ...estimate, ...(size && { size }) }
  })
}

const NAMES: Record<ChannelName, string> = { wecom: '企业微信', dingtalk: '钉钉' }
const METERS: Record<Meter, string> = { calls: '接口', messages: 'Webhook和Stream' }
const RANK_NAMES: Record<Rank, string> = {
  formal: '正式督办',
  overdue: '逾期催办',
  reply: '答复',
  prompt: '下达',
  reminder: '提醒',
  group: '群消息',
}

/** One line. Where a month has an end: what leaves costs, with what is used already, what answers would add, and what waits. */
export function monthLine({ month, channel, cost, answers, held, size }: ForecastMonth): string {
  const name = `${month}  ${NAMES[channel]}`
  if (!size) return `${name}  ${cost.calls + cost.messages}条消息`
  const meters = (['calls', 'messages'] as const).map((meter) =>
    amount(METERS[meter], cost[meter], size[meter]),
  )
  const more = `若逐项答复，再加接口${answers.calls}次、消息${answers.messages}条`
  const waiting = RANKS.flatMap((rank) => (held[rank] ? [`${RANK_NAMES[rank]}${held[rank]}条`] : []))
  const parts = [...meters, more, ...(waiting.length > 0 ? [`用量不足，暂缓${waiting.join('、')}`] : [])]
  return `${name}  ${parts.join('；')}`
}

function amount(name: string, used: number, size: number): string {
  const level = levelOf(used, size)
  const mark = level === 'spent' ? '，用完' : level === 'short' ? '，已过七成' : ''
  return `${name}${used}/${size}${mark}`
}
