// Tables as CSV that Excel opens with a double click: UTF-8 with a mark, CRLF, everything quoted that needs it.

export type Cell = string | number

const BYTE_ORDER_MARK = '\uFEFF'

/** A text that a spreadsheet would take for a formula is kept a text. */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return `${BYTE_ORDER_MARK}${rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('')}`
}

function cellText(cell: Cell): string {
  if (typeof cell === 'number') return String(cell)
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
