// A pressed button that decides a request: by whoever is entitled, once; everybody else is told what is the matter (invariant 10).
import { dateOf } from '../../../core/calendar/civil.ts'
import { momentText, shortDate } from '../../../core/message/compose/phrases.ts'
import { holderOf, postByKey } from '../../../core/people/lookup.ts'
import type { Decision, Request, Verb } from '../../../core/request/types.ts'
import { awaitsAnswer, type Task } from '../../../core/task/types.ts'
import { answer, answerablePosts, answerProblem, record, type Turn } from '../context.ts'
import { remember } from '../memory.ts'
import { titleOf } from '../naming.ts'
import { grantUntil, refuseExtension } from './extension.ts'
import { decision } from './open-request.ts'
import { assignTo, keepHolder } from './reassign.ts'
import { confirmRegistration, returnRegistration } from './registration.ts'
import { nameOf } from './say.ts'

/** A request with its task, both locked, that this person may decide now. */
export type Decidable = { readonly request: Request; readonly task: Task }

/** True when the request was decided; every other end was said. */
export async function decide(turn: Turn, pressed: Decision): Promise<boolean> {
  const found = await decidable(turn, pressed)
  if (!found) return false
  const { request, task } = found
  const isDone = await carryOut(turn, pressed.verb, request, task, pressed.choice)
  if (isDone === 'overtaken') return overtaken(turn, request, task)
  return isDone
}

/** Undefined when there is nothing to decide for this person; then he was told why. */
export async function decidable(
  turn: Turn,
  { id, revision }: Pick<Decision, 'id' | 'revision'>,
): Promise<Decidable | undefined> {
  const seen = await turn.tx.request(id)
  const [task] = seen?.task === undefined ? [] : await turn.tx.tasks([seen.task], { lock: true })
  const request = await turn.tx.request(id, { lock: true })
  if (!request || !task) return void (await answerProblem(turn, 'card-unknown'))
  if (!mayDecide(turn, request)) {
    return void (await answerProblem(turn, 'not-decider', { who: deciderName(turn, request) }))
  }
  if (request.state !== 'open')
    return void (await answerProblem(turn, 'already-done', { what: decidedText(turn, request) }))
  if (request.revision !== revision)
    return void (await answerProblem(turn, 'already-done', {
      what: '申请人之后又改过，请以最新一张卡片为准',
    }))
  const isReview = request.kind === 'registration'
  if (!isReview && !awaitsAnswer(task.state)) return void (await overtaken(turn, request, task))
  return { request, task }
}

/** Whoever answers for the post that decides; never the asker himself. */
const mayDecide = (turn: Turn, { post, person }: Request): boolean =>
  post !== undefined && person !== turn.person.key && answerablePosts(turn).includes(post)

function deciderName(turn: Turn, { post = '' }: Request): string {
  const { directory } = turn.snapshot
  return holderOf(directory, post, dateOf(turn.now))?.name ?? postByKey(directory, post)?.title ?? post
}

async function carryOut(
  turn: Turn,
  verb: Verb,
  request: Request,
  task: Task,
  choice: number | undefined,
): Promise<boolean | 'overtaken'> {
  switch (request.kind) {
    case 'extension':
      if (verb === 'grant') return grantUntil(turn, request, task, request.data.until)
      if (verb === 'refuse-plain') return refuseExtension(turn, request, task, undefined)
      if (verb === 'refuse' || verb === 'other') return askFirst(turn, verb, request, task)
      break
    case 'reassign': {
      const seat = choice === undefined ? undefined : request.data.seats[choice]
      if (verb === 'assign' && seat) return assignTo(turn, request, task, seat)
      if (verb === 'keep') return keepHolder(turn, request, task)
      break
    }
    case 'registration':
      if (verb === 'confirm-reg') return (await confirmRegistration(turn, request, task)) || 'overtaken'
      if (verb === 'return-reg') return askFirst(turn, verb, request, task)
  }
  await answerProblem(turn, 'card-unknown')
  return false
}

/** A reason, or another date: asked for in words. Nothing is decided yet, and the card stays as it is. */
async function askFirst(
  turn: Turn,
  verb: 'refuse' | 'return-reg' | 'other',
  request: Request,
  task: Task,
): Promise<false> {
  const { id, revision } = request
  const about = { request: id, revision }
  const title = titleOf(turn, task)
  if (verb === 'other' && request.kind === 'extension') {
    await remember(turn, 'requesting', { type: 'other-date', ...about })
    await answer(turn, 'ask-other-date', { title, until: shortDate(request.data.until) }, { task: task.id })
    return false
  }
  const kind = verb === 'refuse' ? 'refuse' : 'return-reg'
  await remember(turn, 'requesting', { type: 'reason', verb: kind, ...about })
  const isRefusal = kind === 'refuse'
  const choices = isRefusal ? [{ key: `refuse-plain:${id}:${revision}`, text: '不写理由' }] : []
  const slots = { title, verb: isRefusal ? '不同意' : '退回' }
  await answer(turn, 'ask-reason', slots, { task: task.id, choices })
  return false
}

/** What a typed reason decides. */
export async function decideWithReason(
  turn: Turn,
  verb: 'refuse' | 'return-reg',
  { request, task }: Decidable,
  reason: string,
): Promise<void> {
  if (request.kind === 'extension' && verb === 'refuse') {
    await refuseExtension(turn, request, task, reason)
  } else if (request.kind === 'registration' && verb === 'return-reg') {
    if (!(await returnRegistration(turn, request, task, reason))) await overtaken(turn, request, task)
  }
}

/** The answer came first: nothing is left to decide. */
async function overtaken(turn: Turn, request: Request, task: Task): Promise<false> {
  await turn.tx.saveRequest({ ...request, ...decision(turn, 'moot') })
  await record(turn, `${request.kind}-moot`, task.id, { request: request.id })
  await answerProblem(turn, 'already-done', { what: `“${titleOf(turn, task)}”这期间有了新的进展` })
  return false
}

/** Who did what and when, for whoever presses later. */
function decidedText(turn: Turn, request: Request): string {
  const { decidedBy, decidedAt, state } = request
  if (!decidedBy || decidedAt === undefined || state === 'moot') return '这期间有了新的进展，已不用决定'
  return `${nameOf(turn, decidedBy)}已于${momentText(decidedAt)}${outcomeText(request)}`
}

function outcomeText({ kind, state, data }: Request): string {
  if (state === 'ended') return '收回申请'
  if (kind === 'extension')
    return state === 'granted' ? `同意延期至${shortDate(data.granted ?? data.until)}` : '决定不同意延期'
  if (kind === 'reassign') return state === 'granted' ? `改派给${data.chosen?.name ?? ''}` : '决定不改派'
  return state === 'granted' ? '确认' : '退回'
}
