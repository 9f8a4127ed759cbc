// The text that a message quotes: DingTalk documents none of this, so every shape seen in the field is tried.
import { isObject, type JsonObject } from '../unanswered.ts'

// A quoted card nests its words in a tree of elements; deeper than this is nobody's text.
const MAX_DEPTH = 8
const WORD_KEYS = ['text', 'content', 'title', 'richText', 'elements', 'children', 'recognition', 'fileName']

/**
 * The quoted text, undefined when nothing is quoted or only its id was told. Shapes: `text.repliedMsg` with a content by its type,
 * the legacy `quoteMessage`, and an id alone (`originalMsgId`), which tells nothing to read.
 */
export function quotedText(data: JsonObject): string | undefined {
  const body = isObject(data.text) ? data.text : isObject(data.content) ? data.content : {}
  const replied = body.repliedMsg ?? data.repliedMsg ?? body.quoteMessage ?? data.quoteMessage
  if (!isObject(replied)) return undefined
  const words = wordsIn(replied.content ?? replied.text, 0)
    .join('\n')
    .trim()
  return words === '' ? undefined : words
}

function wordsIn(value: unknown, depth: number): string[] {
  if (depth > MAX_DEPTH) return []
  if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()]
  if (Array.isArray(value)) return value.flatMap((item) => wordsIn(item, depth + 1))
  if (!isObject(value)) return []
  return WORD_KEYS.flatMap((key) => wordsIn(value[key], depth + 1))
}
