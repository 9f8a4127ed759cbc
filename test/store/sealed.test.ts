// Sealed secrets on both databases: readable with the operator's secret only, and never stored as they are.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { SealError, sealedStore } from '../../src/store/sealed.ts'
import { databases } from '../support/databases.ts'

const MASTER = 'a-long-enough-secret-of-the-operator'

describe.each(databases)('$name', ({ open }) => {
  let database: Database
  beforeEach(async () => {
    database = await open()
    await sealedStore(database.pool, MASTER).put(new Map([['webhook:a', '钥匙-1']]))
  })
  afterEach(() => database.close())

  it('come back as they were put, the newest of each name', async () => {
    const sealed = sealedStore(database.pool, MASTER)
    expect(await sealed.get('webhook:a')).toBe('钥匙-1')
    await sealed.put(new Map([['webhook:a', '钥匙-2']]))
    expect(await sealed.get('webhook:a')).toBe('钥匙-2')
    expect(await sealed.get('webhook:b')).toBeUndefined()
  })

  it('lie in the database as ciphertext, different each time', async () => {
    const contents = async () =>
      (await database.pool.query<{ content: string }>('SELECT content FROM sealed')).rows.map(
        ({ content }) => content,
      )
    const [before] = await contents()
    expect(Buffer.from(before ?? '', 'base64').toString('utf8')).not.toContain('钥匙')
    await sealedStore(database.pool, MASTER).put(new Map([['webhook:a', '钥匙-1']]))
    expect(await contents()).not.toEqual([before])
  })

  it('open with no other secret, under no other name, and not when altered', async () => {
    await expect(sealedStore(database.pool, `${MASTER}!`).get('webhook:a')).rejects.toThrow(SealError)
    await database.pool.query("UPDATE sealed SET name = 'webhook:b'")
    await expect(sealedStore(database.pool, MASTER).get('webhook:b')).rejects.toThrow('DUBAN_SECRET')
    await database.pool.query("UPDATE sealed SET name = 'webhook:a', content = 'AAAA' || substr(content, 5)")
    await expect(sealedStore(database.pool, MASTER).get('webhook:a')).rejects.toThrow(SealError)
  })
})
