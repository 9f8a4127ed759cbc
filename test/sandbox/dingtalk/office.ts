// A small office on the imitated platform, on a clock that stands still until it is moved.
import type { DingtalkImitationOptions } from '../../../src/sandbox/dingtalk/index.ts'
import { createWorld, type World } from '../../../src/sandbox/world.ts'
import { startPlatform } from '../../channels/dingtalk/support.ts'

export { SECRET, TEMPLATE, until } from '../../channels/dingtalk/support.ts'

export const GROUP = 'cidLuDingGroupCD=='
export const LIAISON = 'ld-liaison'
export const HEAD = 'ld-head'

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
  const parts = await startPlatform({ world: officeWorld(), ...options })
  return { ...parts, [Symbol.asyncDispose]: () => parts.platform.close() }
}
