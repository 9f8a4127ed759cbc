// Dictation and pinyin input write labels with the wrong characters (头资, 累记): put back, one character for one.
import { pinyin } from 'pinyin-pro'

// By character code.
const CACHE: (string | undefined)[] = Array.from({ length: 0x10000 })

/** Toneless pinyin of one Chinese character; any other character in lower case. Memoised: the function stays pure. */
export function syllable(char: string): string {
  const known = CACHE[char.charCodeAt(0)]
  if (known !== undefined) return known
  const isHan = char >= '\u4e00' && char <= '\u9fff'
  const sound = isHan ? pinyin(char, { toneType: 'none' }) : char.toLowerCase()
  CACHE[char.charCodeAt(0)] = sound
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

// Longer labels are known by their sound though most of their characters are wrong (行像进度, 下部打算).
const PHRASES = '形象进度 下步打算 下步计划 下步工作 下步安排 存在问题 累计投资 完成投资'.split(' ')
const PHRASE_BY_SOUND = new Map(PHRASES.map((words) => [[...words].map(syllable).join(' '), words]))
const PHRASE_LENGTH = 4
const PHRASE_HEADS = new Set(PHRASES.map((words) => [...words].slice(0, 2).map(syllable).join(' ')))
const FIRST_SOUNDS = new Set(
  [...BY_SOUND.keys(), ...PHRASE_BY_SOUND.keys()].map((sounds) => sounds.split(' ')[0]),
)

// By character code: 0 not looked at yet, 1 begins no label, 2 may begin one.
const MAY_BEGIN = new Uint8Array(0x10000)

function mayBegin(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (MAY_BEGIN[code] === 0) MAY_BEGIN[code] = FIRST_SOUNDS.has(syllable(text.charAt(at))) ? 2 : 1
  return MAY_BEGIN[code] === 2
}

// Pairs of characters are few beside their places in texts.
const SOUNDS = new Map<string, string>()
const REMEMBERED = 20_000

function soundsOf(pair: string): string {
  const known = SOUNDS.get(pair)
  if (known !== undefined) return known
  if (SOUNDS.size >= REMEMBERED) SOUNDS.clear()
  const sounds = [...pair].map(syllable).join(' ')
  SOUNDS.set(pair, sounds)
  return sounds
}

/** The longer label that sounds like the text here, unless hardly a character of it is right. */
function misspeltPhrase(text: string, at: number): string | undefined {
  const said = text.slice(at, at + PHRASE_LENGTH)
  if (PHRASES.includes(said) || !PHRASE_HEADS.has(soundsOf(said.slice(0, 2)))) return undefined
  const phrase = PHRASE_BY_SOUND.get([...said].map(syllable).join(' '))
  if (phrase === undefined) return undefined
  return [...said].filter((char, i) => char === phrase[i]).length >= 2 ? phrase : undefined
}

function misspelt(text: string, at: number): string | undefined {
  const pair = text.slice(at, at + 2)
  const label = BY_SOUND.get(soundsOf(pair))
  if (label === undefined || label === pair || INNOCENT.has(pair)) return undefined
  // One right character is asked for: two wrong ones are more likely another word.
  return label[0] === pair[0] || label[1] === pair[1] ? label : undefined
}

/** The text with misheard labels spelled right; the length never changes. */
export function spellLabels(text: string): string {
  let out = ''
  let from = 0
  for (let at = 0; at + 1 < text.length; at++) {
    const label = mayBegin(text, at) ? (misspeltPhrase(text, at) ?? misspelt(text, at)) : undefined
    if (label === undefined) continue
    out += text.slice(from, at) + label
    from = at + label.length
    at = from - 1
  }
  return out + text.slice(from)
}
