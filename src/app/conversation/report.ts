// What was understood in chat, judged before it is recorded: what is certain at once, what breaches a check once somebody says why.
import { formOf } from '../../core/form/forms.ts'
import { judge, partByDoubt } from '../../core/form/judge.ts'
import { involvedIn } from '../../core/form/own-checks.ts'
import type { CheckName, Explanations } from '../../core/form/types.ts'
import type { StoredFields } from '../../core/reply/stored.ts'
import { comparedWith, standing } from '../revisions.ts'
import type { Turn } from './context.ts'
import { askWhy } from './questions.ts'
import { type Answered, submit } from './submit.ts'

/** `why`: explanations that were given for these very figures. */
export type Said = Answered & { readonly why?: Explanations }

/** True when it did something: recorded all of it, or a part, or asked. The rules are those of the phone page (core/form/judge). */
export async function report(turn: Turn, said: Said): Promise<boolean> {
  const { task, fields } = said
  const form = formOf(task)
  const context = await comparedWith(turn.tx, turn.snapshot.directory, task)
  const known = standing(await turn.tx.submissionsOf(task.id))?.fields ?? {}
  const explanations = { ...given(fields), ...stillTrue(known, fields), ...said.why }
  const judgedWith = (now: StoredFields) =>
    judge(form, { ...known, noChange: undefined, ...now }, explanations, context)

  const whole = judgedWith(fields)
  const { certain, held } = partByDoubt(fields, known, whole.questions)
  if (Object.keys(held).length === 0) return submit(turn, recorded(said, whole.fields))
  const saysAnything = Object.keys(certain).some((key) => key !== 'noChange' && key !== 'explanations')
  if (saysAnything && !(await submit(turn, recorded(said, judgedWith(certain).fields)))) return false
  const about = { task, text: said.text, corrects: said.reason !== undefined }
  await askWhy(turn, about, held, whole.questions)
  return true
}

/** `explanations` is always named, so that one that no longer applies is taken out. */
const recorded = ({ why: _, ...said }: Said, fields: StoredFields): Answered => ({
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
