// Makes a message readable without moving a character: widths, quotes, mentions and stickers.
import { spellLabels } from './homophones.ts'

// A chat reply is short; a longer text is read up to here, so that no message can hold up the others.
const READ_AT_MOST = 2000

/** `clean` and `norm` have the same length: `clean` is what people wrote, `norm` is what the grammar reads. */
export type Prepared = {
  clean: string
  norm: string
  mentions: { name: string; start: number; end: number }[]
  stickers: string[]
  /** 收到 or 好的 stood before the rest. */
  hasReceipt: boolean
}

const BOT = /助手|机器人|小助理|督办|bot/i
const STICKER =
  /\[[\u4e00-\u9fffA-Za-z]{1,8}\]|[\p{Extended_Pictographic}\u{1F1E6}-\u{1F1FF}\u{1F3FB}-\u{1F3FF}\uFE0F\u200D]+/gu
const MENTION = /[@＠](?![我你您他她])([^\s，。,:：；;！!？?@＠]{1,20})/g
const RULE_LINE = /^[ \t]*(?:[-—–─━_=*－＿][ \t]*){3,}$/

const blank = (text: string, start: number, end: number): string =>
  text.slice(0, start) + ' '.repeat(end - start) + text.slice(end)

const MAY_QUOTE = /[>》「]|引用|[-—–─━_=*－＿][ \t]*[-—–─━_=*－＿]/

/** Where the reply begins when a quoted message stands above it; 0 without one. */
function afterQuote(text: string): number {
  if (!MAY_QUOTE.test(text)) return 0
  let at = 0
  let cut = 0
  for (const line of text.split('\n')) {
    const next = at + line.length + 1
    const isQuoted = /^\s*(?:>|》|引用[:：]|「[^」]*」\s*$)/.test(line)
    if (RULE_LINE.test(line) || (isQuoted && text.slice(cut, at).trim() === '')) cut = next
    at = next
  }
  return Math.min(cut, text.length)
}

function blankQuotes(text: string): string {
  let out = text
  const head = afterQuote(text)
  if (head > 0) out = blank(out, 0, head)
  if (!/[「『]/.test(out)) return out
  for (const match of out.matchAll(/「[^「」]{0,1000}」|『[^『』]{0,1000}』/g)) {
    out = blank(out, match.index, match.index + match[0].length)
  }
  return out
}

function narrow(char: string): string {
  const code = char.charCodeAt(0)
  // Commas and the rest of Chinese punctuation stay: a full-width comma parts clauses, never thousands.
  if (code >= 0xff01 && code <= 0xff5e && char !== '，') return String.fromCharCode(code - 0xfee0)
  // The grammar's own signs must not come from outside.
  if (code === 0x3000 || code === 0xa0 || (code >= 0xe000 && code <= 0xe00f)) return ' '
  return char
}

const LOOKALIKES: Record<string, string> = {
  萬: '万',
  億: '亿',
  '﹪': '%',
  '−': '-',
  '～': '~',
  '∼': '~',
  '〜': '~',
}

// Full-width signs but the comma; the grammar's own signs (E000…), which must not come from outside; blanks; lookalikes.
const ODD = /[\uff01-\uff0b\uff0d-\uff5e\u3000\xa0\ue000-\ue00f萬億﹪−∼〜]/g

// １，０２６．５万 and 6，780万元: with three digits after it and a unit behind, the comma parts thousands.
const THOUSANDS = /(?<![\d\uff10-\uff19])[\d\uff10-\uff19]{1,3}(?:，[\d\uff10-\uff19]{3})+(?=[.．万亿元])/g

// 装道闸对了这个表要不要签字: by the way, a question of its own.
const BY_THE_WAY =
  /(?<=[^，。\s]{4})对了(?=[^，。]{2,30}(?:吗|是不是|什么|怎么|要不要|能不能|用不用|几号|多久|哪|谁))/g

// Other words for the month that is reported; of the same length.
const THIS_MONTH = /本期|当期|当月|这月|此月/g
// 整改完了.另外…: a full stop typed in narrow width, which also parts decimals and list numbers.
const NARROW_STOP = /(?<=[\u4e00-\u9fff%])(?<![一二三四五六七八九十])\.(?=\s*(?:[\u4e00-\u9fff\d]|$))/g
// …，然后…，然后: said for breath.
const AND_THEN = /(?<=[，。；,;\s])(?:然后|还有就是)(?=[\u4e00-\u9fff\d])/g

// Most messages have nothing of all this: what it needs is looked for first.
const ODDITY = /[.期然]|还有就是|对了|[这当此]月/

