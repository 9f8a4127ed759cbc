// 请假/代理: somebody of the own unit stands in for a period; he, the unit's head and whoever is away are told.
import { addDays, type CivilDate, dateOf, dayNumber } from '../../../core/calendar/civil.ts'
import { shortDate } from '../../../core/message/compose/phrases.ts'
import { type Address, addressKey } from '../../../core/message/types.ts'
import { headOf, personByKey, postsOf } from '../../../core/people/lookup.ts'
import { faultOfPeriod, type Leave } from '../../../core/request/leave.ts'
import { colleagues, meantSeats, reachedAt } from '../../../core/request/seats.ts'
import type { Request, Seat } from '../../../core/request/types.ts'
import { answer, answerProblem, record, type Turn } from '../context.ts'
import { remember } from '../memory.ts'
import { firstCharacters, nameOf, tell } from './say.ts'

const MOST_SEATS = 6
const BUTTON_CHARACTERS = 10

type Whole = { readonly from: CivilDate; readonly until: CivilDate; readonly to: string }

/** Arranges it, or asks for what is missing: the days, the person, which of several. */
export async function arrangeLeave(turn: Turn, text: string, leave: Leave, known?: string): Promise<void> {
  const today = dateOf(turn.now)
  const { directory } = turn.snapshot
  const own = postsOf(directory, turn.person.key, today)
  if (own.length === 0) return answerProblem(turn, 'no-post')
  const seats = own.flatMap(({ unit }) => colleagues(directory, unit, today, [turn.person.key]))
  const meant = known ? [] : meantSeats(seats, text, leave.name, directory)
  const to = known ?? (meant.length === 1 ? meant[0]?.person : undefined)
  if (to === undefined && meant.length === 0 && leave.name !== undefined) {
    const { name, ...period } = leave
    await remember(turn, 'requesting', { type: 'leave', leave: period })
    return answerProblem(turn, 'nobody-named', { name })
  }
  await remember(turn, 'requesting', { type: 'leave', leave, ...(to ? { to } : {}) })
  const { from, until } = leave
  if (from === undefined || until === undefined) return askForRest(turn, leave, to)
  if (await wrongPeriod(turn, { from, until })) return
  if (to === undefined) return askWhom(turn, { from, until }, meant.length > 0 ? meant : seats)
  await arrange(turn, { from, until, to })
}

async function wrongPeriod(turn: Turn, period: { from: CivilDate; until: CivilDate }): Promise<boolean> {
  const fault = faultOfPeriod(period, dateOf(turn.now))
  if (!fault) return false
  const what = {
    past: `${shortDate(period.until)}已经过去`,
    backwards: `${shortDate(period.until)}早于${shortDate(period.from)}`,
    'too-long': '代理最长一年',
  }[fault]
  await remember(turn, 'requesting')
  await answerProblem(turn, 'period-wrong', { what })
  return true
}

async function askForRest(turn: Turn, { from, name }: Leave, to: string | undefined): Promise<void> {
  const who = to === undefined ? name : nameOf(turn, to)
  const missing = [from === undefined ? '起止日期' : '最后一天', ...(who === undefined ? ['代理人'] : [])]
  const known = [
    ...(from === undefined ? [] : [`${shortDate(from)}起`]),
    ...(who === undefined ? [] : [`由${who}代`]),
  ]
  const days = from === undefined ? '7月1日到7月5日' : '到7月5日'
  await answer(turn, 'ask-leave', {
    missing: missing.join('、'),
    known: known.length > 0 ? `已记下：${known.join('，')}。\n` : '',
    example: who === undefined ? `${days}由×××代` : days,
  })
}

/** The buttons carry everything, and the card whose they are: nobody else in a group can press them for himself. */
async function askWhom(
  turn: Turn,
  period: { from: CivilDate; until: CivilDate },
  seats: readonly Seat[],
): Promise<void> {
  const choices = seats.slice(0, MOST_SEATS).map(({ person, name }) => ({
    key: ['stand-in', person, period.from, period.until].join(':'),
    text: firstCharacters(name, BUTTON_CHARACTERS),
  }))
  const slots = { period: periodText(period), asker: turn.person.key }
  await answer(turn, 'ask-stand-in', slots, { choices })
}

/** `7月1日到7月5日`. */
const periodText = ({ from, until }: { from: CivilDate; until: CivilDate }): string =>
  from === until ? shortDate(from) : `${shortDate(from)}到${shortDate(until)}`

