// Both imitated platforms with their office, and the environment that points the product at them.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { emptySnapshot, planImport } from '../../app/import/index.ts'
import type { ChannelName } from '../../core/people/directory.ts'
import { startDingtalkImitation } from '../../sandbox/dingtalk/index.ts'
import type { Imitation, ImitationClock } from '../../sandbox/imitation.ts'
import { startWecomImitation } from '../../sandbox/wecom/index.ts'
import { createWorld, type World } from '../../sandbox/world.ts'
import { INSTALLATION } from '../words.ts'
import { castOf } from './cast.ts'

export const SEED_FOLDERS: readonly string[] = [
  path.join(INSTALLATION, 'prisma/seed/ganzi'),
  path.join(INSTALLATION, 'prisma/seed/chuxiong'),
]

export type Platforms = {
  readonly world: World
  readonly imitations: Readonly<Record<ChannelName, Imitation>>
  readonly settings: Readonly<Record<string, string>>
  close(): Promise<void>
}

const TEMPLATES = { card: 'sandbox-card.schema' }

/** `journalDirectory`: where the phones' history is kept over restarts; without it, nowhere. */
export async function startPlatforms(
  clockOf: (world: World) => ImitationClock,
  options: { journalDirectory?: string; folders?: readonly string[] } = {},
): Promise<Platforms> {
  const { next } = await planImport(options.folders ?? SEED_FOLDERS, emptySnapshot)
  if (options.journalDirectory) mkdirSync(options.journalDirectory, { recursive: true })
  const journal = options.journalDirectory
    ? { journal: path.join(options.journalDirectory, 'phones.jsonl') }
    : {}
  const world = createWorld({ ...castOf(next.directory), ...journal })
  const shared = { world, clock: clockOf(world), botName: '督办助手' }
  const wecom = await startWecomImitation({ ...shared, botId: 'sandbox-bot', secret: 'sandbox-secret' })
  const dingtalk = await startDingtalkImitation({
    ...shared,
    clientId: 'sandbox-client',
    clientSecret: 'sandbox-secret',
    robotCode: 'sandbox-client',
    corpId: 'sandbox-corp',
    cardTemplates: TEMPLATES,
  })
  return {
    world,
    imitations: { wecom, dingtalk },
    settings: { ...wecom.settings, ...dingtalk.settings, DINGTALK_CARD_TEMPLATES: JSON.stringify(TEMPLATES) },
    async close() {
      await wecom.close()
      await dingtalk.close()
    },
  }
}
