// Our cards and words as the app's messages: within the platform's bytes, and told apart from each other (documented: 发送应用消息).
import { createHash } from 'node:crypto'
import type { TemplateCard } from '@wecom/aibot-node-sdk'
import type { OutgoingContent } from '../../../core/message/types.ts'
import { cardAsMarkdown, fitMarkdown, renderCard } from '../render.ts'

/** Of text, which the platform would cut, and of markdown, which it refuses. */
export const MESSAGE_BYTES = 2048

/** A message's own fields, beside receiver and agent. */
export type Body = { readonly msgtype: string; readonly [field: string]: unknown }

export type Rendered = {
  readonly bodies: readonly Body[]
  /** How the platform would know a repeat: by the card's task_id, or by the whole request being the same. */
  readonly knownBy: 'task_id' | 'words'
}

/** A card where one can be, else words in as many messages as their bytes need. */
export function renderApp(id: string, content: OutgoingContent, publicUrl: string | undefined): Rendered {
  const card = content.type === 'card' ? renderCard(id, content.card, publicUrl) : undefined
  if (card) return { bodies: [{ msgtype: 'template_card', template_card: card }], knownBy: 'task_id' }
  const msgtype = content.type === 'card' ? 'markdown' : 'text'
  const words = fitMarkdown(content.type === 'card' ? cardAsMarkdown(content.card) : content.text)
  const parts = splitBytes(words, MESSAGE_BYTES - MARK_BYTES)
  const bodies = parts.map((part, index) => ({
    msgtype,
    [msgtype]: { content: `${part}${markOf(`${id}#${index}`)}` },
    enable_duplicate_check: 1,
    duplicate_check_interval: DUPLICATE_S,
  }))
  return { bodies, knownBy: 'words' }
}

/** A card for `update_template_card`, which has no task_id of its own (documented: 更新模版卡片消息). */
export function withoutTaskId({ task_id: _, ...card }: TemplateCard): object {
  return card
}

/** The longest that the platform takes. */
const DUPLICATE_S = 14_400

// The duplicate check makes a repeat of ours harmless, but two answers that happen to have the same words within four hours are
// two messages. Eight characters without width, two bits each, make them two requests and change nothing on the screen
// (zero-width characters pass unchanged: one report, for the bot).
const MARKS = ['\u200b', '\u200c', '\u200d', '\u2060'] as const
const MARK_LENGTH = 8
const MARK_BYTES = MARK_LENGTH * 3

function markOf(text: string): string {
  const digest = createHash('sha256').update(text).digest()
  return Array.from(digest.subarray(0, MARK_LENGTH), (byte) => MARKS[byte & 3]).join('')
}

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** Pieces of at most `most` bytes of UTF-8: between lines where that is possible, never inside a character. At least one. */
export function splitBytes(text: string, most: number): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const line of text.split('\n').flatMap((one) => splitLine(one, most))) {
    const longer = piece === '' ? line : `${piece}\n${line}`
    if (Buffer.byteLength(longer) <= most) piece = longer
    else {
      pieces.push(piece)
      piece = line
    }
  }
  return [...pieces, piece]
}

function splitLine(line: string, most: number): string[] {
  if (Buffer.byteLength(line) <= most) return [line]
  const pieces: string[] = []
  let piece = ''
  for (const { segment } of graphemes.segment(line)) {
    // A pile of combining marks may be longer than a message: then code points are as small as it gets.
    const units = Buffer.byteLength(segment) > most ? Array.from(segment) : [segment]
    for (const unit of units) {
      if (Buffer.byteLength(piece + unit) > most) {
        pieces.push(piece)
        piece = ''
      }
      piece += unit
    }
  }
  return [...pieces, piece]
}
