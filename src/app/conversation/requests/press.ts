// Buttons about requests: deciding one, choosing a day for an extension, choosing a stand-in.
import type { Saying } from '../../../core/message/notice.ts'
import { decisionOf } from '../../../core/request/types.ts'
import { awaitsAnswer } from '../../../core/task/types.ts'
import type { SentCard } from '../../store-port.ts'
import { answerProblem, mayAnswer, responsibleName, type Turn } from '../context.ts'
import { recall } from '../memory.ts'
import { titleOf } from '../naming.ts'
import { askForTime } from './ask-time.ts'
import { decide } from './decide.ts'
import { arrange } from './stand-in.ts'

/** Undefined for a button that has nothing to do with requests; else whether it settled something. */
export function pressRequest(turn: Turn, card: SentCard, button: string): Promise<boolean> | undefined {
  const pressed = decisionOf(button)
  if (pressed) return decide(turn, pressed)
  const [what, about = '', from = '', until = ''] = button.split(':')
  if (what === 'until') return chooseDay(turn, about, from)
  if (what === 'stand-in') return chooseStandIn(turn, card, { to: about, from, until })
  return undefined
}

async function chooseDay(turn: Turn, id: string, until: string): Promise<boolean> {
  const [task] = await turn.tx.tasks([id], { lock: true })
  if (!task) return refused(turn, 'card-unknown')
  if (!mayAnswer(turn, task)) return refused(turn, 'not-entitled', { who: responsibleName(turn, task) })
  if (!awaitsAnswer(task.state))
    return refused(turn, 'already-done', { what: `“${titleOf(turn, task)}”已报送，不需要延期` })
  const [open] = (await turn.tx.requestsOf('extension', { task: id })).filter(({ state }) => state === 'open')
  if (open?.data.until === until)
    return refused(turn, 'already-done', { what: '这个日期已经申请，正在等批准' })
  const asked = (await recall(turn, 'requesting'))?.value
  const why = asked?.type === 'until' && asked.task === id ? asked.why : undefined
  return askForTime(turn, task, { until, ...(why ? { why } : {}) })
}

async function chooseStandIn(
  turn: Turn,
  card: SentCard,
  whole: { to: string; from: string; until: string },
): Promise<boolean> {
  const isMine = card.sayings.some(
    (saying: Saying) => saying.type === 'card' && saying.slots.asker === turn.person.key,
  )
  if (!isMine) return refused(turn, 'card-unknown')
  return arrange(turn, whole)
}

async function refused(...problem: Parameters<typeof answerProblem>): Promise<false> {
  await answerProblem(...problem)
  return false
}