function normalise(text: string): string {
  const narrowed = text
    .replace(THOUSANDS, (digits) => digits.replaceAll('，', ','))
    .replace(ODD, (char) => LOOKALIKES[char] ?? narrow(char))
  if (!ODDITY.test(narrowed)) return spellLabels(narrowed)
  const plain = narrowed
    .replace(THIS_MONTH, '本月')
    .replace(NARROW_STOP, '。')
    .replace(AND_THEN, (words) => ' '.repeat(words.length))
    .replace(BY_THE_WAY, '。 ')
  return spellLabels(plain)
}

// A mention ends at a space on the platforms, but typed ones run on into the sentence.
function mentionName(raw: string): string {
  const known = /^.{0,6}?(?:助手|机器人|小助理)/.exec(raw)
  return known ? known[0] : raw
}

// 累计完成投资（大写）：贰亿: what a form says about its own place, before the figure. Units are looked up in `clean`.
const FORM_BRACKETS =
  /\((?:大写|小写|万元|亿元|元|不?含税)\)(?=[: ]*[\d一二三四五六七八九壹贰叁肆伍陆柒捌玖])/g

const blankBrackets = (text: string): string =>
  text.includes('(') ? text.replace(FORM_BRACKETS, (all) => ' '.repeat(all.length)) : text

// Cut between clauses: half a figure would be a wrong one.
function headOf(message: string): string {
  if (message.length <= READ_AT_MOST) return message
  const head = message.slice(0, READ_AT_MOST)
  const end = Math.max(...['\n', '。', '；', '，', ';', ' '].map((stop) => head.lastIndexOf(stop)))
  return head.slice(0, end > 0 ? end : 0)
}

// 领导好，收到，报告一下： said before the matter itself, with a stop after it.
const COURTESY =
  /^\s*(?:尊敬的)?(?:各位)?(?:领导(?:们)?(?:好|您好|早|辛苦了)?|(?:向)?(?:您|领导)?(?:报告|汇报)(?:领导|一下|如下)?|(?:我来|我)?报一?下(?:数|情况|进度)?|您好|你好|早上好|上午好|下午好|晚上好|收到|好的|好嘞|嗯+)(?:[，,:：。!！~\s]+)(?=\S)/

// …，谢谢领导。 and 以上，请审阅: said after the matter itself.
const CLOSING =
  /(?<=[^\s，,。；;!！][\s，,。；;!！]+)(?:以上|特此报告|特此汇报|(?:谢谢|感谢|多谢|辛苦|麻烦)(?:了|领导们?|您|你|大家|啦)*|请(?:领导)?(?:审阅|查收|知悉|过目|批示))[\s，,。!！~]*$/

const MAY_CLOSE = /以上|特此|谢|辛苦|麻烦|请/

function blankCourtesy(text: string): string {
  let from = 0
  for (let found = COURTESY.exec(text); found; found = COURTESY.exec(text.slice(from)))
    from += found[0].length
  let to = text.length
  if (MAY_CLOSE.test(text))
    for (let found = CLOSING.exec(text.slice(from)); found; found = CLOSING.exec(text.slice(from, to)))
      to = from + found.index
  return ' '.repeat(from) + text.slice(from, to) + ' '.repeat(text.length - to)
}

// What neither a mention nor a sticker begins with: plain letters, digits, and the marks of both languages.
const MAY_MARK = /[@＠[]|[^\n\t\r -\u00ff\u2010-\u203f\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]/

function blankMarks(text: string, mentions: Prepared['mentions'], stickers: string[]): string {
  return text
    .replace(MENTION, (all: string, raw: string, start: number) => {
      const name = mentionName(raw)
      if (!BOT.test(name)) mentions.push({ name, start, end: start + 1 + name.length })
      return ' '.repeat(1 + name.length) + all.slice(1 + name.length)
    })
    .replace(STICKER, (sticker) => {
      if (/^[\d#*©®™]+$/.test(sticker)) return sticker
      stickers.push(sticker)
      return ' '.repeat(sticker.length)
    })
}

/** Cuts quotes and stickers away and narrows full-width signs. Mentions are blanked and kept apart. */
export function prepare(message: string): Prepared {
  const text = headOf(message).replace(/\r\n?/g, '\n')
  const mentions: Prepared['mentions'] = []
  const stickers: string[] = []
  const unquoted = blankQuotes(text)
  const clean = MAY_MARK.test(unquoted) ? blankMarks(unquoted, mentions, stickers) : unquoted
  const polite = blankCourtesy(clean)
  const lead = clean.slice(0, clean.length - polite.trimStart().length)
  const hasReceipt = /收到|好的|好嘞|嗯/.test(lead)
  return {
    clean: polite,
    norm: blankBrackets(normalise(polite)),
    mentions,
    stickers,
    hasReceipt,
  }
}
