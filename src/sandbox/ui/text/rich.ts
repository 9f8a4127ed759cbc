// The little markdown that both platforms draw, read into nodes: user text never becomes HTML.

export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'link'; readonly text: string; readonly href: string }
  | { readonly type: 'mention'; readonly account: string }
  | { readonly type: 'bold'; readonly children: readonly Inline[] }
  | { readonly type: 'font'; readonly tone: string; readonly children: readonly Inline[] }

export type Block = {
  readonly type: 'heading' | 'quote' | 'item' | 'rule' | 'gap' | 'line'
  /** The number or dot in front of a list item. */
  readonly marker?: string
  readonly children: readonly Inline[]
}

const TONES: readonly string[] = ['info', 'comment', 'warning']

// Bold, code, link, coloured, mention. Lengths are bounded: an unclosed mark must not be searched for through a long text.
const INLINE =
  /\*\*([^*]{1,900})\*\*|`([^`]{1,900})`|\[([^\]]{1,300})\]\((https?:\/\/[^)\s]{1,900})\)|<font color=["']?([#\w]{1,20})["']?>([^<]{0,900})<\/font>|<@([\w.@-]{1,128})>/g

/** One block per line, as phones draw it. */
export function readMarkdown(text: string): Block[] {
  return text.split(/\r?\n/).map(readLine)
}

function readLine(line: string): Block {
  if (line.trim() === '') return { type: 'gap', children: [] }
  if (/^\s*(-{3,}|\*{3,})\s*$/.test(line)) return { type: 'rule', children: [] }
  const heading = /^#{1,6}\s+(.*)$/.exec(line)
  if (heading) return { type: 'heading', children: readInline(heading[1] ?? '') }
  const quote = /^>\s?(.*)$/.exec(line)
  if (quote) return { type: 'quote', children: readInline(quote[1] ?? '') }
  const item = /^\s*([-*]|\d{1,3}\.)\s+(.*)$/.exec(line)
  if (item) return { type: 'item', marker: markerOf(item[1] ?? ''), children: readInline(item[2] ?? '') }
  return { type: 'line', children: readInline(line) }
}

const markerOf = (sign: string): string => (sign === '-' || sign === '*' ? '•' : sign)

/** The marks inside a line; what is no mark stays text as it is. */
export function readInline(text: string): Inline[] {
  const nodes: Inline[] = []
  let end = 0
  for (const match of text.matchAll(INLINE)) {
    if (match.index > end) nodes.push({ type: 'text', text: text.slice(end, match.index) })
    nodes.push(markOf(match))
    end = match.index + match[0].length
  }
  if (end < text.length) nodes.push({ type: 'text', text: text.slice(end) })
  return nodes
}

function markOf([, bold, code, label, href, colour, inFont, account]: RegExpMatchArray): Inline {
  if (bold !== undefined) return { type: 'bold', children: readInline(bold) }
  if (code !== undefined) return { type: 'code', text: code }
  if (label !== undefined && href !== undefined) return { type: 'link', text: label, href }
  if (account !== undefined) return { type: 'mention', account }
  const tone = colour !== undefined && TONES.includes(colour) ? colour : 'plain'
  return { type: 'font', tone, children: readInline(inFont ?? '') }
}

/** The text without its marks, on one line: for previews and quotes. */
export function plainText(markdown: string): string {
  const flat = (node: Inline): string => {
    if ('children' in node) return node.children.map(flat).join('')
    return node.type === 'mention' ? `@${node.account}` : node.text
  }
  return readMarkdown(markdown)
    .map((block) => block.children.map(flat).join(''))
    .filter((line) => line !== '')
    .join(' ')
}
