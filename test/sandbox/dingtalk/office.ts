// A small office on the imitated platform, on a clock that stands still until it is moved.
import { type DingtalkImitationOptions, startDingtalkImitation } from '../../../src/sandbox/dingtalk/index.ts'
import { createWorld, type World } from '../../../src/sandbox/world.ts'

export const GROUP = 'cidLuDingGroupCD=='
export const LIAISON = 'ld-liaison'
export const HEAD = 'ld-head'
export const SECRET = 'sandbox-secret'
export const TEMPLATE = '99999999-8888-7777-6666-555555555555.schema'

export function officeWorld(journal?: string): World {
  const personas = [LIAISON, HEAD].map((account) => ({
    platform: 'dingtalk' as const,
    account,
    name: account === LIAISON ? '泸定县联络员' : '泸定县局负责人',
    hasSpoken: false,
  }))
  const chats = [
    {
      platform: 'dingtalk' as const,
      id: GROUP,
      kind: 'group' as const,
      title: '泸定县工作群',
      members: [LIAISON, HEAD],
    },
  ]
  return createWorld({ personas, chats, ...(journal !== undefined && { journal }) })
}

export async function startOffice(options: Partial<DingtalkImitationOptions> = {}) {
  const clock = { at: Date.parse('2021-05-06T09:00:00+08:00'), now: () => clock.at }
  const world = options.world ?? officeWorld()
  const platform = await startDingtalkImitation({
    world,
    clock,
    clientId: 'dingappkey1',
    clientSecret: SECRET,
    robotCode: 'dingappkey1',
    corpId: 'dingcorp1',
    botName: '督办助手',
    cardTemplates: { card: TEMPLATE },
    ...options,
  })
  return { platform, world, clock, [Symbol.asyncDispose]: () => platform.close() }
}

/** Polls until the condition holds; fails after five seconds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 5_000
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`never happened: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
