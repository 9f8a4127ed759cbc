// Beyond the channel: many people at once, taking back, readers, to-dos and DING, over the wire to the imitation.
import { describe, expect, test } from 'vitest'
import { createDingtalkChannel } from '../../../src/channels/dingtalk/index.ts'
import { renderText } from '../../../src/channels/dingtalk/render.ts'
import { createWorld } from '../../../src/sandbox/world.ts'
import { startApi } from './api-office.ts'
import { configFor, GROUP, HEAD, LIAISON, START } from './support.ts'

const people = (count: number): string[] => Array.from({ length: count }, (_, index) => `staff-${index}`)

function bigOffice(count: number) {
  const personas = people(count).map((account) => ({
    platform: 'dingtalk' as const,
    account,
    name: account,
    hasSpoken: false,
  }))
  return createWorld({ personas, chats: [] })
}

describe('the same words to many', () => {
  test('go twenty a call, each person once, with what became of each', async () => {
    await using office = await startApi({ world: bigOffice(45) })
    office.platform.flowControl('staff-7')
    office.platform.leave('staff-30')
    const ids = [...people(45), 'nobody', 'staff-1']
    const outcomes = await office.robot.sendToPeople(ids, renderText('各单位注意'))
    expect(outcomes.size).toBe(46)
    expect(outcomes.get('staff-7')).toMatchObject({ type: 'retry-later' })
    for (const id of ['staff-30', 'nobody'])
      expect(outcomes.get(id)).toMatchObject({ code: 'invalidStaffId' })
    expect([...outcomes.values()].filter(({ type }) => type === 'sent')).toHaveLength(43)
    expect(office.world.bubbles()).toHaveLength(43)
    expect(office.platform.calls().filter(({ api }) => api.endsWith('batchSend'))).toHaveLength(3)
    expect(office.counted).toEqual(['calls', 'calls', 'calls'])
  })

  test('one batch of which the answer got lost leaves only its own people unknown', async () => {
    await using office = await startApi({ world: bigOffice(25) })
    await office.robot.sendToPeople(['staff-0'], renderText('先取令牌'))
    office.platform.faults.arm('drop-response')
    const outcomes = await office.robot.sendToPeople(people(25), renderText('各单位注意'))
    const types = [...outcomes.values()].map(({ type }) => type)
    expect(types).toEqual([...Array(20).fill('unknown'), ...Array(5).fill('sent')])
  })
})

describe('taking back and readers', () => {
  const sendTo = async (office: Awaited<ReturnType<typeof startApi>>) => {
    const sent = (await office.robot.sendToPeople([LIAISON], renderText('写错了'))).get(LIAISON)
    return sent?.type === 'sent' ? (sent.platformId ?? '') : ''
  }

  test('a direct message within a day, and not after it', async () => {
    await using office = await startApi()
    const [early, late] = [await sendTo(office), await sendTo(office)]
    expect(await office.robot.recall({}, [early, 'unknown'])).toEqual({
      type: 'ok',
      value: { recalled: [early], failed: { unknown: 'processQueryKey.notExist' } },
    })
    expect(office.world.find(early)?.text).toBe('（消息已撤回）')
    expect(await office.robot.readStatus({}, early)).toMatchObject({ value: { state: 'RECALLED' } })
    office.clock.at += 24 * 3_600_000
    expect(await office.robot.recall({}, [late])).toMatchObject({
      value: { recalled: [], failed: { [late]: 'processQueryKey.expireTime' } },
    })
    expect(await office.robot.readStatus({}, late)).toMatchObject({
      type: 'refused',
      code: 'processQueryKey.expireTime',
    })
  })

  test('twenty-one keys take two calls', async () => {
    await using office = await startApi()
    const keys = Array.from({ length: 21 }, (_, index) => `key-${index}`)
    const answer = await office.robot.recall({}, keys)
    expect(answer.type === 'ok' && Object.keys(answer.value.failed)).toEqual(keys)
    expect(office.counted).toHaveLength(2)
  })

  test('who has read: a person by name, of a group only the readers', async () => {
    await using office = await startApi()
    const key = await sendTo(office)
    expect(await office.robot.readStatus({}, key)).toEqual({
      type: 'ok',
      value: { state: 'SUCCESS', read: [], unread: [LIAISON] },
    })
    office.platform.read(LIAISON, LIAISON)
    expect(await office.robot.readStatus({}, key)).toMatchObject({ value: { read: [LIAISON], unread: [] } })
  })

  test('a group’s message is read page by page and taken back by its own group only', async () => {
    const readers = people(450)
    const world = createWorld({
      personas: readers.map((account) => ({
        platform: 'dingtalk',
        account,
        name: account,
        hasSpoken: false,
      })),
      chats: [{ platform: 'dingtalk', id: GROUP, kind: 'group', title: '大群', members: readers }],
    })
    await using office = await startApi({ world })
    const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
    const channel = createDingtalkChannel(configFor(office.platform), { clock: office.clock, log })
    const to = { channel: 'dingtalk', kind: 'group', id: GROUP } as const
    const sent = await channel.send({ id: 'm', to, content: { type: 'text', text: '各位好' } })
    const key = sent.type === 'sent' ? (sent.platformId ?? '') : ''
    for (const reader of readers) office.platform.read(reader, GROUP)
    const group = { openConversationId: GROUP }
    const status = await office.robot.readStatus(group, key)
    expect(status.type === 'ok' && status.value.read).toEqual(readers)
    expect(office.counted).toHaveLength(3)
    expect(await office.robot.recall({}, [key])).toMatchObject({ value: { recalled: [] } })
    expect(await office.robot.recall(group, [key])).toMatchObject({ value: { recalled: [key] } })
  })
})

