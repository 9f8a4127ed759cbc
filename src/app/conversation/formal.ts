// A person with that right issues or holds a drafted formal step; only then is it said (domain §4, G8).
import { dateOf } from '../../core/calendar/civil.ts'
import { listeners } from '../../core/message/audience.ts'
import { FORMAL_NAMES } from '../../core/message/compose/formal.ts'
import { momentText } from '../../core/message/compose/phrases.ts'
import type { Notice } from '../../core/message/notice.ts'
import { addressKey } from '../../core/message/types.ts'
import { officePost, personByKey } from '../../core/people/lookup.ts'
import type { Plan } from '../../core/plan/types.ts'
import type { Audience, FormalKind } from '../../core/task/policy.ts'
import { awaitsAnswer, type Task } from '../../core/task/types.ts'
import type { FormalStep, SentCard } from '../store-port.ts'
import { answer, answerablePosts, answerProblem, record, type Turn } from './context.ts'

/** Who hears an issued step. */
const HEARERS: Record<FormalKind, readonly Audience[]> = {
  circular: ['group', 'unit-head'],
  admonition: ['unit-head', 'leader'],
  letter: ['unit-head', 'leader'],
}

/** True when this press decided something; whoever comes second is told who was first. */
export async function decideDraft(turn: Turn, card: SentCard, decision: 'issue' | 'hold'): Promise<boolean> {
  const kind = card.family as FormalKind
  const tasks = await turn.tx.tasks(card.tasks)
  const plans = new Map(turn.snapshot.plans.map((plan) => [plan.key, plan]))
  if (!tasks.every((task) => maySign(turn, plans.get(task.plan)))) {
    await answerProblem(turn, 'not-entitled', { who: '督办办公室' })
    return false
  }
  const steps = await turn.tx.formalSteps(card.tasks, kind, { lock: true })
  const open = steps.filter(({ state }) => state === 'drafted')
  if (open.length === 0) {
    await answerProblem(turn, 'already-done', { what: decidedText(turn, steps) })
    return false
  }
  const decided = open.map(
    (step): FormalStep => ({
      ...step,
      state: decision === 'issue' ? 'issued' : 'held',
      decidedBy: turn.person.key,
      decidedAt: turn.now,
    }),
  )
  for (const step of decided) {
    await turn.tx.decideFormal(step)
    await record(turn, `formal-${step.state}`, step.task, { step: step.step, kind, card: card.id })
  }
  const waiting = tasks.filter(
    (task) => awaitsAnswer(task.state) && decided.some((step) => step.task === task.id),
  )
  if (decision === 'issue') await announce(turn, kind, waiting, plans)
  await tellResult(turn, kind, decision, waiting, decided.length)
  return true
}

function maySign(turn: Turn, plan: Plan | undefined): boolean {
  const post = plan && officePost(turn.snapshot.directory, plan.office)
  return post !== undefined && answerablePosts(turn).includes(post.key)
}

async function announce(
  turn: Turn,
  kind: FormalKind,
  tasks: readonly Task[],
  plans: ReadonlyMap<string, Plan>,
): Promise<void> {
  const notices = tasks.flatMap((task) => {
    const plan = plans.get(task.plan)
    return plan ? noticesTo(turn, kind, task, plan) : []
  })
  await turn.tx.enqueue(notices, turn.now)
}

function noticesTo(turn: Turn, kind: FormalKind, task: Task, plan: Plan): Notice[] {
  const heard = new Map(
    HEARERS[kind]
      .flatMap((audience) => listeners(task, audience, plan, turn.snapshot.directory, dateOf(turn.now)))
      .map(({ to }) => [addressKey(to), to]),
  )
  return [...heard].map(([key, to]) => ({
    dedupKey: ['issued', kind, task.key, dateOf(task.dueAt), key].join('|'),
    to,
    family: 'issued',
    saying: { type: 'issued', task: task.id, kind, by: turn.person.key },
    task: task.id,
    step: kind,
    notBefore: turn.now,
  }))
}

async function tellResult(
  turn: Turn,
  kind: FormalKind,
  decision: 'issue' | 'hold',
  waiting: readonly Task[],
  count: number,
): Promise<void> {
  const answered = count - waiting.length
  const effect =
    decision === 'hold'
      ? '不会对外发出；任务仍在督办。'
      : `将在工作时间发给${waiting.length}项任务的相关单位。${answered > 0 ? `另有${answered}项已报送，不再发。` : ''}`
  await answer(turn, 'decided', {
    kind: FORMAL_NAMES[kind],
    decision: decision === 'issue' ? '已签发' : '已暂缓',
    count: String(count),
    by: turn.person.name,
    at: momentText(turn.now),
    effect,
  })
}

function decidedText(turn: Turn, steps: readonly FormalStep[]): string {
  const step = steps.find(({ decidedBy }) => decidedBy !== undefined)
  if (!step?.decidedBy || step.decidedAt === undefined) return '这份代拟稿已经处理'
  const by = personByKey(turn.snapshot.directory, step.decidedBy)?.name ?? step.decidedBy
  return `${by}已于${momentText(step.decidedAt)}${step.state === 'issued' ? '签发' : '暂缓'}`
}
