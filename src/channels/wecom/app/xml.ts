// The strict reading of a callback's XML: no DTD, no entities but the five of XML, bounded depth, every element a list.
import { XMLParser } from 'fast-xml-parser'

/** Children by name, each a list in the order of the document; a leaf is its text. */
export type XmlNode = { readonly [name: string]: readonly (XmlNode | string)[] }

/** Card events have seven levels. */
const MAX_DEPTH = 16

const CDATA = /<!\[CDATA\[[\s\S]*?\]\]>/g
const TEXT = '#text'

const parser = new XMLParser({
  ignoreAttributes: true,
  // Ids have more digits than a number holds.
  parseTagValue: false,
  trimValues: false,
  textNodeName: TEXT,
  isArray: () => true,
  maxNestedTags: MAX_DEPTH,
})

/** The children of the root `xml`; undefined for anything that is not one small, plain document. */
export function parseXml(text: string): XmlNode | undefined {
  const markup = text.replace(CDATA, '')
  // A declaration at the very beginning is all that may stand outside the elements.
  if (/<!|<\?/.test(markup.replace(/^\s*<\?xml[^?>]*\?>/, '')) || isDeep(markup)) return undefined
  try {
    const parsed: unknown = parser.parse(text, true)
    const root = cleaned(parsed)
    if (typeof root === 'string' || Object.keys(root).join() !== 'xml' || root.xml?.length !== 1)
      return undefined
    const [children] = root.xml
    return typeof children === 'object' ? children : undefined
  } catch {
    return undefined
  }
}

// Counted before the parser builds anything.
function isDeep(markup: string): boolean {
  let depth = 0
  for (const [tag] of markup.matchAll(/<\/?[^>]*>/g)) {
    if (tag.startsWith('</')) depth -= 1
    else if (!tag.endsWith('/>')) depth += 1
    if (depth > MAX_DEPTH) return true
  }
  return false
}

// White space between elements is layout; a leaf keeps every character of its text.
function cleaned(value: unknown): XmlNode | string {
  if (typeof value !== 'object' || value === null) return String(value ?? '')
  const children = Object.entries(value as Record<string, unknown>).filter(([name]) => name !== TEXT)
  const own = (value as Record<string, unknown>)[TEXT]
  if (children.length === 0) return String(Array.isArray(own) ? own.join('') : (own ?? ''))
  return Object.fromEntries(
    children.map(([name, list]) => [name, (Array.isArray(list) ? list : [list]).map(cleaned)]),
  )
}

/** The text of the first child of this name. */
export function textOf(node: XmlNode, name: string): string | undefined {
  const [first] = Object.hasOwn(node, name) ? (node[name] ?? []) : []
  return typeof first === 'string' ? first : undefined
}

/** The children of this name that have children themselves. */
export function nodesOf(node: XmlNode, name: string): readonly XmlNode[] {
  const list = Object.hasOwn(node, name) ? (node[name] ?? []) : []
  return list.filter((one) => typeof one === 'object')
}

/** The texts of all children of this name. */
export function textsOf(node: XmlNode, name: string): readonly string[] {
  const list = Object.hasOwn(node, name) ? (node[name] ?? []) : []
  return list.filter((one) => typeof one === 'string')
}
