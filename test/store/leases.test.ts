// Leases on both databases: one holder at a time, by the database's own clock.
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/app/store-port.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { createStore } from '../../src/store/store.ts'
import { databases } from '../support/databases.ts'

const NAME = 'connection:test'

describe.each(databases)('$name', ({ open }) => {
  let database: Database
  let first: Store
  let second: Store

  beforeEach(async () => {
    database = await open()
    first = createStore(database)
    second = createStore(database)
  })

  afterEach(() => database.close())

  it('has one holder, who may renew', async () => {
    expect(await first.acquireLease(NAME, 10)).toBe(true)
    expect(await second.acquireLease(NAME, 10)).toBe(false)
    expect(await first.acquireLease(NAME, 10)).toBe(true)
    expect(await second.acquireLease('connection:other', 10)).toBe(true)
  })

  it('is given to one of many who ask at once', async () => {
    const stores = Array.from({ length: 12 }, () => createStore(database))
    const answers = await Promise.all(stores.map((store) => store.acquireLease(NAME, 10)))
    expect(answers.filter(Boolean)).toHaveLength(1)
  })

  it('is free after a release by its holder, and by nobody else', async () => {
    await first.acquireLease(NAME, 10)
    await second.releaseLease(NAME)
    expect(await second.acquireLease(NAME, 10)).toBe(false)
    await first.releaseLease(NAME)
    expect(await second.acquireLease(NAME, 10)).toBe(true)
  })

  it('is free when its time is over by the clock of the database', async () => {
    await first.acquireLease(NAME, 10)
    await database.pool.query(`UPDATE lease SET until = clock_timestamp() - interval '1 ms'`)
    expect(await second.acquireLease(NAME, 10)).toBe(true)
    expect(await first.acquireLease(NAME, 10)).toBe(false)
  })

  it('lasts as long as was asked for', async () => {
    await first.acquireLease(NAME, 10)
    const { rows } = await database.pool.query<{ left: number }>(
      'SELECT extract(epoch FROM until - clock_timestamp())::float8 AS left FROM lease',
    )
    expect(rows[0]?.left).toBeGreaterThan(5)
    expect(rows[0]?.left).toBeLessThanOrEqual(10)
  })
})

it('forgets at the start of an embedded database what a dead process held', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'duban-leases-'))
  const before = await openDatabase({ directory })
  await createStore(before).acquireLease(NAME, 3_600)
  await before.close()
  const after = await openDatabase({ directory })
  expect(await createStore(after).acquireLease(NAME, 10)).toBe(true)
  await after.close()
  await rm(directory, { recursive: true })
})
