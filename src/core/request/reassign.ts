// 不是我负责，找…: when a sentence hands a duty off, and when it only speaks of people.
import type { Instant } from '../calendar/civil.ts'
import { read } from '../reply/read.ts'
import { readStatement } from '../reply/statement.ts'
import type { Task } from '../task/types.ts'

const NOT_MINE =
  /别(?:再)?(?:来)?(?:问|找)我了?(?=[，,。\s]*(?:去|要)?(?:问|找|联系))|(?:不是|不归|不由|没归|不属于)我|我(?:现在|已经|们)?(?:都)?不(?:再)?(?:管|负责|分管|干|做)|不该(?:由|是)?我|(?:已经?|我)(?:调走|调离|离职|退休|换岗|辞职)|换人了|改派/
const SENDS_ON =
  /^(?:这(?:件|个|项|块)?(?:事|任务|工作|表)?|此事|以后|今后|请|应该?|你们?|直接|都)*(?:找|问|联系|由|归|转给|交给)/
const LONGEST_HINT = 25

/** `named`: who was said to be asked instead; `plainly`: only when he says that it is not his. Undefined when the duty is not handed off: 材料已交给王科长 reports. */
export function readHandOff(
  text: string,
  task: Pick<Task, 'form'>,
  sentAt: Instant,
  plainly = false,
): { readonly named?: string } | undefined {
  const isPlain = NOT_MINE.test(text)
  if (!isPlain && (plainly || !SENDS_ON.test(text) || text.length > LONGEST_HINT)) return undefined
  if (!isPlain && readStatement(text) === 'done') return undefined
  const pending = task.form === 'monthly-progress' ? 'monthly-progress' : null
  const { delegate, reports } = read(text, { sentAt, projects: [], pending, previous: null })
  if (reports.some(({ fields }) => Object.keys(fields).length > 0)) return undefined
  if (!delegate && !isPlain) return undefined
  return delegate?.to ? { named: delegate.to } : {}
}
