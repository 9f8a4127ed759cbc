// What one person may see of one task's form: the same for looking at it and for sending it in.
import { dateOf, type Instant } from '../core/calendar/civil.ts'
import { prefilled } from '../core/form/check-form.ts'
import type { CheckContext } from '../core/form/cross-checks.ts'
import { formOf } from '../core/form/forms.ts'
import type { Form, FormValues } from '../core/form/types.ts'
import type { Account, Person } from '../core/people/directory.ts'
import {
  holderOf,
  mayAnswerFor,
  personByKey,
  postByKey,
  projectByKey,
  unitByKey,
} from '../core/people/lookup.ts'
import { type ProblemName, problemText } from '../core/problems.ts'
import type { Office } from '../core/task/decide.ts'
import { afterAction } from '../core/task/life.ts'
import type { Task } from '../core/task/types.ts'
import { begunFor } from './conversation/fill-in.ts'
import { type FormTicket, readTicket } from './form-link.ts'
import type { Log } from './ports.ts'
import { comparedWith, newestRevision, standing } from './revisions.ts'
import type { Snapshot, Store, Submission, Tx } from './store-port.ts'

export type FormDeps = {
  readonly store: Store
  readonly office: Office
  readonly log: Log
  /** The installation's own key; see FormLinks. */
  readonly key: Uint8Array
}

/** Why the page can't be shown, with what to do about it. */
export type FormRefusal = { readonly problem: ProblemName; readonly title: string; readonly cure: string }

/** Everything about the task that the page shows or compares with. */
export type FormScene = {
  readonly form: Form
  readonly task: Task
  readonly person: Person
  /** Where the receipt goes. */
  readonly account: Account
  readonly title: string
  readonly unit: string
  readonly plan: string
  /** What the form shows at first. */
  readonly values: FormValues
  /** What stands recorded for this task. */
  readonly last?: Submission
  /** The newest revision, taken back or not, that the page is drawn from; 0 for none. */
  readonly revision: number
  readonly compared: CheckContext
}

export const isRefusal = (found: FormScene | FormRefusal): found is FormRefusal => 'problem' in found

export function refusal(problem: ProblemName, slots: Readonly<Record<string, string>> = {}): FormRefusal {
  return { problem, ...problemText(problem, slots) }
}

/** For looking only; see `sceneFor`. */
export async function openForm(
  deps: FormDeps,
  token: string,
  now: Instant,
): Promise<FormScene | FormRefusal> {
  const snapshot = await deps.store.office()
  return deps.store.transaction((tx) => sceneFor(deps, tx, snapshot, token, now, { lock: false }))
}

/** With `lock` nobody else can answer the task before the transaction ends. */
export async function sceneFor(
  { key }: FormDeps,
  tx: Tx,
  snapshot: Snapshot,
  token: string,
  now: Instant,
  options: { lock: boolean },
): Promise<FormScene | FormRefusal> {
  const ticket = readTicket(token, key)
  if (!ticket) return refusal('link-broken')
  if (now > ticket.expires) return refusal('link-expired')
  const [task] = await tx.tasks([ticket.task], options)
  const person = personByKey(snapshot.directory, ticket.person)
  const account = person && accountOf(person, ticket)
  if (!task || !account) return refusal('link-broken')
  const post = postByKey(snapshot.directory, task.post)
  if (!post || !mayAnswerFor(snapshot, person.key, post, dateOf(now)))
    return refusal('link-not-yours', { who: whoHas(snapshot, task, now) })
  if (!afterAction(task.state, 'submit')) return refusal('task-closed', { title: task.title })
  return describe(tx, snapshot, task, person, account, now)
}

/** The account he read the card with, else the one where he is spoken to. */
function accountOf({ accounts }: Person, { channel }: FormTicket): Account | undefined {
  return accounts.find((account) => account.channel === channel) ?? accounts[0]
}

function whoHas({ directory }: Snapshot, { post }: Task, now: Instant): string {
  return holderOf(directory, post, dateOf(now))?.name ?? postByKey(directory, post)?.title ?? post
}

async function describe(
  tx: Tx,
  snapshot: Snapshot,
  task: Task,
  person: Person,
  account: Account,
  now: Instant,
): Promise<FormScene> {
  const { directory, plans } = snapshot
  const project = task.project === undefined ? undefined : projectByKey(directory, task.project)
  return {
    form: formOf(task),
    task,
    person,
    account,
    title: project ? `${project.name}·${task.title}` : task.title,
    unit: unitByKey(directory, task.unit)?.name ?? task.unit,
    plan: plans.find(({ key }) => key === task.plan)?.name ?? task.plan,
    ...(await startOf(tx, snapshot, task, person, now)),
  }
}

/** What a form starts from, wherever it is shown: the record or what carries over, and over it what this person has begun to fill in. */
export async function startOf(
  tx: Tx,
  { directory }: Snapshot,
  task: Task,
  person: Person,
  now: Instant,
): Promise<Pick<FormScene, 'values' | 'last' | 'revision' | 'compared'>> {
  const revisions = await tx.submissionsOf(task.id)
  const last = standing(revisions)
  const compared = await comparedWith(tx, directory, task)
  const begun = await begunFor({ tx, person, now }, task)
  return {
    values: { ...prefilled(formOf(task), last?.fields, compared.previous?.fields), ...begun?.values },
    ...(last ? { last } : {}),
    revision: newestRevision(revisions),
    compared,
  }
}
