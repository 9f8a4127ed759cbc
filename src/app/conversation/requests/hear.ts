// Sentences about requests: an answer to what was asked, 投诉, 请假, and, for one duty, 登记, 不是我负责, 申请延期.
import { dateOf } from '../../../core/calendar/civil.ts'
import { claimsReported } from '../../../core/reply/statement.ts'
import { readComplaint } from '../../../core/request/complaint.ts'
import { readMoreTime, takesBackMoreTime } from '../../../core/request/extension.ts'
import { endsLeave, nameIn, readLeave } from '../../../core/request/leave.ts'
import { readHandOff } from '../../../core/request/reassign.ts'
import { readRegistration } from '../../../core/request/registration.ts'
import { answeredDay, periodOf } from '../../../core/request/said-dates.ts'
import { meantSeats } from '../../../core/request/seats.ts'
import type { Task } from '../../../core/task/types.ts'
import { chooseTask } from '../choose.ts'
import { answer, answerProblem, mayAnswer, openTasks, type Turn } from '../context.ts'
import { recall, remember } from '../memory.ts'
import { titleOf } from '../naming.ts'
import { askForTime } from './ask-time.ts'
import { complain } from './complaint.ts'
import { decidable, decideWithReason } from './decide.ts'
import { grantUntil, takeBackExtension } from './extension.ts'
import type { Pending } from './pending.ts'
import { askToReassign, seatsFor } from './reassign.ts'
import { register } from './registration.ts'
import { arrangeLeave, endLeave } from './stand-in.ts'

const GIVES_UP = /^(?:算了|不用了?|没事了?|取消|不投诉了|不改了|不请假?了|不办了)[吧。！!]*$/

const isGroup = (turn: Turn): boolean => turn.stored.inbound.chat.kind === 'group'

const isRequest = (text: string): boolean => endsLeave(text) || readComplaint(text) !== undefined

/** What needs no duty to be about. True when the text was meant so. */
export async function hearRequest(turn: Turn, text: string): Promise<boolean> {
  if (takesBackMoreTime(text) && !isGroup(turn)) {
    if (!(await takeBackExtension(turn))) await neverMind(turn)
    return true
  }
  const asked = (await recall(turn, 'requesting'))?.value
  // Another request is no name and no date: 我要投诉, 取消代理.
  const pending = asked?.type === 'leave' && isRequest(text) ? undefined : asked
  if (pending && (await answered(turn, pending, text))) return true
  const complaint = readComplaint(text)
  if (complaint !== undefined && readHandOff(text, { form: 'none' }, turn.now)?.named === undefined) {
    await complain(turn, complaint)
    return true
  }
  if (endsLeave(text)) {
    await endLeave(turn)
    return true
  }
  const leave = readLeave(text, dateOf(turn.now))
  // 我请假 in a group is talk among people, unless it says who stands in.
  if (!leave || (isGroup(turn) && leave.name === undefined)) return false
  await arrangeLeave(turn, text, leave)
  return true
}

/** What is about one duty of `tasks`; which one is asked when it could be several. True when the text was meant so. */
export async function hearAbout(turn: Turn, tasks: readonly Task[], text: string): Promise<boolean> {
  if (await hearRegistration(turn, tasks, text)) return true
  const read = readerFor(turn, text)
  const asking = tasks.filter((task) => read.handOff(task) || read.moreTime(task))
  const [task] = asking
  if (!task) return false
  if (tasks.length > 1) {
    await chooseTask(turn, asking.length > 1 ? asking : tasks, text, (one) => titleOf(turn, one))
    return true
  }
  const handOff = read.handOff(task)
  const time = read.moreTime(task)
  if (handOff) await askToReassign(turn, task, text, handOff.named)
  else if (time) await askForTime(turn, task, time)
  return true
}

/** In a group much is said that is not for the bot: there it has to be said plainly. */
function readerFor(turn: Turn, text: string) {
  const sentAt = turn.stored.inbound.sentAt ?? turn.stored.receivedAt
  return {
    handOff: (task: Task) => readHandOff(text, task, sentAt, isGroup(turn)),
    moreTime: (task: Task) => readMoreTime(text, task, sentAt, isGroup(turn)),
  }
}

async function hearRegistration(turn: Turn, tasks: readonly Task[], text: string): Promise<boolean> {
  const [task] = tasks.filter(({ form }) => form === 'liaison-registration')
  // 登记联络员已报 names nobody.
  if (claimsReported(text) && !namesNumber(text)) return false
  const isPlain = /^登记/.test(text) || (/联络员/.test(text) && namesNumber(text))
  if (task && (isPlain || tasks.length === 1)) return register(turn, task, text)
  if (task || !/^登记(?:[:：\s]*)联络员/.test(text)) return false
  const open = (await openTasks(turn)).find(({ form }) => form === 'liaison-registration')
  if (open) return register(turn, open, text)
  await answerProblem(turn, 'no-registration')
  return true
}

