// The calls beyond the channel, joined to the imitated platform, with what they counted.
import { createDingtalkApi } from '../../../src/channels/dingtalk/api.ts'
import type { Meter } from '../../../src/core/message/quota.ts'
import { configFor, startPlatform } from './support.ts'

export async function startApi(options: Parameters<typeof startPlatform>[0] = {}) {
  const { platform, clock, world } = await startPlatform(options)
  const counted: Meter[] = []
  const config = { ...configFor(platform), loginBase: platform.base }
  const api = createDingtalkApi(config, { clock, count: (meter) => void counted.push(meter) })
  return { ...api, platform, clock, world, counted, [Symbol.asyncDispose]: () => platform.close() }
}
