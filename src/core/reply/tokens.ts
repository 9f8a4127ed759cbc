// Marks amounts, percentages, dates, counts and project names in a message with one sign each, place by place.
import type { CivilDate } from '../calendar/civil.ts'
import { type Amount, type Count, readAmount } from './amount.ts'
import { DATE_FIRSTS, type DateToken, readDate } from './date.ts'
import { type Percent, readPercent } from './percent.ts'
import type { Mention } from './project-name.ts'

export type Token = Amount | Count | Percent | DateToken

// Private-use characters: the grammar's patterns read one letter for each kind, repeated over the token's length.
/** A project's name. */
export const JOB = '\uE000'
/** An amount of money. */
export const AMT = '\uE001'
/** A percentage. */
export const PCT = '\uE002'
/** A date, a period or a length of time. */
export const DAY = '\uE003'
/** A count of things. */
export const CNT = '\uE004'
/** A list number (1. ① 一、): parts clauses and begins an item. */
export const ITEM = '\uE005'

const SIGN = { amount: AMT, count: CNT, percent: PCT, date: DAY } as const

/** `marked` has the length of the text; tokens are in order and do not overlap. */
export type Scan = { marked: string; tokens: Token[] }

const ITEM_MARK =
  /(?<=^|[\s。；;，,:：!！？?])(?:[（(](?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）]|\d{1,2}(?:[、)）]|\.(?!\d))|[一二三四五六七八九十]{1,2}、)|(?<=\uE000)1[、)）]|[①-⑳❶-❿]|(?<=^|[\s。；;，,:：]|困难|问题|措施)[一二三](?:是|则是)(?!否|不是)/gm
// Most messages have none: what every mark needs, looked for first.
const ITEM_HINT = /[、)①-⑳❶-❿]|\d\.|[一二三](?:是|则是)/
const GLUED_HINT = /1[\u4e00-\u9fff][^\n]*2[\u4e00-\u9fff][^\n]*3[\u4e00-\u9fff]/
const OPAQUE =
  /1\d{10}|\d{1,2}[:：]\d{2}(?!\d)|[a-zA-Z]+\d[\da-zA-Z+.-]*|第(?:\d+|[一二三四五六七八九十]+)(?!季度)/y
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const CONTINUES = /[\d.a-zA-Z+#]/

const NUMBERS = '0123456789零〇一二两俩三四五六七八九十百上近好几数负第壹贰叁肆伍陆柒捌玖拾-'
// By character code: what a token may begin with; most characters begin none.
const [DATE, NUMBER] = [1, 2]
const BEGINS = new Uint8Array(0x10000)
for (const char of DATE_FIRSTS) BEGINS[char.charCodeAt(0)] = DATE
for (const char of NUMBERS + LETTERS) BEGINS[char.charCodeAt(0)] = (BEGINS[char.charCodeAt(0)] ?? 0) | NUMBER

function readOpaque(text: string, at: number): Count | undefined {
  OPAQUE.lastIndex = at
  const found = OPAQUE.exec(text)
  if (!found) return undefined
  // Units that begin with a letter (w, km) never open a token.
  return { kind: 'count', start: at, end: at + found[0].length }
}

function readToken(text: string, at: number, today: CivilDate): Token | undefined {
  const begins = BEGINS[text.charCodeAt(at)] ?? 0
  if (begins === 0) return undefined
  const date = (begins & DATE) > 0 ? readDate(text, at, today) : undefined
  if (date) return date
  const before = text[at - 1] ?? ''
  if ((begins & NUMBER) === 0 || CONTINUES.test(before)) return undefined
  // 下一步, 进一步 count nothing.
  if (text.startsWith('一步', at) && /[下进]/.test(before)) return undefined
  return readOpaque(text, at) ?? readPercent(text, at) ?? readAmount(text, at)
}

// What is counted rather than listed after a number that touches the word (1号楼, 2标段).
const COUNTED =
  /^(?:标(?![牌识志])|台(?![账帐])|处(?!理)|[号栋幢楼层期公个座米月日天年万亿元户家条孔跨亩吨根段区点时周名人次成分多余来项批套片立平方千百十])/

/** 1配电箱上锁2通道清空3台账补齐: numbers in their order, each at the head of a word. */
function gluedItems(text: string): { start: number; end: number }[] {
  const marks: { start: number; end: number }[] = []
  for (const { index, 0: digits } of text.matchAll(/(?<![\d.A-Za-z第])\d{1,2}(?=[\u4e00-\u9fff])/g)) {
    const end = index + digits.length
    const isNext = Number(digits) === marks.length + 1 && !COUNTED.test(text.slice(end, end + 2))
    const isHead = marks.length > 0 || index === 0 || /[\s:：，,。；;]/.test(text[index - 1] ?? '')
    if (isNext && isHead) marks.push({ start: index, end })
  }
  return marks.length > 2 ? marks : []
}

type Mark = { readonly start: number; readonly end: number }

/** Where list numbers stand; most messages have none. */
function itemsIn(text: string): readonly Mark[] {
  const glued = GLUED_HINT.test(text) ? gluedItems(text) : []
  if (glued.length > 0 || !ITEM_HINT.test(text)) return glued
  return [...text.matchAll(ITEM_MARK)].map(({ index, 0: mark }) => ({
    start: index,
    end: index + mark.length,
  }))
}

// More than any table that fits a message; a text with more figures is none of ours.
const MOST_TOKENS = 300

/** Reads every token of a normalised text; project names are covered first, so that 213线 is no number. */
export function scan(text: string, mentions: readonly Mention[], today: CivilDate): Scan {
  const cover = (said: string, { start, end }: Mark, sign: string): string =>
    said.slice(0, start) + sign.repeat(end - start) + said.slice(end)
  const named = mentions.reduce((said, mention) => cover(said, mention, JOB), text)
  const covered = itemsIn(named).reduce((said, item) => cover(said, item, ITEM), named)
  let marked = ''
  let from = 0
  const tokens: Token[] = []
  for (let at = 0; at < covered.length && tokens.length < MOST_TOKENS; ) {
    const token = readToken(covered, at, today)
    if (!token || token.end <= at) {
      at++
      continue
    }
    tokens.push(token)
    marked += covered.slice(from, token.start) + SIGN[token.kind].repeat(token.end - token.start)
    from = token.end
    at = token.end
  }
  return { marked: marked + covered.slice(from), tokens }
}
