// DingTalk's own repeats while the demo runs by itself: nobody leaps, and what is due comes all the same.
import { expect, it } from 'vitest'
import { redeliverBySelf } from '../../src/commands/demo/stage.ts'
import { LIAISON, startPair, until } from '../channels/dingtalk/support.ts'

it('sends what was not acknowledged again when its time has come', async () => {
  await using pair = await startPair()
  const stop = redeliverBySelf(pair.platform)
  pair.platform.faults.arm('late-push')
  expect(await pair.platform.say(LIAISON, LIAISON, { text: '已报送' })).toMatchObject({ reached: false })
  expect(pair.received).toEqual([])
  pair.clock.at += 61_000
  await until(() => pair.received.length === 1, 'the message comes by itself')
  stop()
})