/** True when it was arranged now; the same again changes nothing. What it overlaps ends the day before. */
export async function arrange(turn: Turn, whole: Whole): Promise<boolean> {
  if (await wrongPeriod(turn, whole)) return false
  const mine = await granted(turn)
  await remember(turn, 'requesting')
  const what = `${periodText(whole)}由${nameOf(turn, whole.to)}代理已经登记`
  if (
    mine.some(({ data }) => data.to === whole.to && data.from === whole.from && data.until === whole.until)
  ) {
    await answerProblem(turn, 'already-done', { what })
    return false
  }
  for (const { id, data } of mine)
    if (data.from <= whole.until && data.until >= whole.from)
      await turn.tx.endStandIn(id, addDays(whole.from, -1))
  const posts = postsOf(turn.snapshot.directory, turn.person.key, dateOf(turn.now)).map(({ key }) => key)
  const request = await turn.tx.insertRequest({
    kind: 'stand-in',
    data: { posts, ...whole },
    person: turn.person.key,
    channel: turn.stored.inbound.channel,
    inbound: turn.stored.id,
    state: 'granted',
    askedAt: turn.now,
    decidedBy: turn.person.key,
    decidedAt: turn.now,
  })
  const { from, until, to } = whole
  for (const post of posts) await turn.tx.addStandIn({ post, to, from, until }, request.id)
  await record(turn, 'stand-in-arranged', undefined, { request: request.id, posts, ...whole })
  await tellAll(turn, request, whole, posts)
  return true
}

async function tellAll(turn: Turn, request: Request, whole: Whole, posts: readonly string[]): Promise<void> {
  const slots = { period: periodText(whole), who: turn.person.name, to: nameOf(turn, whole.to) }
  const count = (await turn.tx.openTasksOf(posts)).length
  const open = count > 0 ? `现有${count}项未办，到时回复“我的任务”查看。` : ''
  const standIn = addressOfPerson(turn, whole.to)
  if (standIn) await tell(turn, request, standIn, { words: 'stand-in-told', slots: { ...slots, open } })
  for (const head of headsOf(turn, [whole.to]))
    await tell(turn, request, head, { words: 'stand-in-copy', slots })
  await answer(turn, 'stand-in-arranged', slots)
}

function addressOfPerson(turn: Turn, person: string): Address | undefined {
  const account = personByKey(turn.snapshot.directory, person)?.accounts[0]
  return account && { ...account, kind: 'direct' }
}

/** The heads of his units, without himself and those told already. */
function headsOf(turn: Turn, told: readonly string[]): Address[] {
  const { directory } = turn.snapshot
  const day = dateOf(turn.now)
  const units = new Set(postsOf(directory, turn.person.key, day).map(({ unit }) => unit))
  const heads = [...units].flatMap((unit) => {
    const post = headOf(directory, unit)
    const head = post && reachedAt(directory, post, day)
    return head && head.person.key !== turn.person.key && !told.includes(head.person.key) ? [head.to] : []
  })
  return [...new Map(heads.map((to) => [addressKey(to), to])).values()]
}

/** What he arranged and is not over. */
async function granted(turn: Turn): Promise<Request<'stand-in'>[]> {
  const all = await turn.tx.requestsOf('stand-in', { person: turn.person.key })
  const today = dayNumber(dateOf(turn.now))
  return all.filter(({ state, data }) => state === 'granted' && dayNumber(data.until) >= today)
}

/** 取消代理: from today on he answers for himself. */
export async function endLeave(turn: Turn): Promise<void> {
  const mine = await granted(turn)
  if (mine.length === 0) return answerProblem(turn, 'no-stand-in')
  await remember(turn, 'requesting')
  for (const request of mine) {
    const ended = { ...request, state: 'ended' as const, revision: request.revision + 1 }
    await turn.tx.endStandIn(request.id, addDays(dateOf(turn.now), -1))
    await turn.tx.saveRequest(ended)
    await record(turn, 'stand-in-ended', undefined, { request: request.id })
    const slots = { who: turn.person.name, to: nameOf(turn, request.data.to) }
    const to = addressOfPerson(turn, request.data.to)
    if (to) await tell(turn, ended, to, { words: 'stand-in-ended', slots })
  }
  const to = [...new Set(mine.map(({ data }) => nameOf(turn, data.to)))].join('、')
  await answer(turn, 'stand-in-ended', { who: turn.person.name, to })
}
