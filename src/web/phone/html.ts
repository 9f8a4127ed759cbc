// HTML from pieces: whatever is put in is escaped, unless it was made here.

/** A piece that is HTML already. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Piece = Html | string | number | undefined | false | readonly Piece[]

/** Escapes every value; undefined and false leave nothing, lists are joined. */
export function html(parts: TemplateStringsArray, ...values: readonly Piece[]): Html {
  return new Html(parts.reduce((made, part, index) => made + textOf(values[index - 1]) + part))
}

/** Program text of ours, as it stands. */
export const raw = (text: string): Html => new Html(text)

function textOf(piece: Piece): string {
  if (piece instanceof Html) return piece.text
  if (piece === undefined || piece === false) return ''
  if (Array.isArray(piece)) return piece.map(textOf).join('')
  return String(piece).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
