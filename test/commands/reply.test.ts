// The command answers line by line, in order, and goes on after a broken line.
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { answerLine, runReply } from '../../src/commands/reply.ts'

const line = (id: string, words: string): string =>
  JSON.stringify({
    id,
    sentAt: '2025-10-23T10:00:00+08:00',
    sender: { projects: ['柳溪河河道治理工程'] },
    pending: 'monthly-progress',
    previous: { investedTotal: 3000, problems: [] },
    text: words,
  })

async function run(input: string): Promise<Record<string, unknown>[]> {
  const output = new PassThrough()
  const source = new PassThrough()
  source.end(input)
  const all = text(output)
  await runReply(source, output)
  output.end()
  return (await all)
    .trim()
    .split('\n')
    .map((row) => JSON.parse(row) as Record<string, unknown>)
}

describe('duban reply', () => {
  it('answers in the order of its input', async () => {
    const rows = await run([line('a', '收到'), line('b', '累计3100万'), line('c', '同上月')].join('\n'))
    expect(rows.map(({ id, intent }) => [id, intent])).toEqual([
      ['a', 'ack'],
      ['b', 'report'],
      ['c', 'no-change'],
    ])
    expect(rows[1]).toEqual({
      id: 'b',
      intent: 'report',
      reports: [{ project: null, fields: { investedTotal: 3100 } }],
    })
  })

  it('names the line that it could not read and goes on', async () => {
    const rows = await run(`{"id":\n\n${line('b', '收到')}\n{"id":"c"}\n${line('d', '好的')}\n`)
    expect(rows.map(({ id, line: number }) => id ?? number)).toEqual([1, 'b', 4, 'd'])
    expect(rows[0]?.error).toMatch(/JSON/)
    expect(rows[2]?.error).toMatch(/sentAt/)
  })

  it('asks for a time with its zone', () => {
    const row = JSON.parse(answerLine(line('a', '收到').replace('+08:00', ''), 7)) as {
      line: number
      error: string
    }
    expect(row.line).toBe(7)
    expect(row.error).toMatch(/时区/)
  })

  it('waits for a slow reader instead of dropping lines', async () => {
    const many = Array.from({ length: 2000 }, (_, i) =>
      line(String(i), '本月完成投资120万，形象进度45%'),
    ).join('\n')
    const rows = await run(many)
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 2000 }, (_, i) => String(i)))
  })
})
