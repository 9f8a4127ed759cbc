// A form as data: its fields, their units and words, and which cross-checks hold between them.
import type { FormName } from '../plan/types.ts'

export type FieldType = 'amount' | 'percent' | 'text' | 'list' | 'date' | 'choice' | 'phone'

export type FormField = {
  readonly key: string
  readonly label: string
  /** Shown behind the value: 万元, %. */
  readonly unit?: string
  readonly type: FieldType
  readonly required?: boolean
  /** The longest text, in characters. */
  readonly max?: number
  readonly help?: string
  readonly choices?: readonly { readonly value: string; readonly text: string }[]
  /** The next period starts from this period's value. Not for what belongs to one period alone, such as the month's own amount. */
  readonly carries?: boolean
  /** Seldom filled in; shown after the others, folded away while empty. */
  readonly rare?: boolean
  /** An amount that may be taken back: less than nothing was completed this month. */
  readonly maybeNegative?: boolean
}

/** What must hold between the fields, last period and the plan (domain §5). A breach is asked about, not refused. */
export type CheckName = 'total-not-below-last' | 'month-adds-up' | 'total-within-plan'

export type Form = {
  readonly name: FormName
  readonly title: string
  readonly fields: readonly FormField[]
  readonly checks: readonly CheckName[]
}

/** What was typed, by field key; explanations under `whyKey(check)`. */
export type FormValues = Readonly<Record<string, string>>

/** The key of the explanation of a breached check among the values. */
export const whyKey = (check: CheckName): string => `why-${check}`
