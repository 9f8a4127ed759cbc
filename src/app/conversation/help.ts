// Wrong input: at most three helpful answers a day for one person, then a person of the office takes over (issue: conversation).
import { dateOf } from '../../core/calendar/civil.ts'
import type { Slots } from '../../core/message/notice.ts'
import type { ProblemName } from '../../core/problems.ts'
import type { Task } from '../../core/task/types.ts'
import { answerablePosts, answerProblem, record, type Turn } from './context.ts'
import { tellOffice } from './hand-over.ts'
import { recall, remember } from './memory.ts'

const HELPS_A_DAY = 3
const REMEMBERED_CHARACTERS = 100

/** What was wrong, and with which words of his. */
export type Wrong = { readonly text: string; readonly task?: Task | undefined; readonly slots?: Slots }

/**
 * Says how to do it right. After three times in one day the office is told what was said, once, and he is told that somebody will
 * call; after that nothing more is said that day. A recorded report or the next day begins anew. Group talk that could not be read
 * leaves no trace at all; other slips there are answered and not counted.
 */
export async function help(turn: Turn, problem: ProblemName, { text, task, slots }: Wrong): Promise<void> {
  if (turn.stored.inbound.chat.kind === 'group') {
    return problem === 'not-understood' ? undefined : answerProblem(turn, problem, slots)
  }
  await record(turn, 'not-understood', task?.id, { problem, text })
  const today = dateOf(turn.now)
  const before = (await recall(turn, 'unread'))?.value
  const earlier = before?.day === today ? before.said : []
  if (earlier.length > HELPS_A_DAY) return
  const said = [...earlier, [...text].slice(0, REMEMBERED_CHARACTERS).join('')]
  await remember(turn, 'unread', { day: today, said })
  if (said.length <= HELPS_A_DAY) return answerProblem(turn, problem, slots)
  await answerProblem(turn, 'person-will-call')
  const about = task ?? (await turn.tx.lastSubmittedOf(answerablePosts(turn), 1))[0]
  await tellOffice(turn, about, {
    key: `wrong-input|${turn.person.key}|${today}`,
    words: 'wrong-input',
    slots: { who: turn.person.name, lines: said.map((line) => `“${line}”`).join('\n') },
  })
}
