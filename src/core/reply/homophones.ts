// Dictation and pinyin input write labels with the wrong characters (头资, 累记): put back, one character for one.
import { pinyin } from 'pinyin-pro'

const CACHE = new Map<string, string>()

/** Toneless pinyin of one Chinese character; any other character in lower case. Memoised: the function stays pure. */
export function syllable(char: string): string {
  const known = CACHE.get(char)
  if (known !== undefined) return known
  const isHan = char >= '\u4e00' && char <= '\u9fff'
  const sound = isHan ? pinyin(char, { toneType: 'none' }) : char.toLowerCase()
  // Characters in use are some thousands; the bound only guards against a flood of odd ones.
  if (CACHE.size < 30_000) CACHE.set(char, sound)
  return sound
}

const LABELS = [
  '投资 累计 完成 形象 进度 本月 支付 到位 资金 竣工 完工 开工 停工 复工 动工 存在 问题 已经 预计 协调',
  '拆迁 征地 主体 封顶 没有 变化 整改 延期 收到 更正',
]
  .join(' ')
  .split(' ')
// Pairs that sound like a label but stand side by side in good sentences (支付工程款, 300万工程款, 投资进度).
const INNOCENT = new Set(
  (
    '军工 付工 副工 万工 万成 万承 东工 冬工 栋工 洞工 均工 厅工 亭工 开弓 到为 到未 道为 资进 资尽 于计 些调 ' +
    '累及 村在 一经 易经 亿经 整地 阵地 震地 争地 征低 拆前 主题 峰顶 受到 首到 验期 晚成'
  ).split(' '),
)
const BY_SOUND = new Map(LABELS.map((word) => [[...word].map(syllable).join(' '), word]))

/** The text with misheard labels spelled right; the length never changes. */
export function spellLabels(text: string): string {
  const chars = text.split('')
  for (let i = 0; i + 1 < chars.length; i++) {
    const pair = `${chars[i]}${chars[i + 1]}`
    const label = BY_SOUND.get(`${syllable(chars[i] ?? '')} ${syllable(chars[i + 1] ?? '')}`)
    if (label === undefined || label === pair || INNOCENT.has(pair)) continue
    // One right character is asked for: two wrong ones are more likely another word.
    const shares = label[0] === pair[0] || label[1] === pair[1]
    if (!shares) continue
    chars[i] = label.charAt(0)
    chars[i + 1] = label.charAt(1)
    i++
  }
  return chars.join('')
}
