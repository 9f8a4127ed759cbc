// A stage for the tests of the imitation: a small cast, a clock moved by hand, and a subscribed bare client.
import { startWecomImitation, type WecomImitation } from '../../../src/sandbox/wecom/index.ts'
import type { World } from '../../../src/sandbox/world.ts'
import { createOfficeWorld, START } from '../../channels/wecom/office.ts'
import { dial, type RawClient } from './raw-client.ts'

export { createOfficeWorld, GROUP, LIAISON, SILENT, START } from '../../channels/wecom/office.ts'
export const QUIET_GROUP = 'wrLudingGroup'
export const CREDENTIALS = { bot_id: 'bot-1', secret: 'long-secret' }

export type Stage = {
  readonly world: World
  readonly imitation: WecomImitation
  readonly clock: { now(): number; move(ms: number): void }
  readonly client: RawClient
  close(): Promise<void>
}

type Options = Partial<Parameters<typeof startWecomImitation>[0]> & { readonly journal?: string }

export async function openStage({ journal, ...options }: Options = {}): Promise<Stage> {
  let now = START
  const clock = {
    now: () => now,
    move(ms: number) {
      now += ms
    },
  }
  const world = createOfficeWorld(journal)
  const bot = { botId: CREDENTIALS.bot_id, secret: CREDENTIALS.secret, botName: '督办助手' }
  const imitation = await startWecomImitation({ world, clock, ...bot, ...options })
  const client = await dial(imitation.wsUrl)
  await client.ask('aibot_subscribe', CREDENTIALS)
  return {
    world,
    imitation,
    clock,
    client,
    async close() {
      client.socket.terminate()
      await imitation.close()
    },
  }
}

/** A card that the platform takes; `changes` break it. */
export function buttonCard(changes: object = {}): object {
  return {
    card_type: 'button_interaction',
    task_id: 'task-1',
    main_title: { title: '请报送四月进度' },
    button_list: [{ text: '已完成', style: 1, key: 'done' }],
    ...changes,
  }
}

export const markdownTo = (chatid: string, chat_type?: number): object => ({
  chatid,
  chat_type,
  msgtype: 'markdown',
  markdown: { content: '提醒' },
})

export const cardTo = (chatid: string, template_card: object): object => ({
  chatid,
  chat_type: 2,
  msgtype: 'template_card',
  template_card,
})

export const stream = (id: string, content: string, finish: boolean): object => ({
  msgtype: 'stream',
  stream: { id, finish, content },
})
