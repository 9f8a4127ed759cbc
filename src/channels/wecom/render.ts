// Our cards and texts as WeCom's bot platform takes them: cut to its lengths before it can refuse them.
import type { TemplateCard } from '@wecom/aibot-node-sdk'
import type { Card, CardButton, CardField, CardLink } from '../../core/message/types.ts'

// Hard limits of the platform.
const MAX_ROWS = 6
const MAX_BUTTONS = 6
const KEY_BYTES = 1024
const MARKDOWN_BYTES = 20_480

// Recommended lengths in characters; what is longer, the phone would cut where it likes. The text is the exception: 112 are
// recommended, but whoever signs a circular must get every name it holds, so it is sent whole and may be folded on the screen.
const CHARS = { title: 26, desc: 30, label: 5, value: 26, button: 10, text: 1_000 } as const

// (recalled) 1 filled blue, 2 plain, 3 red.
const STYLES: Readonly<Record<CardButton['style'], number>> = { primary: 1, default: 2, danger: 3 }

/** In UTF-16 units; a family of emoji has eleven. */
const LONGEST_GRAPHEME = 64
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/**
 * A template card with `id` as its task_id. With buttons a button_interaction; without, a text_notice, which must lead somewhere:
 * undefined when there is neither a button nor a `publicUrl`, then the words go out as markdown.
 */
export function renderCard(id: string, card: Card, publicUrl: string | undefined): TemplateCard | undefined {
  const usable = usableButtons(card.buttons)
  const buttons = usable.slice(0, MAX_BUTTONS)
  if (buttons.length === 0 && publicUrl === undefined && !card.link) return undefined
  const link = card.link
  const maxRows = link ? MAX_ROWS - 1 : MAX_ROWS
  const rows = card.fields.filter((field) => oneLine(field.label) !== '')
  const text = [
    card.text ?? '',
    ...card.fields.filter((field) => !rows.includes(field)).map((field) => field.value),
    ...rows.slice(maxRows).map(asLine),
    usable
      .slice(MAX_BUTTONS)
      .map((button) => button.text)
      .join('、'),
  ]
  const subTitle = cut(joinLines(text), CHARS.text)
  const shown = [...rows.slice(0, maxRows).map(asRow), ...(link ? [asLinkRow(link)] : [])]
  const opens = link?.url ?? publicUrl
  return {
    card_type: buttons.length > 0 ? 'button_interaction' : 'text_notice',
    task_id: id,
    main_title: mainTitle(card),
    ...(subTitle ? { sub_title_text: subTitle } : {}),
    ...(shown.length > 0 ? { horizontal_content_list: shown } : {}),
    ...(buttons.length > 0 ? { button_list: buttons.map(asButton) } : {}),
    ...(opens === undefined ? {} : { card_action: { type: 1, url: opens } }),
  }
}

/** The platform redraws a card with buttons only as one with buttons: a settled one keeps a single grey one that can't be pressed. */
export function renderRedrawn(
  id: string,
  card: Card,
  publicUrl: string | undefined,
): TemplateCard & { replace_text?: string } {
  const open = card.buttons.length > 0 ? renderCard(id, card, publicUrl) : undefined
  if (open) return open
  const rendered = renderCard(id, { ...card, buttons: [SETTLED] }, publicUrl)
  if (!rendered) throw new Error('a card with a button was not rendered')
  return { ...rendered, replace_text: SETTLED.text }
}

const SETTLED: CardButton = { key: 'settled', text: '已办理', style: 'default' }

/** A card's words without its buttons, for where no card can be. */
export function cardAsMarkdown(card: Card): string {
  return joinLines([
    `**${title(card)}**`,
    card.subtitle ?? '',
    ...card.fields.map(asLine),
    card.text ?? '',
    card.link ? `[${card.link.text}](${card.link.url})` : '',
  ])
}

/** Markdown within the platform's bytes. */
export function fitMarkdown(text: string): string {
  return cutBytes(text, MARKDOWN_BYTES)
}

/** At most `most` characters as a reader counts them, the last one `…` when something is missing. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text // code units are never fewer than characters
  const kept: string[] = []
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length === most) return `${kept.slice(0, -1).join('')}…`
    kept.push(segment)
  }
  return text
}

/** At most `most` bytes of UTF-8, never half a character. */
export function cutBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text
  const { read: edge } = new TextEncoder().encodeInto(text, new Uint8Array(most - Buffer.byteLength('…')))
  // Only the surroundings of the edge are segmented: that is slow, and a text may have 100 kB.
  const from = Math.max(0, edge - LONGEST_GRAPHEME)
  const around = graphemes.segment(text.slice(from, edge + LONGEST_GRAPHEME)).containing(edge - from)
  return `${text.slice(0, from + (around?.index ?? 0))}…`
}

// A key comes back with the click, so it cannot be cut: a button without a usable one is left out.
function usableButtons(buttons: readonly CardButton[]): CardButton[] {
  const keys = new Set<string>()
  return buttons.filter(({ key, text }) => {
    const usable = key !== '' && !keys.has(key) && Buffer.byteLength(key) <= KEY_BYTES && oneLine(text) !== ''
    if (usable) keys.add(key)
    return usable
  })
}

function mainTitle(card: Card): { title: string; desc?: string } {
  const desc = cut(oneLine(card.subtitle ?? ''), CHARS.desc)
  return { title: cut(title(card), CHARS.title), ...(desc ? { desc } : {}) }
}

const title = (card: Card): string => oneLine(card.title) || '通知'
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
const joinLines = (lines: readonly string[]): string => lines.filter((line) => line.trim() !== '').join('\n')
const asLine = ({ label, value }: CardField): string => `${oneLine(label)}：${value}`
const asRow = ({ label, value }: CardField) => ({
  keyname: cut(oneLine(label), CHARS.label),
  value: cut(oneLine(value), CHARS.value),
})
/** A row that opens a page (documented: type 1), so that the link is seen and not only the whole card reacts to a tap. */
const asLinkRow = ({ text, url }: CardLink) => ({
  type: 1,
  keyname: '表单',
  value: cut(text, CHARS.value),
  url,
})
const asButton = ({ key, text, style }: CardButton) => ({
  text: cut(oneLine(text), CHARS.button),
  style: STYLES[style],
  key,
})