describe('to-dos', () => {
  const draft = (executors: string[], changes = {}) => ({
    sourceId: 'task-1|2021-04-25',
    subject: '补报自查清单',
    dueAt: START + 86_400_000,
    executors,
    url: 'https://duban.example.gov.cn/m/t1',
    ...changes,
  })

  test('are made once for a source, ticked by us, and cost no call for the ids', async () => {
    await using office = await startApi()
    const union = await office.todos.unionIdOf(LIAISON)
    if (union.type !== 'ok') throw new Error('no unionId')
    expect(office.counted).toEqual([])
    const made = await office.todos.create(union.value, draft([union.value]))
    expect(await office.todos.create(union.value, draft([union.value]))).toEqual({
      type: 'ok',
      value: 'exists',
    })
    expect(office.platform.todos()).toMatchObject([
      { executors: [LIAISON], done: false, subject: '补报自查清单' },
    ])
    if (made.type !== 'ok' || made.value === 'exists') throw new Error('not made')
    expect(await office.todos.finish(union.value, made.value.id)).toEqual({ type: 'ok', value: true })
    expect(office.platform.todos()).toMatchObject([{ done: true }])
    expect(await office.todos.finish(union.value, 'gone')).toMatchObject({
      code: 'todo.taskUpdate.paramError',
    })
  })

  test('an answer that got lost is found again by the source', async () => {
    await using office = await startApi()
    const union = await office.todos.unionIdOf(LIAISON)
    const id = union.type === 'ok' ? union.value : ''
    office.platform.faults.arm('drop-response')
    expect(await office.todos.create(id, draft([id]))).toMatchObject({ type: 'unknown' })
    expect(await office.todos.create(id, draft([id]))).toEqual({ type: 'ok', value: 'exists' })
    expect(office.platform.todos()).toHaveLength(1)
  })

  test('for nobody known, without a page, or without the permission are refused', async () => {
    await using office = await startApi()
    const union = await office.todos.unionIdOf(LIAISON)
    const id = union.type === 'ok' ? union.value : ''
    for (const wrong of [draft(['nobody']), draft([id], { url: '' })]) {
      expect(await office.todos.create(id, wrong)).toMatchObject({ code: 'todo.taskCreate.paramError' })
    }
    expect(await office.todos.unionIdOf('nobody')).toMatchObject({ type: 'refused', code: '33012' })
    office.platform.revoke('Todo.Todo.Write')
    expect(await office.todos.create(id, draft([id]))).toMatchObject({
      type: 'refused',
      detail: expect.stringContaining('Todo.Todo.Write'),
    })
  })
})

describe('DING', () => {
  test('by phone falls back to the app when none are left, and names whom it did not reach', async () => {
    await using office = await startApi()
    expect(await office.ding([HEAD, 'nobody'], '请今日内补报', 'phone')).toMatchObject({
      type: 'ok',
      value: { by: 'app', failed: { nobody: 'staffId.notExisted' } },
    })
    office.platform.buyDings('phone', 1)
    expect(await office.ding([HEAD], '请今日内补报', 'phone')).toMatchObject({
      value: { by: 'phone', failed: {} },
    })
    expect(office.platform.dings()).toMatchObject([
      { by: 'app', to: [HEAD], words: '请今日内补报' },
      { by: 'phone', to: [HEAD] },
    ])
  })

  test('more people than one may reach is a mistake of ours', async () => {
    await using office = await startApi()
    await expect(office.ding(people(21), '请补报', 'sms')).rejects.toThrow('20')
    expect(office.platform.dings()).toEqual([])
  })
})
