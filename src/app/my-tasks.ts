// 我的任务 for a signed-in person: what he owes, nearest due first, and what was handed in lately, each with the address of its form.
import { dateOf, type Instant } from '../core/calendar/civil.ts'
import type { Person } from '../core/people/directory.ts'
import { holderOf, postByKey, projectByKey, unitByKey } from '../core/people/lookup.ts'
import { afterAction } from '../core/task/life.ts'
import { awaitsAnswer, type Task } from '../core/task/types.ts'
import { answerablePosts } from './conversation/context.ts'
import { type FormLinks, readTicket } from './form-link.ts'
import { standing } from './revisions.ts'
import type { Visitor } from './sign-in.ts'
import type { Snapshot, Store, Tx } from './store-port.ts'

export type MyTask = {
  readonly task: Task
  readonly title: string
  readonly unit: string
  readonly url: string
  /** Whose duty it is, where it is another's: the holder's name, or the title of the empty seat. */
  readonly insteadOf?: string
}

/** `url` absent: it is settled, and can't be corrected any more. */
export type MyRecord = {
  readonly title: string
  readonly unit: string
  readonly at: Instant
  readonly late: boolean
  readonly url?: string
}

export type MyTasks = {
  readonly person: Person
  readonly open: readonly MyTask[]
  readonly done: readonly MyRecord[]
}

type MyTasksDeps = { readonly store: Store; readonly key: Uint8Array; readonly links: FormLinks }

/** So many of the latest records are shown. */
const RECENT = 5

/** His own posts' duties and those he stands in for. */
export async function myTasks(
  { store, links }: MyTasksDeps,
  visitor: Visitor,
  now: Instant,
): Promise<MyTasks> {
  const snapshot = await store.office()
  const { person } = visitor
  const view: View = { snapshot, visitor, now, links }
  const posts = answerablePosts({ snapshot, person, now })
  return store.transaction(async (tx) => {
    const open = await tx.openTasksOf(posts)
    const submitted = await tx.lastSubmittedOf(posts, RECENT, { lock: false })
    const done: MyRecord[] = []
    // What was returned is owed again.
    for (const task of submitted)
      if (!awaitsAnswer(task.state)) done.push(...(await recordOf(view, tx, task)))
    return { person, open: open.map((task) => openTask(view, task)), done }
  })
}

/** An address as it would be made for this visitor now, out of one that has expired; undefined when the old one is not ours. */
export async function renewedLink(
  { store, key, links }: MyTasksDeps,
  { person, channel }: Visitor,
  token: string,
  now: Instant,
): Promise<string | undefined> {
  const ticket = readTicket(token, key)
  const [task] = ticket ? await store.tasksById([ticket.task]) : []
  return task && links(task, person.key, channel, now)
}

type View = {
  readonly snapshot: Snapshot
  readonly visitor: Visitor
  readonly now: Instant
  readonly links: FormLinks
}

function openTask(view: View, task: Task): MyTask {
  const { snapshot, visitor, now } = view
  const { directory } = snapshot
  const holder = holderOf(directory, task.post, dateOf(now))
  const isHis = holder?.key === visitor.person.key
  const whose = holder?.name ?? postByKey(directory, task.post)?.title ?? task.post
  return { task, ...namesOf(view, task), url: linkTo(view, task), ...(isHis ? {} : { insteadOf: whose }) }
}

async function recordOf(view: View, tx: Tx, task: Task): Promise<MyRecord[]> {
  const last = standing(await tx.submissionsOf(task.id))
  if (!last) return []
  const url = afterAction(task.state, 'submit') ? { url: linkTo(view, task) } : {}
  return [{ ...namesOf(view, task), at: last.at, late: last.late, ...url }]
}

const linkTo = ({ links, visitor, now }: View, task: Task): string =>
  links(task, visitor.person.key, visitor.channel, now)

function namesOf({ snapshot: { directory } }: View, task: Task): { title: string; unit: string } {
  const project = task.project === undefined ? undefined : projectByKey(directory, task.project)
  return {
    title: project ? `${project.name}·${task.title}` : task.title,
    unit: unitByKey(directory, task.unit)?.short ?? task.unit,
  }
}
