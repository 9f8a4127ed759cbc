// How a conversation is written down: who says or presses what, and what the phones show then.

/** Everybody of a talk. `elsewhere` is the liaison's account on the other platform, `group` a chat and nobody. */
export const ROLES = ['liaison', 'elsewhere', 'clerk', 'head', 'officer', 'leader', 'group'] as const

export type Role = (typeof ROLES)[number]

/** One message on the phone of this role, holding all of these words. */
export type Shown = readonly [phone: Role, ...words: string[]]

/**
 * What one person does, and every message that follows from it. A press goes to the newest card in the chat whose words hold `on`, a
 * quote to the newest message that holds it. `{clerk}`, `{one}` and `{two}` stand for the clerk and the two projects of the talk.
 */
export type Step = {
  readonly who: Role
  readonly say?: string
  readonly quote?: string
  /** The beginning of what stands on the button. */
  readonly press?: string
  readonly on?: string
  /** Where: his own chat with the bot, or the group. */
  readonly where: Role
  readonly shows: readonly Shown[]
}

/** Which duties are open: so many papers, the monthly report of both projects (for one month or two), or one form. */
export type Duty = 'paper' | 'papers' | 'monthly' | 'two months' | 'own form' | 'problem' | 'registration'

export type Talk = {
  readonly about: string
  readonly duty: Duty
  /** The clerk answers for the liaison's post. */
  readonly delegated?: boolean
  /** The unit has a work group. */
  readonly group?: boolean
  /** The liaison is on the other platform, too. */
  readonly elsewhere?: boolean
  readonly steps: readonly Step[]
}

export const say = (who: Role, text: string, ...shows: Shown[]): Step => ({
  who,
  say: text,
  where: who,
  shows,
})

export const inGroup = (who: Role, text: string, ...shows: Shown[]): Step => ({
  who,
  say: text,
  where: 'group',
  shows,
})

export const quote = (who: Role, quoted: string, text: string, ...shows: Shown[]): Step => ({
  who,
  say: text,
  quote: quoted,
  where: who,
  shows,
})

export const press = (who: Role, button: string, on: string, ...shows: Shown[]): Step => ({
  who,
  press: button,
  on,
  where: who,
  shows,
})

export const pressInGroup = (who: Role, button: string, on: string, ...shows: Shown[]): Step => ({
  ...press(who, button, on, ...shows),
  where: 'group',
})
