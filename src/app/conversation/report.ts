// What was understood in chat, judged before it is recorded: what is certain at once, what breaches a check once somebody says why.
import { LONGEST_EXPLANATION } from '../../core/form/check-form.ts'
import { formOf } from '../../core/form/forms.ts'
import { judge, partByDoubt } from '../../core/form/judge.ts'
import { involvedIn } from '../../core/form/own-checks.ts'
import type { CheckName, Explanations, Form } from '../../core/form/types.ts'
import { explanationText } from '../../core/question/explanation.ts'
import type { StoredFields } from '../../core/reply/stored.ts'
import { comparedWith, standing } from '../revisions.ts'
import { record, type Turn } from './context.ts'
import { askWhy } from './questions.ts'
import { type Answered, submit } from './submit.ts'

/** `why`: explanations that were given for these very figures; `stated`: the reason that the sentence itself gives, whatever is breached. */
export type Said = Omit<Answered, 'note'> & { readonly why?: Explanations; readonly stated?: string }

/** True when it did something: recorded all of it, or a part, or asked. The rules are those of the phone page (core/form/judge). */
export async function report(turn: Turn, said: Said): Promise<boolean> {
  const { task, fields } = said
  const form = formOf(task)
  const context = await comparedWith(turn.tx, turn.snapshot.directory, task)
  const known = standing(await turn.tx.submissionsOf(task.id))?.fields ?? {}
  const own = statedFor(form, said.stated)
  const explanations = { ...own, ...given(fields), ...stillTrue(known, fields), ...said.why }
  const judgedWith = (now: StoredFields) =>
    judge(form, { ...known, noChange: undefined, ...now }, explanations, context)

  const whole = judgedWith(fields)
  const { certain, held } = partByDoubt(fields, known, whole.questions)
  if (Object.keys(held).length === 0) {
    const note = await noteTaken(turn, said, whole.fields)
    return submit(turn, { ...recorded(said, whole.fields), ...(note ? { note } : {}) })
  }
  const saysAnything = Object.keys(certain).some((key) => key !== 'noChange' && key !== 'explanations')
  if (saysAnything && !(await submit(turn, recorded(said, judgedWith(certain).fields)))) return false
  const about = { task, text: said.text, corrects: said.reason !== undefined }
  await askWhy(turn, about, held, whole.questions)
  return true
}

/** The reason in the sentence itself stands for every check; those that hold drop it. */
const statedFor = ({ checks }: Form, stated: string | undefined): Explanations =>
  stated === undefined
    ? {}
    : Object.fromEntries(checks.map((check) => [check, explanationText(stated, LONGEST_EXPLANATION)]))

/** Whoever gave the reason unasked is told that it was taken for the explanation. */
async function noteTaken(turn: Turn, { task, stated }: Said, fields: StoredFields): Promise<string> {
  const why = stated === undefined ? '' : explanationText(stated, LONGEST_EXPLANATION)
  const checks = Object.entries(given(fields)).flatMap(([check, said]) => (said === why ? [check] : []))
  if (checks.length === 0) return ''
  await record(turn, 'explained', task.id, { checks, why })
  return '\n您话里的原因已记作说明，不用另报。'
}

/** `explanations` is always named, so that one that no longer applies is taken out. */
const recorded = ({ why: _, stated: __, ...said }: Said, fields: StoredFields): Answered => ({
  ...said,
  fields: { ...fields, explanations: fields.explanations },
})

const given = ({ explanations }: StoredFields): Explanations => (explanations ?? {}) as Explanations

/** Explanations in the record whose figures are not touched now. */
function stillTrue(known: StoredFields, now: StoredFields): Explanations {
  const isTouched = (check: CheckName): boolean =>
    involvedIn(check).some((key) => now[key] !== undefined && now[key] !== known[key])
  return Object.fromEntries(Object.entries(given(known)).filter(([check]) => !isTouched(check as CheckName)))
}
