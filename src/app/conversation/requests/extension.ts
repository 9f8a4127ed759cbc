// What becomes of a request for more time: the due date moves, the first one never does (invariant 6); the group is not bothered.
import { type CivilDate, dateOf } from '../../../core/calendar/civil.ts'
import { dueText, shortDate } from '../../../core/message/compose/phrases.ts'
import { dueOn, movedTo } from '../../../core/request/extension.ts'
import type { Request } from '../../../core/request/types.ts'
import type { Task } from '../../../core/task/types.ts'
import { answer, record, type Turn, unchanged } from '../context.ts'
import { remember } from '../memory.ts'
import { titleOf } from '../naming.ts'
import { explainFault } from './ask-time.ts'
import { decision } from './open-request.ts'
import { deciderFor, deciding, tell, tellAsker } from './say.ts'

/** Grants it for this day. False when the day will not do; then that was said. */
export async function grantUntil(
  turn: Turn,
  request: Request<'extension'>,
  task: Task,
  until: CivilDate,
): Promise<boolean> {
  if (await explainFault(turn, task, until)) return false
  const moved = movedTo(task, dueOn(task, until), turn.office, turn.now)
  const { by, at } = deciding(turn)
  await turn.tx.amendTask({ task: task.id, ...moved, lastEvent: `已同意延期至${shortDate(until)}` }, turn.now)
  await turn.tx.dropDrafts(task.id)
  const decided = { ...request, ...decision(turn, 'granted'), data: { ...request.data, granted: until } }
  await turn.tx.saveRequest(decided)
  await record(turn, 'extension-granted', task.id, {
    request: request.id,
    firstDue: dateOf(task.firstDueAt),
    from: dateOf(task.dueAt),
    until,
  })
  const title = titleOf(turn, task)
  const dates = { title, until: dueText(moved.dueAt), first: dueText(task.firstDueAt) }
  await tellAsker(turn, decided, { words: 'extension-granted', slots: { ...dates, by, at } })
  const effect = `截止改为${dates.until}，首次截止${dates.first}不变；已告知申请人。`
  await answer(turn, 'request-decided', { done: '已同意延期', title, effect, by, at }, { task: task.id })
  return true
}

/** 不延了: his open requests are taken back, and whoever was to decide is told. False when there is none. */
export async function takeBackExtension(turn: Turn): Promise<boolean> {
  const all = await turn.tx.requestsOf('extension', { person: turn.person.key })
  const open = all.filter(({ state }) => state === 'open')
  for (const asked of open) {
    const [task] = await turn.tx.tasks(asked.task === undefined ? [] : [asked.task], { lock: true })
    if (!task) continue
    const ended = { ...asked, ...decision(turn, 'ended'), revision: asked.revision + 1 }
    await turn.tx.saveRequest(ended)
    await turn.tx.saveTasks([{ ...unchanged(task), lastEvent: '已收回延期申请' }], turn.now)
    await record(turn, 'extension-taken-back', task.id, { request: asked.id })
    const slots = { title: titleOf(turn, task), who: turn.person.name, due: dueText(task.dueAt) }
    const decider = deciderFor(turn, 'extension', task)
    if (decider) await tell(turn, ended, decider.to, { words: 'extension-taken-back', slots })
    await answer(turn, 'extension-dropped', slots, { task: task.id })
  }
  if (open.length > 0) await remember(turn, 'requesting')
  return open.length > 0
}

export async function refuseExtension(
  turn: Turn,
  request: Request<'extension'>,
  task: Task,
  reason: string | undefined,
): Promise<boolean> {
  const decided = { ...request, ...decision(turn, 'refused'), ...(reason ? { reason } : {}) }
  await turn.tx.saveRequest(decided)
  await record(turn, 'extension-refused', task.id, {
    request: request.id,
    ...(reason ? { reason } : {}),
  })
  await turn.tx.saveTasks([{ ...unchanged(task), lastEvent: '未同意延期' }], turn.now)
  const title = titleOf(turn, task)
  const { by, at } = deciding(turn)
  const due = dueText(task.dueAt)
  const why = reason ? `理由：${reason}` : ''
  await tellAsker(turn, decided, { words: 'extension-refused', slots: { title, due, why, by, at } })
  const effect = `仍按${due}截止；已告知申请人。`
  await answer(turn, 'request-decided', { done: '未同意延期', title, effect, by, at }, { task: task.id })
  return true
}
