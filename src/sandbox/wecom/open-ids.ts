// Encrypted user ids, as a bot hears them unless its creator is a super-admin (documented: 接收消息).
import { createHash } from 'node:crypto'
import type { World } from '../world.ts'

/** The same for a member at all times; begins with `wo` (several reports). */
export const openIdOf = (account: string): string =>
  `wo${createHash('sha256').update(account).digest('base64url').slice(0, 30)}`

/** The account behind a plain or an encrypted id. */
export function accountOf(world: World, id: string): string {
  const found = world.personas.find((one) => one.platform === 'wecom' && openIdOf(one.account) === id)
  return found?.account ?? id
}
