// What one stretch of a message leaves for the next: labels that stood alone, periods that lists carry on.
import type { Label } from './labels.ts'
import type { Span } from './sections.ts'

/** What earlier stretches of the message leave for later ones. */
export type Flow = {
  /** Words like 本月完成投资 that stood alone before a separator. */
  pending: { head: string; start: number; line: number } | undefined
  /** The last label given to an investment, and for whom: lists carry it on. */
  last: (Label & { projects: string; periods: number }) | undefined
  /** The sentence in which 其中 was said: what follows there are parts. */
  parts: number | undefined
  /** This year's target was named: a bare 累计 may mean the year. */
  yearTarget: boolean
  /** 分别: the figures that follow go to the named projects in turn. */
  turns: { sentence: number; next: number } | undefined
  skip: ReadonlySet<unknown>
  inheritedHeads: ReadonlyMap<unknown, string>
}

/** The state before the first stretch; `skip` and `inheritedHeads` come from slips put right within the message. */
export const startFlow = (
  skip: ReadonlySet<unknown>,
  inheritedHeads: ReadonlyMap<unknown, string>,
): Flow => ({
  pending: undefined,
  last: undefined,
  parts: undefined,
  yearTarget: false,
  turns: undefined,
  skip,
  inheritedHeads,
})

/** A stretch that no figure has used. */
export type Piece = { start: number; end: number; span: Span }
