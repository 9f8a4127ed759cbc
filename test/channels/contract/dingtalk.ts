// The contract's stage on a DingTalk robot.
import { direct, GROUP, group, HEAD, LIAISON, OUTSIDER, startPair } from '../dingtalk/support.ts'
import type { Stage } from './stage.ts'

const CODES = {
  'too-fast': 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
  'words-refused': 'param.contentUnsafe',
  'unheard-of-code': 'brand.new.code',
} as const

export async function openDingtalk(): Promise<Stage> {
  const pair = await startPair({ platform: { outsiders: [OUTSIDER] } })
  const { platform, channel, world, clock } = pair
  let isUp = true
  async function shutDown(): Promise<void> {
    if (isUp) await platform.close()
    isUp = false
  }
  return {
    channel,
    heard: pair.received,
    person: direct(LIAISON),
    group,
    gone() {
      platform.leave(HEAD)
      return direct(HEAD)
    },
    closedGroup() {
      platform.closeGroup(GROUP, 'robot removed')
      return group
    },
    seen: ({ id }) => world.bubbles().filter(({ from, chat }) => from === 'bot' && chat === id),
    say: (to, said) => platform.say(LIAISON, to.id, said),
    press: (bubble, button) => platform.click(LIAISON, bubble, button),
    sendFile: () =>
      platform.send(LIAISON, LIAISON, {
        msgtype: 'file',
        content: { downloadCode: 'c', fileName: '清单.xlsx' },
      }),
    sendOther: () => platform.send(LIAISON, LIAISON, { msgtype: 'unknownMsgType', content: {} }),
    sayAsOutsider: () => platform.say(OUTSIDER, GROUP, { text: '我来说两句', mention: true }),
    repeatPushes: () => platform.faults.chance('duplicate-push', 1),
    trouble(what) {
      if (what === 'answer-lost') platform.faults.arm('drop-response')
      else if (what === 'token-dead') platform.invalidateToken()
      else platform.faults.refuse(CODES[what])
    },
    pass(ms) {
      clock.at += ms
    },
    shutDown,
    async stop() {
      await channel.stop()
      await shutDown()
    },
  }
}
