// A message in one line: for the chat list and for quotes.
import type { Bubble } from '../../page/wire.ts'
import { plainText } from './rich.ts'

const PREVIEW_CHARS = 80

/** What the message says, shortened; pictures and cards are named. */
export function previewOf(bubble: Bubble | undefined): string {
  if (!bubble) return ''
  const { text, markdown, card, images } = bubble
  if (card) return `[卡片] ${card.title}`
  const words = text ?? (markdown === undefined ? '' : plainText(markdown))
  const line = `${images?.length ? '[图片] ' : ''}${words.slice(0, PREVIEW_CHARS).replace(/\s+/g, ' ')}`
  return line.trim()
}
