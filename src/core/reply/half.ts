// 干了一半, 进度过半: shares of the work without a number.
import { type Claims, claim, doubt } from './claims.ts'
import { type Doc, wordsOf } from './document.ts'
import type { Piece } from './flow.ts'

const WORK =
  '(?:目前|现在|大概|差不多|已经?|总共|我们?|这边|项目|工程|形象进度|进度|总体|整体|整个|工程量|的)*(?:干|做|完成|到|过)?(?:了|到)?(?:大概|差不多|将近|近)?'
const HALF = new RegExp(`^${WORK}一半(?:左右|了|吧|的?工程量)*$`)
const SOME = new RegExp(`^${WORK}(?:过半|一?大半|一多半|一半多|大部分|小半|一小半)(?:左右|了|吧)*$`)

/** Claims half, or asks for the number; false when the text is about something else. */
export function readHalf(doc: Doc, claims: Claims, piece: Piece): boolean {
  const text = doc.norm.slice(piece.start, piece.end).trim()
  if (!/半|部分/.test(text) || text.length > 20 || /整改/.test(doc.norm)) return false
  const source = wordsOf(doc, piece.start, piece.end)
  if (HALF.test(text)) {
    claim(claims, piece.span.target, 'percentComplete', 50, source)
    return true
  }
  if (!SOME.test(text)) return false
  doubt(claims, piece.span.target, ['percentComplete'], source)
  return true
}
