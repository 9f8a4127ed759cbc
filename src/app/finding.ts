// What a check of the installation found: one line for the operator, with its cure where something is wrong.

export type Finding = {
  /** What was looked at, in a few words. */
  readonly check: string
  readonly isGood: boolean
  /** What was seen. */
  readonly seen: string
  /** What to do; present exactly where `isGood` is false. */
  readonly cure?: string
}

export const good = (check: string, seen: string): Finding => ({ check, isGood: true, seen })

export const bad = (check: string, seen: string, cure: string): Finding => ({
  check,
  isGood: false,
  seen,
  cure,
})
