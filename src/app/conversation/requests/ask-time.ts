// 申请延期: asked back when the day is unclear or wrong, then put to the supervising office.
import { type CivilDate, dateOf } from '../../../core/calendar/civil.ts'
import { dueText, shortDate } from '../../../core/message/compose/phrases.ts'
import type { Choice } from '../../../core/message/notice.ts'
import { type ProblemName, problemText } from '../../../core/problems.ts'
import { faultOf, type MoreTime, suggestedDates } from '../../../core/request/extension.ts'
import { decisionKey, type Request } from '../../../core/request/types.ts'
import type { Task } from '../../../core/task/types.ts'
import { answer, answerProblem, type Turn, unchanged } from '../context.ts'
import { remember } from '../memory.ts'
import { titleOf } from '../naming.ts'
import { openRequest } from './open-request.ts'
import { askerText, deciderFor, tell } from './say.ts'

/** Asks for more time, or first for the day. True when the request went out. */
export async function askForTime(turn: Turn, task: Task, { until, why }: MoreTime): Promise<boolean> {
  const choices = dateChoices(turn, task)
  if (until === undefined || (await explainFault(turn, task, until, choices))) {
    await remember(turn, 'requesting', { type: 'until', task: task.id, ...(why ? { why } : {}) })
    if (until === undefined) {
      const slots = { title: titleOf(turn, task), due: dueText(task.dueAt) }
      await answer(turn, 'ask-until', slots, { task: task.id, choices })
    }
    return false
  }
  const decider = deciderFor(turn, 'extension', task)
  if (!decider) {
    await answerProblem(turn, 'nobody-to-decide')
    return false
  }
  await remember(turn, 'requesting')
  const data = { from: dateOf(task.dueAt), until, ...(why ? { why } : {}) }
  const { request, isChanged, granted } = await openRequest(turn, 'extension', task, decider.post.key, data)
  await turn.tx.saveTasks([{ ...unchanged(task), lastEvent: `申请延期至${shortDate(until)}` }], turn.now)
  await tell(turn, request, decider.to, {
    words: 'extension-request',
    slots: requestSlots(turn, task, request, granted),
    choices: [
      { key: decisionKey('grant', request), text: '同意' },
      { key: decisionKey('refuse', request), text: '不同意' },
      { key: decisionKey('other', request), text: '另定日期' },
    ],
  })
  const slots = {
    title: titleOf(turn, task),
    who: decider.person.name,
    until: shortDate(until),
    due: dueText(task.dueAt),
    how: isChanged ? '之前的申请已按这次的改。' : '',
  }
  await answer(turn, 'extension-asked', slots, { task: task.id })
  return true
}

const dateChoices = (turn: Turn, task: Task): Choice[] =>
  suggestedDates(task, turn.office, turn.now).map((date) => ({
    key: `until:${task.id}:${date}`,
    text: shortDate(date),
  }))

function requestSlots(turn: Turn, task: Task, { data }: Request<'extension'>, times: number) {
  const late = turn.now > task.dueAt ? '（已逾期）' : ''
  const isFirst = task.dueAt === task.firstDueAt
  return {
    title: titleOf(turn, task),
    who: askerText(turn, task.unit),
    first: `${dueText(task.firstDueAt)}${isFirst ? late : ''}`,
    due: isFirst ? '' : `${dueText(task.dueAt)}${late}`,
    until: shortDate(data.until),
    why: data.why ?? '没有写',
    times: times > 0 ? `${times}次` : '没有延过',
  }
}

const FAULTS = {
  past: 'until-past',
  'not-later': 'until-not-later',
  'unknown-year': 'until-unknown-year',
} as const satisfies Record<string, ProblemName>

/** Says what is wrong with the day, with days to press instead; false when it is good. */
export async function explainFault(
  turn: Turn,
  task: Task,
  until: CivilDate,
  choices: readonly Choice[] = [],
): Promise<boolean> {
  const fault = faultOf(task, until, turn.office, turn.now)
  if (!fault) return false
  const year = until.slice(0, 4)
  const slots = { date: shortDate(until), due: dueText(task.dueAt), year, last: String(Number(year) - 1) }
  await answer(turn, 'problem', problemText(FAULTS[fault], slots), { task: task.id, choices })
  return true
}
