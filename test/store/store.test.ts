// The store's own promises: heard once, chained for ever, an address served by one at a time.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../src/app/store-port.ts'
import { instantOf } from '../../src/core/calendar/civil.ts'
import type { Notice } from '../../src/core/message/notice.ts'
import type { Inbound } from '../../src/core/message/types.ts'
import type { Database } from '../../src/store/database.ts'
import { findBrokenLink } from '../../src/store/events.ts'
import { createStore } from '../../src/store/store.ts'
import { databases } from '../support/databases.ts'

const NOW = instantOf('2021-04-19', '09:00')

const inbound = (messageId: string, text = '收到'): Inbound => ({
  channel: 'wecom',
  messageId,
  chat: { channel: 'wecom', kind: 'direct', id: 'someone' },
  sender: 'someone',
  content: { type: 'text', text, media: [] },
})

const notice = (whom: string): Notice => ({
  dedupKey: `key|${whom}`,
  to: { channel: 'wecom', kind: 'direct', id: whom },
  family: 'duty',
  saying: { type: 'card', words: 'confirmed', slots: { title: whom, values: '' } },
  notBefore: NOW,
})

describe.each(databases)('$name', ({ open }) => {
  let database: Database
  let store: Store

  beforeAll(async () => {
    database = await open()
    store = createStore(database)
  })

  afterEach(() => database.pool.query('TRUNCATE inbound, outbox, send, lease, event'))

  afterAll(() => database.close())

  const count = async (sql: string): Promise<number> =>
    Number((await database.pool.query<{ n: number }>(sql)).rows[0]?.n)

  test('a message heard twice, even at the same moment, is one row as it came first', async () => {
    await Promise.all([store.saveInbound(inbound('m1'), NOW), store.saveInbound(inbound('m1', '别的'), NOW)])
    await store.saveInbound(inbound('m1', '又一次'), NOW)
    const { rows } = await database.pool.query(`SELECT payload->'content'->>'text' AS text FROM inbound`)
    expect(rows).toEqual([{ text: '收到' }])
  })

  test('a message that can’t be stored fails alone: those beside it and after it are kept', async () => {
    const bad = { ...inbound('bad'), channel: null } as unknown as Inbound
    const results = await Promise.allSettled([
      store.saveInbound(inbound('m1'), NOW),
      store.saveInbound(bad, NOW),
      store.saveInbound(inbound('m2'), NOW),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    await store.saveInbound(inbound('m3'), NOW)
    expect(await count('SELECT count(*) AS n FROM inbound')).toBe(3)
  })

  test('a notice with a known key is queued once', async () => {
    const first = await store.transaction((tx) => tx.enqueue([notice('a'), notice('b')], NOW))
    const second = await store.transaction((tx) => tx.enqueue([notice('b'), notice('c')], NOW))
    expect([first, second]).toEqual([2, 1])
  })

  describe('the chain of events', () => {
    beforeEach(async () => {
      for (const kind of ['one', 'two', 'three', 'four']) {
        await store.transaction((tx) =>
          tx.append([
            {
              at: NOW,
              actor: 'duban',
              kind,
              data: { words: '“引号”\\ 和 emoji 🎉', list: [1, { b: 2, a: null }] },
            },
          ]),
        )
      }
    })

    const verify = () => findBrokenLink(database.pool)

    test('holds when nobody touched it, also written by many at once', async () => {
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          store.transaction((tx) =>
            tx.append([{ at: NOW + index, actor: 'someone', kind: 'more', subject: String(index) }]),
          ),
        ),
      )
      expect(await verify()).toEqual({ checked: 24 })
    })

    test.each([
      ['an altered word', `UPDATE event SET kind = 'two!' WHERE seq = 2`, 2],
      ['altered data', `UPDATE event SET data = data || '{"list":[1]}' WHERE seq = 3`, 3],
      ['another time', `UPDATE event SET at = at + interval '1 ms' WHERE seq = 1`, 1],
      ['a removed row', 'DELETE FROM event WHERE seq = 2', 3],
      ['a removed beginning', 'DELETE FROM event WHERE seq = 1', 2],
      [
        'an inserted row',
        `INSERT INTO event SELECT 5, at, actor, kind, task_id, subject, data, inbound_id, prev_hash, hash FROM event WHERE seq = 4`,
        5,
      ],
      ['swapped rows', `UPDATE event SET seq = CASE seq WHEN 2 THEN 30 ELSE 2 END WHERE seq IN (2, 3)`, 2],
    ])('shows %s', async (_, sql, seq) => {
      await database.pool.query(sql)
      expect(await verify()).toMatchObject({ seq })
    })

    test('an event whose transaction fails was never there', async () => {
      const failing = store.transaction(async (tx) => {
        await tx.append([{ at: NOW, actor: 'duban', kind: 'five' }])
        throw new Error('no')
      })
      await expect(failing).rejects.toThrow('no')
      expect(await verify()).toEqual({ checked: 4 })
    })
  })

  describe('two stores on one database', () => {
    const PEOPLE = Array.from({ length: 30 }, (_, index) => `person-${index}`)
    let other: Store

    beforeEach(async () => {
      other = createStore(database)
      await store.transaction((tx) => tx.enqueue(PEOPLE.map(notice), NOW))
    })

    test('never get the same address, and together all of them', async () => {
      // Those who race for the same addresses may come away with fewer than they asked for; they ask again, as delivery does.
      const addresses: string[] = []
      for (let round = 0; round < PEOPLE.length && addresses.length < PEOPLE.length; round += 1) {
        const racing = [store, other, store, other, store, other].map((one) => one.claim(NOW, 7, ['wecom:']))
        addresses.push(...(await Promise.all(racing)).flat().map(({ address }) => address))
      }
      expect(new Set(addresses).size).toBe(addresses.length)
      expect(addresses).toHaveLength(PEOPLE.length)
      expect(await other.claim(NOW, 7, ['wecom:'])).toEqual([])
    })

    test('what one gives back the other may take; what is another’s can’t be given back', async () => {
      const [first] = await store.claim(NOW, 1, ['wecom:'])
      const address = first?.address ?? ''
      await other.release([address])
      expect((await other.claim(NOW, 100, ['wecom:'])).map((one) => one.address)).not.toContain(address)
      await store.release([address])
      expect((await other.claim(NOW, 1, ['wecom:'])).map((one) => one.address)).toEqual([address])
    })

    test('whoever has lost an address sends nothing to it', async () => {
      const mine = await store.claim(NOW, 2, ['wecom:'])
      const sends = mine.map((one, index) => ({
        record: {
          id: `d-${index}`,
          address: one.address,
          channel: 'wecom' as const,
          family: 'duty' as const,
          day: '2021-04-19',
          content: { type: 'text' as const, text: '某事' },
          idempotent: true,
          startedAt: NOW,
        },
        notices: [one.id],
      }))
      // The first lease has run out, and another process has the address now.
      await database.pool.query(
        `UPDATE lease SET until = clock_timestamp() - interval '1 s' WHERE name = $1`,
        [`address:${mine[0]?.address}`],
      )
      expect((await other.claim(NOW, 1, ['wecom:'])).map((one) => one.address)).toEqual([mine[0]?.address])
      expect([...(await store.beginSends(sends))]).toEqual(['d-1'])
      expect(await count(`SELECT count(*) AS n FROM outbox WHERE state = 'sending'`)).toBe(1)
      expect(await count('SELECT count(*) AS n FROM send')).toBe(1)
    })

    test('only connected channels are claimed for', async () => {
      expect(await store.claim(NOW, 100, ['dingtalk:'])).toEqual([])
      expect(await store.claim(NOW, 100, ['dingtalk:', 'wecom:'])).toHaveLength(PEOPLE.length)
    })
  })
})
