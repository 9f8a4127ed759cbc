// Finds which of the sender's projects a message names: short forms, homophones and single typos; ties stay ties.
import { spellLabels, syllable } from './homophones.ts'

/** A place where a project is named; `projects` are indexes, more than one when the short form fits several. */
export type Mention = { start: number; end: number; projects: number[] }

// Words of every second project name: they say nothing about which one is meant.
const GENERIC =
  /工程|项目|建设|改造|提升|提标|改建|扩建|新建|迁建|续建|重建|改扩建|扩容|增效|巩固|治理|综合|配套|整治|修复|安全|生态|生活|推进|示范(?![带区基园点])|20\d\d年(?:度)?|基础设施|公共服务/g
// Nouns that name a project only where no other project has them and the sentence begins with them.
const WEAK =
  /管网|道路|公路|线路|设施|绿化|中心|医院|学校|小学|中学|小区|社区|片区|园区|城区|县城|农村|乡镇|基地|用房|大楼|人民|业务|[一二三四]期|标准|加固|处理|设备|排水|供水/g
const FAINT = /[县镇乡村区第级省州的至年度及]|市(?!场)/g
const HEAD_NOUN = new Set('楼厂路站园场院校桥房库段馆线池港坝渠')

type Name = { project: number; chars: string[]; sounds: string[]; weights: number[] }
/** The names of one sender's projects, ready for searching. */
export type NameIndex = { names: Name[]; at: Map<string, [name: number, position: number][]> }

function weigh(weights: number[], name: string, words: RegExp, weight: number): void {
  for (const match of name.matchAll(words)) weights.fill(weight, match.index, match.index + match[0].length)
}

const BRACKETS = /[（(【[]([^）)】\]]*)[）)】\]]/g

/** The name without its brackets, and what stands in them (北关片区) as a second name. */
function namesOf(full: string, project: number): Name[] {
  const inner = [...full.matchAll(BRACKETS)].map(([, words = '']) => words)
  const others = inner.filter((words) => /^[A-Za-z\d]?[\u4e00-\u9fff]+$/.test(words) && words.length > 1)
  return [
    makeName(full.replace(BRACKETS, ''), project),
    ...others.map((name) => makeName(name, project, /[一二三四]期/g)),
  ]
}

/** Of the words in brackets (A区) none is faint: nothing else tells the projects apart. */
function makeName(name: string, project: number, weak?: RegExp): Name {
  const plain = spellLabels(name).toLowerCase()
  const weights = Array.from(plain, () => 1)
  if (!weak) weigh(weights, plain, FAINT, 0.3)
  weigh(weights, plain, weak ?? WEAK, 0.5)
  weigh(weights, plain, GENERIC, 0)
  return { project, chars: plain.split(''), sounds: plain.split('').map(syllable), weights }
}

const INDEXES = new Map<string, NameIndex>()
// Senders are some thousands at most; beyond that the memory is simply begun anew.
const REMEMBERED = 5000

/** Prepares the full names of a sender's projects; the same names are prepared once. */
export function indexNames(projects: readonly string[]): NameIndex {
  const key = projects.join('\n')
  const known = INDEXES.get(key)
  if (known) return known
  if (INDEXES.size >= REMEMBERED) INDEXES.clear()
  const index = makeIndex(projects)
  INDEXES.set(key, index)
  return index
}

function makeIndex(projects: readonly string[]): NameIndex {
  const names = projects.flatMap(namesOf)
  const at: NameIndex['at'] = new Map()
  names.forEach((name, index) => {
    name.sounds.forEach((sound, position) => {
      if ((name.weights[position] ?? 0) === 0) return
      const list = at.get(sound) ?? []
      list.push([index, position])
      at.set(sound, list)
    })
  })
  return { names, at }
}

type Run = {
  first: number
  length: number
  exact: number
  weight: number
  jumps: number
  typos: number
  initials: number
}

function fits(text: string, i: number, name: Name, p: number): 'exact' | 'sound' | undefined {
  const char = text[i]
  if (char === undefined || name.chars[p] === undefined) return undefined
  if (char === name.chars[p]) return 'exact'
  return char >= '\u4e00' && syllable(char) === name.sounds[p] ? 'sound' : undefined
}

/** After a break: a later place of the name where the text goes on (门诊|楼, 污水|厂), or one wrong character. */
function bridge(
  text: string,
  i: number,
  name: Name,
  p: number,
  run: Run,
): { skip: number; to: number } | undefined {
  const isTypo =
    run.typos === 0 && fits(text, i + 1, name, p + 1) === 'exact' && /[\u4e00-\u9fff]/.test(text[i] ?? '')
  if (run.jumps < 2) {
    for (let q = p + 1; q < name.chars.length; q++) {
      if (text[i] !== name.chars[q] || name.weights[q] === 0) continue
      const isHead = HEAD_NOUN.has(text[i] ?? '') && run.weight >= 2
      if (text[i + 1] === name.chars[q + 1] || isHead) return { skip: 0, to: q }
    }
  }
  return isTypo ? { skip: 1, to: p + 1 } : initial(text, i, name, p, run)
}

// 特教学校, 妇保院: one character stands for a word of the name.
const WORD_SPAN = 4

// 棚改, 农改: the head of a name, or what stands behind its place (东关棚户区改造), and what is done to it.
const PLACE_SPAN = 4

const isCoined = (char = '', run: Run): boolean =>
  run.first <= PLACE_SPAN && run.length === 1 && /[改建迁治]/.test(char)

