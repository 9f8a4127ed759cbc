// Tells what words belong to that have no sign of their own: mostly to what was told just before.
import type { Doc } from './document.ts'
import type { Piece } from './flow.ts'
import { sameTarget } from './sections.ts'
import { isNeutral, type TextKind } from './texts.ts'

/** A text that was read, and where it stands. */
export type Told = { kind: TextKind; start: number; end: number; piece: Piece }

/** What stands before the matter of a clause: who says it, 目前, 因为. */
export const LEAD =
  /^(?:[^，。:\s]{0,12}(?:消息|[发转传报回](?:过|给?我)?(?:来的?|的)(?:[你您]?看一?下)?|反馈|汇报|说)[:]|截[至止](?:今天|目前|现在)|目前|现在|主要是?|然后|另外|还有|就是|因为|由于|因|但是?|不过|所以|领导|我们?这?边|我们|咱们|的|了|吧|呢|也|而且|同时|其中|[:，,、\s.。\-—])+/

const LITTLE_MORE = 3

/** 缺石料，价格一天一个样: the kind of words without a sign of their own; `own` where they have one. `text` is marked. */
export function goingOn(
  doc: Doc,
  last: Told | undefined,
  piece: Piece,
  text: string,
  own: TextKind | undefined,
): TextKind | undefined {
  const words = text.replace(LEAD, '')
  if (last && LEFT_OVER.test(text) && isNextTo(doc, last, piece)) {
    const isStillToMove = last.kind === 'demolition' && STILL_TO_MOVE.test(text)
    if (own !== 'problems' || isStillToMove) return last.kind
  }
  const isStillPlan =
    last?.kind === 'measures' && /^(?:再|并|把|将|争取)[^，。]*[^了的过]$/.test(words.trim())
  if (isStillPlan && isNextTo(doc, last, piece)) return 'measures'
  const isWeak = own === undefined || (own === 'physicalProgress' && last?.kind !== 'physicalProgress')
  if (!last || !isWeak || !isNeutral(words) || words.trim().length < 3) return own
  // What goes on is no longer than what it goes on from: else it is more likely something of its own.
  const isShort = words.trim().length <= last.end - last.start + LITTLE_MORE
  return isShort && isNextTo(doc, last, piece) ? last.kind : own
}

// 剩下四座等清明后再动: a rest counted without saying of what is a rest of what was just told.
const LEFT_OVER = /^\s*(?:还|剩|其余|余)(?:下|余|有|剩|差)*\uE004/

const STILL_TO_MOVE = /[没未](?:迁|拆|签|征|搬|腾)(?:完|走|掉|出来?)?(?:了|呢)?\s*$/

/** True when nothing stands between a text that was told and the words that follow it. */
export function isNextTo(doc: Doc, last: Told, piece: Piece): boolean {
  const isNext = last.piece.span.clause.sentence === piece.span.clause.sentence
  const isTight = /^[\s，,、]*$/.test(doc.marked.slice(last.end, piece.start))
  return isNext && isTight && sameTarget(last.piece.span.target, piece.span.target)
}
