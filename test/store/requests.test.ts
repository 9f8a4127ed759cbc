// Requests as they are kept, and stand-ins that no import takes away.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Snapshot, Store } from '../../src/app/store-port.ts'
import { instantOf } from '../../src/core/calendar/civil.ts'
import type { RequestDraft } from '../../src/core/request/types.ts'
import { standardPolicy } from '../../src/core/task/policy.ts'
import type { TaskDraft } from '../../src/core/task/types.ts'
import type { Database } from '../../src/store/database.ts'
import { createStore } from '../../src/store/store.ts'
import { databases } from '../support/databases.ts'

const NOW = instantOf('2021-04-19', '09:00')
const DUE = instantOf('2021-04-30')
const OFFICE: Snapshot = {
  directory: {
    units: [{ key: 'kd', name: '康定', short: '康定' }],
    posts: [{ key: 'll', title: '联络员', unit: 'kd', role: 'liaison' }],
    people: ['own', 'second', 'boss'].map((key) => ({ key, name: `${key}的名字`, accounts: [] })),
    holdings: [{ post: 'll', person: 'own', from: '2021-01-01' }],
    delegations: [{ post: 'll', to: 'boss', from: '2021-01-01', until: '2021-01-31' }],
    groups: [],
    projects: [],
  },
  plans: [],
}
const DUTY: TaskDraft = {
  ...{ key: 'p|r|kd', plan: 'p', rule: 'r', kind: 'report', form: 'none', title: '报送', unit: 'kd' },
  ...{ post: 'll', openAt: NOW, firstDueAt: DUE, policy: standardPolicy },
}

describe.each(databases)('$name', ({ open }) => {
  let database: Database
  let store: Store

  beforeAll(async () => {
    database = await open()
    store = createStore(database)
  })

  beforeEach(async () => {
    await database.pool.query('TRUNCATE request, task CASCADE')
    await store.transaction((tx) => tx.replaceOffice(OFFICE))
  })

  afterAll(() => database.close())

  const newTask = async (): Promise<string> => {
    const [task] = await store.transaction((tx) => tx.insertTasks([DUTY]))
    return task?.id ?? ''
  }

  const extension = (task: string): RequestDraft<'extension'> => ({
    ...{ kind: 'extension', task, post: 'office', person: 'own', channel: 'wecom', inbound: '7' },
    ...{ data: { from: '2021-04-30', until: '2021-05-10', why: '会签' }, state: 'open', askedAt: NOW },
  })

  test('a request is read as it was asked, changed and decided', async () => {
    const task = await newTask()
    const asked = await store.transaction((tx) => tx.insertRequest(extension(task)))
    expect(asked).toEqual({ ...extension(task), id: asked.id, revision: 1 })
    const decided = {
      ...{ ...extension(task), id: asked.id, revision: 2, state: 'granted' as const },
      ...{ data: { from: '2021-04-30', until: '2021-05-12', granted: '2021-05-11' } },
      ...{ decidedBy: 'boss', decidedAt: NOW + 1, reason: '可以', inbound: '8' },
    }
    await store.transaction((tx) => tx.saveRequest(decided))
    await store.transaction(async (tx) => {
      expect(await tx.request(asked.id)).toEqual(decided)
      expect(await tx.requestsOf('extension', { task })).toEqual([decided])
      expect(await tx.requestsOf('extension', { person: 'own' })).toEqual([decided])
      expect(await tx.requestsOf('reassign', { task })).toEqual([])
      expect(await tx.request('999999')).toBeUndefined()
    })
  })

  test('an amended duty keeps its first due date and what is not named; its drafts are gone', async () => {
    const task = await newTask()
    await store.transaction(async (tx) => {
      await tx.draftFormal([{ task, step: 'overdue+5', kind: 'circular', plan: 'p', state: 'drafted' }], NOW)
      const dueAt = DUE + 1000
      await tx.amendTask({ task, dueAt, stepsDone: ['open'], nextActionAt: NOW + 5, lastEvent: '延期' }, NOW)
      await tx.amendTask({ task, post: 'fu', state: 'open', stepsDone: ['open'], lastEvent: '改派' }, NOW)
      await tx.dropDrafts(task)
      expect(await tx.formalSteps([task], 'circular')).toEqual([])
    })
    const [row] = await store.ledger()
    expect(row).toMatchObject({
      firstDueAt: DUE,
      dueAt: DUE + 1000,
      post: 'fu',
      state: 'open',
      stepsDone: ['open'],
    })
    expect(row).toMatchObject({ lastEvent: '改派', version: 2 })
    expect(row).not.toHaveProperty('nextActionAt')
  })

  test('a stand-in arranged while an import was being checked is still there after it', async () => {
    const checked = await store.office()
    const arranged = { post: 'll', to: 'second', from: '2021-04-26', until: '2021-04-29' }
    await store.transaction((tx) => tx.addStandIn(arranged, '12'))
    expect((await store.office()).directory.delegations).toContainEqual(arranged)
    await store.transaction((tx) => tx.replaceOffice(checked))
    const after = await store.office()
    expect(after.directory.delegations).toHaveLength(2)
    expect(after.directory.delegations).toContainEqual(arranged)
    // An import of what is there now, and one that says another last day.
    await store.transaction((tx) => tx.replaceOffice(after))
    const longer = { ...arranged, until: '2021-05-09' }
    const changed = { ...after.directory, delegations: [longer] }
    await store.transaction((tx) => tx.replaceOffice({ ...after, directory: changed }))
    expect((await store.office()).directory.delegations).toEqual([longer])
  })

  test('a stand-in ends with its last day, or never begins', async () => {
    const row = { post: 'll', to: 'second', from: '2021-04-26', until: '2021-04-29' }
    await store.transaction(async (tx) => {
      await tx.addStandIn(row, '12')
      await tx.addStandIn({ ...row, from: '2021-05-10', until: '2021-05-12' }, '13')
      await tx.endStandIn('12', '2021-04-27')
      await tx.endStandIn('13', '2021-04-27')
    })
    const { delegations } = (await store.office()).directory
    expect(delegations.filter(({ to }) => to === 'second')).toEqual([{ ...row, until: '2021-04-27' }])
  })

  test('who granted the extension stands beside the report that was due', async () => {
    const task = await newTask()
    await store.transaction(async (tx) => {
      const request = await tx.insertRequest(extension(task))
      await tx.saveRequest({ ...request, state: 'granted', decidedBy: 'boss', decidedAt: NOW })
    })
    expect(await store.reportsDue(DUE)).toMatchObject([{ firstDueAt: DUE, extendedBy: 'boss的名字' }])
  })
})
