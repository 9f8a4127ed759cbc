// A form as data: its fields, their units and words, and which cross-checks hold between them.

/** The forms of every installation; `none` asks only for a statement that the duty is done. */
export type IncludedForm =
  | 'monthly-progress'
  | 'stage-report'
  | 'liaison-registration'
  | 'problem-report'
  | 'none'

/** Which form an answer fills; `own`: one that the plan brings along. */
export type FormName = IncludedForm | 'own'

export type FieldType = 'amount' | 'percent' | 'integer' | 'text' | 'list' | 'date' | 'choice' | 'phone'

export type FormField = {
  readonly key: string
  readonly label: string
  /** Other words for it, which chat takes for the label. */
  readonly also?: readonly string[]
  /** Shown behind the value: 万元, %, 人. */
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
  /** A day that has come already: of 3月5日 in January last year's is meant. */
  readonly past?: boolean
  /** In chat it takes the words that stand under no label. */
  readonly rest?: boolean
}

/** What must hold between the fields, last period and the plan (domain §5). A breach is asked about, not refused. */
export type KnownCheck =
  | 'total-not-below-last'
  | 'percent-not-below-last'
  | 'in-place-not-below-last'
  | 'spent-not-below-last'
  | 'month-adds-up'
  | 'total-within-plan'

/** Of a plan's own form: one field not above another, or not below last period's value. */
export type OwnCheck = `${string}<=${string}` | `${string}>=last`

export type CheckName = KnownCheck | OwnCheck

/** Why a breach is right, in the sender's words. */
export type Explanations = { readonly [C in CheckName]?: string }

export type Form = {
  /** An included form's name, or the key of a plan's own. */
  readonly name: string
  readonly title: string
  readonly fields: readonly FormField[]
  readonly checks: readonly CheckName[]
}

/** What was typed, by field key; explanations under `whyKey(check)`. */
export type FormValues = Readonly<Record<string, string>>

/** The key of the explanation of a breached check among the values. */
export const whyKey = (check: CheckName): string => `why-${check}`
