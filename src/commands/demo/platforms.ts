// Both imitated platforms with their office, and the environment that points the product at them.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { emptySnapshot, planImport } from '../../app/import/index.ts'
import {
  type DingtalkImitation,
  type DingtalkImitationOptions,
  startDingtalkImitation,
} from '../../sandbox/dingtalk/index.ts'
import type { ImitationClock } from '../../sandbox/imitation.ts'
import { createFaultDesk } from '../../sandbox/mishaps.ts'
import type { FaultDesk } from '../../sandbox/office.ts'
import { appChatsOf } from '../../sandbox/wecom/app/platform.ts'
import {
  startWecomImitation,
  type WecomImitation,
  type WecomImitationOptions,
} from '../../sandbox/wecom/index.ts'
import { createWorld, type World } from '../../sandbox/world.ts'
import { INSTALLATION } from '../words.ts'
import { type Cast, castOf } from './cast.ts'

export const SEED_FOLDERS: readonly string[] = [
  path.join(INSTALLATION, 'prisma/seed/ganzi'),
  path.join(INSTALLATION, 'prisma/seed/chuxiong'),
]

export type Platforms = {
  readonly world: World
  /** The switches of everything that can go wrong. */
  readonly faults: FaultDesk
  readonly imitations: { readonly wecom: WecomImitation; readonly dingtalk: DingtalkImitation }
  readonly settings: Readonly<Record<string, string>>
  /** The import files that the office was cast from. */
  readonly folders: readonly string[]
  close(): Promise<void>
}

const TEMPLATES = { card: 'sandbox-card.schema', form: 'sandbox-form.schema' }

export type PlatformOptions = {
  /** Where the phones' history is kept over restarts; without it, nowhere. */
  readonly journalDirectory?: string
  readonly folders?: readonly string[]
  /** What the platforms draw their misfortunes from. */
  readonly seed?: number
  /** Changes who is there: strangers, people who have never spoken. */
  readonly recast?: (cast: Cast) => Cast
  /** How the platforms themselves behave: seeds, timing, more of them. */
  readonly wecom?: Partial<WecomImitationOptions>
  readonly dingtalk?: Partial<DingtalkImitationOptions>
}

/** Everybody whom the files name, with the chats in which he is spoken to. */
async function worldOf(folders: readonly string[], options: PlatformOptions): Promise<World> {
  const { next } = await planImport(folders, emptySnapshot)
  if (options.journalDirectory) mkdirSync(options.journalDirectory, { recursive: true })
  const journal = options.journalDirectory
    ? { journal: path.join(options.journalDirectory, 'phones.jsonl') }
    : {}
  const whole = castOf(next.directory)
  const cast = options.recast?.(whole) ?? whole
  const withApp = options.wecom?.app ? appChatsOf(cast.personas) : []
  return createWorld({ ...cast, chats: [...cast.chats, ...withApp], ...journal })
}

export async function startPlatforms(
  clockOf: (world: World) => ImitationClock,
  options: PlatformOptions = {},
): Promise<Platforms> {
  const folders = options.folders ?? SEED_FOLDERS
  const world = await worldOf(folders, options)
  const seed = options.seed ?? 1
  const shared = { world, clock: clockOf(world), botName: '督办助手', seed }
  const wecom = await startWecomImitation({
    ...shared,
    botId: 'sandbox-bot',
    secret: 'sandbox-secret',
    ...options.wecom,
  })
  const dingtalk = await startDingtalkImitation({
    ...shared,
    clientId: 'sandbox-client',
    clientSecret: 'sandbox-secret',
    robotCode: 'sandbox-client',
    corpId: 'dingsandbox',
    cardTemplates: TEMPLATES,
    ...options.dingtalk,
  })
  return {
    world,
    folders,
    faults: createFaultDesk({ wecom, dingtalk }, seed),
    imitations: { wecom, dingtalk },
    settings: { ...wecom.settings, ...dingtalk.settings, DINGTALK_CARD_TEMPLATES: JSON.stringify(TEMPLATES) },
    async close() {
      await wecom.close()
      await dingtalk.close()
    },
  }
}
