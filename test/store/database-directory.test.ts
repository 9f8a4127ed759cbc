// The embedded database's directory: one process at a time, and nothing acknowledged is lost to kill -9.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { killWriterAfter, runChild } from '../support/children.ts'

const SLOW = 120_000 // other processes are started: seconds each, and far more on a busy machine
let directory: string

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'duban-directory-'))
})

afterEach(() => rm(directory, { recursive: true }))

it(
  'tells a second process that the directory is in use, and lets it in afterwards',
  async () => {
    const database = await openDatabase({ directory })
    const report = await runChild('open', directory)
    expect(report.code).toBe('directory-in-use')
    expect(report.message).toContain(`数据目录 ${directory} 正被另一个督办助手进程使用。请先停掉那个进程`)
    await database.close()
    expect(await runChild('open', directory)).toEqual({ upgrades: [] })
  },
  SLOW,
)

it(
  'keeps every acknowledged transaction whole through kill -9',
  async () => {
    // Kill after so many acknowledgements of each life; the next batch is usually half-way in then.
    const lives = [1, 37, 5, 90, 14]
    const acknowledged: number[] = []
    for (const batches of lives) acknowledged.push(...(await killWriterAfter(batches, directory)))

    const database = await openDatabase({ directory })
    const { rows } = await database.pool.query<{ batch: number; lines: number }>(
      'SELECT batch, count(*) AS lines FROM probe GROUP BY batch ORDER BY batch',
    )
    await database.close()
    expect(acknowledged.length).toBeGreaterThanOrEqual(147)
    expect(rows.map((row) => row.batch)).toEqual(expect.arrayContaining(acknowledged))
    expect(rows.filter((row) => row.lines !== 3)).toEqual([])
  },
  SLOW,
)

it('starts anew where an earlier first start was killed half-way', async () => {
  const draft = await mkdtemp(path.join(directory, 'pg.new-'))
  await writeFile(path.join(draft, 'PG_VERSION'), '18')
  await (await openDatabase({ directory })).close()
  expect(await readdir(directory)).toEqual(['pg'])
})

it('says that a directory cannot be written', async () => {
  const file = path.join(directory, 'file')
  await writeFile(file, '')
  await expect(openDatabase({ directory: path.join(file, 'data') })).rejects.toMatchObject({
    code: 'directory-not-writable',
    message: expect.stringContaining('请检查目录权限和磁盘空间，或用 DUBAN_DATA 指定另一个目录'),
  })
})

it('says that a directory holds no database it can read, and frees it again', async () => {
  await writeFile(path.join(directory, 'pg'), 'not a database')
  const opening = (): Promise<unknown> => openDatabase({ directory })
  await expect(opening()).rejects.toMatchObject({ code: 'directory-unreadable' })
  await expect(opening()).rejects.toMatchObject({ code: 'directory-unreadable' })
})
