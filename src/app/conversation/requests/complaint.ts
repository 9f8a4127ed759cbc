// 投诉/不该问我: to a named person outside the project, with a receipt; counted by the events of kind `complaint`.
import { dateOf } from '../../../core/calendar/civil.ts'
import { postsOf, unitByKey } from '../../../core/people/lookup.ts'
import type { Plan } from '../../../core/plan/types.ts'
import { deciderOf } from '../../../core/request/seats.ts'
import type { Request } from '../../../core/request/types.ts'
import { answer, answerablePosts, answerProblem, openTasks, record, type Turn } from '../context.ts'
import { remember } from '../memory.ts'
import { askerText, tell, tellAsker } from './say.ts'

/** Passes it on in his own words; an empty one is asked for first. In a group nobody else reads the receipt. */
export async function complain(turn: Turn, text: string): Promise<void> {
  if (text === '') {
    await remember(turn, 'requesting', { type: 'complaint' })
    return answer(turn, 'ask-complaint', {})
  }
  await remember(turn, 'requesting')
  const { directory } = turn.snapshot
  const day = dateOf(turn.now)
  const plan = await planMeant(turn, text)
  const unit = postsOf(directory, turn.person.key, day)[0]?.unit ?? plan?.office ?? ''
  const to = plan && deciderOf('complaint', { plan, unit, asker: turn.person.key }, directory, day)
  if (!to) return answerProblem(turn, 'nobody-to-decide')
  const request = await turn.tx.insertRequest({
    kind: 'complaint',
    data: { text },
    post: to.post.key,
    person: turn.person.key,
    channel: turn.stored.inbound.channel,
    inbound: turn.stored.id,
    state: 'noted',
    askedAt: turn.now,
  })
  await record(turn, 'complaint', undefined, { request: request.id, plan: plan.key, post: to.post.key, text })
  const who = askerText(turn, unit)
  await tell(turn, request, to.to, { words: 'complaint', slots: { who, plan: plan.name, said: text } })
  // People in the demo and in many rosters are named by their post: it is not said twice.
  const seat = `${unitName(turn, to.post.unit)}${to.post.title}`
  const { name } = to.person
  await receipt(
    turn,
    request,
    seat.includes(name) || name.includes(to.post.title) ? name : `${name}（${seat}）`,
  )
}

async function receipt(turn: Turn, request: Request, to: string): Promise<void> {
  const slots = { to, number: request.id }
  if (turn.stored.inbound.chat.kind === 'direct') return answer(turn, 'complaint-receipt', slots)
  await tellAsker(turn, request, { words: 'complaint-receipt', slots })
}

const unitName = (turn: Turn, unit: string): string => unitByKey(turn.snapshot.directory, unit)?.short ?? ''

/** The plan that is complained of: named, else that of his nearest duty, else of his last one, else the one of an office above him. */
async function planMeant(turn: Turn, text: string): Promise<Plan | undefined> {
  const { plans, directory } = turn.snapshot
  const tasks = await openTasks(turn)
  const named = plans.find(({ name }) => text.includes(name))
  if (named) return named
  const last = tasks[0] ?? (await turn.tx.lastSubmittedOf(answerablePosts(turn), 1))[0]
  const own = plans.find(({ key }) => key === last?.plan)
  if (own) return own
  const above = new Set<string>()
  for (const { unit } of postsOf(directory, turn.person.key, dateOf(turn.now)))
    for (let at = unitByKey(directory, unit); at && !above.has(at.key); ) {
      above.add(at.key)
      at = at.parent === undefined ? undefined : unitByKey(directory, at.parent)
    }
  return plans.find(({ office }) => above.has(office)) ?? plans[0]
}
