// A form that was sent in: checked with the rules of core/form and recorded exactly as an answer in chat is.
import type { Instant } from '../core/calendar/civil.ts'
import { type Checked, checkForm } from '../core/form/check-form.ts'
import { recordLines } from '../core/form/show-field.ts'
import type { FormValues } from '../core/form/types.ts'
import type { StoredFields } from '../core/reply/stored.ts'
import type { Turn } from './conversation/context.ts'
import { forget } from './conversation/questions.ts'
import { submit } from './conversation/submit.ts'
import { type FormDeps, type FormRefusal, type FormScene, isRefusal, sceneFor } from './open-form.ts'
import type { Snapshot, StoredInbound, Tx } from './store-port.ts'

/** What came from the page. `revision`: the recorded one that the page was drawn from, 0 for none. */
export type FormPost = { readonly values: FormValues; readonly revision: number; readonly reason: string }

export type FormOutcome =
  | FormRefusal
  /** Recorded now, or recorded with these very values before: a second press changes nothing. */
  | { readonly type: 'recorded' }
  /** `stale`: somebody answered after the page was drawn. */
  | { readonly type: 'mend'; readonly scene: FormScene; readonly checked: Checked; readonly stale: boolean }

/** Records the form, unless something is wrong, unexplained or out of date; the receipt waits in the outbox then. */
export async function fillForm(
  deps: FormDeps,
  token: string,
  post: FormPost,
  now: Instant,
): Promise<FormOutcome> {
  const snapshot = await deps.store.office()
  return deps.store.transaction(async (tx): Promise<FormOutcome> => {
    const scene = await sceneFor(deps, tx, snapshot, token, now, { lock: true })
    if (isRefusal(scene)) return scene
    const checked = checkForm(scene.form, post.values, scene.compared)
    if (checked.problems.length > 0 || checked.questions.length > 0)
      return { type: 'mend', scene, checked, stale: false }
    const fields = wholeFields(scene, checked.fields)
    if (scene.last && sameFields(scene.last.fields, { ...scene.last.fields, ...fields }))
      return { type: 'recorded' }
    if (post.revision !== scene.revision) return { type: 'mend', scene, checked, stale: true }
    await recordForm(deps, tx, snapshot, { scene, post, fields }, now)
    return { type: 'recorded' }
  })
}

/** Everything the form holds: a field that was emptied is taken back, not left as it was. */
function wholeFields({ form }: FormScene, fields: StoredFields): StoredFields {
  const cleared = [...form.fields.map(({ key }) => key), 'noChange', 'explanations']
  return { ...Object.fromEntries(cleared.map((key) => [key, undefined])), ...fields }
}

/** True when nothing in the one differs from the other. */
export function sameFields(a: StoredFields, b: StoredFields): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]))
}

type Filled = { readonly scene: FormScene; readonly post: FormPost; readonly fields: StoredFields }

async function recordForm(
  { office, log }: FormDeps,
  tx: Tx,
  snapshot: Snapshot,
  { scene, post, fields }: Filled,
  now: Instant,
): Promise<void> {
  const stored = await takeForm(tx, scene, post, now)
  const turn: Turn = { tx, snapshot, office, now, log, stored, person: scene.person, redraws: [], answers: 0 }
  const isCorrection = scene.last !== undefined
  // The form shows the whole record: whatever he was still being asked about it in chat is answered.
  await forget(turn, ({ task }) => task === scene.task.id)
  await submit(turn, {
    task: scene.task,
    fields,
    text: `（表单）${recordLines(scene.form, fields).join('；')}`,
    ...(isCorrection ? { reason: post.reason || '在表单上更正' } : {}),
  })
}

/** What was sent in is kept word for word, as a message would be. Its id names the task and the revision it was drawn from: one form is one record. */
function takeForm(
  tx: Tx,
  scene: FormScene,
  { values, revision }: FormPost,
  now: Instant,
): Promise<StoredInbound> {
  const { account, task, form } = scene
  return tx.takeInbound(
    {
      channel: account.channel,
      messageId: `form-${task.id}-${revision}`,
      chat: { ...account, kind: 'direct' },
      sender: account.id,
      content: { type: 'form', form: form.name, values },
    },
    now,
  )
}
