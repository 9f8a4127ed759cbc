// Revisions in the store: which report came before, when a report first came, and which replaced duties stay missing.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Store, Submission, Tx } from '../../src/app/store-port.ts'
import { DAY_MS, instantOf } from '../../src/core/calendar/civil.ts'
import { standardPolicy } from '../../src/core/task/policy.ts'
import type { Task, TaskDraft } from '../../src/core/task/types.ts'
import type { Database } from '../../src/store/database.ts'
import { createStore } from '../../src/store/store.ts'
import { databases } from '../support/databases.ts'

const DUE = instantOf('2021-05-08')

const draft = (rule: string, dueAt: number, changes: Partial<TaskDraft> = {}): TaskDraft => ({
  key: `${rule}|${dueAt}`,
  plan: 'fangan',
  rule,
  kind: 'report',
  form: 'none',
  title: rule,
  unit: 'kangding',
  post: 'lianluo',
  openAt: dueAt - DAY_MS,
  firstDueAt: dueAt,
  policy: standardPolicy,
  ...changes,
})

const said = (task: Task, revision: number, at: number): Submission => ({
  task: task.id,
  revision,
  fields: { statement: `${task.title}第${revision}版` },
  text: '已报送',
  person: 'lianluo',
  channel: 'wecom',
  at,
  late: at > task.dueAt,
})

describe.each(databases)('$name', ({ open }) => {
  let database: Database
  let store: Store

  beforeAll(async () => {
    database = await open()
    store = createStore(database)
  })
  beforeEach(() => database.pool.query('TRUNCATE task, submission, event'))
  afterAll(() => database.close())

  const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => store.transaction(work)

  test('what came before is of the same rule and project, though the form is the same; what was taken back never was', async () => {
    const bridge = { project: 'daqiao' }
    const found = await inTx(async (tx) => {
      const [minutes, first, second, third] = await tx.insertTasks([
        draft('会议纪要', DUE),
        draft('周报', DUE - 7 * DAY_MS),
        draft('周报', DUE + DAY_MS),
        draft('周报', DUE + 2 * DAY_MS, { ...bridge, key: 'bridge' }),
      ])
      if (!minutes || !first || !second || !third) throw new Error('tasks are missing')
      await tx.insertSubmission(said(first, 1, DUE - 8 * DAY_MS))
      await tx.insertSubmission(said(first, 2, DUE - 8 * DAY_MS + 1))
      await tx.insertSubmission(said(minutes, 1, DUE - 1))
      const before = await tx.previousSubmission(second)
      await tx.withdrawSubmission(first.id, 2, 'lianluo', DUE)
      return [before, await tx.previousSubmission(second), await tx.previousSubmission(third)]
    })
    expect(found.map((one) => one?.fields.statement)).toEqual(['周报第2版', '周报第1版', undefined])
  })

  test('the first time stays through corrections and goes with the report itself', async () => {
    const save = (id: string, submittedAt: number | null) =>
      inTx((tx) => tx.saveTasks([{ id, state: 'submitted', stepsDone: [], submittedAt }], DUE))
    const kept = async () => (await store.ledger())[0]?.submittedAt
    const [task] = await inTx((tx) => tx.insertTasks([draft('月报', DUE)]))
    const id = task?.id ?? ''
    await save(id, DUE - 5)
    await save(id, DUE + 5)
    expect(await kept()).toBe(DUE - 5)
    await save(id, null)
    expect(await kept()).toBeUndefined()
    await save(id, DUE + 7)
    expect(await kept()).toBe(DUE + 7)
  })

  test('a duty that was overdue when the next one took its place is missing; one replaced in time is not', async () => {
    await inTx(async (tx) => {
      const [late, early, dropped] = await tx.insertTasks([
        draft('日报', DUE),
        draft('日报', DUE + 9 * DAY_MS),
        draft('旬报', DUE),
      ])
      if (!late || !early || !dropped) throw new Error('tasks are missing')
      const cancel = (task: Task, reason: string, at: number) =>
        tx.append([{ at, actor: 'duban', kind: 'cancelled', task: task.id, data: { reason } }])
      const state = 'cancelled'
      await tx.saveTasks(
        [late, early, dropped].map(({ id }) => ({ id, state, stepsDone: [] })),
        DUE,
      )
      await cancel(late, 'superseded', DUE + 1000)
      await cancel(early, 'superseded', DUE + DAY_MS)
      await cancel(dropped, 'plan-changed', DUE + 1000)
    })
    const due = await store.reportsDue(DUE + 30 * DAY_MS)
    expect(due.map(({ title, dueAt, handedInAt }) => [title, dueAt, handedInAt])).toEqual([
      ['日报', DUE, undefined],
    ])
  })
})
