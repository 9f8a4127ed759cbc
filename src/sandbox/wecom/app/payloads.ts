// What a message may hold, type by type, and what the phone shows of it (documented: 发送应用消息; lengths are bytes of UTF-8).
import { z } from 'zod'
import type { Bubble } from '../../world.ts'
import { checkCard, drawCard, type WireCard } from '../cards.ts'
import type { AppMedia } from './media.ts'

/** What a bubble shows, or the code of the refusal. */
export type Shown = Pick<Bubble, 'text' | 'markdown' | 'images' | 'card'>
export type Payload = { readonly shown: Shown; readonly card?: WireCard } | { readonly errcode: number }

const TEXT_BYTES = 2048
const URL_BYTES = 2048
const bytes = (text: string): number => Buffer.byteLength(text)

const Words = z.object({ content: z.string().default('') })
const Media = z.object({ media_id: z.string() })
const TextCard = z.object({
  title: z.string(),
  description: z.string(),
  url: z.string(),
  btntxt: z.string().optional(),
})
const Article = z.object({
  title: z.string(),
  description: z.string().optional(),
  url: z.string().optional(),
})
const MpArticle = z.object({ title: z.string(), thumb_media_id: z.string(), content: z.string() })

export type PayloadRules = {
  readonly media: AppMedia
  /** Longer markdown is refused. */
  readonly markdownBytes: number
  readonly tooLongMarkdown: number
}

/** `raw` is what stands under the name of the msgtype. Types that are not listed here are 40008. */
export function payloadOf(msgtype: string, raw: unknown, rules: PayloadRules): Payload {
  switch (msgtype) {
    case 'text':
      return text(raw)
    case 'markdown':
      return markdown(raw, rules)
    case 'image':
    case 'voice':
    case 'video':
    case 'file':
      return file(msgtype, raw, rules.media)
    case 'textcard':
      return textcard(raw)
    case 'news':
      return articles(raw, Article)
    case 'mpnews':
      return mpnews(raw, rules.media)
    case 'template_card':
      return card(raw)
    default:
      return { errcode: 40008 }
  }
}

// (documented) Longer words are cut, not refused.
function text(raw: unknown): Payload {
  const words = Words.safeParse(raw)
  if (!words.success) return { errcode: 40058 }
  if (words.data.content === '') return { errcode: 44004 }
  return { shown: { text: visible(cutBytes(words.data.content, TEXT_BYTES)) } }
}

function markdown(raw: unknown, { markdownBytes, tooLongMarkdown }: PayloadRules): Payload {
  const words = Words.safeParse(raw)
  if (!words.success) return { errcode: 40058 }
  if (words.data.content === '') return { errcode: 44004 }
  if (bytes(words.data.content) > markdownBytes) return { errcode: tooLongMarkdown }
  return { shown: { markdown: visible(words.data.content) } }
}

function file(kind: string, raw: unknown, media: AppMedia): Payload {
  const given = Media.safeParse(raw)
  const stored = given.success ? media.find(given.data.media_id) : undefined
  if (!stored || stored.kind !== kind) return { errcode: 40007 }
  return { shown: kind === 'image' ? { images: [stored.dataUrl] } : { text: `[${kind}] ${stored.name}` } }
}

function textcard(raw: unknown): Payload {
  const card = TextCard.safeParse(raw)
  if (!card.success || !card.data.title || !card.data.description || !card.data.url) return { errcode: 40063 }
  const { title, description, url, btntxt = '详情' } = card.data
  if (bytes(url) > URL_BYTES || !/^https?:\/\//.test(url)) return { errcode: 40058 }
  const link = { text: Array.from(btntxt).slice(0, 4).join(''), url }
  const cut = (words: string, most: number): string => Array.from(words).slice(0, most).join('')
  return {
    shown: {
      card: { id: '', title: cut(title, 128), text: cut(description, 512), fields: [], buttons: [], link },
    },
  }
}

function articles(raw: unknown, shape: typeof Article): Payload {
  const list = z.object({ articles: z.array(shape) }).safeParse(raw)
  if (!list.success) return { errcode: 40058 }
  const { articles: all } = list.data
  if (all.length < 1 || all.length > 8) return { errcode: 45008 }
  if (all.some(({ title, description }) => bytes(title) > 128 || bytes(description ?? '') > 512))
    return { errcode: 45002 }
  return { shown: { text: all.map(({ title, url }) => `${title} ${url ?? ''}`.trim()).join('\n') } }
}

function mpnews(raw: unknown, media: AppMedia): Payload {
  const list = z.object({ articles: z.array(MpArticle) }).safeParse(raw)
  if (!list.success) return { errcode: 40058 }
  if (list.data.articles.some(({ thumb_media_id }) => media.find(thumb_media_id)?.kind !== 'image'))
    return { errcode: 40007 }
  if (list.data.articles.some(({ content }) => bytes(content) > 666 * 1024)) return { errcode: 45002 }
  return articles({ articles: list.data.articles }, Article)
}

function card(raw: unknown): Payload {
  const checked = checkCard(raw, 'app')
  if ('errcode' in checked) return checked
  return { card: checked.card, shown: { card: drawCard(checked.card, checked.card.task_id ?? '') } }
}

/** Characters without width at the end are on nobody's screen. */
const visible = (words: string): string => words.replace(/[\u200b-\u200d\u2060]+$/u, '')

function cutBytes(words: string, most: number): string {
  let kept = ''
  let size = 0
  for (const character of words) {
    size += bytes(character)
    if (size > most) break
    kept += character
  }
  return kept
}
