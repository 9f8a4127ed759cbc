// The same report in other clothes: ways of typing that change nothing of what is said.
import { spelled } from './renderings.ts'

const wide = (text: string): string =>
  text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
const percent = (all: string): string => `百分之${spelled(Number(all.slice(0, -1))).replace('万', '')}`
const inWan = (all: string): string => spelled(Number(all.slice(0, -1)))

// １，３５０: the comma that parts thousands is none between two things that are said.
const COMMA = /(?<![\d\uff10-\uff19])，|，(?![\d\uff10-\uff19])/g
// Not beside a figure or a day: 180 万 and 5月 完工 are single phrases, in which a comma parts what belongs together.
const BLANK_BETWEEN_WORDS = /(?<=[^\s\d%年月日号]) +(?=[^\s\d])/g
// 1亿2600万 and 2百60万 are one figure: a blank within it makes two, which are asked for.
const FIGURE = /(?<=[\u4e00-\u9fff])(?<![百千万亿零])(?=\d[\d,.]*(?:万|亿|w|元|%|个点))/g
const WAN = /(?<=\d)万(?=[，。；、 ]|$)/g
// No part of a longer number, and neither of a range.
const WHOLE_WAN = /(?<![\d.,-])\d{2,5}万(?=[，。；、 ]|$)/g
const WHOLE_PERCENT = /(?<![\d.,-])\d{2}%/g
const LABEL = /(?:本月完成投资|累计完成投资|形象进度|到位资金)(?=\d)/g
// 估计12月底 without an event may be anything's day; 预计 is the word of the form.
const EXPECTED = /预计(?=[^，。]*(?:完工|竣工|建成))/g

/** Each by its name; the numbers, dates, stages and questions of a report stay what they were. */
export const CLOTHES: readonly [string, (text: string) => string][] = [
  ['commas become blanks', (text) => text.replace(COMMA, ' ')],
  ['commas become narrow', (text) => text.replace(COMMA, ',')],
  ['commas become full stops', (text) => text.replace(COMMA, '。')],
  ['commas become line ends', (text) => text.replace(COMMA, '\n')],
  ['commas are doubled', (text) => text.replace(COMMA, '，，')],
  ['blanks become commas', (text) => text.replace(BLANK_BETWEEN_WORDS, '，')],
  ['semicolons become full stops', (text) => text.replaceAll('；', '。')],
  ['full stops become narrow', (text) => text.replaceAll('。', '.')],
  ['digits become full-width', wide],
  ['percent signs become full-width', (text) => text.replaceAll('%', '％')],
  ['a blank stands before figures', (text) => text.replace(FIGURE, ' ')],
  ['a colon stands behind labels', (text) => text.replace(LABEL, '$&：')],
  ['figures are spelled', (text) => text.replace(WHOLE_WAN, inWan)],
  ['percentages are spelled', (text) => text.replace(WHOLE_PERCENT, percent)],
  ['figures are about', (text) => text.replace(FIGURE, '约').replace(/约约/g, '约')],
  ['本月 becomes 这个月', (text) => text.replaceAll('本月', '这个月')],
  ['本月 becomes 当月', (text) => text.replaceAll('本月', '当月')],
  ['本月 becomes 本期', (text) => text.replaceAll('本月', '本期')],
  ['本月 becomes 这月', (text) => text.replaceAll('本月', '这月')],
  ['这个月 becomes 本月', (text) => text.replaceAll('这个月', '本月')],
  ['今年 becomes 本年', (text) => text.replaceAll('今年', '本年')],
  ['截至 becomes 截止', (text) => text.replaceAll('截至', '截止')],
  ['万 becomes 万元', (text) => text.replace(WAN, '万元')],
  ['万元 becomes 万', (text) => text.replace(/(?<=\d)万元(?=[，。；、 ]|$)/g, '万')],
  ['万 becomes w', (text) => text.replace(WAN, 'w')],
  ['完工 becomes 竣工', (text) => text.replaceAll('完工', '竣工')],
  ['预计 becomes 估计', (text) => text.replace(EXPECTED, '估计')],
  ['号 becomes 日', (text) => text.replace(/(?<=月\d{1,2})号/g, '日')],
  ['没有 becomes 没', (text) => text.replace(/没有(?=[\u4e00-\u9fff])/g, '没')],
  // 没得 and 没法 are words of their own.
  ['没 becomes 没有', (text) => text.replace(/没(?=[\u4e00-\u9fff])(?![有得法])/g, '没有')],
  ['it ends in a full stop', (text) => `${text.replace(/[。！!~]+$/, '')}。`],
  ['a greeting stands before', (text) => `领导好，报一下：${text}`],
  ['thanks stand behind', (text) => `${text}，请审阅，谢谢领导`],
  ['stickers stand behind', (text) => `${text}[抱拳]🌹`],
]
