// The keys of groups' own robots: sealed in the database under the operator's secret, opened when a message leaves.
import type { Config } from '../config.ts'
import type { WebhookSecret } from '../core/people/directory.ts'
import type { Database } from '../store/database.ts'
import { sealedStore } from '../store/sealed.ts'

export type WebhookSecrets = {
  keep(secrets: ReadonlyMap<string, WebhookSecret>): Promise<void>
  /** By the group's key. Throws SealError when DUBAN_SECRET has changed since. */
  keyOf(group: string): Promise<WebhookSecret | undefined>
}

const nameOf = (group: string): string => `webhook:${group}`

/** Undefined while no DUBAN_SECRET is set. */
export function webhookSecrets(
  { pool }: Pick<Database, 'pool'>,
  { secret }: Pick<Config, 'secret'>,
): WebhookSecrets | undefined {
  if (secret === undefined) return undefined
  const sealed = sealedStore(pool, secret)
  return {
    keep: (secrets) =>
      sealed.put(new Map([...secrets].map(([group, one]) => [nameOf(group), JSON.stringify(one)]))),
    async keyOf(group) {
      const text = await sealed.get(nameOf(group))
      return text === undefined ? undefined : (JSON.parse(text) as WebhookSecret)
    },
  }
}