const namesNumber = (text: string): boolean => readRegistration(text).liaisonPhone !== undefined

/** False when the text answers something else: then it is read as if nothing had been asked. */
async function answered(turn: Turn, pending: Pending, text: string): Promise<boolean> {
  if (GIVES_UP.test(text)) {
    await neverMind(turn)
    return true
  }
  switch (pending.type) {
    case 'until':
      return answeredUntil(turn, pending, text)
    case 'other-date':
      return answeredOtherDate(turn, pending, text)
    case 'reason':
      return answeredReason(turn, pending, text)
    case 'hand-off':
      return answeredName(turn, pending, text)
    case 'registration': {
      const task = await stillMine(turn, pending.task)
      return task !== undefined && register(turn, task, text, pending.fields)
    }
    case 'leave':
      return answeredLeave(turn, pending, text)
    case 'complaint':
      if (isGroup(turn)) return false
      await complain(turn, text)
      return true
  }
}

async function neverMind(turn: Turn): Promise<void> {
  await remember(turn, 'requesting')
  await answer(turn, 'never-mind', {})
}

async function stillMine(turn: Turn, id: string): Promise<Task | undefined> {
  const [task] = await turn.tx.tasks([id], { lock: true })
  return task && mayAnswer(turn, task) ? task : undefined
}

const LONGEST_DAY = 20

async function answeredUntil(
  turn: Turn,
  { task: id, why }: Extract<Pending, { type: 'until' }>,
  text: string,
): Promise<boolean> {
  const until = text.length <= LONGEST_DAY ? answeredDay(text, dateOf(turn.now)) : undefined
  const task = until === undefined ? undefined : await stillMine(turn, id)
  if (!task || until === undefined) return false
  await askForTime(turn, task, { until, ...(why ? { why } : {}) })
  return true
}

async function answeredOtherDate(
  turn: Turn,
  { request: id, revision }: Extract<Pending, { type: 'other-date' }>,
  text: string,
): Promise<boolean> {
  if (isGroup(turn)) return false
  const until = answeredDay(text, dateOf(turn.now))
  if (until === undefined) {
    await answerProblem(turn, 'date-not-read')
    return true
  }
  const found = await decidable(turn, { id, revision })
  if (found?.request.kind !== 'extension') {
    await remember(turn, 'requesting')
    return true
  }
  if (await grantUntil(turn, found.request, found.task, until)) await remember(turn, 'requesting')
  return true
}

async function answeredReason(
  turn: Turn,
  { request: id, revision, verb }: Extract<Pending, { type: 'reason' }>,
  text: string,
): Promise<boolean> {
  if (isGroup(turn)) return false
  await remember(turn, 'requesting')
  const found = await decidable(turn, { id, revision })
  if (found) await decideWithReason(turn, verb, found, text)
  return true
}

async function answeredName(
  turn: Turn,
  { task: id }: Extract<Pending, { type: 'hand-off' }>,
  text: string,
): Promise<boolean> {
  const said = /^(?:应该?)?(?:找|由|是|问|请找|联系)?\s*([\p{Script=Han}·]{2,12})$/u.exec(text)?.[1]
  const task = said === undefined ? undefined : await stillMine(turn, id)
  if (!task || meantSeats(seatsFor(turn, task), text, said, turn.snapshot.directory).length === 0)
    return false
  await askToReassign(turn, task, text, said)
  return true
}

async function answeredLeave(
  turn: Turn,
  { leave, to }: Extract<Pending, { type: 'leave' }>,
  text: string,
): Promise<boolean> {
  const said = periodOf(text, dateOf(turn.now))
  const bare = /^(?:由|找)?\s*([\p{Script=Han}·]{2,12})$/u.exec(text)?.[1]
  const isName = to === undefined && said.from === undefined && !readLeave(text, dateOf(turn.now))
  const name = nameIn(text) ?? (isName ? bare : undefined)
  if (said.from === undefined && name === undefined) return false
  // To a first day that is known, a single date is the last one.
  const isEnd = leave.from !== undefined && leave.until === undefined && said.until !== undefined
  const period = isEnd ? { until: said.until } : said
  await arrangeLeave(turn, text, { ...leave, ...period, ...(name ? { name } : {}) }, name ? undefined : to)
  return true
}