function initial(
  text: string,
  i: number,
  name: Name,
  p: number,
  run: Run,
): { skip: number; to: number } | undefined {
  if (run.length > 2 || run.jumps >= 2) return undefined
  for (let q = p + 1; q <= Math.min(p + WORD_SPAN, name.chars.length - 1); q++) {
    if (text[i] === name.chars[q] && (name.weights[q] !== 0 || isCoined(text[i], run)))
      return { skip: 0, to: q }
  }
  return undefined
}

function follow(text: string, start: number, name: Name, position: number): Run {
  const run: Run = { first: position, length: 0, exact: 0, weight: 0, jumps: 0, typos: 0, initials: 0 }
  let best: Run = { ...run }
  let i = start
  let p = position
  while (i < text.length) {
    const fit = fits(text, i, name, p)
    if (fit) {
      run.exact += fit === 'exact' ? 1 : 0
      run.weight += (name.weights[p] ?? 0) * (fit === 'exact' ? 1 : 0.8)
      i++
      p++
      run.length = i - start
      best = { ...run }
      continue
    }
    const over = run.length > 0 ? bridge(text, i, name, p, run) : undefined
    if (!over) break
    run[over.skip ? 'typos' : 'jumps']++
    if (
      !over.skip &&
      text[i + 1] !== name.chars[over.to + 1] &&
      !(HEAD_NOUN.has(text[i] ?? '') && run.weight >= 2)
    )
      run.initials++
    i += over.skip
    p = over.to
  }
  return best
}

const STARTS_CLAUSE =
  /(?:^|[\s，,。；;：:、.!?！？()（）和与跟及加①-⑳]|\d[.、)）]|[\d万亿%]|报(?:一)?下|[一二三四五六]、|关于)$/
const LEADS_ON =
  /^(?:项目|工程|那边|这边|这块|那个|的)?(?:[\s:：，,、]|$|本月|这个?月|当月|累计|完成投资|投资|形象|进度|总体|整体|已?完工|已经|竣工|停工|未|没|还没|无|还是|仍|依旧|保持|维持|老样子|同上|跟上|照旧|都|均|各|和|与|跟|加|同|以及|两|\d|[一二三四五六七八九十百]|资金|到位|支付|今年|开工|预计|主体|才|只|大概|约|差不多|干|在|完成|元旦|国庆|春节|明年|年底|月底)/

function isNumberPart(text: string, start: number, end: number): boolean {
  const said = text.slice(start, end)
  // 2亿9 is no slip of G219.
  if (/\d[万亿千百]|[万亿千百]\d/.test(said)) return true
  const isDigits = /^[\d.]+$/.test(said)
  return (
    isDigits &&
    (/[\d.]$/.test(text.slice(0, start)) || /^[\d.,%万亿元wW]/.test(text.slice(end)) || end - start < 3)
  )
}

function isGood(text: string, start: number, run: Run): boolean {
  const end = start + run.length
  if (run.length < 2 || isNumberPart(text, start, end)) return false
  const atStart = STARTS_CLAUSE.test(text.slice(Math.max(0, start - 4), start))
  if (run.exact < run.length && !(run.exact >= 2 || (atStart && run.exact >= 1 && run.typos === 0)))
    return false
  const leads = atStart && LEADS_ON.test(text.slice(end, end + 8))
  if (run.initials > 0 && !leads) return false
  if (run.initials > 0) {
    const isNear = run.first === 0 || (run.first <= PLACE_SPAN && /[改建迁治]/.test(text[end - 1] ?? ''))
    const isShort = isNear && run.length === 2 && run.weight >= 1
    return run.exact === run.length && (isShort || run.weight >= 1.4)
  }
  if (run.weight >= 1.75) return true
  // 三小 of 第三小学: short, but at the head of a clause nothing else.
  if (atStart && run.weight >= 1.5 && run.exact === run.length) return true
  return run.weight >= 0.9 && run.exact === run.length && leads
}

// Equal scores are ties even when one project was found through a jump: 医院 fits both hospitals.
function better(a: Run, b: Run): number {
  return a.weight - a.jumps * 0.1 - (b.weight - b.jumps * 0.1) || a.exact - b.exact
}

const SUFFIX =
  /^(?:(?:综合|生态)?(?:修复|治理|整治|改造|提升|建设))?(?:项目|工程)?(?:那边|这边|这块|那块|那个|[那这][条座栋所家]|点)?/

/** All mentions in order of place; `text` is normalised. */
export function findMentions(text: string, index: NameIndex): Mention[] {
  const lower = text.toLowerCase()
  const found: Mention[] = []
  for (let i = 0; i < lower.length; ) {
    const places = index.at.get(syllable(lower[i] ?? ''))
    let best: Run | undefined
    let projects: number[] = []
    for (const [nameIndex, position] of places ?? []) {
      const name = index.names[nameIndex]
      const run = name && follow(lower, i, name, position)
      if (!run || !isGood(lower, i, run)) continue
      const order = best ? better(run, best) : 1
      if (order > 0) projects = []
      if (order >= 0 && !projects.includes(name.project)) projects.push(name.project)
      if (order > 0) best = run
    }
    if (!best) {
      i++
      continue
    }
    const end = i + best.length
    const suffix = SUFFIX.exec(lower.slice(end, end + 8))?.[0].length ?? 0
    found.push({ start: i, end: end + suffix, projects })
    i = end + suffix
  }
  return found
}
