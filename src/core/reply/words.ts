// Runs of known words, taken one by one without going back: star patterns over words could take for ever.

/** A sticky pattern for one word of a list. */
export const oneOf = (words: string): RegExp => new RegExp(`(?:${words})`, 'y')

/** Where the word that begins at `from` ends; undefined where none begins. */
export function nextWord(word: RegExp, text: string, from: number): number | undefined {
  word.lastIndex = from
  const length = word.exec(text)?.[0].length ?? 0
  return length > 0 ? from + length : undefined
}

/** The end of the run of words that begins at `from`. */
export function runEnd(word: RegExp, text: string, from: number): number {
  let at = from
  for (let next = nextWord(word, text, at); next !== undefined; next = nextWord(word, text, at)) at = next
  return at
}

/** How many characters at the end of a text are nothing but words. */
export function wordsAtEnd(word: RegExp, text: string): number {
  for (let start = 0; start < text.length; ) {
    const end = runEnd(word, text, start)
    if (end === text.length) return end - start
    start = end + 1
  }
  return 0
}

const EDGE = new Set(' \t\n，,。；;：:、.·-—!！~?？')

/** A text without the punctuation at its ends. */
export function trimEdges(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && EDGE.has(text[start] ?? '')) start++
  while (end > start && EDGE.has(text[end - 1] ?? '')) end--
  return text.slice(start, end)
}
