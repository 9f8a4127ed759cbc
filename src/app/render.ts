// Makes a bundle of queued notices into one message, from what is true at this moment (invariant 3).
import { dateOf, type Instant } from '../core/calendar/civil.ts'
import type { Bundle } from '../core/message/bundle.ts'
import { compose, composeReply, type Fact, type Proof } from '../core/message/compose/compose.ts'
import type { Address, CardLink, Outgoing } from '../core/message/types.ts'
import {
  holderOf,
  mayAnswerFor,
  personByAccount,
  postByKey,
  projectByKey,
  unitByKey,
} from '../core/people/lookup.ts'
import type { Task } from '../core/task/types.ts'
import type { DeliverDeps } from './deliver.ts'
import type { ToSend } from './send.ts'
import type { QueuedNotice, Snapshot } from './store-port.ts'

/** What is known while one claim is served. */
export type Scene = {
  readonly deps: DeliverDeps
  readonly now: Instant
  readonly snapshot: Snapshot
  readonly tasks: ReadonlyMap<string, Task>
  readonly proof: readonly Proof[]
}

export type Outgoings = Bundle<QueuedNotice> & { readonly address: Address }

export function render(scene: Scene, one: Outgoings): ToSend {
  const { deps, now } = scene
  const saying = one.items[0]?.saying
  const card =
    saying?.type === 'card'
      ? composeReply(saying, deps.words)
      : compose(
          one.items.flatMap((notice) => factOf(scene, notice, one.address)),
          {
            to: one.address,
            family: one.family,
            office: deps.office,
            now,
            words: deps.words,
            proof: scene.proof,
          },
        )
  const link = linkOf(scene, one)
  const replyTo = one.items[0]?.replyTo
  const message: Outgoing = {
    id: one.sendId ?? deps.newId(),
    to: one.address,
    content: { type: 'card', card: link === undefined ? card : { ...card, link } },
    ...(replyTo ? { replyTo } : {}),
  }
  const task = one.items.flatMap((notice) => notice.task ?? [])[0]
  const plan = task === undefined ? undefined : scene.tasks.get(task)?.plan
  return { message, family: one.family, notices: one.items, ...(plan === undefined ? {} : { plan }) }
}

/** The form, for the one who may fill it in, under a card about one duty of his. */
function linkOf({ deps, snapshot, tasks, now }: Scene, { items, address }: Outgoings): CardLink | undefined {
  const [only, ...others] = items
  if (!deps.formLinks || !only || others.length > 0 || address.kind === 'group') return undefined
  const { saying } = only
  const task = saying.type === 'duty' && saying.reader === 'assignee' ? tasks.get(saying.task) : undefined
  const person = personByAccount(snapshot.directory, address.channel, address.id)
  if (!task || !person) return undefined
  const post = postByKey(snapshot.directory, task.post)
  if (!post || !mayAnswerFor(snapshot, person.key, post, dateOf(now))) return undefined
  return { text: '用表单填写', url: deps.formLinks(task, person.key, address.channel, now) }
}

function factOf({ snapshot, tasks, now }: Scene, { saying }: QueuedNotice, to: Address): Fact[] {
  const task = saying.type === 'card' ? undefined : tasks.get(saying.task)
  if (!task) return []
  const { directory } = snapshot
  const project = task.project === undefined ? undefined : projectByKey(directory, task.project)
  const account = holderOf(directory, task.post, dateOf(now))?.accounts.find(
    ({ channel }) => channel === to.channel,
  )
  return [
    {
      saying,
      task,
      unit: unitByKey(directory, task.unit)?.short ?? task.unit,
      plan: snapshot.plans.find(({ key }) => key === task.plan)?.name ?? task.plan,
      ...(project ? { project: project.name } : {}),
      ...(account ? { account: account.id } : {}),
    },
  ]
}

/** For the trail and the office: whose phone an address is. */
export function whoseAddress({ directory }: Snapshot, to: Address): string {
  if (to.kind === 'group')
    return (
      directory.groups.find((group) => group.channel === to.channel && group.chatId === to.id)?.name ?? to.id
    )
  return personByAccount(directory, to.channel, to.id)?.name ?? to.id
}
