// The contract's stage on a WeCom bot's long connection.
import { createWecom } from '../../../src/channels/wecom/index.ts'
import type { Address, Inbound } from '../../../src/core/message/types.ts'
import { startWecomImitation } from '../../../src/sandbox/wecom/index.ts'
import { sharedVaults } from '../wecom/app/stage.ts'
import { BOT, createLog, createOfficeWorld, GROUP, LIAISON, QUICK, SILENT, START } from '../wecom/office.ts'
import type { Stage, Trouble } from './stage.ts'

const CODES: Partial<Record<Trouble, number>> = {
  'too-fast': 45009,
  'words-refused': 82004,
  // The connection is what a token is elsewhere: the platform no longer knows it.
  'token-dead': 846609,
  'unheard-of-code': 99_999,
}
const address = (kind: Address['kind'], id: string): Address => ({ channel: 'wecom', kind, id })

export async function openBot(): Promise<Stage> {
  let now = START
  const clock = { now: () => now }
  const world = createOfficeWorld()
  const platform = await startWecomImitation({ world, clock, ...BOT })
  const heard: Inbound[] = []
  const bot = { ...BOT, wsUrl: platform.wsUrl, publicUrl: 'https://duban.example/' }
  const { channel } = createWecom(
    { bot, apiBase: platform.base },
    { clock, log: createLog([]), vault: sharedVaults()(), timing: QUICK },
  )
  await channel.start(async (inbound) => void heard.push(inbound))
  let isUp = true
  async function shutDown(): Promise<void> {
    if (isUp) await platform.close()
    isUp = false
  }
  return {
    channel,
    heard,
    person: address('direct', LIAISON),
    group: address('group', GROUP),
    // Nobody may be spoken to before he has spoken himself.
    gone: () => address('direct', SILENT),
    closedGroup: () => address('group', 'wrLudingGroup'),
    seen: ({ id }) => world.bubbles().filter(({ from, chat }) => from === 'bot' && chat === id),
    say: (to, said) => platform.say(LIAISON, to.id, said),
    press: (bubble, button) => platform.click(LIAISON, bubble, button),
    enter: () => platform.enter(LIAISON),
    repeatPushes: () => platform.faults.chance('duplicate-callback', 1),
    trouble(what) {
      const code = CODES[what]
      if (code === undefined) platform.faults.arm('cut-socket')
      else platform.faults.refuse(code)
    },
    pass(ms) {
      now += ms
    },
    shutDown,
    async stop() {
      await channel.stop()
      await shutDown()
    },
  }
}
