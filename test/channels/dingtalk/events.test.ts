// Events of the organisation: acknowledged, said once, repeated without harm.
import { describe, expect, test } from 'vitest'
import { GROUP, LIAISON, startPair } from './support.ts'

const told = (log: readonly { level: string; fields: object }[]) =>
  log.filter(({ level, fields }) => level === 'warn' && 'event' in fields)

describe('events', () => {
  test('a dissolved group and a person who left are said with their cure', async () => {
    await using pair = await startPair()
    expect(await pair.platform.tell('chat_disband', { openConversationId: GROUP })).toBe(true)
    expect(await pair.platform.tell('user_leave_org', { userId: [LIAISON] })).toBe(true)
    expect(told(pair.log)).toMatchObject([
      { fields: { event: 'chat_disband', about: GROUP, cure: expect.stringContaining('解散') } },
      { fields: { event: 'user_leave_org', about: [LIAISON], cure: expect.stringContaining('离开') } },
    ])
  })

  test('pushed again though acknowledged, it is said once; another of the same kind is said too', async () => {
    await using pair = await startPair()
    pair.platform.faults.arm('duplicate-push')
    await pair.platform.tell('chat_disband', { openConversationId: GROUP })
    expect(told(pair.log)).toHaveLength(1)
    await pair.platform.tell('chat_disband', { openConversationId: 'cidOther==' })
    expect(told(pair.log)).toHaveLength(2)
  })

  test('an acknowledgement that was not noticed brings it again after ten seconds, and it is said once', async () => {
    await using pair = await startPair()
    pair.platform.faults.arm('lost-ack')
    expect(await pair.platform.tell('chat_disband', { openConversationId: GROUP })).toBe(false)
    pair.clock.at += 10_000
    await pair.platform.redeliverDue()
    expect(told(pair.log)).toHaveLength(1)
    pair.clock.at += 60_000
    await pair.platform.redeliverDue()
    expect(pair.platform.lost()).toBe(0)
  })

  test('of a kind that is nobody’s business is acknowledged and no more', async () => {
    await using pair = await startPair()
    expect(await pair.platform.tell('bpms_task_change', { anything: 1 })).toBe(true)
    expect(told(pair.log)).toEqual([])
  })
})
