// Makes a bundle of queued notices into one message, from what is true at this moment (invariant 3).
import { dateOf, type Instant } from '../core/calendar/civil.ts'
import type { Bundle } from '../core/message/bundle.ts'
import { compose, composeReply, type Fact, type Proof } from '../core/message/compose/compose.ts'
import type { Address, CardLink, Outgoing } from '../core/message/types.ts'
import { holderOf, personByAccount, projectByKey, unitByKey } from '../core/people/lookup.ts'
import type { Task } from '../core/task/types.ts'
import { askedFor, type CardForms } from './card-form.ts'
import type { DeliverDeps } from './deliver.ts'
import type { QueuedNotice } from './outbox-port.ts'
import type { ToSend } from './send.ts'
import type { Snapshot } from './store-port.ts'

/** What is known while one claim is served. */
export type Scene = {
  readonly deps: DeliverDeps
  readonly now: Instant
  readonly snapshot: Snapshot
  readonly tasks: ReadonlyMap<string, Task>
  readonly proof: readonly Proof[]
}

export type Outgoings = Bundle<QueuedNotice> & { readonly address: Address }

export function render(scene: Scene, one: Outgoings, forms: CardForms): ToSend {
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
  const form = forms.get(one.items[0]?.id ?? '')
  const replyTo = one.items[0]?.replyTo
  const message: Outgoing = {
    id: one.sendId ?? deps.newId(),
    to: one.address,
    content: { type: 'card', card: { ...card, ...(link ? { link } : {}), ...(form ? { form } : {}) } },
    ...(replyTo ? { replyTo } : {}),
  }
  const task = one.items.flatMap((notice) => notice.task ?? [])[0]
  const plan = task === undefined ? undefined : scene.tasks.get(task)?.plan
  return { message, family: one.family, notices: one.items, ...(plan === undefined ? {} : { plan }) }
}

/** The form as a page, for the one who may fill it in. */
function linkOf(scene: Scene, one: Outgoings): CardLink | undefined {
  const { deps, now } = scene
  const asked = deps.formLinks && askedFor(scene, one)
  if (!deps.formLinks || !asked) return undefined
  const url = deps.formLinks(asked.task, asked.person.key, one.address.channel, now)
  return { text: '用表单填写', url }
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
