// The XML that the platform writes: text in CDATA, numbers bare, lists as repeated siblings (documented: 接收消息格式, 事件格式).

export type Elements = { readonly [name: string]: Value | readonly Value[] | undefined }
type Value = string | number | Elements

/** `<xml>` around the elements, in their order; what is undefined is left out. */
export const toXml = (elements: Elements): string => `<xml>${inside(elements)}</xml>`

function inside(elements: Elements): string {
  return Object.entries(elements)
    .flatMap(([name, value]) => {
      const all = Array.isArray(value) ? (value as readonly Value[]) : [value as Value | undefined]
      return all.map((one) => (one === undefined ? '' : `<${name}>${written(one)}</${name}>`))
    })
    .join('')
}

function written(value: Value): string {
  if (typeof value === 'number') return String(value)
  // A text that holds the end of a section is cut into two.
  if (typeof value === 'string') return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
  return inside(value)
}
