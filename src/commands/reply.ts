// `duban reply --json`: replies as JSON lines in, readings as JSON lines out, in the same order.

import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { z } from 'zod'
import { parseInstant } from '../core/calendar/civil.ts'
import { toResult } from '../core/reply/output.ts'
import { read } from '../core/reply/read.ts'
import type { Previous } from '../core/reply/types.ts'

const PreviousFigures = z
  .object({
    investedThisMonth: z.number(),
    investedThisYear: z.number(),
    investedTotal: z.number(),
    fundsInPlace: z.number(),
    fundsSpent: z.number(),
    percentComplete: z.number(),
    expectedFinish: z.string(),
  })
  .partial()

const ReplyLine = z.object({
  id: z.string(),
  sentAt: z.string(),
  sender: z.object({ projects: z.array(z.string()) }),
  pending: z.enum(['monthly-progress', 'rectification']).nullish(),
  previous: PreviousFigures.nullish(),
  text: z.string(),
})

const trouble = (line: number, error: string): string => JSON.stringify({ line, error })

function present(previous: z.infer<typeof PreviousFigures>): Previous {
  return Object.fromEntries(Object.entries(previous).filter(([, value]) => value !== undefined))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** One input line (numbered from 1) to one output line; whatever is wrong with it is said there. */
export function answerLine(text: string, line: number): string {
  const json = parse(text)
  if (json === undefined) return trouble(line, '这一行不是完整的 JSON，请检查引号和括号')
  const record = ReplyLine.safeParse(json)
  if (!record.success) {
    const where = record.error.issues.map(({ path }) => path.join('.') || '整行').join('、')
    return trouble(line, `这一行缺少内容或类型不对：${where}`)
  }
  const { id, sentAt, sender, pending, previous, text: words } = record.data
  const at = parseInstant(sentAt)
  if (at === undefined) return trouble(line, 'sentAt 要写成带时区的时间，例如 2025-08-26T09:12:00+08:00')
  const context = {
    sentAt: at,
    projects: sender.projects,
    pending: pending ?? null,
    previous: previous ? present(previous) : null,
  }
  return JSON.stringify({ id, ...toResult(read(words, context)) })
}

/** Answers every line of `input` on `output`, blank ones excepted; resolves when all is written. */
export async function runReply(input: Readable, output: Writable): Promise<void> {
  let line = 0
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++
    if (text.trim() === '') continue
    if (!output.write(`${answerLine(text, line)}\n`)) await once(output, 'drain')
  }
}
