// The form right on a card about one duty: what its phone page shows at first, where the channel's cards have inputs.
import { dateOf, type Instant } from '../core/calendar/civil.ts'
import { formOf } from '../core/form/forms.ts'
import { inputsOf } from '../core/message/compose/inputs.ts'
import type { Address, CardForm, CardInput } from '../core/message/types.ts'
import type { Person } from '../core/people/directory.ts'
import { mayAnswerFor, personByAccount, postByKey } from '../core/people/lookup.ts'
import type { Task } from '../core/task/types.ts'
import type { DeliverDeps } from './deliver.ts'
import { startOf } from './open-form.ts'
import type { QueuedNotice } from './outbox-port.ts'
import type { Snapshot, Tx } from './store-port.ts'

export type CardForms = ReadonlyMap<string, CardForm>

/** A message that is about to leave, and the office as it is then. */
type Leaving = { readonly address: Address; readonly items: readonly QueuedNotice[] }
type View = {
  readonly snapshot: Snapshot
  readonly tasks: ReadonlyMap<string, Task>
  readonly now: Instant
}

type Asked = { readonly task: Task; readonly person: Person }

/** Answers that ask for a form once more. */
const ASKING: ReadonlySet<string> = new Set(['ask-fields', 'form-again'])

/** The form that the message asks its only reader for: that of one duty which he may answer for today. */
export function askedFor({ snapshot, tasks, now }: View, { address, items }: Leaving): Asked | undefined {
  const [only, ...others] = items
  if (!only || others.length > 0 || address.kind === 'group') return undefined
  const task = tasks.get(askedIn(only) ?? '')
  const person = personByAccount(snapshot.directory, address.channel, address.id)
  if (!task || !person) return undefined
  const post = postByKey(snapshot.directory, task.post)
  return post && mayAnswerFor(snapshot, person.key, post, dateOf(now)) ? { task, person } : undefined
}

function askedIn({ saying, task }: QueuedNotice): string | undefined {
  if (saying.type === 'duty') return saying.reader === 'assignee' ? saying.task : undefined
  return saying.type === 'card' && ASKING.has(saying.words) ? task : undefined
}

/** The forms under these messages, by the id of their notice. */
export async function formsUnder(
  deps: DeliverDeps,
  view: View,
  messages: readonly Leaving[],
): Promise<CardForms> {
  const wanted = messages.flatMap((one) => {
    const [notice] = one.items
    const asked = deps.channels.get(one.address.channel)?.inputsShown && askedFor(view, one)
    // One box for a sentence is what the chat is already.
    return notice && asked && asked.task.form !== 'none' ? [{ ...asked, notice, to: one.address }] : []
  })
  if (wanted.length === 0) return new Map()
  return deps.store.transaction(async (tx) => {
    const forms = new Map<string, CardForm>()
    for (const one of wanted) {
      const form = await formUnder(deps, view, tx, one)
      if (form) forms.set(one.notice.id, form)
    }
    return forms
  })
}

type Wanted = Asked & { readonly notice: QueuedNotice; readonly to: Address }

async function formUnder(
  { channels, formLinks }: DeliverDeps,
  { snapshot, now }: View,
  tx: Tx,
  { task, person, notice, to }: Wanted,
): Promise<CardForm | undefined> {
  const { values, revision } = await startOf(tx, snapshot, task, person, now)
  const inputs = inputsOf(formOf(task), { ...values, ...typedIn(notice) })
  const shown = channels.get(to.channel)?.inputsShown?.(inputs) ?? []
  if (shown.length === 0) return undefined
  return { title: titleOf(inputs, shown, formLinks !== undefined), revision, inputs: shown }
}

/** What was typed on the card that is asked again; see `conversation/card-form`. */
function typedIn({ saying }: QueuedNotice): Readonly<Record<string, string>> {
  const typed = saying.type === 'card' ? saying.slots.typed : undefined
  return typed === undefined ? {} : (JSON.parse(typed) as Record<string, string>)
}

const NAMED = 3

function titleOf(all: readonly CardInput[], shown: readonly CardInput[], hasLink: boolean): string {
  const left = all.filter(({ key }) => shown.every((one) => one.key !== key)).map(({ label }) => label)
  if (left.length === 0) return '可直接在这里填写'
  const names = `${left.slice(0, NAMED).join('、')}${left.length > NAMED ? '等' : ''}`
  return `可直接在这里填写；${names}放不下，请${hasLink ? '用下面的表单页填' : '直接回复'}`
}
